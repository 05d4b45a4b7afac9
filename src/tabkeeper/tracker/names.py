"""Projects, clients and tags by themselves: made, changed and archived; each change is one step.

What is named while time is tracked is the business of `naming`.
"""

from typing import Any, TypeVar

from tabkeeper.model.catalogue import Catalogue, Client, Project, Tag
from tabkeeper.model.identity import new_id
from tabkeeper.model.refusal import Refused
from tabkeeper.model.text import clean_tag
from tabkeeper.store import queries
from tabkeeper.store.file import Store
from tabkeeper.tracker import naming
from tabkeeper.tracker.steps import Steps

_Thing = TypeVar("_Thing")


class Names:
    """All of one file. What it does raises `Refused`, with nothing changed, or `StoreTrouble`."""

    def __init__(self, store: Store, steps: Steps) -> None:
        self._store, self._steps = store, steps

    def add_project(self, name: str, *, client: str | None = None, **fields: Any) -> Project:
        """Make a project; `fields` are those of `Project`. `client` names its client, made where new."""
        with self._steps.changing("add project") as (changes, label):
            catalogue = self._catalogue()
            if client is not None:
                fields["client_id"] = naming.client_called(changes, catalogue, client).id
            project = naming.new_project(changes, catalogue, name, **fields)
            label(project)
        return project

    def edit_project(self, project_id: str, *, client: str | None = None, **fields: Any) -> Project:
        """Change fields of a project: its name, colour, rate, whether it is billable or archived.

        `client` as in `add_project`; `client_id` None takes the client away.
        """
        with self._steps.changing("edit project") as (changes, label):
            catalogue = self._catalogue()
            if client is not None:
                fields["client_id"] = naming.client_called(changes, catalogue, client).id
            project = known(catalogue.projects.get(project_id), "project")
            changed = naming.put_project(changes, catalogue, project._replace(**fields))
            label(changed)
        return changed

    def add_client(self, name: str) -> Client:
        """Make a client."""
        with self._steps.changing("add client") as (changes, label):
            client = naming.put_client(changes, self._catalogue(), Client(new_id(), name))
            label(client)
        return client

    def edit_client(self, client_id: str, **fields: Any) -> Client:
        """Change a client's name, or whether it is archived."""
        with self._steps.changing("edit client") as (changes, label):
            catalogue = self._catalogue()
            client = known(catalogue.clients.get(client_id), "client")
            changed = naming.put_client(changes, catalogue, client._replace(**fields))
            label(changed)
        return changed

    def add_tag(self, name: str) -> Tag:
        """Make a tag before it is used."""
        with self._steps.changing("add tag") as (changes, label):
            tag = naming.put_tag(changes, self._catalogue(), Tag(new_id(), name))
            label(tag)
        return tag

    def rename_tag(self, tag_id: str, name: str) -> Tag:
        """Rename a tag, on all entries that carry it."""
        with self._steps.changing("rename tag") as (changes, label), self._store.reading() as connection:
            catalogue = self._catalogue()
            tag = known(catalogue.tags.get(tag_id), "tag")
            renamed = naming.put_tag(changes, catalogue, tag._replace(name=clean_tag(name)))
            for entry in queries.entries_tagged(connection, tag.name):
                tags = tuple(renamed.name if word == tag.name else word for word in entry.tags)
                changes.put(entry._replace(tags=tags))
            label(renamed)
        return renamed

    def archive_tag(self, tag_id: str, archived: bool = True) -> Tag:
        """Take a tag out of what is offered, or back into it; entries keep it."""
        with self._steps.changing("edit tag") as (changes, label):
            catalogue = self._catalogue()
            tag = known(catalogue.tags.get(tag_id), "tag")
            changed = naming.put_tag(changes, catalogue, tag._replace(archived=archived))
            label(changed)
        return changed

    def _catalogue(self) -> Catalogue:
        with self._store.reading() as connection:
            return queries.catalogue(connection)


def known(thing: _Thing | None, what: str) -> _Thing:
    """Return what was looked up by its id; raises `Refused` where it is gone."""
    if thing is None:
        raise Refused(f"This {what} does not exist any more.")
    return thing
