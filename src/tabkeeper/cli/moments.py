"""Times as the options of commands give them: near an entry's own times, from now, or as a range of days."""

import os
from datetime import UTC, date, datetime, timedelta, tzinfo

from tabkeeper.model.days import local_day, local_midnight
from tabkeeper.model.durations import parse_change
from tabkeeper.model.edits import with_start, with_stop
from tabkeeper.model.entry import Entry
from tabkeeper.model.instants import EPOCH, utc_now
from tabkeeper.model.periods import days_later
from tabkeeper.model.refusal import Refused
from tabkeeper.model.typed_time import parse_instant, parse_time_of_day

_DAY = timedelta(days=1)


def typed_near(
    text: str, reference: datetime, now: datetime, zone: tzinfo, *, not_before: datetime | None = None
) -> datetime:
    """Return the instant of an entry's time: a time of day is on the entry's own day, not on today.

    `-5m` and `+15m` move `reference`. Whatever else `parse_instant` takes counts from `now`.
    """
    try:
        return parse_time_of_day(text, reference, zone, not_before=not_before)
    except Refused:
        return parse_instant(text, now, zone)


def with_typed_start(entry: Entry, text: str, now: datetime, zone: tzinfo) -> Entry:
    """Return the entry begun then; of a time of day after its end, the evening before may be meant."""
    typed = typed_near(text, entry.start, now, zone)
    return with_start(entry, typed, zone, now) if _is_time_of_day(text) else entry._replace(start=typed)


def with_typed_stop(entry: Entry, text: str, now: datetime, zone: tzinfo) -> Entry:
    """Return the entry ended then; of a time of day before its start, the next morning may be meant."""
    typed = typed_near(text, entry.stop or now, now, zone, not_before=entry.start)
    return with_stop(entry, typed, zone) if _is_time_of_day(text) else entry._replace(stop=typed)


def typed_end(text: str, now: datetime, zone: tzinfo) -> datetime:
    """Return the end of a range: of a day (`friday`, `2026-11-24`) its end, else the instant itself.

    The end of a last day of the calendar is that of what can be reported on.
    """
    instant = parse_instant(text, now, zone)
    try:
        parse_instant(f"{text} 0:00", now, zone)  # what a time of day can follow is a day
    except Refused:
        return instant
    return local_midnight(days_later(local_day(instant, zone), 1), zone)


def day_span(first: date, days: int, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the begin and the end of so many local days."""
    return local_midnight(first, zone), local_midnight(first + _DAY * days, zone)


def _is_time_of_day(text: str) -> bool:
    """Whether a text leaves the day open: who names the day, or how far away, means just that."""
    try:
        return bool(parse_time_of_day(text, EPOCH, UTC)) and parse_change(text) is None
    except Refused:
        return False


def weeks_begin_on() -> int:
    """Return the day that this person's weeks begin on, in the window as here: 0 for Monday."""
    from tabkeeper import settings
    from tabkeeper.cli.answers import say
    from tabkeeper.paths import find_paths

    reading = settings.read(find_paths(os.environ).settings, utc_now())
    if reading.notice is not None:
        say(reading.notice)
    return settings.first_weekday(reading.settings)
