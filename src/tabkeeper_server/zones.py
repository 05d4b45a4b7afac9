"""Where a time zone's offset changes, so that SQL can say which local day an instant falls on."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
# Before railways every place kept its own mean time, all year round.
_FIRST_YEAR = 1840


class OffsetChange(NamedTuple):
    """From `at` on, local time is `offset` ahead of UTC."""

    at: datetime
    offset: timedelta


def offset_changes(zone: ZoneInfo, first: datetime, last: datetime) -> list[OffsetChange]:
    """Return the offset at `first` and every change up to `last`, oldest first."""
    changes = [OffsetChange(first, _offset(zone, first))]
    for year in range(max(first.year, _FIRST_YEAR), last.year + 1):
        changes += [change for change in _changes_in(zone, year) if first < change.at <= last]
    return changes


@lru_cache(maxsize=4096)
def _changes_in(zone: ZoneInfo, year: int) -> tuple[OffsetChange, ...]:
    """Look at each day of a year, and where the offset differs between two, for the second it changed."""
    first = datetime(year, 1, 1, tzinfo=UTC)
    days = [first + _DAY * day for day in range(367 if year < 9999 else 365)]
    return tuple(
        OffsetChange(at, _offset(zone, at))
        for at in (_change_between(zone, before, after) for before, after in pairwise(days))
        if at is not None and at.year == year
    )


def _change_between(zone: ZoneInfo, before: datetime, after: datetime) -> datetime | None:
    """Return the first second after `before` with another offset, or None if `after` has the same one."""
    old = _offset(zone, before)
    if _offset(zone, after) == old:
        return None
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if _offset(zone, middle) == old:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, instant: datetime) -> timedelta:
    try:
        return instant.astimezone(zone).utcoffset() or timedelta()
    except OverflowError:
        # The very edges of the calendar, where local time would fall outside of it.
        return timedelta()
