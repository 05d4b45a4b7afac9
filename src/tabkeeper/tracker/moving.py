"""Brings the entries of a person without an account into the file of one, or takes them out of the way.

What they refer to is matched by name with what the server has. An entry keeps its id, so that what was broken
off and is begun again brings nothing twice.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from tabkeeper.model.catalogue import EMPTY_CATALOGUE, Catalogue, Client, Favourite, Project, Tag, folded
from tabkeeper.model.entry import Draft, Entry
from tabkeeper.model.identity import new_id
from tabkeeper.store import agreement, queries
from tabkeeper.store.changes import Changes
from tabkeeper.store.file import Store
from tabkeeper.store.outbox import SYNCED
from tabkeeper.store.rows import KINDS


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
    clients of this person.
    """
    with local.transaction() as leaving:
        mine = _belongings(local)
        with into.transaction() as arriving:
            counterparts = _Counterparts(mine.catalogue, _received(into, heard), arriving, may_make)
            coming, staying = _sorted(mine, counterparts)
            _put(coming, counterparts, arriving, into)
            if may_make:
                counterparts.make_the_unused()
            there = _belongings(into).catalogue
        yield Brought(
            len(coming.entries), len(staying.entries), tuple(counterparts.made), tuple(counterparts.lacking)
        )
        _remove(
            coming._replace(catalogue=_left_behind(mine.catalogue, staying, counterparts, there)), leaving
        )


def take_away(local: Store) -> int:
    """Delete everything in a file, in one step that can be undone; returns how many entries that were."""
    with local.transaction() as changes:
        everything = _belongings(local)
        _remove(everything, changes)
        changes.record("start clean", "")
    return len(everything.entries)


class _Counterparts:
    """Finds by name what the account has for a thing of the local file, and makes what it has not."""

    def __init__(self, mine: Catalogue, theirs: Catalogue, changes: Changes, may_make: bool) -> None:
        self.made: list[str] = []
        self.lacking: list[str] = []
        self._mine, self._theirs, self._changes, self._may_make = mine, theirs, changes, may_make
        self._clients: dict[str, Client] = {}
        self._projects: dict[str, Project | None] = {}
        self._tags = {folded(tag.name): tag.name for tag in theirs.tags.values()}

    def has_place_for(self, project_id: str | None) -> bool:
        """Whether there is, or may be made, what an entry on a project of that id is on afterwards."""
        return self._mine.project(project_id) is None or self.project(project_id) is not None

    def project(self, project_id: str | None) -> Project | None:
        """Return the account's project for a local one; None where there is none, and none may be made."""
        local = self._mine.project(project_id)
        if local is None:
            return None
        if local.id not in self._projects:
            found = self._theirs.projects.get(local.id) or self._of_that_name(local) or self._new(local)
            self._projects[local.id] = found
            if found is None:
                self.lacking.append(self._mine.project_label(local.id))
        return self._projects[local.id]

    def make_the_unused(self) -> None:
        """Make those projects and clients, too, that nothing has been tracked on yet."""
        for project in self._mine.active_projects():
            self.project(project.id)
        for client in self._mine.clients.values():
            if not client.archived:
                self._client(client)

    def has(self, project_id: str) -> bool:
        """Whether a project was looked for and found, or made."""
        return self._projects.get(project_id) is not None

    def content(self, draft: Draft) -> Draft:
        """Return a draft with the account's project and its spelling of the tags."""
        project = self.project(draft.project_id)
        tags = tuple(self._tag(name) for name in draft.tags)
        return draft._replace(project_id=project.id if project else None, tags=tags)

    def _of_that_name(self, local: Project) -> Project | None:
        client = self._mine.client_of(local.id)
        same = [each for each in self._theirs.projects.values() if folded(each.name) == folded(local.name)]
        found = [each for each in same if _names(self._theirs.client_of(each.id)) == _names(client)]
        if client is None and not found and len(same) == 1:
            found = same
        return min(found, key=lambda each: each.archived, default=None)

    def _new(self, local: Project) -> Project | None:
        if not self._may_make:
            return None
        client = self._mine.client_of(local.id)
        project = local._replace(client_id=self._client(client).id if client else None, remote_id=None)
        self._changes.put(project)
        self.made.append(self._mine.project_label(local.id))
        return project

    def _client(self, local: Client) -> Client:
        if local.id not in self._clients:
            found = self._theirs.clients.get(local.id) or self._theirs.client_named(local.name)
            if found is None:
                found = local._replace(remote_id=None)
                self._changes.put(found)
            self._clients[local.id] = found
        return self._clients[local.id]

    def _tag(self, name: str) -> str:
        if folded(name) not in self._tags:
            self._changes.put(Tag(new_id(), name))
            self._tags[folded(name)] = name
        return self._tags[folded(name)]


def _names(client: Client | None) -> str | None:
    return None if client is None else folded(client.name)


def _belongings(store: Store) -> _Belongings:
    with store.reading() as connection:
        return _Belongings(
            list(queries.entries(connection, None, None)),
            queries.favourites(connection),
            queries.catalogue(connection),
        )


def _received(into: Store, heard: Catalogue) -> Catalogue:
    """Write what the server has where the file has not got it yet; returns the file's catalogue then."""
    with into.reading() as connection:
        ids: dict[str, str] = {}
        for kind, things in (("client", heard.clients), ("project", heard.projects)):
            for remote_id, thing in things.items():
                known = agreement.by_remote_id(connection, kind, remote_id)
                ids[remote_id] = known.id if known else new_id()
                if known is None:
                    row = KINDS[type(thing)].to_row(thing)
                    row["client_id"] = ids.get(row.get("client_id") or "")
                    fields = {name: row[name] for name in SYNCED[kind]}
                    agreement.insert(connection, kind, ids[remote_id], fields, remote_id)
        catalogue = queries.catalogue(connection)
    return catalogue._replace(tags={**heard.tags, **catalogue.tags})


def _sorted(mine: _Belongings, counterparts: _Counterparts) -> tuple[_Belongings, _Belongings]:
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


def _put(coming: _Belongings, counterparts: _Counterparts, changes: Changes, into: Store) -> None:
    with into.reading() as connection:
        for entry in coming.entries:
            if agreement.by_id(connection, "entry", entry.id) is None:
                draft = counterparts.content(entry.draft)
                _put_entry(entry._replace(project_id=draft.project_id, tags=draft.tags), changes, into)
        pinned = queries.favourites(connection)
        drafts, last = {pin.draft for pin in pinned}, max((pin.position for pin in pinned), default=0)
        for place, pin in enumerate(coming.favourites, last + 1):
            draft = counterparts.content(pin.draft)
            if draft not in drafts:
                changes.put(pin._replace(position=place, draft=draft))


def _put_entry(entry: Entry, changes: Changes, into: Store) -> None:
    """Write an entry; of two that run, the one that began first ends where the other begins."""
    if entry.stop is None:
        with into.reading() as connection:
            running = queries.running(connection)
        if running is not None and running.start > entry.start:
            entry = entry._replace(stop=running.start)
        elif running is not None:
            changes.put(running._replace(stop=entry.start))
    changes.put(entry._replace(remote_id=None))


def _left_behind(
    mine: Catalogue, staying: _Belongings, counterparts: _Counterparts, there: Catalogue
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
