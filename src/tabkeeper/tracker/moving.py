"""Brings the entries of a person without an account into the file of one, or takes them out of the way.

There may be very many, and both files are in use meanwhile: nobody waits for more than a few of them. What
entries refer to is matched by name with what the server has (`counterparts`). An entry keeps its id, so
that what was broken off and is begun again brings nothing twice.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from tabkeeper.model.catalogue import EMPTY_CATALOGUE, Catalogue, Favourite
from tabkeeper.model.entry import Entry
from tabkeeper.store import agreement, queries, sync_state
from tabkeeper.store.changes import Changes
from tabkeeper.store.file import Store
from tabkeeper.tracker.counterparts import Counterparts, received

AT_ONCE = 200
"""Entries in one transaction: all that anybody else who writes has to wait for."""
_SINCE = "bringing_since"
"""Where in the account's file the copying began that has not come to its end."""


class Brought(NamedTuple):
    """What came into an account. `made` are the projects and clients that the server will be given.

    `lacking` are the projects that it does not have and this person may not make: `staying` entries are on
    them, and stay where they were.
    """

    entries: int
    staying: int
    made: tuple[str, ...]
    lacking: tuple[str, ...]


class _Belongings(NamedTuple):
    entries: Sequence[Entry]
    favourites: Sequence[Favourite]
    catalogue: Catalogue


def count(store: Store) -> int:
    """Return how many entries a file holds."""
    with store.reading() as connection:
        return queries.entries_count(connection)


@contextmanager
def bringing(local: Store, into: Store, heard: Catalogue, *, may_make: bool) -> Iterator[Brought]:
    """Bring everything from `local` into an account's file; what the block raises leaves `local` as it was.

    `heard` is what the server has, under its own ids. `may_make` says whether it takes new projects and
    clients of this person. What has ended is copied first, while others go on with `local`; nobody writes
    there while what they changed meanwhile and all the rest comes along, and while the block makes the
    account the current one.
    """
    arrivals = _Arrivals(into, heard, may_make)
    local.changed_elsewhere()
    mine = _belongings(local)
    arrivals.copy(mine)
    mine = _as_it_is_now(mine, local)  # so that it is seldom read while others wait
    with local.transaction() as leaving:
        mine = _as_it_is_now(mine, local)
        with local.reading() as connection:
            deleted = queries.entries_deleted(connection)
        done = arrivals.complete(mine, deleted)
        coming = done.coming
        yield Brought(len(coming.entries), len(done.staying.entries), arrivals.made, arrivals.lacking)
        arrivals.end()
        # What runs, too, before anybody can stop it where it is looked for no longer.
        _remove(coming._replace(entries=coming.entries[:AT_ONCE]), leaving)
    for batch in _batches(coming.entries[AT_ONCE:]):
        with local.transaction() as leaving:
            there = _still_there(batch, local)
            arrivals.follow(batch, there, local)
            _remove(_Belongings(there, (), EMPTY_CATALOGUE), leaving)
    with local.transaction() as leaving:
        # What was begun meanwhile where the local file was still shown.
        late = arrivals.complete(_belongings(local), set())
        for left in (done.left, late.left):
            _remove(late.coming._replace(catalogue=left), leaving)


def take_away(local: Store) -> int:
    """Delete everything in a file, in one step that can be undone; returns how many entries that were."""
    with local.transaction() as changes:
        everything = _belongings(local)
        _remove(everything, changes)
        changes.record("start clean", "")
    return len(everything.entries)


class _Completed(NamedTuple):
    """What came, what stays, and what of the local catalogue nothing that stays is in need of."""

    coming: _Belongings
    staying: _Belongings
    left: Catalogue


class _Arrivals:
    """What comes into an account's file, in transactions of a few entries each.

    It is noted there where the copying began. Where it was broken off, what came already is as old as that.
    """

    def __init__(self, into: Store, heard: Catalogue, may_make: bool) -> None:
        self.made: tuple[str, ...] = ()
        self.lacking: tuple[str, ...] = ()
        self._into, self._heard, self._may_make = into, heard, may_make
        self._copied: dict[str, Entry] = {}
        with into.transaction(), into.reading() as connection:
            begun = sync_state.get(connection, _SINCE)
            self._is_again = begun is not None
            self._since: int = begun if self._is_again else queries.last_row(connection)
            sync_state.put(connection, _SINCE, self._since)

    def copy(self, mine: _Belongings) -> None:
        """Copy the entries that have ended."""
        for batch in _batches([entry for entry in mine.entries if entry.stop is not None]):
            with self._receiving(mine.catalogue) as (arriving, counterparts):
                self._put(batch, arriving, counterparts)

    def complete(self, mine: _Belongings, deleted: set[str]) -> _Completed:
        """Let the rest come; of what was copied, the `deleted` entries go again."""
        with self._receiving(mine.catalogue) as (arriving, counterparts), self._into.reading() as connection:
            coming, staying = _sorted(mine, counterparts)
            self._put(
                [one for one in coming.entries if self._copied.get(one.id) != one], arriving, counterparts
            )
            for row_id in queries.unsent_after(connection, self._since) & deleted:
                for entry in queries.entries_like(connection, row_id):
                    arriving.remove(entry)
            self._pin(coming.favourites, arriving, counterparts)
            if self._may_make:
                counterparts.make_the_unused()
            there = queries.catalogue(connection)
        self.lacking = tuple(counterparts.lacking)
        return _Completed(coming, staying, _left_behind(mine.catalogue, staying, counterparts, there))

    def follow(self, came: Sequence[Entry], there: Sequence[Entry], local: Store) -> None:
        """Change and delete of what came what has been changed and deleted in the local file since."""
        changed = [entry for entry in there if self._copied[entry.id] != entry]
        kept = {entry.id for entry in there}
        if not changed and len(kept) == len(came):
            return
        with local.reading() as connection:
            catalogue = queries.catalogue(connection)
        with self._receiving(catalogue) as (arriving, counterparts), self._into.reading() as connection:
            for entry in changed:
                if counterparts.has_place_for(entry.project_id):
                    _put_entry(entry, counterparts, arriving, connection)
            for entry in came:
                if entry.id not in kept:
                    arriving.remove(entry)

    def end(self) -> None:
        """Note that nothing was broken off."""
        with self._into.transaction(), self._into.reading() as connection:
            sync_state.put(connection, _SINCE, None)

    @contextmanager
    def _receiving(self, mine: Catalogue) -> Iterator[tuple[Changes, Counterparts]]:
        with self._into.transaction() as arriving:
            theirs = received(self._into, self._heard)
            counterparts = Counterparts(mine, theirs, arriving, self._may_make)
            yield arriving, counterparts
        self.made += tuple(counterparts.made)

    def _put(self, entries: Sequence[Entry], changes: Changes, counterparts: Counterparts) -> None:
        """Write entries as they are in the local file now; what the account has made its own stays."""
        with self._into.reading() as connection:
            for entry in entries:
                if not counterparts.has_place_for(entry.project_id):
                    continue
                is_new = agreement.by_id(connection, "entry", entry.id) is None
                is_ours = self._is_again or entry.id in self._copied
                if is_new or (is_ours and _is_unsent(connection, entry.id)):
                    _put_entry(entry, counterparts, changes, connection)
                self._copied[entry.id] = entry

    def _pin(self, pins: Sequence[Favourite], changes: Changes, counterparts: Counterparts) -> None:
        with self._into.reading() as connection:
            pinned = queries.favourites(connection)
        drafts, last = {pin.draft for pin in pinned}, max((pin.position for pin in pinned), default=0)
        for place, pin in enumerate(pins, last + 1):
            draft = counterparts.content(pin.draft)
            if draft not in drafts:
                changes.put(pin._replace(position=place, draft=draft))


def _batches(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    for first in range(0, len(entries), AT_ONCE):
        yield entries[first : first + AT_ONCE]


def _is_unsent(connection: sqlite3.Connection, row_id: str) -> bool:
    """Whether an entry is there that no server has heard of."""
    known = agreement.by_id(connection, "entry", row_id)
    return known is not None and not known.deleted and known.remote_id is None


def _as_it_is_now(read: _Belongings, store: Store) -> _Belongings:
    """Return what was read of a file, or what is there now where others have written since."""
    return _belongings(store) if store.changed_elsewhere() else read


def _belongings(store: Store) -> _Belongings:
    with store.reading() as connection:
        return _Belongings(
            list(queries.entries(connection, None, None)),
            queries.favourites(connection),
            queries.catalogue(connection),
        )


def _sorted(mine: _Belongings, counterparts: Counterparts) -> tuple[_Belongings, _Belongings]:
    """Return what comes, and what stays because there is no project for it."""
    coming, staying = (
        _Belongings(
            [entry for entry in mine.entries if counterparts.has_place_for(entry.project_id) is comes],
            [pin for pin in mine.favourites if counterparts.has_place_for(pin.draft.project_id) is comes],
            EMPTY_CATALOGUE,
        )
        for comes in (True, False)
    )
    return coming, staying


def _still_there(entries: Sequence[Entry], store: Store) -> Sequence[Entry]:
    """Return entries as they are by now, without those that were deleted."""
    with store.reading() as connection:
        return [found for entry in entries for found in queries.entries_like(connection, entry.id)]


def _put_entry(
    entry: Entry, counterparts: Counterparts, changes: Changes, connection: sqlite3.Connection
) -> None:
    """Write an entry; of two that run, the one that began first ends where the other begins."""
    draft = counterparts.content(entry.draft)
    entry = entry._replace(project_id=draft.project_id, tags=draft.tags)
    if entry.stop is None:
        running = queries.running(connection)
        if running is not None and running.start > entry.start:
            entry = entry._replace(stop=running.start)
        elif running is not None and running.id != entry.id:
            changes.put(running._replace(stop=entry.start), by_rule=True)
    changes.put(entry._replace(remote_id=None))


def _left_behind(
    mine: Catalogue, staying: _Belongings, counterparts: Counterparts, there: Catalogue
) -> Catalogue:
    """Return what of the local catalogue the account has now, and nothing that stays is in need of."""
    projects = {key: project for key, project in mine.projects.items() if counterparts.has(key)}
    needed = {project.client_id for key, project in mine.projects.items() if key not in projects}
    clients = {
        key: client
        for key, client in mine.clients.items()
        if key not in needed and there.client_named(client.name)
    }
    nothing_stays = not staying.entries and not staying.favourites
    tags = {key: tag for key, tag in mine.tags.items() if nothing_stays and there.tag_named(tag.name)}
    return Catalogue(projects, clients, tags)


def _remove(what: _Belongings, changes: Changes) -> None:
    catalogue = what.catalogue
    for things in (
        what.entries,
        what.favourites,
        *(named.values() for named in (catalogue.projects, catalogue.clients, catalogue.tags)),
    ):
        for thing in things:
            changes.remove(thing)
