"""A calendar in which a range of days is chosen: its first day, then its last, by pointer or by keys."""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from tabkeeper.model.days import week_start
from tabkeeper.model.periods import FIRST_DAY, LAST_DAY, Range, days_later
from tabkeeper.ui.theme import FOCUS_RING, HAIRLINE, Radius, Size, Theme, Weight

_WEEK, _WEEKS = 7, 6
_STEPS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -_WEEK,
    Qt.Key.Key_Down: _WEEK,
}
_NOTCH = 120
"""What a wheel says when it has turned by one notch; a touchpad says a little of it at a time."""
_MONTHS = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class Calendar(QWidget):
    """Six weeks of days round a month; who owns it shows the month's name and turns its pages."""

    chosen = Signal(object)
    """A whole `Range` was chosen."""
    turned = Signal()
    """Another month is shown."""

    def __init__(self, theme: Theme, days: Range, today: date, first_weekday: int) -> None:
        super().__init__()
        self._theme, self._today, self._first_weekday = theme, today, first_weekday
        self._days = days
        self._begun: date | None = None
        self._wheeled = 0
        self._cursor = days.first
        self.month = days.first.replace(day=1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAccessibleDescription("Arrow keys go from day to day, Page Up and Page Down turn the month.")
        self._go_to(days.last if days.last <= today else max(days.first, min(today, days.last)))

    def turn(self, months: int) -> None:
        """Show a month so many months later."""
        year, month = divmod(self.month.year * 12 + self.month.month - 1 + months, 12)
        if FIRST_DAY.year <= year <= LAST_DAY.year:
            self.month = date(year, month + 1, 1)
            self.turned.emit()
            self.update()

    def day_at(self, point: QPoint) -> date | None:
        """Return the day at a point."""
        for day, box in self._boxes():
            if box.contains(point):
                return day
        return None

    def box_of(self, wanted: date) -> QRect:
        """Return where a day is; an empty box where another month is shown."""
        return next((box for day, box in self._boxes() if day == wanted), QRect())

    def sizeHint(self) -> QSize:
        """Return room for six weeks below the names of the days."""
        side = self._theme.measures.row_single
        return QSize(_WEEK * side, _WEEKS * side + self._theme.measures.target)

    # Choosing

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to another day, or choose it."""
        key = Qt.Key(event.key())
        if key in _STEPS:
            mirrored = self.isRightToLeft() and key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            self._step(-_STEPS[key] if mirrored else _STEPS[key])
        elif key in _MONTHS:
            before = self._cursor.day
            self.turn(_MONTHS[key])
            self._go_to(_same_day(self.month, before))
        elif key == Qt.Key.Key_Home:
            self._go_to(week_start(self._cursor, self._first_weekday))
        elif key == Qt.Key.Key_End:
            self._step((week_start(self._cursor, self._first_weekday) - self._cursor).days + _WEEK - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._cursor)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the day under the pointer."""
        day = self.day_at(event.position().toPoint())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go_to(day)
            self._choose(day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show which days it would be."""
        day = self.day_at(event.position().toPoint())
        if day is not None and self._begun is not None and day != self._cursor:
            self._cursor = day
            self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn the month at each full notch."""
        self._wheeled += event.angleDelta().y()
        notches = int(self._wheeled / _NOTCH)
        if notches:
            self._wheeled -= notches * _NOTCH
            self.turn(-notches)
        event.accept()

    def _step(self, days: int) -> None:
        self._go_to(days_later(self._cursor, days))

    def _go_to(self, day: date) -> None:
        self._cursor = day
        if day.replace(day=1) != self.month:
            self.month = day.replace(day=1)
            self.turned.emit()
        asked = "first day" if self._begun is None else "last day"
        self.setAccessibleName(f"{day:%A} {day.day} {day:%B} {day.year}, {asked}")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.update()

    def _choose(self, day: date) -> None:
        if self._begun is None:
            self._begun = day
            self._go_to(day)
            return
        first, last = sorted((self._begun, day))
        self._begun, self._days = None, Range(first, last)
        self.update()
        self.chosen.emit(self._days)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the names of the days, and the days."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._theme.font(Size.CAPTION))
        painter.setPen(QColor(self._theme.colours.muted))
        boxes = self._boxes()
        for day, box in boxes[:_WEEK]:
            above = QRect(box.left(), 0, box.width(), self._theme.measures.target)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, f"{day:%a}"[:2])
        shown = self._shown_range()
        for day, box in boxes:
            self._paint_day(painter, day, box, shown)

    def _paint_day(self, painter: QPainter, day: date, box: QRect, shown: Range) -> None:
        colours = self._theme.colours
        inner = QRectF(box).adjusted(HAIRLINE, HAIRLINE, -HAIRLINE, -HAIRLINE)
        edge, inside = day in (shown.first, shown.last), shown.first <= day <= shown.last
        ink = colours.text if day.month == self.month.month else colours.muted
        painter.setPen(Qt.PenStyle.NoPen)
        if inside and not edge:
            painter.setBrush(QColor(colours.selected))
            painter.drawRect(QRectF(box).adjusted(0, HAIRLINE, 0, -HAIRLINE))
        if edge:
            painter.setBrush(QColor(colours.accent))
            painter.drawRoundedRect(inner, Radius.CONTROL, Radius.CONTROL)
            ink = colours.on_accent
        if day == self._cursor and self.hasFocus():
            painter.setPen(QPen(QColor(colours.text if edge else colours.accent), FOCUS_RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(inner, Radius.CONTROL, Radius.CONTROL)
        today = day == self._today
        strong = Weight.STRONG if today else Weight.REGULAR
        painter.setFont(self._theme.font(Size.BODY, strong, tabular=True))
        painter.setPen(QColor(colours.accent if today and not edge else ink))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, str(day.day))

    def _shown_range(self) -> Range:
        if self._begun is None:
            return self._days
        return Range(min(self._begun, self._cursor), max(self._begun, self._cursor))

    def _boxes(self) -> list[tuple[date, QRect]]:
        """Return the days that are shown, and where."""
        side_x, top = self.width() / _WEEK, self._theme.measures.target
        side_y = (self.height() - top) / _WEEKS
        first = week_start(self.month, self._first_weekday).toordinal()
        boxes = []
        for place in range(_WEEK * _WEEKS):
            row, column = divmod(place, _WEEK)
            column = _WEEK - 1 - column if self.isRightToLeft() else column
            left, upper = round(column * side_x), round(top + row * side_y)
            right, lower = round((column + 1) * side_x), round(top + (row + 1) * side_y)
            box = QRect(left, upper, right - left, lower - upper)
            boxes.append((date.fromordinal(first + place), box))
        return boxes

    def changeEvent(self, event: QEvent) -> None:
        """Paint anew where the language or its direction has changed."""
        super().changeEvent(event)
        self.update()


def _same_day(month: date, day: int) -> date:
    """Return a day of the month, or its last one."""
    following = (month + timedelta(days=31)).replace(day=1)
    return month.replace(day=min(day, (following - timedelta(days=1)).day))
