"""Changes to an entry: what may be changed, what stays when one of start, stop and duration changes.

Functions return a new entry and store nothing. Whether other entries are concerned (only one runs) is the
tracker's business.
"""

from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import Enum
from typing import Final, NamedTuple

from tabkeeper.model.days import from_local, local_day, moved
from tabkeeper.model.durations import words
from tabkeeper.model.entry import Entry
from tabkeeper.model.instants import EPOCH, whole_second
from tabkeeper.model.refusal import Refused
from tabkeeper.model.text import clean_description, clean_tags

LONGEST_OVERNIGHT = timedelta(hours=12)
FURTHEST_AHEAD = timedelta(hours=24)
LATEST = datetime(9999, 12, 31, tzinfo=UTC)
_SECOND = timedelta(seconds=1)


class Unchanged(Enum):
    """The type of `UNCHANGED`, which stands where a field is left as it is; None is a value of its own."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED


class EntryEdit(NamedTuple):
    """What to change of an entry. `project_id` None takes the project away, `stop` None lets it run again."""

    description: str | Unchanged = UNCHANGED
    project_id: str | Unchanged | None = UNCHANGED
    tags: tuple[str, ...] | Unchanged = UNCHANGED
    billable: bool | Unchanged = UNCHANGED
    start: datetime | Unchanged = UNCHANGED
    stop: datetime | Unchanged | None = UNCHANGED


def edited(entry: Entry, edit: EntryEdit, now: datetime) -> Entry:
    """Return the entry with the edit made; raises `Refused` where a text is too long or a time is impossible.

    Times are checked only where they change: what a server or an older clock left can still be renamed.
    """
    changed = entry._replace(
        description=entry.description
        if edit.description is UNCHANGED
        else clean_description(edit.description),
        project_id=entry.project_id if edit.project_id is UNCHANGED else edit.project_id,
        tags=entry.tags if edit.tags is UNCHANGED else clean_tags(edit.tags),
        billable=entry.billable if edit.billable is UNCHANGED else edit.billable,
        start=entry.start if edit.start is UNCHANGED else edit.start,
        stop=entry.stop if edit.stop is UNCHANGED else edit.stop,
    )
    if (changed.start, changed.stop) != (entry.start, entry.stop):
        checked_times(changed.start, changed.stop, now)
    return changed


def with_start(entry: Entry, start: datetime, zone: tzinfo, now: datetime | None = None) -> Entry:
    """Return the entry begun at `start`; its stop stays, and its duration changes.

    A start typed as a time of day after the stop, or after `now` where the entry runs, means the evening
    before if the entry is then at most 12 hours long: 23:50 of an entry from 0:10 to 1:00. Raises `Refused`
    for any other start after the stop.
    """
    end = now if entry.stop is None else entry.stop
    if end is None or start <= end:
        return entry._replace(start=start)
    evening_before = _on_another_day(start, -1, zone)
    same_day = local_day(start, zone) == local_day(entry.start, zone)
    if same_day and end - evening_before <= LONGEST_OVERNIGHT:
        return entry._replace(start=evening_before)
    if entry.stop is None:
        raise _future_start()
    raise Refused(
        f"The start is {words((start - end) // _SECOND)} after the stop. "
        "Type an earlier start, or change the stop first."
    )


def with_stop(entry: Entry, stop: datetime, zone: tzinfo) -> Entry:
    """Return the entry ended at `stop`; its start stays, and its duration changes.

    A stop typed as a time of day before the start means the next day if the entry is then at most 12 hours
    long: 1:00 of an entry from 22:00. Raises `Refused` for any other stop before the start.
    """
    if stop >= entry.start:
        return entry._replace(stop=stop)
    next_morning = _on_another_day(stop, 1, zone)
    same_day = local_day(stop, zone) == local_day(entry.start, zone)
    if same_day and timedelta(0) <= next_morning - entry.start <= LONGEST_OVERNIGHT:
        return entry._replace(stop=next_morning)
    raise _stop_before_start(entry.start, stop)


def with_duration(entry: Entry, seconds: int, now: datetime) -> Entry:
    """Return the entry with that duration: its start stays, or moves where it runs."""
    if entry.stop is None:
        return entry._replace(start=moved(whole_second(now), -seconds))
    return entry._replace(stop=moved(entry.start, seconds))


def with_day(entry: Entry, day: date, zone: tzinfo) -> Entry:
    """Return the entry begun on the local `day`, with the same times on its clocks.

    What ended on the day after its start still does. Where a change of the clocks would put the stop before
    the start, the duration stays instead.
    """
    away = (day - local_day(entry.start, zone)).days
    start = _on_another_day(entry.start, away, zone)
    if entry.stop is None:
        return entry._replace(start=start)
    stop = _on_another_day(entry.stop, away, zone)
    return entry._replace(start=start, stop=stop if stop >= start else start + (entry.stop - entry.start))


def checked_times(start: datetime, stop: datetime | None, now: datetime) -> tuple[datetime, datetime | None]:
    """Return the times of an entry if they can be; raises `Refused` with what is wrong otherwise.

    A running entry began by `now`. A stopped one ends at or after its start, and at most 24 hours ahead.
    """
    if start < EPOCH or start > LATEST:
        raise Refused("Time is kept from 1970 to 9999. Type another start.")
    if stop is None:
        if start > now:
            raise _future_start()
        return start, stop
    if stop < start:
        raise _stop_before_start(start, stop)
    if stop > now + FURTHEST_AHEAD:
        raise Refused("An entry can end at most 24 hours from now. Type an earlier time.")
    return start, stop


def _on_another_day(instant: datetime, days: int, zone: tzinfo) -> datetime:
    """Return the instant at which clocks show the same so many local days later."""
    local = instant.astimezone(zone)
    clock = timedelta(
        hours=local.hour, minutes=local.minute, seconds=local.second, microseconds=local.microsecond
    )
    try:
        day = local.date() + timedelta(days=days)
    except OverflowError as error:
        raise Refused("Time is kept from 1970 to 9999. Type another day.") from error
    return instant if days == 0 else from_local(day, clock, zone)


def _future_start() -> Refused:
    return Refused("A timer cannot start in the future. Type a time that has passed.")


def _stop_before_start(start: datetime, stop: datetime) -> Refused:
    return Refused(
        f"The stop is {words((start - stop) // _SECOND)} before the start. "
        "Type a later stop, or change the start first."
    )
