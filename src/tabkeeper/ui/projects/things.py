"""What the page lists, as values: projects, clients and tags, filtered, in order, as their rows say them."""

from collections import Counter
from typing import Literal, NamedTuple

from tabkeeper.model.catalogue import Catalogue, Client, Project, Tag, folded
from tabkeeper.model.money import hourly

Kind = Literal["project", "client", "tag"]


class Thing(NamedTuple):
    """One row: what is `below` the name and at the `side` of it are for reading only."""

    kind: Kind
    id: str
    name: str
    below: str = ""
    side: str = ""
    colour: str | None = None
    archived: bool = False

    @property
    def spoken(self) -> str:
        """Return the row as it is read out."""
        return ", ".join(part for part in (self.name, self.below, self.side) if part)


def things(
    kind: Kind, catalogue: Catalogue, wanted: str = "", archived: bool = False, kept: str | None = None
) -> list[Thing]:
    """Return the rows of a kind by name, archived ones last and only where asked for.

    Each word of `wanted` is somewhere in the row. The one whose id is `kept` is there in any case.
    """
    words = folded(wanted).split()
    found = [
        thing
        for thing in _ALL[kind](catalogue)
        if thing.id == kept
        or ((archived or not thing.archived) and all(word in folded(thing.spoken) for word in words))
    ]
    return sorted(found, key=lambda thing: (thing.archived, folded(thing.name), thing.below, thing.id))


def named(kind: Kind, catalogue: Catalogue, name: str) -> Thing | None:
    """Return the row of exactly that name, whatever its letters' case; one in use before an archived one."""
    same = [thing for thing in _ALL[kind](catalogue) if folded(thing.name) == folded(name)]
    return min(same, key=lambda thing: thing.archived, default=None)


def usual_currency(catalogue: Catalogue) -> str:
    """Return the currency that most projects have, or an empty text."""
    used = Counter(project.currency for project in catalogue.projects.values() if project.currency)
    return used.most_common(1)[0][0] if used else ""


def _projects(catalogue: Catalogue) -> list[Thing]:
    return [_project(project, catalogue) for project in catalogue.projects.values()]


def _project(project: Project, catalogue: Catalogue) -> Thing:
    client = catalogue.client_of(project.id)
    rate = "" if project.hourly_rate is None else hourly(project.hourly_rate, project.currency)
    below = (client.name if client else "", "billable" if project.billable else "", _state(project))
    return Thing(
        "project",
        project.id,
        project.name,
        " · ".join(part for part in below if part),
        f"{rate}/h" if rate else "",
        project.color,
        project.archived,
    )


def _clients(catalogue: Catalogue) -> list[Thing]:
    projects = Counter(project.client_id for project in catalogue.projects.values() if not project.archived)
    return [
        Thing(
            "client",
            client.id,
            client.name,
            _client_below(client, projects[client.id]),
            archived=client.archived,
        )
        for client in catalogue.clients.values()
    ]


def _client_below(client: Client, projects: int) -> str:
    counted = "1 project" if projects == 1 else f"{projects or 'no'} projects"
    return f"{counted} · archived" if client.archived else counted


def _tags(catalogue: Catalogue) -> list[Thing]:
    return [
        Thing("tag", tag.id, tag.name, side=_state(tag), archived=tag.archived)
        for tag in catalogue.tags.values()
    ]


def _state(thing: Project | Tag) -> str:
    return "archived" if thing.archived else ""


_ALL = {"project": _projects, "client": _clients, "tag": _tags}
