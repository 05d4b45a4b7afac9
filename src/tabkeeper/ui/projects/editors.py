"""The places in which a project, a client or a tag is changed, each under its row.

An editor holds what is typed until it is left; it changes nothing itself and knows no rule of its own.
"""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from tabkeeper.model.catalogue import Catalogue, Client, Project, Tag, folded
from tabkeeper.model.money import clean_currency, parse_rate, rate_text
from tabkeeper.model.refusal import Refused
from tabkeeper.model.text import clean_name, clean_tag, one_line
from tabkeeper.ui.projects.field import Field
from tabkeeper.ui.projects.swatches import Swatches
from tabkeeper.ui.projects.things import usual_currency
from tabkeeper.ui.theme import Space, Theme

_CURRENCY_LETTERS = 3
_NO_CLIENT = "No client"


class ProjectEditor(QFrame):
    """Changes a project: name, client, colour, whether it is billable, rate and currency."""

    left = Signal()
    """The person is done: by the button, Enter or Escape."""
    given_up = Signal()
    """The person leaves what was refused as it was before."""
    archived = Signal(bool)

    def __init__(self, project: Project, catalogue: Catalogue, theme: Theme) -> None:
        super().__init__()
        self._project, self._catalogue = project, catalogue
        self._usual = usual_currency(catalogue)
        self.name = Field("Name of the project", project.name)
        self.client = _client_choice(project, catalogue)
        self.colour = Swatches(project.color, theme)
        self.billable = QCheckBox("Billable")
        self.billable.setChecked(project.billable)
        rate = "" if project.hourly_rate is None else rate_text(project.hourly_rate)
        self.rate = Field("Hourly rate", rate)
        # A rate that has no currency is in the workspace's, which is not known here.
        proposed = (self._usual or "EUR") if project.hourly_rate is None else ""
        self.currency = Field("Currency", project.currency or "", proposed)
        self.currency.line.setMaxLength(_CURRENCY_LETTERS)
        money = QHBoxLayout()
        money.setSpacing(Space.SMALL)
        for part, share in ((self.billable, 0), (self.rate, 2), (self.currency, 1)):
            money.addWidget(part, share, Qt.AlignmentFlag.AlignTop)
        foot = _foot(self, project.archived, self._archive)
        _fill(self, self.name, self.client, self.colour, money, foot)
        for field in (self.name, self.rate, self.currency):
            field.entered.connect(self.left)

    def changes(self) -> dict[str, Any] | None:
        """Return the fields that were changed; None where one is refused, which then says so."""
        found: dict[str, Any] = {"color": self.colour.colour, "billable": self.billable.isChecked()}
        checks = (
            (self.name, "name", lambda text: clean_name(text, "project")),
            (self.rate, "hourly_rate", parse_rate),
            (self.currency, "currency", clean_currency),
        )
        for field, name, check in checks:
            try:
                if field.touched:
                    found[name] = check(field.text)
            except Refused as refusal:
                field.complain(str(refusal))
                return None
        first_rate = self._project.hourly_rate is None and found.get("hourly_rate") is not None
        if first_rate and found.get("currency", self._project.currency) is None:
            found["currency"] = self._usual or None
        changed = {name: value for name, value in found.items() if value != getattr(self._project, name)}
        return changed | self._client_change()

    def complain(self, text: str) -> None:
        """Say why what was typed is refused after all: its name is taken."""
        self.name.complain(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape."""
        complaints = (field.complaint for field in (self.name, self.rate, self.currency))
        _leave_with_escape(self, event, any(complaints))

    def _client_change(self) -> dict[str, Any]:
        typed = one_line(self.client.currentText())
        before = self._catalogue.client_of(self._project.id)
        if not typed or typed == _NO_CLIENT:
            return {} if self._project.client_id is None else {"client_id": None}
        return {} if before and folded(before.name) == folded(typed) else {"client": typed}

    def _archive(self) -> None:
        self.archived.emit(not self._project.archived)


class NameEditor(QFrame):
    """Changes the name of a client or a tag."""

    left = Signal()
    given_up = Signal()
    archived = Signal(bool)

    def __init__(self, thing: Client | Tag) -> None:
        super().__init__()
        self._thing = thing
        self._word = "client" if isinstance(thing, Client) else "tag"
        self.name = Field(f"Name of the {self._word}", thing.name)
        _fill(self, self.name, _foot(self, thing.archived, self._archive))
        self.name.entered.connect(self.left)

    def changes(self) -> dict[str, Any] | None:
        """Return the name where it was changed; None where it is refused, which then is said."""
        if not self.name.touched:
            return {}
        try:
            name = (
                clean_name(self.name.text, "client") if self._word == "client" else clean_tag(self.name.text)
            )
        except Refused as refusal:
            self.name.complain(str(refusal))
            return None
        return {} if name == self._thing.name else {"name": name}

    def complain(self, text: str) -> None:
        """Say why what was typed is refused after all: it is taken."""
        self.name.complain(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape."""
        _leave_with_escape(self, event, bool(self.name.complaint))

    def _archive(self) -> None:
        self.archived.emit(not self._thing.archived)


Editor = ProjectEditor | NameEditor


def _client_choice(project: Project, catalogue: Catalogue) -> QComboBox:
    """Return a line with the clients to choose from; another name makes a client."""
    choice = QComboBox()
    choice.setEditable(True)
    choice.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    choice.setAccessibleName("Client")
    client = catalogue.client_of(project.id)
    used = [known for known in catalogue.clients.values() if not known.archived or known is client]
    choice.addItem(_NO_CLIENT)
    choice.addItems(sorted((known.name for known in used), key=folded))
    choice.setCurrentText(client.name if client else "")
    line = choice.lineEdit()
    assert line is not None
    line.setPlaceholderText("Client")
    line.setAccessibleName("Client")
    return choice


def _fill(editor: QFrame, *parts: QWidget | QHBoxLayout) -> None:
    editor.setProperty("surface", "editor")
    column = QVBoxLayout(editor)
    column.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
    column.setSpacing(Space.SMALL)
    for part in parts:
        if isinstance(part, QWidget):
            column.addWidget(part)
        else:
            column.addLayout(part)


def _foot(editor: Editor, archived: bool, archive: Any) -> QHBoxLayout:
    away = QPushButton("Bring back" if archived else "Archive")
    away.setToolTip("Offer it again" if archived else "Offer it no more; entries keep it")
    away.clicked.connect(archive)
    done = QPushButton("Done")
    done.setProperty("kind", "primary")
    done.clicked.connect(editor.left)
    for button in (away, done):
        button.setAutoDefault(False)
    row = QHBoxLayout()
    row.setSpacing(Space.SMALL)
    row.addStretch(1)
    row.addWidget(away)
    row.addWidget(done)
    return row


def _leave_with_escape(editor: Editor, event: QKeyEvent, refused: bool) -> None:
    """Leave with what was typed; where it was refused and the person presses it again, without."""
    if event.key() != Qt.Key.Key_Escape:
        event.ignore()
    elif refused:
        editor.given_up.emit()
    else:
        editor.left.emit()
