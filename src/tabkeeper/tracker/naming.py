"""What is named: projects, clients, tags. Found by name or made, renamed, archived; inside a transaction."""

from typing import Any

from tabkeeper.model.catalogue import PROJECT_COLOURS, Catalogue, Client, Project, Tag, folded
from tabkeeper.model.entry import Draft
from tabkeeper.model.identity import new_id
from tabkeeper.model.money import clean_currency, clean_rate
from tabkeeper.model.refusal import Refused
from tabkeeper.model.text import clean_name, clean_tag, quoted
from tabkeeper.store.changes import Changes


def with_project(
    changes: Changes, catalogue: Catalogue, draft: Draft, name: str | None
) -> tuple[Draft, Catalogue]:
    """Return the draft on the project of that name, made where there is none, and the catalogue with it."""
    if name is None:
        return draft, catalogue
    project = catalogue.project_named(name)
    if project is None:
        project = new_project(changes, catalogue, name)
        catalogue = catalogue._replace(projects={**catalogue.projects, project.id: project})
    return draft._replace(project_id=project.id), catalogue


def new_project(changes: Changes, catalogue: Catalogue, name: str, **fields: Any) -> Project:
    """Make a project, coloured in turn where no colour is given; raises `Refused` where the name is taken."""
    color = fields.pop("color", None) or PROJECT_COLOURS[len(catalogue.projects) % len(PROJECT_COLOURS)]
    return put_project(changes, catalogue, Project(new_id(), name, color=color, **fields))


def put_project(changes: Changes, catalogue: Catalogue, project: Project) -> Project:
    """Write a project; raises `Refused` where its name is taken within its client, or its rate impossible.

    A new one is refused, too, where the person's role does not allow it.
    """
    _must_be_allowed(catalogue, project.id in catalogue.projects, "project")
    project = project._replace(
        name=clean_name(project.name, "project"),
        hourly_rate=None if project.hourly_rate is None else clean_rate(project.hourly_rate),
        currency=clean_currency(project.currency),
    )
    for other in catalogue.projects.values():
        same = folded(other.name) == folded(project.name) and other.client_id == project.client_id
        if same and other.id != project.id and not other.archived and not project.archived:
            raise Refused(f"There is a project {quoted(other.name)} already. Choose another name.")
    if project.color is not None and not _is_colour(project.color):
        raise Refused(f"{quoted(project.color)} is no colour; write it as #3B82F6.")
    changes.put(project)
    return project


def client_called(changes: Changes, catalogue: Catalogue, name: str) -> Client:
    """Return the client of that name, made where there is none."""
    return catalogue.client_named(name) or put_client(changes, catalogue, Client(new_id(), name))


def put_client(changes: Changes, catalogue: Catalogue, client: Client) -> Client:
    """Write a client; raises `Refused` where its name is taken, or the role does not allow a new one."""
    _must_be_allowed(catalogue, client.id in catalogue.clients, "client")
    client = client._replace(name=clean_name(client.name, "client"))
    for other in catalogue.clients.values():
        if folded(other.name) == folded(client.name) and other.id != client.id and not other.archived:
            raise Refused(f"There is a client {quoted(other.name)} already. Choose another name.")
    changes.put(client)
    return client


def put_tag(changes: Changes, catalogue: Catalogue, tag: Tag) -> Tag:
    """Write a tag; raises `Refused` where its name is taken."""
    tag = tag._replace(name=clean_tag(tag.name))
    other = catalogue.tag_named(tag.name)
    if other is not None and other.id != tag.id:
        raise Refused(f"There is a tag {quoted(other.name)} already. Choose another name.")
    changes.put(tag)
    return tag


def known_tags(changes: Changes, catalogue: Catalogue, names: tuple[str, ...]) -> tuple[str, ...]:
    """Return tags as they are written in the catalogue; those that are not in it are made by being used."""
    spelled = []
    for name in names:
        tag = catalogue.tag_named(name)
        if tag is None:
            changes.put(Tag(new_id(), name))
        spelled.append(name if tag is None else tag.name)
    return tuple(spelled)


def _must_be_allowed(catalogue: Catalogue, is_known: bool, kind: str) -> None:
    if not is_known and not catalogue.may_grow:
        raise Refused(
            f"In this workspace your role may not make a {kind}. Choose one that is there, or ask an admin "
            "for a new one."
        )


def _is_colour(text: str) -> bool:
    return (
        len(text) == 7 and text[0] == "#" and all(letter in "0123456789abcdefABCDEF" for letter in text[1:])
    )
