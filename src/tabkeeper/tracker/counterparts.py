"""Finds for what entries refer to in one file what they refer to in another: by its id, or by its name.

What the other has not is made there, where that is allowed.
"""

from tabkeeper.model.catalogue import Catalogue, Client, Project, Tag, folded
from tabkeeper.model.entry import Draft
from tabkeeper.model.identity import new_id
from tabkeeper.store import agreement, queries
from tabkeeper.store.changes import Changes
from tabkeeper.store.file import Store
from tabkeeper.store.outbox import SYNCED
from tabkeeper.store.rows import KINDS


class Counterparts:
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


def received(into: Store, heard: Catalogue) -> Catalogue:
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
