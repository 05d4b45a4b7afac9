"""A menu whose rows have a second text at their right, after a tab: muted, as styles draw no such column."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QStyleOptionMenuItem

from tabkeeper.ui.theme import Space, Theme


class ColumnMenu(QMenu):
    """Qt measures both texts of a row and draws the first; this draws the second."""

    def __init__(self) -> None:
        super().__init__()
        self._theme: Theme | None = None

    def dress(self, theme: Theme) -> None:
        """Draw in a theme."""
        self._theme = theme

    def initStyleOption(self, option: QStyleOptionMenuItem, action: QAction) -> None:
        """Keep the second text from the style."""
        super().initStyleOption(option, action)
        option.text = option.text.partition("\t")[0]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows, and the second texts over them."""
        super().paintEvent(event)
        if self._theme is None:
            return
        painter = QPainter(self)
        painter.setFont(self._theme.font(tabular=True))
        for action in self.actions():
            _, tab, second = action.text().partition("\t")
            box = self.actionGeometry(action)
            if tab and action.isVisible() and box.intersects(event.rect()):
                chosen = action is self.activeAction()
                colours = self._theme.colours
                painter.setPen(colours.on_accent if chosen else colours.muted)
                inner = box.adjusted(0, 0, -Space.LARGE, 0)
                painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, second)
        painter.end()
