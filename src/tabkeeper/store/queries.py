"""Questions to the file, answered as values of the model. Reading only."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from tabkeeper.model.catalogue import Catalogue, Favourite
from tabkeeper.model.entry import Draft, Entry
from tabkeeper.model.identity import HANDLE
from tabkeeper.model.instants import to_milliseconds
from tabkeeper.store import sync_state
from tabkeeper.store.rows import BY_TABLE, entry_value, tags_value

_LIVE = "SELECT * FROM entry WHERE deleted_at IS NULL"
# Named, for the planner takes another index, on which it would have to read all entries.
_RUNS = "SELECT * FROM entry INDEXED BY entry_one_runs WHERE deleted_at IS NULL AND stop IS NULL"
_NEWEST_FIRST = " ORDER BY start DESC, id DESC"
_ID = 36
"""Characters of an id. There is an index of its last ones, by which lists name an entry."""
_OF_IDS, _AFTER_ALL = frozenset("0123456789abcdef-"), "g"
_LIVE_BEGUN = _LIVE + " AND id >= ? AND id < ?"
# Read from the index alone, which is a small part of the file.
_HANDLES_LIKE = (
    "SELECT rowid FROM entry INDEXED BY entry_by_handle WHERE deleted_at IS NULL AND substr(id, -8) GLOB ?"
)

_YEARS_OF_ENTRIES = 25_000
# `folded` is Python's: SQLite's own `lower` knows ASCII alone.
_DESCRIBED = f"""
    SELECT * FROM (
        SELECT description, project_id, tags, billable FROM entry
        WHERE deleted_at IS NULL AND (description != '' OR project_id IS NOT NULL){_NEWEST_FIRST} LIMIT ?
    )
    WHERE instr(folded(description), ?) > 0
"""  # noqa: S608 - words of our own


def running(connection: sqlite3.Connection) -> Entry | None:
    """Return the entry that runs."""
    return _one(connection.execute(_RUNS))


def last_stopped(connection: sqlite3.Connection, before: datetime) -> Entry | None:
    """Return the newest entry that has an end and began before an instant: planned ones are not continued."""
    sql = _LIVE + " AND stop IS NOT NULL AND start <= ?" + _NEWEST_FIRST + " LIMIT 1"
    return _one(connection.execute(sql, (to_milliseconds(before),)))


def entries_like(connection: sqlite3.Connection, part: str) -> list[Entry]:
    """Return up to two entries whose id begins or ends with a text: two mean that it is ambiguous.

    A whole id, its begin, and an end as long as lists show it are looked up; only a shorter end is searched.
    """
    plain = part.lower()
    if not plain or not set(plain) <= _OF_IDS:
        return []
    if len(plain) == _ID:
        rows = connection.execute(_LIVE + " AND id = ?", (plain,))
    elif len(plain) >= HANDLE:
        sql = f"{_LIVE_BEGUN} UNION {_LIVE} AND substr(id, -8) = ? AND id GLOB ? LIMIT 2"
        rows = connection.execute(sql, (plain, plain + _AFTER_ALL, plain[-HANDLE:], "*" + plain))
    else:
        sql = f"{_LIVE_BEGUN} UNION {_LIVE} AND rowid IN ({_HANDLES_LIKE}) LIMIT 2"
        rows = connection.execute(sql, (plain, plain + _AFTER_ALL, "*" + plain))
    return [entry_value(row) for row in rows]


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


def last_row(connection: sqlite3.Connection) -> int:
    """Return a number that all entries made from now on come after."""
    row: int = connection.execute("SELECT coalesce(max(rowid), 0) FROM entry").fetchone()[0]
    return row


def unsent_after(connection: sqlite3.Connection, row: int) -> set[str]:
    """Return the ids of the entries that were made after a number of `last_row` and that no server has."""
    sql = "SELECT id FROM entry WHERE deleted_at IS NULL AND rowid > ? AND remote_id IS NULL"
    return {each["id"] for each in connection.execute(sql, (row,))}


def entries_deleted(connection: sqlite3.Connection) -> set[str]:
    """Return the ids of the entries that were deleted and not purged yet."""
    return {row["id"] for row in connection.execute("SELECT id FROM entry WHERE deleted_at IS NOT NULL")}


def drafts_described(connection: sqlite3.Connection, text: str, limit: int) -> tuple[Draft, ...]:
    """Return what was done before and has a text in its description, whatever its case; newest first.

    Each thing comes once. Looked at are the newest entries: as many as make years, and no wait.
    """
    found: dict[Draft, None] = {}
    for row in connection.execute(_DESCRIBED, (_YEARS_OF_ENTRIES, text.casefold())):
        if len(found) == limit:
            break
        found.setdefault(Draft(row[0], row[1], tags_value(row[2]), bool(row[3])))
    return tuple(found)


def entries_tagged(connection: sqlite3.Connection, tag: str) -> list[Entry]:
    """Return all entries that carry a tag of exactly this name."""
    carries = " AND EXISTS (SELECT 1 FROM json_each(entry.tags) WHERE value = ?)"
    sql = _LIVE + carries + _NEWEST_FIRST
    return [entry_value(row) for row in connection.execute(sql, (tag,))]


def catalogue(connection: sqlite3.Connection) -> Catalogue:
    """Return all projects, clients and tags that are not deleted, and whether new ones may be made."""
    projects, clients, tags = (
        {value.id: value for value in _all(connection, table)} for table in ("project", "client", "tag")
    )
    return Catalogue(projects, clients, tags, sync_state.may_make_projects(connection))


def favourites(connection: sqlite3.Connection) -> list[Favourite]:
    """Return the favourites in their order."""
    return sorted(_all(connection, "favourite"), key=lambda favourite: (favourite.position, favourite.id))


def _all(connection: sqlite3.Connection, table: str) -> Iterator[Any]:
    sql = f"SELECT * FROM {table} WHERE deleted_at IS NULL"  # noqa: S608 - a name of our own
    return map(BY_TABLE[table].to_value, connection.execute(sql))


def _one(cursor: sqlite3.Cursor) -> Entry | None:
    row = cursor.fetchone()
    return None if row is None else entry_value(row)
