"""What starting, stopping and changing does to the entries; called inside the tracker's transactions."""

from datetime import datetime

from tabkeeper.model.catalogue import Catalogue
from tabkeeper.model.edits import EntryEdit, checked_times, edited
from tabkeeper.model.entry import Draft, Entry
from tabkeeper.model.identity import new_id
from tabkeeper.model.text import clean_description, clean_tags
from tabkeeper.store.changes import Changes
from tabkeeper.tracker.naming import known_tags


def start(
    changes: Changes, running: Entry | None, catalogue: Catalogue, draft: Draft, at: datetime, now: datetime
) -> Entry:
    """Begin an entry at an instant, and stop the one that runs there.

    Where the running one began after that instant, the new one ends where the running one begins, and that
    one runs on: the newer start wins, as the API's rules have it, and no duration is ever negative. One that
    began after `now`, because the clock was set back, ends at its own start instead.
    """
    checked_times(at, None, now)
    stop = None
    if running is not None and at < running.start <= now:
        stop = running.start
    elif running is not None:
        changes.put(running._replace(stop=max(at, running.start)), by_rule=True)
    return _put(changes, catalogue, draft, at, stop)


def stop(changes: Changes, running: Entry, at: datetime | None, now: datetime) -> Entry:
    """End the running entry, now or at an instant; a clock that was set back ends it at its own start."""
    if at is not None:
        checked_times(running.start, at, now)
    stopped = running._replace(stop=max(now, running.start) if at is None else at)
    changes.put(stopped)
    return stopped


def take_out(
    changes: Changes,
    running: Entry,
    catalogue: Catalogue,
    span: tuple[datetime, datetime],
    instead: Draft | None,
    now: datetime,
) -> Entry:
    """End the running entry where a span begins, and begin its content anew where that ends.

    The span is nobody's then, or an entry of its own that says `instead`. Returns what runs on.
    """
    since, until = span
    stop(changes, running, since, now)
    if instead is not None:
        add(changes, catalogue, instead, since, until, now)
    return start(changes, None, catalogue, running.draft, until, now)


def add(
    changes: Changes, catalogue: Catalogue, draft: Draft, start: datetime, stop: datetime, now: datetime
) -> Entry:
    """Add time that has passed already."""
    checked_times(start, stop, now)
    return _put(changes, catalogue, draft, start, stop)


def edit(
    changes: Changes,
    running: Entry | None,
    catalogue: Catalogue,
    entry: Entry,
    edit: EntryEdit,
    now: datetime,
) -> Entry:
    """Change an entry; one that is made to run again stops the one that runs."""
    changed = edited(entry, edit, now)
    changed = changed._replace(tags=known_tags(changes, catalogue, changed.tags))
    if changed.running and running is not None and running.id != entry.id:
        changes.put(running._replace(stop=max(now, running.start)), by_rule=True)
    changes.put(changed)
    return changed


def _put(
    changes: Changes, catalogue: Catalogue, draft: Draft, start: datetime, stop: datetime | None
) -> Entry:
    entry = Entry(
        new_id(),
        start,
        stop,
        clean_description(draft.description),
        draft.project_id,
        known_tags(changes, catalogue, clean_tags(draft.tags)),
        catalogue.is_billable(draft),
    )
    changes.put(entry)
    return entry
