"""Local days: where they begin in a time zone, which day an entry belongs to, and the list by days.

Zones decide: a day has 23, 24 or 25 hours, may begin at 1:00, and one that a zone skipped has none at all.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple

from tabkeeper.model.entry import Draft, Entry, total_seconds
from tabkeeper.model.refusal import Refused


class Line(NamedTuple):
    """What the list shows as one line: entries of a day with the same content, newest first."""

    entries: tuple[Entry, ...]
    seconds: int


class Day(NamedTuple):
    """A local day with all that began on it; its seconds are the sum of its lines."""

    date: date
    seconds: int
    lines: tuple[Line, ...]


def local_day(instant: datetime, zone: tzinfo) -> date:
    """Return the date that calendars in `zone` show at that instant."""
    return instant.astimezone(zone).date()


def local_midnight(day: date, zone: tzinfo) -> datetime:
    """Return the UTC instant at which `day` begins in `zone`.

    Where clocks are set forward at midnight, it begins at 1:00; where midnight comes twice, at the first. A
    day that the zone skipped begins and ends with the next one. Raises `Refused` at the calendar's ends.
    """
    return from_local(day, timedelta(0), zone)


def from_local(day: date, clock: timedelta, zone: tzinfo, *, second: bool = False) -> datetime:
    """Return the UTC instant at which clocks in `zone` show `clock` (time since 0:00) on `day`.

    A time that a change of the clocks skips moves forward by what is skipped: 2:30 becomes 3:30. Of a time
    that comes twice this is the first one, or the `second`. Raises `Refused` at the calendar's ends.
    """
    try:
        wall = datetime.combine(day, time.min) + clock
        return wall.replace(tzinfo=zone, fold=int(second)).astimezone(UTC)
    except OverflowError as error:
        raise _beyond_the_calendar() from error


def moved(instant: datetime, seconds: int) -> datetime:
    """Return the instant that many seconds later; raises `Refused` beyond the calendar's ends."""
    try:
        return instant + timedelta(seconds=seconds)
    except OverflowError as error:
        raise _beyond_the_calendar() from error


def week_start(day: date, first_weekday: int = 0) -> date:
    """Return the first day of the week that `day` is in; `first_weekday` is 0 for Monday to 6 for Sunday."""
    return day - timedelta(days=(day.weekday() - first_weekday) % 7)


def days(entries: Iterable[Entry], zone: tzinfo, now: datetime) -> list[Day]:
    """Return the days that entries began on, newest first, each with its lines in the order of their newest.

    `entries` come newest first. An entry belongs whole to the local day of its start, also when it ends on
    the next. Entries of one day with the same content are one line; the running one has a line of its own.
    """
    found: dict[date, dict[tuple[Draft, bool], list[Entry]]] = {}
    for entry in entries:
        lines = found.setdefault(local_day(entry.start, zone), {})
        lines.setdefault((_content(entry), entry.running), []).append(entry)
    return [_day(day, found[day].values(), now) for day in sorted(found, reverse=True)]


def _day(day: date, lines: Iterable[list[Entry]], now: datetime) -> Day:
    summed = tuple(Line(tuple(entries), total_seconds(entries, now)) for entries in lines)
    return Day(day, sum(line.seconds for line in summed), summed)


def _content(entry: Entry) -> Draft:
    """Return the draft as lines compare it: the order of tags says nothing."""
    draft = entry.draft
    return draft if len(draft.tags) < 2 else draft._replace(tags=tuple(sorted(draft.tags)))


def _beyond_the_calendar() -> Refused:
    return Refused("That date is beyond what calendars hold. Type a year from 1970 to 9999.")
