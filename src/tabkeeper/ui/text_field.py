"""A line to type in: its own undo goes before the program's, and a text too long for it fades at its end."""

from PySide6.QtCore import QEvent, QPointF, QRectF
from PySide6.QtGui import QKeyEvent, QKeySequence, QLinearGradient, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLineEdit

from tabkeeper.ui.theme import FOCUS_RING, Space

_LONGEST_MEASURED = 300


class TextField(QLineEdit):
    """A line edit that takes the undo and redo keys only while it has something to undo or redo."""

    def show_text(self, text: str) -> None:
        """Show a text, from its beginning on; where somebody is, what they have chosen of it stays so."""
        if self.text() == text:
            return
        at, begin, end = self.cursorPosition(), self.selectionStart(), self.selectionEnd()
        whole, anchor = self.selectedText() == self.text(), begin if at == end else end
        self.setText(text)
        if not self.hasFocus():
            self.setCursorPosition(0)
        elif whole:
            self.selectAll()
        elif begin < 0:
            self.setCursorPosition(at)
        else:
            self.setSelection(anchor, at - anchor)

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the window where there is none of them here."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo = event.matches(QKeySequence.StandardKey.Undo)
            redo = event.matches(QKeySequence.StandardKey.Redo)
            if (undo and not self.isUndoAvailable()) or (redo and not self.isRedoAvailable()):
                event.ignore()
                return False
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, and show by a fade that there is more of it."""
        super().paintEvent(event)
        edge = self.width() - Space.SMALL
        if self.hasFocus() or not self._reaches(edge):
            return
        ground = self.palette().color(QPalette.ColorRole.Base)
        clear = ground.toRgb()
        clear.setAlpha(0)
        fade = QLinearGradient(QPointF(edge - Space.WIDE, 0), QPointF(edge, 0))
        fade.setColorAt(0, clear)
        fade.setColorAt(1, ground)
        painter = QPainter(self)
        box = QRectF(edge - Space.WIDE, FOCUS_RING, Space.WIDE, self.height() - 2 * FOCUS_RING)
        painter.fillRect(box, fade)
        painter.end()

    def _reaches(self, edge: int) -> bool:
        """Whether the text, of a script that goes to the right, goes on beyond there."""
        rest = self.text()[self.cursorPosition() :][:_LONGEST_MEASURED]
        if not rest or self.isRightToLeft():
            return False
        return self.cursorRect().center().x() + self.fontMetrics().horizontalAdvance(rest) > edge
