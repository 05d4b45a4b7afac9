"""The panel in which a range is chosen: by name, in the calendar, or typed."""

from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tabkeeper.model.periods import FIRST_DAY, LAST_DAY, UNITS, Period, Range
from tabkeeper.model.refusal import Refused
from tabkeeper.model.typed_day import parse_day
from tabkeeper.ui.clockface import full_date
from tabkeeper.ui.icons import icon
from tabkeeper.ui.reports.calendar import Calendar
from tabkeeper.ui.reports.wording import period_name
from tabkeeper.ui.text_field import TextField
from tabkeeper.ui.theme import Space, Theme
from tabkeeper.ui.window.binding import no_reason
from tabkeeper.ui.window.place import within


class RangePanel(QFrame):
    """Is made for one choice, and gone after it."""

    chosen = Signal(object)
    """A `Period`."""

    def __init__(
        self, period: Period, today: date, first_weekday: int, theme: Theme, parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("surface", "popup")
        self.setAccessibleName("Range")
        self._period, self._today, self._first_weekday = period, today, first_weekday
        days = self._days = period.range(today, first_weekday)
        self.calendar = Calendar(theme, days, today, first_weekday)
        self.first, self.last = _field("First day", days.first), _field("Last day", days.last)
        self._month, self._reason = QLabel(), no_reason()
        self.names: dict[tuple[str, int], QPushButton] = {}
        self._build(theme)
        self.calendar.chosen.connect(self._choose_days)
        self.calendar.turned.connect(self._show_month)
        for field in (self.first, self.last):
            field.returnPressed.connect(self._choose_typed)
        self._show_month()

    def open_below(self, button: QWidget) -> None:
        """Appear below a button, moved as little as it takes to be on the screen."""
        self.adjustSize()
        box = self.rect()
        left = button.width() - box.width() if button.isRightToLeft() else 0
        box.moveTopLeft(button.mapToGlobal(QPoint(left, button.height() + Space.HAIR)))
        self.setGeometry(within(box, button.screen().availableGeometry()))
        self.show()
        current = self.names.get((self._period.unit, self._period.ago))
        (self.calendar if self._period.own or current is None else current).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from name to name with the arrow keys; leave with Escape."""
        steps = {Qt.Key.Key_Down: 2, Qt.Key.Key_Up: -2, Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        buttons = list(self.names.values())
        focused = self.focusWidget()
        if event.key() in steps and focused in buttons:
            place = buttons.index(focused) + steps[Qt.Key(event.key())]
            if 0 <= place < len(buttons):
                buttons[place].setFocus()
            elif place >= len(buttons):
                self.calendar.setFocus()
        else:
            super().keyPressEvent(event)

    @Slot(object)
    def _choose_days(self, days: Range) -> None:
        self.chosen.emit(Period(own=days))
        self.close()

    @Slot()
    def _choose_typed(self) -> None:
        try:
            first = parse_day(self.first.text(), self._days.first, self._today)
            last = parse_day(self.last.text(), self._days.last, self._today)
            if not FIRST_DAY <= min(first, last) <= max(first, last) <= LAST_DAY:
                raise Refused("Type days of the years 1970 to 9998.")
        except Refused as refused:
            self._reason.setText(str(refused))
            self._reason.show()
            return
        self._choose_days(Range(min(first, last), max(first, last)))

    @Slot()
    def _show_month(self) -> None:
        self._month.setText(f"{self.calendar.month:%B} {self.calendar.month.year}")

    def _build(self, theme: Theme) -> None:
        names = QGridLayout()
        names.setSpacing(0)
        for row, unit in enumerate(UNITS):
            for ago in (0, 1):
                names.addWidget(self._name(Period(unit, ago)), row, ago)
        names.setRowStretch(len(UNITS), 1)
        typed = QGridLayout()
        typed.setSpacing(Space.HAIR)
        for row, (word, field) in enumerate((("From", self.first), ("To", self.last))):
            label = QLabel(word)
            label.setProperty("tone", "muted")
            label.setBuddy(field)
            typed.addWidget(label, row, 0)
            typed.addWidget(field, row, 1)
        typed.addWidget(self._reason, 2, 0, 1, 2)
        left = QVBoxLayout()
        left.addLayout(names, 1)
        left.addLayout(typed)
        right = QVBoxLayout()
        right.setSpacing(Space.HAIR)
        right.addLayout(self._turning(theme))
        right.addWidget(self.calendar, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(Space.SMALL, Space.SMALL, Space.SMALL, Space.SMALL)
        whole.setSpacing(Space.MEDIUM)
        whole.addLayout(left)
        whole.addLayout(right)

    def _name(self, period: Period) -> QPushButton:
        days = period.range(self._today, self._first_weekday)
        name, dates = period_name(period, days, self._today)
        button = QPushButton(name)
        button.setProperty("kind", "range")
        button.setCheckable(True)
        button.setChecked(period == self._period)
        button.setAutoDefault(True)
        button.setToolTip(dates)
        button.setAccessibleDescription(dates)

        def choose() -> None:
            self.chosen.emit(period)
            self.close()

        button.clicked.connect(choose)
        self.names[period.unit, period.ago] = button
        return button

    def _turning(self, theme: Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        self._month.setProperty("weight", "strong")
        self._month.setAlignment(Qt.AlignmentFlag.AlignCenter)
        back, on = (
            turning_button(
                "chevron-right" if forward != self.isRightToLeft() else "chevron-left", name, theme
            )
            for forward, name in ((False, "Month before"), (True, "Next month"))
        )
        back.clicked.connect(lambda: self.calendar.turn(-1))
        on.clicked.connect(lambda: self.calendar.turn(1))
        row.addWidget(back)
        row.addWidget(self._month, 1)
        row.addWidget(on)
        return row


def turning_button(picture: str, name: str, theme: Theme) -> QToolButton:
    """Return a small button that goes on or back by one."""
    button = QToolButton()
    button.setAccessibleName(name.partition(" (")[0])
    button.setToolTip(name)
    button.setIcon(icon(picture, theme.colours.muted, theme.measures.icon))
    return button


def _field(name: str, day: date) -> TextField:
    field = TextField(full_date(day))
    field.setAccessibleName(name)
    field.setToolTip(name)
    return field
