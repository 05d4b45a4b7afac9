"""Ranges of local days that reports are about: this week, last month, a year, or days somebody chose."""

from datetime import date, datetime, timedelta, tzinfo
from typing import Literal, NamedTuple

from tabkeeper.model.days import from_local, local_day, local_midnight, week_start

Unit = Literal["day", "week", "month", "quarter", "year"]
"""What a calendar is cut into."""

UNITS: tuple[Unit, ...] = ("day", "week", "month", "quarter", "year")
FIRST_DAY, LAST_DAY = date(1970, 1, 1), date(9998, 12, 31)
"""What can be reported on: a year less than calendars hold, so that each day has one after it."""

_DAY = timedelta(days=1)
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_LONGEST_OF_DAYS, _LONGEST_OF_WEEKS, _LONGEST_OF_MONTHS = 45, 371, 12 * 366


class Range(NamedTuple):
    """Local days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        """Return how many days there are."""
        return (self.last - self.first).days + 1

    def instants(self, zone: tzinfo) -> tuple[datetime, datetime]:
        """Return the instant at which it begins, and the one at which it is over."""
        return local_midnight(self.first, zone), local_midnight(self.last + _DAY, zone)


class Period(NamedTuple):
    """What somebody chose: a unit of the calendar so many units ago, or days of their own."""

    unit: Unit = "week"
    ago: int = 0
    own: Range | None = None

    def range(self, today: date, first_weekday: int = 0) -> Range:
        """Return its days, seen from a day."""
        if self.own is not None:
            return self.own
        if self.unit in ("day", "week"):
            length = 1 if self.unit == "day" else 7
            begin = unit_start(today, self.unit, first_weekday)
            first = days_later(begin, -self.ago * length)
            return Range(first, days_later(first, length - 1))
        months = _MONTHS[self.unit]
        first = min(_months_later(unit_start(today, self.unit), -self.ago * months), LAST_DAY)
        return Range(first, max(first, _months_later(first, months) - _DAY))

    def stepped(self, by: int) -> "Period":
        """Return the period so many of its own lengths later."""
        if self.own is None:
            return self._replace(ago=self.ago - by)
        days = by * self.own.days
        return self._replace(own=Range(days_later(self.own.first, days), days_later(self.own.last, days)))


def unit_start(day: date, unit: Unit, first_weekday: int = 0) -> date:
    """Return the first day of the week, month, quarter or year that a day is in."""
    if unit == "week":
        return week_start(day, first_weekday)
    if unit == "day":
        return day
    months = _MONTHS[unit]
    return day.replace(day=1, month=(day.month - 1) // months * months + 1)


def unit_end(day: date, unit: Unit, first_weekday: int = 0) -> date:
    """Return the last day of the week, month, quarter or year that a day is in."""
    first = unit_start(day, unit, first_weekday)
    if unit in ("day", "week"):
        return days_later(first, 0 if unit == "day" else 6)
    return _months_later(first, _MONTHS[unit]) - _DAY


def chart_unit(days: int) -> Unit:
    """Return what a chart of so many days shows as one column, so that there are neither few nor many."""
    if days <= _LONGEST_OF_DAYS:
        return "day"
    if days <= _LONGEST_OF_WEEKS:
        return "week"
    return "month" if days <= _LONGEST_OF_MONTHS else "year"


def days_later(day: date, days: int) -> date:
    """Return the day so many days later, or the end of what can be reported on."""
    ordinal = day.toordinal() + days
    return date.fromordinal(min(max(ordinal, FIRST_DAY.toordinal()), LAST_DAY.toordinal()))


def compared_with(
    period: Period, now: datetime, zone: tzinfo, first_weekday: int = 0
) -> tuple[datetime, datetime] | None:
    """Return the instants of the period before, as far as this one has got by now.

    On a Tuesday at 15:00 a week is compared with the last one up to its Tuesday at 15:00. None for a period
    that is still to come.
    """
    today = local_day(now, zone)
    this = period.range(today, first_weekday)
    before = period.stepped(-1).range(today, first_weekday)
    begin, end = before.instants(zone)
    starts, stops = this.instants(zone)
    if now < starts:
        return None
    day = before.first + (today - this.first)
    if now >= stops or day > before.last:
        return begin, end
    local = now.astimezone(zone)
    clock = timedelta(hours=local.hour, minutes=local.minute, seconds=local.second)
    return begin, min(max(from_local(day, clock, zone), begin), end)


def _months_later(first: date, months: int) -> date:
    """Return the first day of the month so many months later, or the first one that is out of reach."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    if year < FIRST_DAY.year:
        return FIRST_DAY
    return date(year, month + 1, 1) if year <= LAST_DAY.year else LAST_DAY + _DAY
