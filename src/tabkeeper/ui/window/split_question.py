"""The question where an entry is split: a time, typed as people type it, and what becomes of both parts."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tabkeeper.model.entry import Entry
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.desk import Desk
from tabkeeper.ui.text_field import TextField
from tabkeeper.ui.theme import Space
from tabkeeper.ui.window import typed_changes
from tabkeeper.ui.window.binding import no_reason

HINT = "The first part ends there, and the second begins. 14:30, +20m from its start, or -20m from its end."


class SplitQuestion(QDialog):
    """Asks about one entry; it proposes the middle, and stays open while what is typed is refused."""

    def __init__(
        self,
        entry: Entry,
        face: Clockface,
        now: datetime,
        desk: Desk,
        split: Callable[[], None],
        parent: QWidget,
    ) -> None:
        """`split` is called once the entry is in two."""
        super().__init__(parent)
        self._entry, self._desk, self._split = entry, desk, split
        self.setWindowTitle("Split the entry")
        self.at = TextField(face.time(entry.start + ((entry.stop or now) - entry.start) / 2))
        self.at.setAccessibleName("Split at")
        self.reason = no_reason()
        self.cancel, self.go = QPushButton("Cancel"), QPushButton("Split")
        self.go.setProperty("kind", "primary")
        self.go.setDefault(True)
        self._build(face.times([entry]))
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._ask_for_it)
        self.at.textEdited.connect(self._try_another)
        self.at.selectAll()

    def _build(self, times: str) -> None:
        title, hint = QLabel(f"Split {times} at"), QLabel(HINT)
        hint.setProperty("type", "caption")
        hint.setProperty("tone", "muted")
        for label in (title, hint):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        whole, buttons = QVBoxLayout(self), QHBoxLayout()
        whole.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        whole.setSpacing(Space.SMALL)
        for part in (title, self.at, self.reason, hint):
            whole.addWidget(part)
        buttons.addStretch(1)
        for button in (self.cancel, self.go):
            buttons.addWidget(button)
        whole.addLayout(buttons)

    @Slot()
    def _ask_for_it(self) -> None:
        text, entry_id = self.at.text(), self._entry.id
        self.go.setEnabled(False)
        self._desk.change(
            lambda tracker: typed_changes.split(tracker, entry_id, text), self._done, self._refused
        )

    @Slot()
    def _try_another(self) -> None:
        """Take back what was said of the time that stood there before."""
        self.reason.hide()
        self.at.setAccessibleDescription("")

    def _done(self, _: object) -> None:
        self.accept()
        self._split()

    def _refused(self, reason: str) -> None:
        self.go.setEnabled(True)
        self.reason.setText(reason)
        self.reason.show()
        self.adjustSize()
        self.at.setAccessibleDescription(reason)
        self.at.setFocus()
