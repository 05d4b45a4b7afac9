"""How a person reads clock and calendar, and how days are worded: the same in tray, window and notices."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from PySide6.QtCore import QLocale

from tabkeeper.model.days import local_day
from tabkeeper.model.durations import DurationForm, clock, written
from tabkeeper.model.entry import Entry
from tabkeeper.model.typed_time import day_date, format_time
from tabkeeper.settings import Settings, first_weekday


class Clockface(NamedTuple):
    """How this person reads clock and calendar: zone, hours of the day, first day of the week, durations."""

    zone: tzinfo
    twelve_hour: bool = False
    first_weekday: int = 0
    """0 for Monday to 6 for Sunday."""
    durations: DurationForm = "minutes"

    def following(self, settings: Settings) -> "Clockface":
        """Return how the person has chosen to read them; what is up to the system is asked of it."""
        twelve = settings.clock == "12h" or (settings.clock == "system" and _system_has_twelve_hours())
        return self._replace(
            twelve_hour=twelve, first_weekday=first_weekday(settings), durations=settings.durations
        )

    def time(self, instant: datetime) -> str:
        """Return `14:02` or `2:02 PM`."""
        return format_time(instant, self.zone, self.twelve_hour)

    def duration(self, seconds: int) -> str:
        """Return `1:23`, `1:23:45` or `1.40 h`."""
        return written(seconds, self.durations)

    def elapsed(self, seconds: int) -> str:
        """Return for how long something has been running: as a duration, but a clock shows its seconds."""
        return written(seconds, "decimal") if self.durations == "decimal" else clock(seconds)

    def day(self, instant: datetime) -> date:
        """Return the day that an instant is on."""
        return local_day(instant, self.zone)

    def times(self, entries: Sequence[Entry]) -> str:
        """Return from when to when entries went: `09:20 – 12:40`, `14:02 – now`."""
        start = min(entry.start for entry in entries)
        if any(entry.stop is None for entry in entries):
            return f"{self.time(start)} – now"
        return f"{self.time(start)} – {self.time(max(entry.stop for entry in entries if entry.stop))}"

    def since(self, start: datetime, now: datetime) -> str:
        """Return `since 14:02`, with the day where it was not today."""
        day, today = self.day(start), self.day(now)
        on = "" if day == today else f"{day_date(day, today)}, "
        return f"since {on}{self.time(start)}"


def _system_has_twelve_hours() -> bool:
    return "AP" in QLocale.system().timeFormat(QLocale.FormatType.ShortFormat).upper()


def day_name(day: date, today: date) -> str:
    """Return `Today`, `Yesterday`, or the weekday and date."""
    if day == today:
        return "Today"
    if day == today - timedelta(days=1):
        return "Yesterday"
    if day == today + timedelta(days=1):
        return "Tomorrow"
    return day_date(day, today)


def full_date(day: date) -> str:
    """Return `24 Nov 2026`."""
    return f"{day.day} {day:%b} {day.year}"
