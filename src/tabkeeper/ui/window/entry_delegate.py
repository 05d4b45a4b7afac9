"""Paints the rows of the list: headings of days, and lines of two rows of text with what can be pressed."""

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tabkeeper.model.typed_time import day_date
from tabkeeper.ui.clockface import day_name
from tabkeeper.ui.icons import icon
from tabkeeper.ui.theme import FOCUS_RING, HAIRLINE, Size, Space, Theme, Weight, paint_bar
from tabkeeper.ui.window.entry_list import ROW, EntryList
from tabkeeper.ui.window.row_parts import RowParts, parts
from tabkeeper.ui.window.rows import DayRow, EditorRow, LineRow, second_line

_Index = QModelIndex | QPersistentModelIndex
_LONGEST_SHOWN = 300
"""Characters, more than fit into a line on any screen."""


class EntryDelegate(QStyledItemDelegate):
    """Knows how high each row is and what it looks like."""

    def __init__(self, model: EntryList, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.theme = theme
        self.editor_height = 0
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the height of a row; its width is that of the list."""
        row = index.data(ROW)
        if isinstance(row, EditorRow):
            return QSize(0, self.editor_height)
        return QSize(0, self.theme.measures.day if isinstance(row, DayRow) else self.theme.measures.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint a row; that of the editor is covered by it."""
        row = index.data(ROW)
        painter.save()
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        if isinstance(row, DayRow):
            self._paint_day(painter, option, row)
        elif isinstance(row, LineRow):
            self._paint_line(painter, option, row)
        painter.restore()

    def parts(self, row: LineRow, box: QRect, direction: Qt.LayoutDirection) -> RowParts:
        """Return where the parts of a line lie."""
        return parts(row, box, self.theme, direction, self._model.face.twelve_hour)

    def _paint_day(self, painter: QPainter, option: QStyleOptionViewItem, row: DayRow) -> None:
        box: QRect = option.rect
        direction: Qt.LayoutDirection = option.direction
        theme, today = self.theme, self._model.today()
        inner = box.adjusted(Space.LARGE, Space.HAIR, -Space.LARGE, 0)
        total = self._model.face.duration(self._model.seconds(row))
        name, strong = day_name(row.date, today), theme.font(Size.BODY, Weight.STRONG)
        width = QFontMetrics(strong).horizontalAdvance(name)
        total_width = QFontMetrics(strong).horizontalAdvance("0" * len(total))
        at = QRect(inner.left(), inner.top(), width, inner.height())
        date_at = inner.adjusted(width, 0, -total_width - Space.SMALL, 0)
        total_at = QRect(inner.right() + 1 - total_width, inner.top(), total_width, inner.height())
        side = _sides(direction)
        painter.setPen(QColor(theme.colours.text))
        painter.setFont(strong)
        painter.drawText(QStyle.visualRect(direction, box, at), side.near, name)
        painter.setFont(theme.font(Size.BODY, Weight.STRONG, tabular=True))
        painter.drawText(QStyle.visualRect(direction, box, total_at), side.far, total)
        if name != day_date(row.date, today):
            painter.setPen(QColor(theme.colours.muted))
            painter.setFont(theme.font(Size.CAPTION))
            dated = f" · {day_date(row.date, today)}" if row.date != today else ""
            painter.drawText(QStyle.visualRect(direction, box, date_at), side.near, dated)

    def _paint_line(self, painter: QPainter, option: QStyleOptionViewItem, row: LineRow) -> None:
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        direction: Qt.LayoutDirection = option.direction
        entry, theme = row.entry, self.theme
        place = self.parts(row, box, direction)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        self._paint_ground(painter, box, state, entry.running)
        if not row.part:
            colour = self._model.catalogue.colour_of(entry.project_id)
            paint_bar(painter, QRectF(place.bar), colour, theme)
        if row.number > 1:
            self._paint_badge(painter, place.badge, row)
        self._paint_texts(painter, row, place, direction)
        if hovered and not entry.running:
            self._paint_play(painter, place.play)

    def _paint_ground(self, painter: QPainter, box: QRect, state: QStyle.StateFlag, running: bool) -> None:
        colours = self.theme.colours
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        if selected or running or hovered:
            ground = colours.selected if selected else (colours.accent_tint if running else colours.hover)
            painter.fillRect(box, QColor(ground))
        focused = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_KeyboardFocusChange
        if state & focused == focused:
            painter.setPen(QPen(QColor(colours.accent), FOCUS_RING))
            painter.drawRect(box.adjusted(HAIRLINE, HAIRLINE, -FOCUS_RING, -FOCUS_RING))

    def _paint_texts(
        self, painter: QPainter, row: LineRow, place: RowParts, direction: Qt.LayoutDirection
    ) -> None:
        entry, theme, colours, side = row.entry, self.theme, self.theme.colours, _sides(direction)
        title = QColor(colours.text if entry.description else colours.muted)
        strong = Weight.STRONG if entry.running else Weight.REGULAR
        self._write(
            painter, place.title, entry.description or "No description", Size.BODY, strong, title, side.near
        )
        muted = QColor(colours.muted)
        below = second_line(entry.project_id, entry.tags, self._model.catalogue)
        self._write(painter, place.below, below, Size.CAPTION, Weight.REGULAR, muted, side.near)
        painter.setFont(theme.font(Size.BODY, strong, tabular=True))
        painter.setPen(QColor(colours.accent if entry.running else colours.text))
        painter.drawText(place.seconds, side.far, self._model.face.duration(self._model.seconds(row)))
        painter.setFont(theme.font(Size.CAPTION, tabular=True))
        painter.setPen(muted)
        painter.drawText(place.times, side.far, self._model.face.times(row.line.entries))

    def _write(
        self,
        painter: QPainter,
        box: QRect,
        text: str,
        size: Size,
        weight: Weight,
        colour: QColor,
        side: Qt.AlignmentFlag,
    ) -> None:
        font = self.theme.font(size, weight)
        painter.setFont(font)
        painter.setPen(colour)
        shown = QFontMetrics(font).elidedText(text[:_LONGEST_SHOWN], Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, side | Qt.TextFlag.TextSingleLine, shown)

    def _paint_badge(self, painter: QPainter, box: QRect, row: LineRow) -> None:
        colours = self.theme.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.accent if row.unfolded else colours.line), HAIRLINE))
        painter.setBrush(QColor(colours.selected if row.unfolded else colours.raised))
        painter.drawEllipse(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5))
        painter.setFont(self.theme.font(Size.CAPTION))
        painter.setPen(QColor(colours.accent if row.unfolded else colours.muted))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(row.number))

    def _paint_play(self, painter: QPainter, box: QRect) -> None:
        colours = self.theme.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.line), HAIRLINE))
        painter.setBrush(QColor(colours.window))
        painter.drawEllipse(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5))
        side = self.theme.measures.target // 2
        inner = QRect(0, 0, side, side)
        inner.moveCenter(box.center())
        icon("play", colours.accent, side, filled=True).paint(painter, inner.translated(1, 0))


class _Sides:
    """Which edges text keeps to: `near` where a line begins, `far` where it ends, whatever the text is."""

    def __init__(self, mirrored: bool) -> None:
        across = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        left, right = Qt.AlignmentFlag.AlignLeft | across, Qt.AlignmentFlag.AlignRight | across
        self.near, self.far = (right, left) if mirrored else (left, right)


_PLAIN, _MIRRORED = _Sides(False), _Sides(True)


def _sides(direction: Qt.LayoutDirection) -> _Sides:
    return _MIRRORED if direction is Qt.LayoutDirection.RightToLeft else _PLAIN
