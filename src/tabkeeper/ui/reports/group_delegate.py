"""Paints the rows of a report: name, share, time and amount, above a bar in the colours of the projects."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tabkeeper.model.grouping import BY_DAYS
from tabkeeper.model.money import money
from tabkeeper.model.report import Group, Sums
from tabkeeper.model.report_forms import amounts_text, percent
from tabkeeper.ui.reports.group_list import GROUP, GroupList
from tabkeeper.ui.reports.wording import group_name
from tabkeeper.ui.theme import FOCUS_RING, HAIRLINE, Size, Space, Theme, Weight, paint_block, paint_dot

if TYPE_CHECKING:
    from decimal import Decimal

_Index = QModelIndex | QPersistentModelIndex
_LONGEST_SHOWN = 300
_MOST_FOR_AMOUNT = 0.45
_NARROW = 380
"""Logical pixels at the normal text scale below which the share is told by the bar alone."""


class Widths(NamedTuple):
    """How wide the figures of the rows are, so that they stand under one another."""

    share: int
    time: int
    amount: int


class GroupDelegate(QStyledItemDelegate):
    """Knows how high a row is and what it looks like."""

    def __init__(self, model: GroupList, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._model = model
        self._widths = Widths(0, 0, 0)
        self._longest = 0
        model.modelReset.connect(self.measure)
        model.dataChanged.connect(self.measure)

    def measure(self) -> None:
        """Find out how much room the figures take."""
        metrics = QFontMetrics(self.theme.font(Size.BODY, Weight.STRONG, tabular=True))
        caption = QFontMetrics(self.theme.font(Size.CAPTION, tabular=True))
        sums = [group.sums for group in self._model.groups]
        self._longest = max((each.seconds for each in sums), default=0)
        amounts = (metrics.horizontalAdvance(amounts_text(each)) for each in _highest(sums))
        self._widths = Widths(
            caption.horizontalAdvance("100 %"),
            metrics.horizontalAdvance(self._model.written(self._longest)) if sums else 0,
            max(amounts, default=0),
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of a row; its width is that of the list."""
        return QSize(0, self.theme.measures.report_row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a row."""
        group, box = index.data(GROUP), option.rect
        if not isinstance(group, Group):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self._paint_ground(painter, option)
        inner = self._inner(option)
        bar = self.theme.measures.bar + HAIRLINE
        text = QFontMetrics(self.theme.font(Size.BODY)).height()
        top = box.top() + (box.height() - text - Space.HAIR - bar) // 2
        self._paint_texts(painter, option, group, QRect(inner.left(), top, inner.width(), text))
        below = QRect(inner.left(), top + text + Space.HAIR, inner.width(), bar)
        self._paint_bar(painter, option, group, QRectF(QStyle.visualRect(option.direction, box, below)))
        painter.restore()

    def _inner(self, option: QStyleOptionViewItem) -> QRect:
        """Return the room between the margins; a scroll bar lies in the margin at the end."""
        view = option.widget
        bar = view.width() - option.rect.width() if view is not None else 0
        return option.rect.adjusted(Space.LARGE, 0, -max(Space.LARGE - bar, Space.HAIR), 0)

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem) -> None:
        colours, box, state = self.theme.colours, option.rect, option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(colours.selected))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, QColor(colours.hover))
        focused = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_KeyboardFocusChange
        if state & focused == focused:
            painter.setPen(QPen(QColor(colours.accent), FOCUS_RING))
            painter.drawRect(box.adjusted(HAIRLINE, HAIRLINE, -FOCUS_RING, -FOCUS_RING))

    def _paint_texts(
        self, painter: QPainter, option: QStyleOptionViewItem, group: Group, line: QRect
    ) -> None:
        assert self._model.report is not None
        colours, sums = self.theme.colours, group.sums
        direction: Qt.LayoutDirection = option.direction
        far, muted = _side(direction, far=True), QColor(colours.muted)
        right = line.right() + 1
        room = min(self._widths.amount, round(line.width() * _MOST_FOR_AMOUNT))
        amount = self._amount(group, room)
        strong = self.theme.font(Size.BODY, Weight.STRONG, tabular=True)
        plain = self.theme.font(Size.BODY, tabular=True)
        caption = self.theme.font(Size.CAPTION, tabular=True)
        share = percent(sums.seconds, self._model.report.total.seconds)
        figures = [
            (room, amount, plain, muted),
            (self._widths.time, self._model.written(sums.seconds), strong, self._time_ink(group)),
            (self._widths.share, share, caption, muted),
        ]
        if line.width() < self.theme.pixels(_NARROW) - 2 * Space.LARGE:
            figures.pop()
        for width, text, font, ink in figures:
            if not width:
                continue
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            at = QStyle.visualRect(
                direction, option.rect, QRect(right - width, line.top(), width, line.height())
            )
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawText(at, far | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip, text)
            right -= width + Space.MEDIUM
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        self._paint_name(
            painter, option, group, QRect(line.left(), line.top(), right - line.left(), line.height())
        )

    def _amount(self, group: Group, room: int) -> str:
        """Return the amounts, or as many of them as there is room for, each of them whole."""
        metrics = QFontMetrics(self.theme.font(Size.BODY, tabular=True))
        texts = [money(amount, currency) for currency, amount in group.sums.amounts.items()]
        for shown in range(len(texts), 0, -1):
            text = " + ".join([*texts[:shown], *(["…"] if shown < len(texts) else [])])
            if metrics.horizontalAdvance(text) <= room or shown == 1:
                return text
        return "–" if self._widths.amount else ""

    def _time_ink(self, group: Group) -> QColor:
        return QColor(self.theme.colours.accent if group.sums.running else self.theme.colours.text)

    def _paint_name(self, painter: QPainter, option: QStyleOptionViewItem, group: Group, room: QRect) -> None:
        assert self._model.report is not None
        direction: Qt.LayoutDirection = option.direction
        theme, near = self.theme, _side(direction, far=False)
        if self._model.report.question.by == "project":
            dot = theme.measures.dot
            at = QRect(room.left(), room.top(), dot, room.height())
            centre = QStyle.visualRect(direction, option.rect, at).center()
            paint_dot(painter, QPointF(centre.x() + 0.5, centre.y() + 0.5), group.color, theme)
            room = room.adjusted(dot + Space.SMALL, 0, 0, 0)
        name, detail = group_name(self._model.report, group, self._model.today)
        # Each by itself: names of another direction would take the dot between them to their other side.
        muted = theme.colours.muted
        for text, ink in ((name, theme.colours.text), *(((" · ", muted), (detail, muted)) if detail else ())):
            font = theme.font(Size.BODY)
            metrics = QFontMetrics(font)
            shown = metrics.elidedText(text[:_LONGEST_SHOWN], Qt.TextElideMode.ElideRight, room.width())
            painter.setFont(font)
            painter.setPen(QColor(ink))
            painter.drawText(
                QStyle.visualRect(direction, option.rect, room), near | Qt.TextFlag.TextSingleLine, shown
            )
            room = room.adjusted(min(metrics.horizontalAdvance(shown), room.width()), 0, 0, 0)

    def _paint_bar(self, painter: QPainter, option: QStyleOptionViewItem, group: Group, room: QRectF) -> None:
        """Paint how much of the whole it is, cut into its projects; of days and weeks, of the longest."""
        assert self._model.report is not None
        whole = self._model.report.total.seconds
        if self._model.report.question.by in BY_DAYS:
            whole = self._longest
        outline = QPainterPath()
        outline.addRoundedRect(room, room.height() / 2, room.height() / 2)
        painter.setClipPath(outline)
        painter.fillRect(room, QColor(self.theme.colours.line))
        at, mirrored = 0.0, option.direction is Qt.LayoutDirection.RightToLeft
        for share in group.shares if whole else ():
            width = room.width() * share.seconds / whole
            left = room.right() - at - width if mirrored else room.left() + at
            piece = QRectF(left, room.top(), width, room.height())
            paint_block(painter, piece, share.color, self.theme)
            at += width
        painter.setClipping(False)


def _highest(sums: Iterable[Sums]) -> Iterator[Sums]:
    """Yield the highest amounts of those in the same currencies: measuring all of many texts takes long."""
    highest: dict[tuple[str, ...], dict[str, Decimal]] = {}
    for each in sums:
        most = highest.setdefault(tuple(each.amounts), {**each.amounts})
        for currency, amount in each.amounts.items():
            if amount > most[currency]:
                most[currency] = amount
    for amounts in highest.values():
        yield Sums(amounts=amounts)


def _side(direction: Qt.LayoutDirection, *, far: bool) -> Qt.AlignmentFlag:
    """Return the edge that a text keeps to, whatever its own direction is."""
    mirrored = direction is Qt.LayoutDirection.RightToLeft
    edge = Qt.AlignmentFlag.AlignRight if far is not mirrored else Qt.AlignmentFlag.AlignLeft
    return edge | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
