"""A line to type in whose own undo goes before the program's, and leaves the keys to it when it has none."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit


class TextField(QLineEdit):
    """A line edit that takes the undo and redo keys only while it has something to undo or redo."""

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window where there is none of them here."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            redo = event.matches(QKeySequence.StandardKey.Redo)
            if (undo and not self.isUndoAvailable()) or (redo and not self.isRedoAvailable()):
                event.ignore()
                return False
        return super().event(event)
