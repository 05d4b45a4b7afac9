"""The chart of a report: a column for each day or week, stacked in the colours of the projects."""

import html
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from tabkeeper.model.catalogue import Catalogue
from tabkeeper.model.durations import short
from tabkeeper.model.periods import Unit
from tabkeeper.model.report import Column
from tabkeeper.ui.reports.chart_scale import labels, nice_hours
from tabkeeper.ui.reports.wording import Written, column_name, share_name, spoken_column
from tabkeeper.ui.theme import FOCUS_RING, HAIRLINE, Radius, Size, Space, Theme, empty_picture, paint_block

_HOUR = 3600
_WIDEST = 44
_GAP = 0.28
"""How much of a column's room is left free beside it."""
_SMALL_PIECE = 4
_ROUNDING = 2.0
_MOST_NAMED = 12
_MOST_FIGURES = 10
"""Columns that are wide enough for their time to stand above them."""


class Chart(QWidget):
    """Shows columns; one can be pointed at, gone to with the arrow keys, and chosen."""

    chosen = Signal(object)
    """A `Column` was chosen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._columns: tuple[Column, ...] = ()
        self._unit: Unit = "day"
        self._catalogue: Catalogue | None = None
        self._today = date.min
        self._written: Written = short
        self._first_weekday = 0
        self._current, self._hovered = 0, -1
        self._picture: QPixmap | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription("Arrow keys go from column to column, Enter shows the entries.")

    @property
    def columns(self) -> tuple[Column, ...]:
        """Return what is shown."""
        return self._columns

    def show_columns(
        self,
        columns: tuple[Column, ...],
        unit: Unit,
        catalogue: Catalogue | None,
        today: date,
        written: Written = short,
        first_weekday: int = 0,
    ) -> None:
        """Show other columns; the keys stay where they were while the days are the same.

        Without a catalogue nothing is known of the projects in them.
        """
        same_days = [column.first for column in columns] == [column.first for column in self._columns]
        self._columns, self._unit, self._catalogue, self._today = columns, unit, catalogue, today
        self._written, self._first_weekday = written, first_weekday
        if not same_days:
            self._current = next((i for i, c in enumerate(columns) if c.first <= today <= c.last), 0)
        self._hovered, self._picture = -1, None
        self._name()
        self.update()

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self._theme, self._picture = theme, None
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for columns and the names below them."""
        return QSize(0, self._theme.measures.chart)

    # Going from column to column

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another column, or choose the one that the keys have come to."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        last = len(self._columns) - 1
        key = Qt.Key(event.key())
        if key in steps and self._columns:
            step = -steps[key] if self.isRightToLeft() else steps[key]
            self._go_to(min(max(self._current + step, 0), last))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._columns:
            self._go_to(0 if key == Qt.Key.Key_Home else last)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._columns:
            self.chosen.emit(self._columns[self._current])
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the column under the pointer, where it has something."""
        place = self._place_at(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0 and self._columns[place].seconds:
            self._go_to(place)
            self.chosen.emit(self._columns[place])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark what would be chosen."""
        self._hover(self._place_at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Mark nothing."""
        self._hover(-1)

    def event(self, event: QEvent) -> bool:
        """Tell what is in the column under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._place_at(event.pos())
            QToolTip.showText(event.globalPos(), self._tip(place) if place >= 0 else "", self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say where the keys are."""
        super().focusInEvent(event)
        self._name()
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Mark nothing."""
        super().focusOutEvent(event)
        self.update()

    def box_of(self, place: int) -> QRect:
        """Return the room of a column from top to bottom."""
        plot, count = self._plot(), max(len(self._columns), 1)
        at = count - 1 - place if self.isRightToLeft() else place
        left = plot.left() + round(at * plot.width() / count)
        right = plot.left() + round((at + 1) * plot.width() / count)
        return QRect(left, plot.top(), right - left, plot.height())

    def _go_to(self, place: int) -> None:
        self._current = place
        self._name()
        self.update()

    def _hover(self, place: int) -> None:
        if place != self._hovered:
            self._hovered = place
            self.update()

    def _place_at(self, point: QPoint) -> int:
        plot, count = self._plot(), len(self._columns)
        if not count or not plot.left() <= point.x() < plot.left() + plot.width():
            return -1
        place = min((point.x() - plot.left()) * count // plot.width(), count - 1)
        return count - 1 - place if self.isRightToLeft() else place

    def _name(self) -> None:
        """Be called what a screen reader is to say: the column that the keys have come to."""
        name = "Chart"
        if self._columns:
            column = self._columns[self._current]
            name = f"Chart, {spoken_column(column, self._unit, self._catalogue, self._today, self._written)}"
        if name != self.accessibleName():
            self.setAccessibleName(name)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))

    def _tip(self, place: int) -> str:
        column = self._columns[place]
        head = f"<b>{column_name(column, self._unit, self._today)}</b> · {self._written(column.seconds)}"
        lines = [
            f"{self._written(share.seconds)} {html.escape(share_name(share, self._catalogue))}"
            for share in (column.shares if self._catalogue is not None else ())[:_MOST_NAMED]
        ]
        if lines and len(column.shares) > _MOST_NAMED:
            lines.append(f"and {len(column.shares) - _MOST_NAMED} more")
        return "<br>".join([head, *lines])

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the scale, the columns, and the names below them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        plot, top = self._plot(), self._top()
        self._paint_scale(painter, plot, top)
        self._paint_marks(painter)
        painter.drawPixmap(0, 0, self._columns_picture(top))
        self._paint_labels(painter, plot)

    def _plot(self) -> QRect:
        caption = QFontMetrics(self._theme.font(Size.CAPTION)).height()
        return self.rect().adjusted(0, caption, 0, -caption - Space.HAIR)

    def _top(self) -> int:
        """Return the seconds at the upper edge."""
        return nice_hours(max((column.seconds for column in self._columns), default=0)) * _HOUR

    def _paint_scale(self, painter: QPainter, plot: QRect, top: int) -> None:
        colours = self._theme.colours
        painter.setFont(self._theme.font(Size.CAPTION, tabular=True))
        scaled = len(self._columns) > _MOST_FIGURES and any(column.seconds for column in self._columns)
        for part in (1.0, 0.5) if scaled else ():
            y = self._sharp(plot.bottom() - part * (plot.height() - 1)) + 0.5 / self.devicePixelRatioF()
            painter.setPen(QPen(QColor(colours.line), HAIRLINE / self.devicePixelRatioF()))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right() + 1, y))
        far = Qt.AlignmentFlag.AlignLeft if self.isRightToLeft() else Qt.AlignmentFlag.AlignRight
        painter.setPen(QColor(colours.muted))
        above = QRect(plot.left(), 0, plot.width(), plot.top())
        if scaled:
            painter.drawText(above, far | Qt.AlignmentFlag.AlignAbsolute, f"{top // _HOUR} h")
        painter.fillRect(QRectF(plot.left(), plot.bottom(), plot.width(), HAIRLINE), QColor(colours.muted))

    def _paint_marks(self, painter: QPainter) -> None:
        """Paint what is behind the column under the pointer, and round the one that the keys have come to."""
        colours = self._theme.colours
        if 0 <= self._hovered < len(self._columns) and self._columns[self._hovered].seconds:
            painter.fillRect(self.box_of(self._hovered), QColor(colours.hover))
        if self.hasFocus() and self._columns:
            room = self.box_of(self._current)
            room = QRect(room.left() + 1, 1, room.width() - FOCUS_RING, self.height() - FOCUS_RING)
            painter.setPen(QPen(QColor(colours.accent), FOCUS_RING))
            painter.drawRoundedRect(room, Radius.CONTROL / 2, Radius.CONTROL / 2)

    def _columns_picture(self, top: int) -> QPixmap:
        """Return the columns alone, painted once: they can have thousands of pieces."""
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.size() != (QSizeF(self.size()) * ratio).toSize():
            self._picture = empty_picture(self.size(), ratio)
            painter = QPainter(self._picture)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for place, column in enumerate(self._columns):
                self._paint_column(painter, self.box_of(place), column, top)
            painter.end()
        return self._picture

    def _paint_column(self, painter: QPainter, room: QRect, column: Column, top: int) -> None:
        width = min(max(room.width() * (1 - _GAP), 1), _WIDEST)
        left, right = (self._sharp(room.center().x() + 0.5 + side * width / 2) for side in (-1, 1))
        scale = (room.height() - HAIRLINE) / top
        lower, counted = float(room.bottom()), 0
        for share in column.shares:
            counted += share.seconds
            upper = self._sharp(room.bottom() - counted * scale)
            if upper < lower:
                self._paint_piece(painter, QRectF(left, upper, right - left, lower - upper), share.color)
            lower = upper
        if column.seconds and len(self._columns) <= _MOST_FIGURES:
            painter.setFont(self._theme.font(Size.CAPTION, tabular=True))
            height = painter.fontMetrics().height()
            above = QRect(room.left(), round(lower) - height, room.width(), height)
            painter.setPen(QColor(self._theme.colours.muted))
            text = self._written(column.seconds)
            if painter.fontMetrics().horizontalAdvance(text) <= room.width():
                painter.drawText(above, Qt.AlignmentFlag.AlignCenter, text)

    def _paint_piece(self, painter: QPainter, piece: QRectF, colour: str | None) -> None:
        """Fill a piece of a column; where it is large, with round corners and a line of the ground above."""
        if piece.height() <= _SMALL_PIECE or piece.width() <= _SMALL_PIECE:
            paint_block(painter, piece, colour, self._theme)
        else:
            paint_block(painter, piece.adjusted(0, HAIRLINE, 0, 0), colour, self._theme, _ROUNDING)

    def _paint_labels(self, painter: QPainter, plot: QRect) -> None:
        painter.setFont(self._theme.font(Size.CAPTION))
        metrics, colours = painter.fontMetrics(), self._theme.colours
        below = QRect(plot.left(), plot.bottom() + Space.HAIR, plot.width(), metrics.height())
        free = QRect(below)
        for place, text in labels(self._columns, self._unit, self._first_weekday):
            width, middle = metrics.horizontalAdvance(text), self.box_of(place).center().x()
            left = min(max(middle - width // 2, below.left()), below.left() + below.width() - width)
            box = QRect(left, below.top(), width, below.height())
            if not free.contains(box):
                continue
            if self.isRightToLeft():
                free.setRight(box.left() - Space.HAIR)
            else:
                free.setLeft(box.right() + Space.HAIR)
            column = self._columns[place]
            is_now = column.first <= self._today <= column.last
            painter.setPen(QColor(colours.accent if is_now else colours.muted))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)

    def _sharp(self, at: float) -> float:
        """Return the nearest edge between two pixels of the screen."""
        ratio = self.devicePixelRatioF()
        return round(at * ratio) / ratio
