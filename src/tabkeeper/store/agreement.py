"""Rows as sync writes them: tied to the server's id, and no step of a person that an undo would take back.

Functions of an open transaction. A row's `fields` are its content that a server has too.
"""

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

from tabkeeper.model.identity import new_id
from tabkeeper.store import outbox
from tabkeeper.store.outbox import SYNCED, Fields


class Known(NamedTuple):
    """A row of this file. `previous` is the id that the server had for it last, `version` is the server's
    own time of its last change, `adopted` says that it was met there first; all three for entries only."""

    kind: str
    id: str
    remote_id: str | None
    deleted: bool
    fields: Fields
    previous: str | None = None
    version: int | None = None
    adopted: bool = False

    @property
    def key(self) -> str:
        """The idempotency key of its create: the id of this file, or the last one of the server.

        What the server has no longer may be sent anew from several computers: the key makes it one again.
        """
        return self.id if self.previous is None else f"after-{self.previous}"

    @property
    def subject(self) -> str:
        """What the thing is called; an entry need not have a description."""
        return self.fields.get("description") or self.fields.get("name") or ""


def by_id(connection: sqlite3.Connection, kind: str, row_id: str | None) -> Known | None:
    """Return a row, deleted or not."""
    return _one(connection, kind, "id", row_id)


def by_remote_id(connection: sqlite3.Connection, kind: str, remote_id: str | None) -> Known | None:
    """Return the row that the server knows by an id, deleted or not."""
    return _one(connection, kind, "remote_id", remote_id)


def running(connection: sqlite3.Connection) -> Known | None:
    """Return the entry that runs."""
    sql = "SELECT * FROM entry INDEXED BY entry_one_runs WHERE stop IS NULL AND deleted_at IS NULL"
    row = connection.execute(sql).fetchone()
    return None if row is None else _known("entry", row)


def all_of(connection: sqlite3.Connection, kind: str) -> Iterator[Known]:
    """Yield the rows of a kind that are not deleted."""
    sql = f"SELECT * FROM {kind} WHERE deleted_at IS NULL"  # noqa: S608 - a name of our own
    return (_known(kind, row) for row in connection.execute(sql))


def insert(connection: sqlite3.Connection, kind: str, row_id: str, fields: Fields, remote_id: str) -> None:
    """Write a row that came from the server."""
    values = {"id": row_id, "remote_id": remote_id, **fields}
    names, places = ", ".join(values), ", ".join(f":{name}" for name in values)
    connection.execute(f"INSERT INTO {kind} ({names}) VALUES ({places})", values)  # noqa: S608


def write(connection: sqlite3.Connection, kind: str, row_id: str, fields: Fields) -> None:
    """Write the content of a row that is there."""
    places = ", ".join(f"{name} = :{name}" for name in fields)
    connection.execute(f"UPDATE {kind} SET {places} WHERE id = :row_id", {**fields, "row_id": row_id})  # noqa: S608


def change(
    connection: sqlite3.Connection, known: Known, fields: Fields, at: int, *, by_rule: bool | None = None
) -> None:
    """Change a row on our own account; the server hears of it like of any change. `by_rule` as in `mark`."""
    base = {name: known.fields[name] for name in SYNCED[known.kind]} if known.remote_id else None
    outbox.mark(connection, known.kind, known.id, base, at, by_rule=by_rule)
    write(connection, known.kind, known.id, fields)


def move_entries(connection: sqlite3.Connection, project_id: str, into: str | None, at: int) -> None:
    """Put the entries of a project on another one, or on none."""
    rows = connection.execute("SELECT * FROM entry WHERE project_id = ?", (project_id,)).fetchall()
    for entry in (_known("entry", row) for row in rows):
        if entry.deleted:
            write(connection, "entry", entry.id, {"project_id": into})
        else:
            change(connection, entry, {**entry.fields, "project_id": into}, at)


def move_favourites(connection: sqlite3.Connection, project_id: str, into: str) -> None:
    """Put what is pinned on a project on another one."""
    connection.execute("UPDATE favourite SET project_id = ? WHERE project_id = ?", (into, project_id))


def move_projects(connection: sqlite3.Connection, client_id: str, into: str | None) -> None:
    """Put the projects of a client on another one, or on none."""
    connection.execute("UPDATE project SET client_id = ? WHERE client_id = ?", (into, client_id))


def tie(connection: sqlite3.Connection, kind: str, row_id: str, remote_id: str) -> None:
    """Tie a row to the server's id."""
    sql = f"UPDATE {kind} SET remote_id = ? WHERE id = ?"  # noqa: S608 - a name of our own
    connection.execute(sql, (remote_id, row_id))


def adopt(
    connection: sqlite3.Connection, row_id: str, fields: Fields, remote_id: str, version: int | None
) -> None:
    """Write an entry that was made elsewhere."""
    insert(connection, "entry", row_id, {**fields, "remote_version": version, "adopted": 1}, remote_id)


def set_version(connection: sqlite3.Connection, row_id: str, version: int | None) -> None:
    """Keep the server's own time of an entry's last change."""
    connection.execute("UPDATE entry SET remote_version = ? WHERE id = ?", (version, row_id))


def untie(connection: sqlite3.Connection, row_id: str) -> None:
    """Note that the server has an entry no longer; should it be sent again, it is a new one there."""
    connection.execute(
        "UPDATE entry SET previous = coalesce(remote_id, ?), remote_id = NULL, remote_version = NULL "
        "WHERE id = ?",
        (new_id(), row_id),
    )
    note_present(connection, row_id)
    outbox.rebase(connection, "entry", row_id, None)
    for method in ("POST", "PATCH", "DELETE"):
        outbox.forget(connection, "entry", row_id, method)


def delete(connection: sqlite3.Connection, kind: str, row_id: str, at: int) -> None:
    """Mark a row as deleted."""
    connection.execute(f"UPDATE {kind} SET deleted_at = ? WHERE id = ?", (at, row_id))  # noqa: S608


def synced_count(connection: sqlite3.Connection) -> int:
    """Return how many entries both sides have."""
    sql = "SELECT count(*) FROM entry WHERE remote_id IS NOT NULL AND deleted_at IS NULL"
    count: int = connection.execute(sql).fetchone()[0]
    return count


def agreed_between(connection: sqlite3.Connection, start: int, stop: int) -> Iterator[tuple[str, str]]:
    """Yield id and remote id of the entries that are expected on the server with a start in a range.

    What counts is the start that was agreed on, not one that was changed here since. Of what the person is
    asked about already, nothing is expected.
    """
    clean = connection.execute(
        "SELECT id, remote_id FROM entry WHERE deleted_at IS NULL AND start >= ? AND start < ? "
        "AND remote_id IS NOT NULL "
        "AND NOT EXISTS (SELECT 1 FROM outbox WHERE kind = 'entry' AND row_id = entry.id)",
        (start, stop),
    )
    changed = connection.execute(
        "SELECT entry.id, entry.remote_id FROM outbox JOIN entry ON entry.id = outbox.row_id "
        "WHERE outbox.kind = 'entry' AND entry.deleted_at IS NULL AND entry.remote_id IS NOT NULL "
        "AND json_extract(outbox.base, '$.start') >= ? AND json_extract(outbox.base, '$.start') < ? "
        "AND (outbox.refused IS NULL OR outbox.code <> ?)",
        (start, stop, outbox.GONE_THERE),
    )
    return (tuple(row) for cursor in (clean, changed) for row in cursor.fetchall())


# What an answer lacked


def note_absent(connection: sqlite3.Connection, row_id: str, at: int) -> None:
    """Note that an answer lacked an entry that it should have had."""
    connection.execute("INSERT INTO absent (row_id, at) VALUES (?, ?) ON CONFLICT DO NOTHING", (row_id, at))


def note_present(connection: sqlite3.Connection, row_id: str) -> None:
    """Note that the server has an entry after all, or that the question is settled."""
    connection.execute("DELETE FROM absent WHERE row_id = ?", (row_id,))


def absent(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of the entries that are missing, those aside that are held."""
    return [row[0] for row in connection.execute("SELECT row_id FROM absent WHERE NOT held ORDER BY row_id")]


def newest_absent(connection: sqlite3.Connection, since: int) -> int:
    """Return how many of the missing were made here, wait for nothing, and changed there after `since`."""
    sql = (
        "SELECT count(*) FROM absent JOIN entry ON entry.id = row_id WHERE NOT held AND NOT adopted "
        "AND remote_version > ? "
        "AND NOT EXISTS (SELECT 1 FROM outbox WHERE kind = 'entry' AND outbox.row_id = entry.id)"
    )
    count: int = connection.execute(sql, (since,)).fetchone()[0]
    return count


def hold_absent(connection: sqlite3.Connection) -> None:
    """Hold all that is missing until the person has been asked."""
    connection.execute("UPDATE absent SET held = 1")


def held(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of the entries that are held."""
    return [row[0] for row in connection.execute("SELECT row_id FROM absent WHERE held ORDER BY row_id")]


def _one(connection: sqlite3.Connection, kind: str, column: str, value: str | None) -> Known | None:
    if value is None:
        return None
    row = connection.execute(f"SELECT * FROM {kind} WHERE {column} = ?", (value,)).fetchone()  # noqa: S608
    return None if row is None else _known(kind, row)


def _known(kind: str, row: sqlite3.Row) -> Known:
    fields = {name: row[name] for name in SYNCED[kind]}
    beside = (row["previous"], row["remote_version"], bool(row["adopted"])) if kind == "entry" else ()
    return Known(kind, row["id"], row["remote_id"], row["deleted_at"] is not None, fields, *beside)
