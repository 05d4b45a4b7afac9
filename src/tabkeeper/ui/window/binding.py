"""A field of the editor and the value behind it: saved on Enter or when left; a refused text stays in it."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel

from tabkeeper.model.text import quoted
from tabkeeper.tracker import Tracker
from tabkeeper.ui.desk import Desk
from tabkeeper.ui.text_field import TextField
from tabkeeper.ui.window.offers import OfferingField

Plan = Callable[[str, str], Callable[[Tracker], object]]
"""Given the id of the entry and the typed text, returns the change that means."""


class Binding(QObject):
    """Watches one field. What is typed in it is never taken away but by Escape."""

    settled = Signal()
    """A change was kept or refused."""
    finished = Signal()
    """Enter was pressed with nothing left to save."""

    def __init__(self, field: TextField, reason: QLabel, desk: Desk, plan: Plan) -> None:
        super().__init__(field)
        self.field = field
        self._reason, self._desk, self._plan = reason, desk, plan
        self._entry_id = ""
        self._shown = ""
        self._sent: str | None = None
        self.waits = False
        """Whether a change is under way."""
        field.installEventFilter(self)
        field.editingFinished.connect(self.save)
        field.textEdited.connect(self._retyped)

    @property
    def refused(self) -> bool:
        """Whether what stands in the field could not be kept."""
        return self._sent is not None and not self.waits

    @property
    def changed(self) -> bool:
        """Whether something was typed that is not kept."""
        return self.field.isModified() and self.field.text() != self._shown

    def open(self, entry_id: str, text: str) -> None:
        """Begin with another entry."""
        self._entry_id = entry_id
        self._forget()
        self._put(text)

    def show(self, text: str) -> None:
        """Show the value as it is now, unless something else is being typed."""
        if not self.changed:
            self._put(text)
        else:
            self._shown = text

    @Slot()
    def save(self) -> None:
        """Hand what was typed to the desk; once for each text."""
        text = self.field.text()
        if not self.changed or text == self._sent:
            return
        self._sent, self.waits = text, True
        entry_id = self._entry_id
        self._desk.change(
            self._plan(entry_id, text),
            lambda _: self._kept(entry_id, text),
            lambda reason: self._refuse(entry_id, text, reason),
        )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take back what was typed on Escape; on Enter without anything to save, be finished."""
        if event.type() is not QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if isinstance(self.field, OfferingField) and self.field.offers:
            return False
        if event.key() == Qt.Key.Key_Escape and self.changed:
            self._forget()
            self._put(self._shown)
            self.field.selectAll()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self.changed:
            self.finished.emit()
            return True
        return False

    def _kept(self, entry_id: str, text: str) -> None:
        if entry_id == self._entry_id and self.field.text() == text:
            self._forget()
            self.field.setModified(False)
        self.settled.emit()

    def _refuse(self, entry_id: str, text: str, reason: str) -> None:
        if entry_id != self._entry_id or not self.field.isVisible():
            self._desk.tell(f"{reason} You had typed {quoted(text)}.")
        elif self.field.text() == text:
            self.waits = False
            self._reason.setText(reason)
            self._reason.show()
            self.field.setAccessibleDescription(reason)
        self.settled.emit()

    @Slot(str)
    def _retyped(self, text: str) -> None:
        """What was wrong before says nothing about what is typed now."""
        self._forget()

    def _forget(self) -> None:
        self._sent, self.waits = None, False
        if not self._reason.isHidden():
            self._reason.hide()
            self.settled.emit()
        self.field.setAccessibleDescription("")

    def _put(self, text: str) -> None:
        self._shown = text
        self.field.show_text(text)
        self.field.setModified(False)


def no_reason() -> QLabel:
    """Return the label for reasons below a row of fields; it takes no room while there is none."""
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("type", "caption")
    label.setProperty("tone", "warning")
    label.hide()
    return label


def planned(change: Callable[[Tracker, str, str], Any]) -> Plan:
    """Return a plan of a change that is given the tracker, the id of the entry and the typed text."""
    return lambda entry_id, text: lambda tracker: change(tracker, entry_id, text)
