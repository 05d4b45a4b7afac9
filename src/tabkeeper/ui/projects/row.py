"""One row of the page: a button that opens the editor under it, painted like the rows of the entries."""

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QStyle

from tabkeeper.ui.projects.things import Thing
from tabkeeper.ui.theme import FOCUS_RING, HAIRLINE, Size, Space, Theme, paint_bar

_LONGEST_SHOWN = 300
"""Characters, more than fit into a line on any screen."""
_BAR_LEFT = 6
_BAR_INSET = 9


class ThingRow(QAbstractButton):
    """Shows a thing; the same row is used for another one when the list changes."""

    double_clicked = Signal()
    """After the `clicked` of the first of two clicks, in place of that of the second."""

    def __init__(self, thing: Thing, theme: Theme) -> None:
        super().__init__()
        self.thing, self._theme, self._open = thing, theme, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_thing(thing, theme, opened=False)

    def show_thing(self, thing: Thing, theme: Theme, *, opened: bool) -> None:
        """Show a thing; `opened` where its editor is under it."""
        self.thing, self._theme, self._open = thing, theme, opened
        self.setAccessibleName(thing.spoken)
        self.setAccessibleDescription(f"{thing.kind.capitalize()}; Enter changes it")
        self.setToolTip("")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of two lines, or of one where there is only a name."""
        measures = self._theme.measures
        return QSize(0, measures.row_single if self.thing.kind == "tag" else measures.row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Be pressed with Space; all other keys are the list's."""
        if event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Be no second click, which would close again what the first has opened."""
        self.double_clicked.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show that the pointer has gone."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground, the bar of a project's colour, and the texts."""
        painter, theme, thing = QPainter(self), self._theme, self.thing
        colours, direction = theme.colours, self.layoutDirection()
        if self._open or self.isDown() or self.underMouse():
            painter.fillRect(self.rect(), QColor(colours.selected if self._open else colours.hover))
        if thing.kind == "project":
            bar = QRect(_BAR_LEFT, _BAR_INSET, theme.measures.bar, self.height() - 2 * _BAR_INSET)
            paint_bar(painter, QRectF(QStyle.visualRect(direction, self.rect(), bar)), thing.colour, theme)
        body, caption = theme.font(), theme.font(Size.CAPTION)
        lines = [QFontMetrics(body).height()] + [QFontMetrics(caption).height()] * bool(thing.below)
        inner = self.rect().adjusted(Space.LARGE, 0, -Space.LARGE, 0)
        top = (self.height() - sum(lines) - 2 * (len(lines) - 1)) // 2
        side_font = theme.font(Size.BODY if thing.kind == "project" else Size.CAPTION, tabular=True)
        side_width = QFontMetrics(side_font).horizontalAdvance(thing.side)
        ink = colours.muted if thing.archived else colours.text
        name = QRect(inner.left(), top, inner.width() - side_width - Space.SMALL, lines[0])
        side = QRect(inner.right() + 1 - side_width, top, side_width, lines[0])
        below = QRect(inner.left(), top + lines[0] + 2, inner.width(), lines[-1])
        self._write(painter, name, thing.name, body, ink)
        self._write(painter, side, thing.side, side_font, colours.muted)
        if thing.below:
            self._write(painter, below, thing.below, caption, colours.muted)
        if self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), FOCUS_RING))
            painter.drawRect(self.rect().adjusted(HAIRLINE, HAIRLINE, -HAIRLINE, -HAIRLINE))
        painter.end()

    def _write(self, painter: QPainter, box: QRect, text: str, font: QFont, ink: str) -> None:
        direction = self.layoutDirection()
        near = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        near |= (
            Qt.AlignmentFlag.AlignRight
            if direction is Qt.LayoutDirection.RightToLeft
            else Qt.AlignmentFlag.AlignLeft
        )
        shown = QFontMetrics(font).elidedText(
            text[:_LONGEST_SHOWN], Qt.TextElideMode.ElideRight, box.width() + 1
        )
        painter.setFont(font)
        painter.setPen(QColor(ink))
        painter.drawText(
            QStyle.visualRect(direction, self.rect(), box), near | Qt.TextFlag.TextSingleLine, shown
        )
