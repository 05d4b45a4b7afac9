"""Projects, clients and tags, and the catalogue in which their names are looked up."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from tabkeeper.model.entry import Draft

PROJECT_COLOURS = (
    "#3B82F6", "#16A34A", "#D97706", "#9333EA", "#DB2777", "#0891B2",
    "#DC2626", "#65A30D", "#4F46E5", "#B45309", "#0D9488", "#64748B",
)  # fmt: skip
"""What a new project is coloured with, in turn; each is readable on light and dark."""


class Client(NamedTuple):
    """Somebody work is done for."""

    id: str
    name: str
    archived: bool = False
    remote_id: str | None = None


class Project(NamedTuple):
    """What time is tracked on. `hourly_rate` is in `currency` (ISO 4217) per hour."""

    id: str
    name: str
    client_id: str | None = None
    color: str | None = None
    billable: bool = False
    hourly_rate: Decimal | None = None
    currency: str | None = None
    archived: bool = False
    remote_id: str | None = None


class Tag(NamedTuple):
    """A word on entries; entries carry the name itself."""

    id: str
    name: str
    archived: bool = False
    remote_id: str | None = None


class Favourite(NamedTuple):
    """A draft pinned above the recent ones, in the order of `position`."""

    id: str
    position: int
    draft: Draft


class Catalogue(NamedTuple):
    """All projects, clients and tags by id, archived ones included; deleted ones are not in it.

    `may_grow` says whether this person's role allows new projects and clients; tags it always does.
    """

    projects: Mapping[str, Project]
    clients: Mapping[str, Client]
    tags: Mapping[str, Tag]
    may_grow: bool = True

    def project(self, project_id: str | None) -> Project | None:
        """Return the project of that id, or None where there is none (any more)."""
        return self.projects.get(project_id) if project_id is not None else None

    def client_of(self, project_id: str | None) -> Client | None:
        """Return the client of that project, or None."""
        project = self.project(project_id)
        return self.clients.get(project.client_id) if project and project.client_id else None

    def project_label(self, project_id: str | None) -> str:
        """Return `Project · Client` as lists show it, or an empty text."""
        project, client = self.project(project_id), self.client_of(project_id)
        return " · ".join(thing.name for thing in (project, client) if thing is not None)

    def colour_of(self, project_id: str | None) -> str | None:
        """Return the colour of that project, or None."""
        project = self.project(project_id)
        return project.color if project is not None else None

    def is_billable(self, draft: Draft) -> bool:
        """Whether an entry of this draft is billable: as it says, else as its project does."""
        if draft.billable is not None:
            return draft.billable
        project = self.project(draft.project_id)
        return project is not None and project.billable

    def active_projects(self) -> list[Project]:
        """Return the projects that are not archived, by name."""
        return sorted((p for p in self.projects.values() if not p.archived), key=lambda p: folded(p.name))

    def project_named(self, name: str) -> Project | None:
        """Return the project of that name, whatever its letters' case; one in use before an archived one."""
        wanted = folded(name)
        found = [project for project in self.projects.values() if folded(project.name) == wanted]
        return min(found, key=lambda project: project.archived, default=None)

    def client_named(self, name: str) -> Client | None:
        """Return the client of that name, whatever its letters' case; one in use before an archived one."""
        wanted = folded(name)
        found = [client for client in self.clients.values() if folded(client.name) == wanted]
        return min(found, key=lambda client: client.archived, default=None)

    def tag_named(self, name: str) -> Tag | None:
        """Return the tag of that name, whatever its letters' case."""
        wanted = folded(name)
        return next((tag for tag in self.tags.values() if folded(tag.name) == wanted), None)


EMPTY_CATALOGUE = Catalogue({}, {}, {})


def folded(name: str) -> str:
    """Return a name as it is compared: without case and outer space."""
    return name.strip().casefold()
