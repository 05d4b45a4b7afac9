"""Where the parts of a row lie, for who paints them and for who is clicked on; mirrored where text is."""

from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QStyle

from tabkeeper.ui.theme import Size, Space, Theme, Weight
from tabkeeper.ui.window.rows import LineRow

_BAR_INSET = 9
_BAR_LEFT = 6
_INDENT = 28
_WIDEST_TIMES = {False: "00:00 – 00:00", True: "00:00 PM – 00:00 PM"}


class RowParts(NamedTuple):
    """The boxes of a line, in the coordinates of the list."""

    bar: QRect
    badge: QRect
    """Empty where one entry stands alone."""
    play: QRect
    title: QRect
    below: QRect
    seconds: QRect
    times: QRect

    def hit(self, point: QPoint) -> str:
        """Return `badge`, `play` or an empty text: what a click at that point is on."""
        for name, box in (("badge", self.badge), ("play", self.play)):
            reach = box.adjusted(-Space.HAIR, -Space.HAIR, Space.HAIR, Space.HAIR)
            if not box.isEmpty() and reach.contains(point):
                return name
        return ""


def parts(row: LineRow, box: QRect, theme: Theme, direction: Qt.LayoutDirection, wide: bool) -> RowParts:
    """Return the boxes of a line in its `box`; `wide` leaves room for times of twelve hours."""
    measures = theme.measures
    caption = QFontMetrics(theme.font(Size.CAPTION, tabular=True))
    body = QFontMetrics(theme.font(Size.BODY, Weight.STRONG))
    times_width = caption.horizontalAdvance(_WIDEST_TIMES[wide])
    target = measures.target
    left, right, top = box.left() + Space.LARGE, box.right() + 1 - Space.LARGE, box.top()
    line_top = top + (box.height() - body.height() - caption.height() - 2) // 2
    below_top = line_top + body.height() + 2
    badge = QRect()
    text_left = left
    if row.number > 1:
        side = target - Space.HAIR
        badge = QRect(left, top + (box.height() - side) // 2, side, side)
        text_left = left + _INDENT
    elif row.part:
        text_left = left + _INDENT
    times = QRect(right - times_width, below_top, times_width, caption.height())
    play = QRect(times.left() - Space.MEDIUM - target, top + (box.height() - target) // 2, target, target)
    text_width = play.left() - Space.SMALL - text_left
    boxes = RowParts(
        bar=QRect(box.left() + _BAR_LEFT, top + _BAR_INSET, measures.bar, box.height() - 2 * _BAR_INSET),
        badge=badge,
        play=play,
        title=QRect(text_left, line_top, text_width, body.height()),
        below=QRect(text_left, below_top, text_width, caption.height()),
        seconds=QRect(right - times_width, line_top, times_width, body.height()),
        times=times,
    )
    return RowParts(*(QStyle.visualRect(direction, box, part) for part in boxes))
