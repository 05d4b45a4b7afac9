"""What the tracker shows: how things stand at a moment, and a page of the list. Reads no file itself."""

from collections.abc import Callable, Iterable
from datetime import datetime, tzinfo
from typing import NamedTuple

from tabkeeper.model.catalogue import Catalogue, Favourite
from tabkeeper.model.days import local_day, local_midnight
from tabkeeper.model.entry import Draft, Entry
from tabkeeper.model.sync_status import SyncStatus
from tabkeeper.model.text import quoted
from tabkeeper.store.history import Step


class Snapshot(NamedTuple):
    """How things stand after a change. The seconds leave out the running entry, which the clock adds."""

    running: Entry | None
    last: Entry | None
    recents: tuple[Draft, ...]
    favourites: tuple[Favourite, ...]
    catalogue: Catalogue
    today_seconds: int
    week_seconds: int
    today_began: datetime
    week_began: datetime
    undoable: Step | None
    redoable: Step | None
    sync: SyncStatus = SyncStatus()

    def today_seconds_by(self, now: datetime) -> int:
        """Return the seconds of what began today, the running entry up to now."""
        return self.today_seconds + self._running_seconds(self.today_began, now)

    def week_seconds_by(self, now: datetime) -> int:
        """Return the seconds of what began this week, the running entry up to now."""
        return self.week_seconds + self._running_seconds(self.week_began, now)

    def _running_seconds(self, since: datetime, now: datetime) -> int:
        running = self.running
        return running.seconds(now) if running is not None and running.start >= since else 0


class Page(NamedTuple):
    """Whole local days of entries, newest first; `more` where there are older ones."""

    entries: list[Entry]
    more: bool


def whole_days(
    read: Callable[[datetime | None, datetime | None, int | None], list[Entry]], at_least: int, zone: tzinfo
) -> Page:
    """Return a page of what `read` finds: whole local days, `at_least` so many entries where there are.

    It reads entries that begin from an instant on and before another, newest first, and at most so many;
    None is no bound.
    """
    found = read(None, None, at_least + 1)
    if len(found) <= at_least:
        return Page(found, more=False)
    first = local_midnight(local_day(found[-1].start, zone), zone)
    return Page(read(first, None, None), more=bool(read(None, first, 1)))


def distinct_drafts(entries: Iterable[Entry], limit: int) -> tuple[Draft, ...]:
    """Return what was done, each thing once, in order; what has neither name nor project is left out."""
    drafts: dict[Draft, None] = {}
    for entry in entries:
        if entry.description or entry.project_id:
            drafts.setdefault(entry.draft)
            if len(drafts) == limit:
                break
    return tuple(drafts)


def remark_on(made: object, now: datetime) -> str | None:
    """Return why a timer that a change has ended shows no time, where it began after `now`; else None."""
    if isinstance(made, Entry) and made.stop == made.start > now:
        return "The computer's clock was set back while the timer ran, so it ended where it began."
    return None


def why_it_does_not_run(started: Entry, running: Entry | None, time: Callable[[datetime], str]) -> str | None:
    """Return why what was started some time ago was only added, where a later timer runs; else None.

    `time` writes a time of day as the person reads it.
    """
    if started.stop is None or running is None:
        return None
    what = quoted(running.description) if running.description else "What runs"
    since = time(running.start)
    return f"{what} was started later, at {since}, so it goes on, and this one was added before it."
