"""Which entry, project or label the words of a command mean; refuses with the closest name there is."""

from collections.abc import Mapping
from typing import TypeVar

from tabkeeper.cli.answers import close_to
from tabkeeper.model.catalogue import Catalogue, Client, Project, Tag, folded
from tabkeeper.model.entry import Entry
from tabkeeper.model.refusal import NothingToDo, Refused
from tabkeeper.model.text import quoted
from tabkeeper.tracker import Tracker

_Named = TypeVar("_Named", Project, Client, Tag)


def entry_named(word: str, tracker: Tracker) -> Entry:
    """Return the entry of an id or of a part that only it has, the `last` that ended, or the `current` one.

    Raises `NothingToDo` where there is no last or current one, and `Refused` for an id that is not known.
    """
    if word == "current":
        found = tracker.running()
        if found is None:
            raise NothingToDo("No timer is running.")
        return found
    if word == "last":
        found = tracker.last_stopped()
        if found is None:
            raise NothingToDo("There is no entry yet that has ended.")
        return found
    return tracker.entry(word)


def project_named(name: str, catalogue: Catalogue) -> Project:
    """Return the project of a name, or of `Project · Client` where several have the name."""
    by_label = {folded(catalogue.project_label(key)): project for key, project in catalogue.projects.items()}
    if (project := by_label.get(folded(name))) is not None and project.client_id is not None:
        return project
    same = [p for p in catalogue.active_projects() if folded(p.name) == folded(name)]
    if len(same) > 1:
        labels = " or ".join(quoted(catalogue.project_label(project.id)) for project in same)
        raise Refused(f"Several projects have the name {quoted(name)}. Type {labels}.")
    return _named(name, catalogue.project_named(name), catalogue.projects, "project")


def client_named(name: str, catalogue: Catalogue) -> Client:
    """Return the client of a name."""
    return _named(name, catalogue.client_named(name), catalogue.clients, "client")


def tag_named(name: str, catalogue: Catalogue) -> Tag:
    """Return the tag of a name, with or without its sign."""
    return _named(name, catalogue.tag_named(name.lstrip("#")), catalogue.tags, "tag")


def _named(name: str, found: _Named | None, known: Mapping[str, _Named], kind: str) -> _Named:
    if found is None:
        close = close_to(name, [thing.name for thing in known.values()])
        raise Refused(f"There is no {kind} {quoted(name)}.{close}")
    return found
