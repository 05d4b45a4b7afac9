"""Questions to the file, answered as values of the model. Reading only."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tabkeeper.model.catalogue import Catalogue, Favourite
from tabkeeper.model.entry import Entry
from tabkeeper.model.instants import to_milliseconds
from tabkeeper.store.rows import BY_TABLE, entry_value

_LIVE = "SELECT * FROM entry WHERE deleted_at IS NULL"
_NEWEST_FIRST = " ORDER BY start DESC, id DESC"


def running(connection: sqlite3.Connection) -> Entry | None:
    """Return the entry that runs."""
    return _one(connection.execute(_LIVE + " AND stop IS NULL"))


def last_stopped(connection: sqlite3.Connection, before: datetime) -> Entry | None:
    """Return the newest entry that has an end and began before an instant: planned ones are not continued."""
    sql = _LIVE + " AND stop IS NOT NULL AND start <= ?" + _NEWEST_FIRST + " LIMIT 1"
    return _one(connection.execute(sql, (to_milliseconds(before),)))


def entries_like(connection: sqlite3.Connection, prefix: str) -> list[Entry]:
    """Return up to two entries whose id begins or ends with a text: two mean that it is ambiguous."""
    sql = _LIVE + " AND (id GLOB ? OR id GLOB ?) LIMIT 2"
    plain = "".join(letter for letter in prefix.lower() if letter in "0123456789abcdef-")
    if plain != prefix.lower() or not plain:
        return []
    return [entry_value(row) for row in connection.execute(sql, (plain + "*", "*" + plain))]


def entries(
    connection: sqlite3.Connection, start: datetime | None, stop: datetime | None, limit: int | None = None
) -> Iterator[Entry]:
    """Yield entries that begin in a range (from `start`, before `stop`), newest first."""
    sql = _LIVE
    words: list[int] = []
    if start is not None:
        sql += " AND start >= ?"
        words.append(to_milliseconds(start))
    if stop is not None:
        sql += " AND start < ?"
        words.append(to_milliseconds(stop))
    cursor = connection.execute(sql + _NEWEST_FIRST + " LIMIT ?", [*words, -1 if limit is None else limit])
    return map(entry_value, cursor)


def entries_count(connection: sqlite3.Connection) -> int:
    """Return how many entries there are."""
    count: int = connection.execute("SELECT count(*) FROM entry WHERE deleted_at IS NULL").fetchone()[0]
    return count


def entries_described(connection: sqlite3.Connection, text: str, limit: int) -> Iterator[Entry]:
    """Yield the newest entries whose description holds a text, whatever its (Latin) letters' case."""
    sql = _LIVE + " AND instr(lower(description), lower(?)) > 0" + _NEWEST_FIRST + " LIMIT ?"
    return map(entry_value, connection.execute(sql, (text, limit)))


def entries_tagged(connection: sqlite3.Connection, tag: str) -> list[Entry]:
    """Return all entries that carry a tag of exactly this name."""
    carries = " AND EXISTS (SELECT 1 FROM json_each(entry.tags) WHERE value = ?)"
    sql = _LIVE + carries + _NEWEST_FIRST
    return [entry_value(row) for row in connection.execute(sql, (tag,))]


def catalogue(connection: sqlite3.Connection) -> Catalogue:
    """Return all projects, clients and tags that are not deleted."""
    projects, clients, tags = (
        {value.id: value for value in _all(connection, table)} for table in ("project", "client", "tag")
    )
    return Catalogue(projects, clients, tags)


def favourites(connection: sqlite3.Connection) -> list[Favourite]:
    """Return the favourites in their order."""
    return sorted(_all(connection, "favourite"), key=lambda favourite: (favourite.position, favourite.id))


def _all(connection: sqlite3.Connection, table: str) -> Iterator[Any]:
    sql = f"SELECT * FROM {table} WHERE deleted_at IS NULL"  # noqa: S608 - a name of our own
    return map(BY_TABLE[table].to_value, connection.execute(sql))


def _one(cursor: sqlite3.Cursor) -> Entry | None:
    row = cursor.fetchone()
    return None if row is None else entry_value(row)
