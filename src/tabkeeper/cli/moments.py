"""Times as the options of commands give them: near an entry's own times, from now, or as a range of days."""

from datetime import date, datetime, timedelta, tzinfo

from tabkeeper.model.days import local_day, local_midnight
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


def typed_end(text: str, now: datetime, zone: tzinfo) -> datetime:
    """Return the end of a range: of a day (`friday`, `2026-11-24`) its end, else the instant itself."""
    instant = parse_instant(text, now, zone)
    try:
        parse_instant(f"{text} 0:00", now, zone)  # what a time of day can follow is a day
    except Refused:
        return instant
    return local_midnight(local_day(instant, zone) + _DAY, zone)


def day_span(first: date, days: int, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return the begin and the end of so many local days."""
    return local_midnight(first, zone), local_midnight(first + _DAY * days, zone)
