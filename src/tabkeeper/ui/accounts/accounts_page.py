"""The page of the settings' dialog with the accounts of this computer: the one in use, ways in and out."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tabkeeper.accounts import Account
from tabkeeper.ui.accounts.account_desk import AccountDesk
from tabkeeper.ui.accounts.service import Standing
from tabkeeper.ui.accounts.wording import LOCAL_NAME
from tabkeeper.ui.theme import Space

_WHAT_FOR = (
    "Signed in, your time is kept on a server too and follows you to other computers. Each account has "
    "entries of its own; another server is another account."
)


class AccountRow(QFrame):
    """An account, or the local file, with what can be done about it."""

    def __init__(self, account: Account | None, *, in_use: bool) -> None:
        super().__init__()
        self.account = account
        self.setProperty("surface", "card")
        self.name = QLabel(account.name if account else LOCAL_NAME)
        self.name.setProperty("weight", "medium")
        self.detail = QLabel(account.detail if account else "Without an account")
        self.detail.setProperty("type", "caption")
        self.detail.setProperty("tone", "muted")
        words = QVBoxLayout()
        words.setSpacing(0)
        for label in (self.name, self.detail):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)  # a name may have two hundred letters
            words.addWidget(label)
        self.use, self.leave = QPushButton("Use"), QPushButton("Sign out")
        self._in_use = QLabel("In use")
        self._in_use.setProperty("tone", "accent")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        row.setSpacing(Space.SMALL)
        row.addLayout(words, 1)
        for part, shown in (
            (self._in_use, in_use),
            (self.use, not in_use),
            (self.leave, in_use and account is not None),
        ):
            row.addWidget(part)
            part.setVisible(shown)
        for button in (self.use, self.leave):
            button.setAutoDefault(False)
            button.setAccessibleDescription(self.name.text())


class AccountsPage(QWidget):
    """Shows what the desk publishes, and asks it for what is pressed."""

    def __init__(self, desk: AccountDesk, sign_in: Callable[[], None]) -> None:
        super().__init__()
        self._desk = desk
        self.rows: list[AccountRow] = []
        self._shown: Standing | None = None
        self._list = QVBoxLayout()
        self._list.setSpacing(Space.SMALL)
        self.sign_in = QPushButton("Sign in…")
        self.sign_in.setAutoDefault(False)
        self.sign_in.clicked.connect(lambda: sign_in())
        hint = QLabel(_WHAT_FOR)
        hint.setWordWrap(True)
        hint.setProperty("type", "caption")
        hint.setProperty("tone", "muted")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
        whole.setSpacing(Space.LARGE)
        whole.addLayout(self._list)
        whole.addWidget(hint)
        whole.addWidget(self.sign_in, 0, Qt.AlignmentFlag.AlignLeft)
        whole.addStretch(1)
        desk.changed.connect(self.show_standing)
        self.show_standing(desk.standing)

    @Slot(object)
    def show_standing(self, standing: Standing) -> None:
        """Show which accounts there are now; where they are the same, the keyboard stays where it is."""
        if standing == self._shown:
            return
        self._shown = standing
        for row in self.rows:
            self._list.removeWidget(row)
            row.deleteLater()
        self.rows = [
            AccountRow(account, in_use=standing.is_current(account)) for account in (*standing.accounts, None)
        ]
        for row in self.rows:
            row.use.clicked.connect(lambda _=False, account=row.account: self._desk.use(account))
            row.leave.clicked.connect(lambda _=False, account=row.account: self._leave(account))
            self._list.addWidget(row)

    def _leave(self, account: Account | None) -> None:
        if account is not None:
            self._desk.sign_out(account)
