"""A menu with headings, and with a second text at the right of its rows: styles draw neither as we want it.

A row's second text stands after a tab. Qt measures all texts; what is said here is only where they are drawn.
"""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QStyleOptionMenuItem

from tabkeeper.ui.theme import Size, Space, Theme

_ACROSS = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextShowMnemonic
"""An `&` is doubled in the texts of menus."""


class ColumnMenu(QMenu):
    """Draws headings at one edge and second texts at the other; what cannot be chosen is a heading."""

    def __init__(self) -> None:
        super().__init__()
        self._theme: Theme | None = None

    def dress(self, theme: Theme) -> None:
        """Draw in a theme."""
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionMenuItem, action: QAction) -> None:
        """Keep headings and second texts from the style."""
        super().initStyleOption(option, action)
        option.text = option.text.partition("\t")[0] if action.isEnabled() else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, and over them what the style was kept from."""
        super().paintEvent(event)
        if self._theme is None:
            return
        painter = QPainter(self)
        for action in self.actions():
            box = self.actionGeometry(action)
            if action.isVisible() and not action.isSeparator() and box.intersects(event.rect()):
                self._paint_over(painter, action, box, self._theme)
        painter.end()

    def _paint_over(self, painter: QPainter, action: QAction, box: QRect, theme: Theme) -> None:
        colours, mirrored = theme.colours, self.isRightToLeft()
        left, right = (Space.LARGE, Space.SMALL) if mirrored else (Space.SMALL, Space.LARGE)
        inner = box.adjusted(left, 0, -right, 0)
        near, far = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        if mirrored:
            near, far = far, near
        if not action.isEnabled():
            painter.setFont(action.font())
            painter.setPen(colours.muted)
            painter.drawText(inner, _ACROSS | near, action.text())
        elif second := action.text().partition("\t")[2]:
            painter.setFont(theme.font(Size.CAPTION, tabular=True))
            painter.setPen(colours.on_accent if action is self.activeAction() else colours.muted)
            painter.drawText(inner, _ACROSS | far, second)
