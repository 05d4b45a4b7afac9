"""Projects, clients and tags as the server lists them, brought in; what is named alike is the same thing."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from tabkeeper.api import wire
from tabkeeper.model.catalogue import folded
from tabkeeper.model.identity import new_id
from tabkeeper.store import agreement, outbox, sync_state
from tabkeeper.store.outbox import Fields
from tabkeeper.store.rows import rate_text
from tabkeeper.sync.merge import merge
from tabkeeper.sync.session import Session
from tabkeeper.sync.translate import local_id

Row = tuple[str, Fields]


async def pull(session: Session) -> None:
    """Bring the server's clients, projects and tags in."""
    clients = await session.client.clients.list(archived=True)
    projects = await session.client.projects.list(archived=True)
    tags = await session.client.tags.list()
    at = session.at()
    with session.writing() as connection:
        sync_state.put(connection, sync_state.NAMELESS, None)
        _absorb(connection, "client", [(one.id, client_fields(one)) for one in clients], at)
        _absorb(connection, "project", [(one.id, project_fields(connection, one)) for one in projects], at)
        _absorb_tags(connection, tags)


def _absorb(connection: sqlite3.Connection, kind: str, rows: Iterable[Row], at: int) -> None:
    seen = set()
    unknown = {
        _name_of(kind, known.fields): known
        for known in agreement.all_of(connection, kind)
        if known.remote_id is None
    }
    for remote_id, there in rows:
        seen.add(remote_id)
        known = agreement.by_remote_id(connection, kind, remote_id) or unknown.pop(
            _name_of(kind, there), None
        )
        if known is None:
            agreement.insert(connection, kind, new_id(), there, remote_id)
            continue
        if known.remote_id is None:
            agreement.tie(connection, kind, known.id, remote_id)
            outbox.forget(connection, kind, known.id, "POST")
            outbox.settle(connection, kind, known.id)
        update(connection, known, there)
        twin = unknown.pop(_name_of(kind, there), None)
        if twin is not None:
            _fold(connection, twin, known.id, at)
    _archive_missing(connection, kind, seen)


def _fold(connection: sqlite3.Connection, twin: agreement.Known, into: str, at: int) -> None:
    """Let what is on a thing of ours be on the server's of the same name, and ours go."""
    if twin.kind == "client":
        agreement.move_projects(connection, twin.id, into)
    else:
        agreement.move_entries(connection, twin.id, into, at)
        agreement.move_favourites(connection, twin.id, into)
    agreement.delete(connection, twin.kind, twin.id, at)
    outbox.forget(connection, twin.kind, twin.id, "POST")
    outbox.settle(connection, twin.kind, twin.id)


def update(connection: sqlite3.Connection, known: agreement.Known, there: Fields) -> None:
    """Write what the server has; what was changed here stays until it is dropped, for it cannot be told."""
    waiting = outbox.waiting_of(connection, known.kind, known.id)
    base = known.fields if waiting is None else waiting.base
    fields = merge(base, known.fields, there).fields
    if fields != known.fields or known.deleted:
        agreement.write(connection, known.kind, known.id, {**fields, "deleted_at": None})
    if fields == there:
        outbox.settle(connection, known.kind, known.id)
    else:
        outbox.rebase(connection, known.kind, known.id, there)


def _archive_missing(connection: sqlite3.Connection, kind: str, seen: set[str]) -> None:
    """Take out of use what the list shows no longer: entries refer to it, so that it is not deleted."""
    for known in list(agreement.all_of(connection, kind)):
        if known.remote_id is not None and known.remote_id not in seen and not known.fields["archived"]:
            agreement.write(connection, kind, known.id, {"archived": 1})


def _absorb_tags(connection: sqlite3.Connection, tags: Sequence[wire.Tag]) -> None:
    """Bring in tags that are new here, and tie those that are known by their names: the server has no more.

    One that was renamed here is another tag there. The server keeps the old one, which is not offered again.
    """
    rows = connection.execute("SELECT id, name, remote_id FROM tag WHERE deleted_at IS NULL").fetchall()
    known: Mapping[str, sqlite3.Row] = {folded(row["name"]): row for row in rows}
    tied = {row["remote_id"] for row in rows}
    for tag in tags:
        here = known.get(folded(tag.name))
        if here is None or here["remote_id"] == tag.id:
            continue
        if here["remote_id"] is None or here["name"] == tag.name:
            connection.execute("UPDATE tag SET remote_id = NULL WHERE remote_id = ?", (tag.id,))
            agreement.tie(connection, "tag", here["id"], tag.id)
    connection.executemany(
        "INSERT INTO tag (id, name, archived, remote_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        [(new_id(), tag.name, int(tag.id in tied), tag.id) for tag in tags if folded(tag.name) not in known],
    )


def client_fields(client: wire.Client) -> Fields:
    """Return a client of the server in the terms of this file."""
    return {"name": client.name, "archived": int(client.archived)}


def project_fields(connection: sqlite3.Connection, project: wire.Project) -> Fields:
    """Return a project of the server in the terms of this file."""
    return {
        "name": project.name,
        "client_id": local_id(connection, "client", project.client_id),
        "color": project.color,
        "billable": int(project.billable),
        "hourly_rate": rate_text(project.hourly_rate),
        "currency": project.currency,
        "archived": int(project.archived),
    }


def _name_of(kind: str, fields: Fields) -> tuple[str, str | None]:
    """Return what tells things of a kind apart: projects by their client, too."""
    return folded(fields["name"]), fields["client_id"] if kind == "project" else None
