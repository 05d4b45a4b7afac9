"""The dialog that signs in: a server and a token, the check of both, and what becomes of local entries.

What is typed stays typed until the person is signed in or leaves; the token is never shown.
"""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tabkeeper.ui.accounts.account_desk import AccountDesk
from tabkeeper.ui.accounts.local_choice import LocalChoice
from tabkeeper.ui.accounts.service import Checked, Local
from tabkeeper.ui.icons import application_icon
from tabkeeper.ui.text_field import TextField
from tabkeeper.ui.theme import Space, Theme
from tabkeeper.ui.wrapped_text import wrapped_text

WIDTH = 420
_WHERE = "Make one on the server, under Settings → API Tokens. It is kept in your system's keychain."
_WAITING = "Waiting for your keychain. It may ask you to unlock it."


class SignInDialog(QDialog):
    """Asks for server and token, then about local entries where there are any."""

    def __init__(self, theme: Theme, desk: AccountDesk, default_server: str) -> None:
        super().__init__()
        self._desk, self._default_server = desk, default_server
        self._ticket = object()
        """What is under way; the answer to anything else comes too late."""
        self.setWindowTitle("Sign in")
        self.setWindowIcon(application_icon())
        self.setFixedWidth(theme.pixels(WIDTH))
        self.server, self.token = TextField(), QLineEdit()
        self.message = wrapped_text(kind="caption")
        self.cancel, self.go = QPushButton("Cancel"), QPushButton("Sign in")
        self.choice = LocalChoice()
        self._form = self._made_form()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
        whole.setSpacing(Space.LARGE)
        for part in (self._form, self.choice, self.message):
            whole.addWidget(part)
        whole.addLayout(self._made_buttons())
        self._connect()

    def begin(self, server: str = "") -> None:
        """Ask from the beginning, for a server that is known already or the usual one."""
        self._ticket = object()
        self.server.setText(server or self._default_server)
        self.token.clear()
        self._say("")
        self._show(self._form)
        self._set_busy(False)
        self.show()
        self.raise_()
        self.activateWindow()
        self.token.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by number where the question about local entries is asked; Escape leaves."""
        if self.choice.isVisible() and self.choice.choose_by_key(event.text()):
            return
        super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Leave; a check that is under way comes to nothing."""
        self._ticket = object()
        self.token.clear()
        super().done(result)

    # Asking

    @Slot()
    def _check(self) -> None:
        server, token = self.server.text().strip(), self.token.text().strip()
        if not server or not token:
            missing = self.server if not server else self.token
            self._say("Type the server's address." if not server else "Paste the token.", "warning")
            missing.setFocus()
            return
        self._set_busy(True)
        self._say("Checking the token…")
        ticket = self._ticket = object()
        self._desk.check(
            server,
            token,
            lambda checked: self._checked(checked, ticket),
            lambda reason: self._refused(reason, ticket),
        )

    def _checked(self, checked: Checked, ticket: object) -> None:
        if ticket is not self._ticket:
            return
        if checked.local_entries and not checked.known:
            self._say("")
            self._set_busy(False)
            self.choice.ask(checked)
            self._show(self.choice)
        else:
            self._finish(checked, "keep")

    @Slot(object, str)
    def _finish(self, checked: Checked, local: Local) -> None:
        self._set_busy(True)
        self._say("Signing in…")
        ticket = self._ticket = object()
        self._desk.finish(
            checked,
            local,
            lambda: ticket is self._ticket,
            lambda: self._finished(ticket),
            lambda reason: self._refused(reason, ticket),
        )

    def _finished(self, ticket: object) -> None:
        if ticket is self._ticket:
            self.accept()

    def _refused(self, reason: str, ticket: object) -> None:
        if ticket is self._ticket:
            self._set_busy(False)
            self._say(reason, "warning")
            if self.choice.isVisible():
                self.choice.ask_again(reason)
            else:
                self.token.setFocus()
                self.token.selectAll()

    @Slot()
    def _wait_for_keychain(self) -> None:
        if self.isVisible() and not self.go.isEnabled():
            self._say(_WAITING)

    # Looks

    def _made_form(self) -> QWidget:
        form = QWidget()
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self.token.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        heading = QLabel("Keep your time on a server, too")
        heading.setProperty("type", "emphasis")
        heading.setProperty("weight", "strong")
        column.addWidget(heading)
        for name, field in (("Server", self.server), ("Token", self.token)):
            label = QLabel(name)
            label.setProperty("weight", "medium")
            label.setBuddy(field)
            field.setAccessibleName(name)
            column.addSpacing(Space.MEDIUM)
            column.addWidget(label)
            column.addWidget(field)
        column.addWidget(wrapped_text(_WHERE, "muted", "caption"))
        return form

    def _made_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        self.go.setProperty("kind", "primary")
        self.go.setDefault(True)
        self.cancel.setAutoDefault(False)
        row.addStretch(1)
        row.addWidget(self.cancel)
        row.addWidget(self.go)
        return row

    def _connect(self) -> None:
        self.go.clicked.connect(self._check)
        self.cancel.clicked.connect(self.reject)
        self.choice.chosen.connect(self._finish)
        self._desk.waiting.connect(self._wait_for_keychain)

    def _show(self, page: QWidget) -> None:
        for part in (self._form, self.choice):
            part.setVisible(part is page)
        self.go.setVisible(page is self._form)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the texts are in this width."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.resize(self.width(), layout.totalHeightForWidth(self.width()))

    def _set_busy(self, busy: bool) -> None:
        for part in (self.server, self.token, self.go, self.choice):
            part.setEnabled(not busy)

    def _say(self, text: str, tone: str = "muted") -> None:
        self.message.setText(text)
        for field in (self.server, self.token):
            field.setAccessibleDescription(text if tone == "warning" else "")
        self.message.setVisible(bool(text))
        self.message.setProperty("tone", tone)
        self.message.style().polish(self.message)
        self._fit()
