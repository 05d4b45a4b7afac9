"""Every way to ask about time and to change it, for tray, window, hotkey and command line alike."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from tabkeeper.model.catalogue import Catalogue, Favourite, folded
from tabkeeper.model.days import local_day, local_midnight, week_start
from tabkeeper.model.edits import EntryEdit
from tabkeeper.model.entry import Draft, Entry, total_seconds
from tabkeeper.model.identity import new_id
from tabkeeper.model.instants import utc_now, whole_second
from tabkeeper.model.refusal import NothingToDo, Refused
from tabkeeper.model.sync_status import SyncStatus
from tabkeeper.model.text import clean_tags, one_line, quoted
from tabkeeper.store import history, queries, sync_state
from tabkeeper.store.changes import Changes
from tabkeeper.store.file import Store
from tabkeeper.store.history import Step
from tabkeeper.tracker import naming, timing
from tabkeeper.tracker.backups import Backups
from tabkeeper.tracker.fetching import Fetching
from tabkeeper.tracker.names import Names, known
from tabkeeper.tracker.needs import NeedsDesk
from tabkeeper.tracker.steps import Steps
from tabkeeper.tracker.views import Page, Snapshot, distinct_drafts, whole_days

if TYPE_CHECKING:
    from tabkeeper.model.report import Question, Report

_RECENTS_AT_HAND = 24
"""So many that enough are left where the pinned ones and the running one are not offered again."""
# How far back recents look: enough entries for months, few enough for no wait.
_RECENT_ENTRIES = 400
_WHOLE_ID = 36
"""Characters: nobody types them, so who gives them has seen the entry."""


def _always() -> bool:
    """Whether somebody waits for an answer, where nobody can change their mind."""
    return True


class Tracker:
    """Asks and changes a person's file. Instants are aware UTC, cut to the second where the clock is read.

    Each change is one transaction that is on disk when the method returns; it raises `Refused` (nothing was
    changed) or `StoreTrouble` (nothing was saved). `zone` decides where days begin.
    """

    def __init__(self, store: Store, zone: tzinfo, clock: Callable[[], datetime] = utc_now) -> None:
        self.zone = zone
        self._store = store
        self._clock = clock
        self._steps = Steps(store)
        self.names = Names(store, self._steps)
        self.needs = NeedsDesk(store, clock, self._steps.tell)
        self.backups = Backups(store, clock, self._steps.tell)
        self.fetching = Fetching(store, self._steps.tell)

    # -- asking -------------------------------------------------------------------------------------------

    def now(self) -> datetime:
        """Return the present instant, cut to the second."""
        return whole_second(self._clock())

    def running(self) -> Entry | None:
        """Return the timer that runs."""
        with self._store.reading() as connection:
            return queries.running(connection)

    def entry(self, entry_id: str) -> Entry:
        """Return an entry by its id, or a beginning or end that only it has; else raises `Refused`."""
        with self._store.reading() as connection:
            found = queries.entries_like(connection, entry_id)
        if len(found) > 1:
            raise Refused(f"Several entries have {quoted(entry_id)} in their id. Give more of it.")
        if not found and len(entry_id) == _WHOLE_ID:
            raise Refused("This entry does not exist any more.")
        if not found:
            raise Refused(f"There is no entry {quoted(entry_id)}.")
        return found[0]

    def entries(
        self, start: datetime | None, stop: datetime | None, *, limit: int | None = None
    ) -> list[Entry]:
        """Return the entries that begin from `start` on and before `stop`, newest first."""
        with self._store.reading() as connection:
            return list(queries.entries(connection, start, stop, limit))

    def page(self, before: date | None, at_least: int) -> Page:
        """Return the newest entries before a local day: whole days, `at_least` so many where there are."""
        stop = None if before is None else local_midnight(before, self.zone)
        with self._store.reading() as connection:
            return whole_days(
                lambda start, end, limit: list(queries.entries(connection, start, end or stop, limit)),
                at_least,
                self.zone,
            )

    def last_stopped(self) -> Entry | None:
        """Return the newest entry that has ended: what `continue_last` goes on with."""
        with self._store.reading() as connection:
            return queries.last_stopped(connection, self.now())

    def recents(self, limit: int = 8) -> tuple[Draft, ...]:
        """Return what was done last, each thing once, newest first."""
        return distinct_drafts(self.entries(None, None, limit=_RECENT_ENTRIES), limit)

    def favourites(self) -> tuple[Favourite, ...]:
        """Return the pinned drafts in their order."""
        with self._store.reading() as connection:
            return tuple(queries.favourites(connection))

    def suggestions(self, text: str, limit: int = 8) -> tuple[Draft, ...]:
        """Return what was done before and has a text in its description, newest first."""
        with self._store.reading() as connection:
            return queries.drafts_described(connection, one_line(text), limit)

    def catalogue(self) -> Catalogue:
        """Return all projects, clients and tags."""
        with self._store.reading() as connection:
            return queries.catalogue(connection)

    def today_seconds(self) -> int:
        """Return the seconds of today's entries, the running one up to now."""
        now = self.now()
        return total_seconds(self._begun_in(local_day(now, self.zone), 1), now)

    def report(self, question: "Question", wanted: Callable[[], bool] = _always) -> "Report":
        """Return a report; raises `StoreTrouble`, and soon where it is no longer `wanted`."""
        from tabkeeper.tracker import reporting

        with self._store.reading() as connection:
            return reporting.report(connection, question, self.zone, self.now(), wanted)

    def reported(self, question: "Question", at_least: int, wanted: Callable[[], bool] = _always) -> Page:
        """Return the newest entries that a report counts, in whole local days as `page` does."""
        from tabkeeper.tracker import reporting

        with self._store.reading() as connection:
            return reporting.page(connection, question, at_least, self.zone, wanted)

    def undoable(self) -> Step | None:
        """Return what `undo` would take back."""
        with self._store.reading() as connection:
            return history.undoable(connection)

    def redoable(self) -> Step | None:
        """Return what `redo` would do again."""
        with self._store.reading() as connection:
            return history.redoable(connection)

    def entry_of(self, step: Step) -> Entry | None:
        """Return the entry that a step was about, as it is now; None where it is gone, or was none."""
        with self._store.reading() as connection:
            ids = history.entries_of(connection, step)
            found = [entry for key in ids for entry in queries.entries_like(connection, key)]
        return found[-1] if found else None

    def sync_status(self) -> SyncStatus:
        """Return how sync stands, as whoever syncs this file has last written it down."""
        with self._store.reading() as connection:
            return sync_state.status(connection)

    def changed_elsewhere(self) -> bool:
        """Whether another process or connection has written since the last call."""
        return self._store.changed_elsewhere()

    def snapshot(self, first_weekday: int = 0) -> Snapshot:
        """Return how things stand at one moment, whoever else writes meanwhile."""
        with self._store.reading():
            now = self.now()
            today = local_day(now, self.zone)
            week = week_start(today, first_weekday)
            return Snapshot(
                self.running(),
                self.last_stopped(),
                self.recents(_RECENTS_AT_HAND),
                self.favourites(),
                self.catalogue(),
                self._stopped_seconds(today, 1, now),
                self._stopped_seconds(week, 7, now),
                local_midnight(today, self.zone),
                local_midnight(week, self.zone),
                self.undoable(),
                self.redoable(),
                self.sync_status(),
            )

    def subscribe(self, observer: Callable[[], None]) -> None:
        """Call an observer after each change made through this tracker."""
        self._steps.subscribe(observer)

    # -- the timer ----------------------------------------------------------------------------------------

    def start(self, draft: Draft, at: datetime | None = None, *, project: str | None = None) -> Entry:
        """Start a timer, now or at an instant that has passed; the one that runs is stopped there.

        `project` names the draft's project; one that is not known is made in the same transaction.
        """
        with self._steps.changing("start") as (changes, label):
            now = self.now()
            draft, catalogue = naming.with_project(changes, self.catalogue(), draft, project)
            entry = timing.start(changes, self.running(), catalogue, draft, at or now, now)
            label(entry)
        return entry

    def stop(self, at: datetime | None = None, *, entry_id: str | None = None) -> Entry:
        """Stop the timer, now or at an instant; raises `NothingToDo` where none runs.

        `entry_id` is the one that is meant, where another one must not be stopped in its place.
        """
        with self._steps.changing("stop") as (changes, label):
            stopped = timing.stop(changes, self._timer(entry_id), at, self.now())
            label(stopped)
        return stopped

    def toggle(self) -> Entry:
        """Stop the timer or, where none runs, go on with the last thing."""
        with self._steps.changing("toggle") as (changes, label):
            running = self.running()
            if running is not None:
                entry = timing.stop(changes, running, None, self.now())
                label(entry, action="stop")
            else:
                entry = self._begin_again(changes, self._last_draft())
                label(entry, action="start")
        return entry

    def continue_last(self) -> Entry:
        """Start the last thing again; raises `NothingToDo` where there is none."""
        with self._steps.changing("start") as (changes, label):
            entry = self._begin_again(changes, self._last_draft())
            label(entry)
        return entry

    def continue_entry(self, entry_id: str) -> Entry:
        """Start what an entry says again, from now."""
        with self._steps.changing("start") as (changes, label):
            entry = self._begin_again(changes, self.entry(entry_id).draft)
            label(entry)
        return entry

    def take_out(
        self,
        span: tuple[datetime, datetime],
        instead: Draft | None = None,
        *,
        project: str | None = None,
        entry_id: str | None = None,
    ) -> Entry:
        """Take a span that has passed out of the running timer, which goes on after it; returns what runs.

        `instead` is what the span was, where it is to be an entry of its own; `project` as in `start`,
        `entry_id` as in `stop`.
        """
        with self._steps.changing("take out") as (changes, label):
            running = self._timer(entry_id)
            draft, catalogue = naming.with_project(changes, self.catalogue(), instead or Draft(), project)
            instead = None if instead is None else draft
            entry = timing.take_out(changes, running, catalogue, span, instead, self.now())
            label(running)
        return entry

    # -- entries ------------------------------------------------------------------------------------------

    def add(self, draft: Draft, start: datetime, stop: datetime, *, project: str | None = None) -> Entry:
        """Add an entry that has a start and a stop; `project` as in `start`."""
        with self._steps.changing("add") as (changes, label):
            draft, catalogue = naming.with_project(changes, self.catalogue(), draft, project)
            entry = timing.add(changes, catalogue, draft, start, stop, self.now())
            label(entry)
        return entry

    def add_all(self, contents: Iterable[tuple[Draft, datetime, datetime]]) -> list[Entry]:
        """Add many entries, each with its start and stop, in one step; raises `Refused` and adds none."""
        with self._steps.changing("add") as (changes, label):
            planned, now = list(contents), self.now()
            tags = {folded(tag): tag for draft, _, _ in planned for tag in clean_tags(draft.tags)}
            naming.known_tags(changes, self.catalogue(), tuple(tags.values()))
            catalogue = self.catalogue()
            entries = [timing.add(changes, catalogue, *each, now) for each in planned]
            for entry in entries[:1]:
                label(entry, more=len(entries) - 1)
        return entries

    def edit(self, entry_id: str, *, project: str | None = None, **fields: Any) -> Entry:
        """Change fields of an entry: those of `EntryEdit`. `project` names one as in `start`."""
        with self._steps.changing("edit") as (changes, label):
            entry = self.entry(entry_id)
            draft, catalogue = naming.with_project(changes, self.catalogue(), Draft(), project)
            if project is not None:
                fields["project_id"] = draft.project_id
            changed = timing.edit(changes, self.running(), catalogue, entry, EntryEdit(**fields), self.now())
            label(changed)
        return changed

    def duplicate(self, entry_ids: Iterable[str]) -> list[Entry]:
        """Add the same entries a second time, of the same times, in one step; a running one up to now."""
        with self._steps.changing("duplicate") as (changes, label):
            now, catalogue = self.now(), self.catalogue()
            copies = [
                timing.add(
                    changes, catalogue, entry.draft, entry.start, entry.stop or max(now, entry.start), now
                )
                for entry in [self.entry(entry_id) for entry_id in entry_ids]
            ]
            for copy in copies[:1]:
                label(copy, more=len(copies) - 1)
        return copies

    def split(self, entry_id: str, at: datetime) -> tuple[Entry, Entry]:
        """Cut an entry in two at an instant inside it, whole seconds from its start."""
        with self._steps.changing("split") as (changes, label):
            entry = self.entry(entry_id)
            cut = entry.start + timedelta(seconds=(at - entry.start) // timedelta(seconds=1))
            if not entry.start < cut < (entry.stop or self.now()):
                raise Refused("An entry can be split only between its start and its end.")
            second = entry._replace(id=new_id(), start=cut, remote_id=None)
            first = entry._replace(stop=cut)
            changes.put(first)
            changes.put(second)
            label(entry)
        return first, second

    def delete(self, entry_ids: Iterable[str]) -> list[Entry]:
        """Delete entries, in one step; raises `Refused` where one is not known, and deletes none then."""
        with self._steps.changing("delete") as (changes, label):
            entries = list({(entry := self.entry(entry_id)).id: entry for entry_id in entry_ids}.values())
            for entry in entries:
                changes.remove(entry)
            for entry in entries[:1]:
                label(entry, more=len(entries) - 1)
        return entries

    # -- undo ---------------------------------------------------------------------------------------------

    def undo(self) -> Step:
        """Take the last step back; raises `NothingToDo` where there is none."""
        with self._store.transaction() as changes, self._store.reading() as connection:
            step = history.undoable(connection)
            if step is None:
                raise NothingToDo("There is nothing to undo.")
            history.take_back(connection, changes, step)
        self._steps.tell()
        return step

    def redo(self) -> Step:
        """Do the last undone step again; raises `NothingToDo` where there is none."""
        with self._store.transaction() as changes, self._store.reading() as connection:
            step = history.redoable(connection)
            if step is None:
                raise NothingToDo("There is nothing to do again.")
            history.do_again(connection, changes, step)
        self._steps.tell()
        return step

    # -- favourites ------------------------------------------------------------------------------------------

    def pin(self, draft: Draft) -> Favourite:
        """Pin a draft above the recent ones; one that is pinned already stays as it is."""
        with self._steps.changing("pin") as (changes, label):
            pinned = self.favourites()
            favourite = next((favourite for favourite in pinned if favourite.draft == draft), None)
            if favourite is None:
                position = max((favourite.position for favourite in pinned), default=0) + 1
                favourite = Favourite(new_id(), position, draft)
                changes.put(favourite)
                label(draft)
        return favourite

    def unpin(self, favourite_id: str) -> None:
        """Take a draft out of the favourites."""
        with self._steps.changing("unpin") as (changes, label):
            favourite = known({f.id: f for f in self.favourites()}.get(favourite_id), "favourite")
            changes.remove(favourite)
            label(favourite.draft)

    # -- inside -------------------------------------------------------------------------------------------

    def _timer(self, entry_id: str | None) -> Entry:
        running = self.running()
        if running is None or (entry_id is not None and running.id != entry_id):
            raise NothingToDo(
                "No timer is running." if entry_id is None else "That timer does not run any more."
            )
        return running

    def _last_draft(self) -> Draft:
        last = self.last_stopped()
        if last is None:
            raise NothingToDo("There is nothing to continue yet. Start a timer first.")
        return last.draft

    def _begin_again(self, changes: Changes, draft: Draft) -> Entry:
        now = self.now()
        return timing.start(changes, self.running(), self.catalogue(), draft, now, now)

    def _begun_in(self, first: date, days: int) -> list[Entry]:
        """Return the entries of so many local days."""
        end = local_midnight(first + timedelta(days=days), self.zone)
        return self.entries(local_midnight(first, self.zone), end)

    def _stopped_seconds(self, first: date, days: int, now: datetime) -> int:
        """Return the seconds of what has stopped of so many local days, or is planned on them."""
        return total_seconds((entry for entry in self._begun_in(first, days) if not entry.running), now)
