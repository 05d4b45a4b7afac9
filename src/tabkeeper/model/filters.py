"""Which entries a report is about, beyond its days: projects, clients, tags, billable or not, a text."""

from collections.abc import Iterable
from typing import NamedTuple

from tabkeeper.model.catalogue import Catalogue, folded


class Filter(NamedTuple):
    """Entries that have one of each kind of thing that is named; of what none is named, anything goes.

    None among projects, clients or tags means those without one. Tags are named as on entries.
    """

    projects: tuple[str | None, ...] = ()
    clients: tuple[str | None, ...] = ()
    tags: tuple[str | None, ...] = ()
    billable: bool | None = None
    text: str = ""


def project_of(project_id: str | None, catalogue: Catalogue) -> str | None:
    """Return the project an entry counts for: None where its project is not there any more."""
    return project_id if catalogue.project(project_id) is not None else None


def client_of(project_id: str | None, catalogue: Catalogue) -> str | None:
    """Return the client an entry on that project counts for."""
    client = catalogue.client_of(project_id)
    return client.id if client is not None else None


def wanted_projects(filters: Iterable[Filter], catalogue: Catalogue) -> frozenset[str | None] | None:
    """Return the projects whose entries every filter lets through, None among them for entries without one.

    None instead of a set means that filters say nothing of projects and clients.
    """
    about = [each for each in filters if each.projects or each.clients]
    if not about:
        return None
    return frozenset(
        project_id
        for project_id in (None, *catalogue.projects)
        if all(
            (not each.projects or project_id in each.projects)
            and (not each.clients or client_of(project_id, catalogue) in each.clients)
            for each in about
        )
    )


def holds_text(description: str, text: str) -> bool:
    """Whether a description holds a text, whatever the case of its letters."""
    return folded(text) in description.casefold()
