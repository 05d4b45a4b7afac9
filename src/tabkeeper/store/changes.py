"""A transaction in the making: rows are written as they change, with what undo and sync need to know of it.

Each change of a row is kept as the row before and after it. At the end they become one step of the history,
in the same transaction.
"""

import json
import sqlite3
from typing import Any, NamedTuple

from tabkeeper.model.refusal import Refused
from tabkeeper.store import outbox
from tabkeeper.store.rows import BY_TABLE, KINDS, Row, Value

HISTORY_LIMIT = 1_000
# What a row has beside its content: sync alone writes it, and no undo takes it back.
_BESIDE = frozenset({"deleted_at", "remote_id", "remote_version", "previous", "adopted"})

_ON_IT = {"project": "entry", "client": "project"}


class Change(NamedTuple):
    """A row before and after; None where it was not there (or is marked as deleted).

    `by_rule` says of a timer that it ended because another one began, not by anybody's word.
    """

    table: str
    row_id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    by_rule: bool = False


class Changes:
    """Writes rows inside an open transaction. `at` is now, in milliseconds UTC."""

    def __init__(self, connection: sqlite3.Connection, at: int) -> None:
        self._connection = connection
        self._at = at
        self._changes: list[Change] = []

    def put(self, value: Value, *, by_rule: bool = False) -> None:
        """Write a value: a new row, or the row of its id. `by_rule` as in `Change`."""
        kind = KINDS[type(value)]
        self._write(kind.table, value.id, _content(kind.to_row(value)), by_rule=by_rule)

    def remove(self, value: Value) -> None:
        """Mark the row of a value as deleted."""
        self._write(KINDS[type(value)].table, value.id, None)

    def apply(self, change: Change) -> None:
        """Carry a change out on the row as it is now; fields that have changed otherwise since stay.

        A row that is gone since stays gone, unless the change is what brings it back, and as it was when it
        went. A project or a client that something else is on by now stays as well.
        """
        if change.after is None:
            if not self._has_others_on_it(change):
                self._write(change.table, change.row_id, None)
            return
        if change.before is None:
            last = self._row(change.table, change.row_id, deleted=True)
            self._write(change.table, change.row_id, last or _content(change.after))
            return
        current = self._row(change.table, change.row_id)
        if current is None:
            return
        fields = {
            name: value
            for name, value in change.after.items()
            if name not in _BESIDE and value != change.before[name] and current[name] == change.before[name]
        }
        row = current | fields
        if change.table == "entry" and row["stop"] is not None and row["stop"] < row["start"]:
            raise Refused(
                "The times of this entry were changed elsewhere since: it would end before it starts. "
                "It was left as it is; change its times instead."
            )
        self._write(change.table, change.row_id, row, by_rule=change.by_rule)

    def record(self, action: str, subject: str) -> None:
        """Append what was changed to the history as one step; steps that were undone are gone with it."""
        if not self._changes:
            return
        self._connection.execute("DELETE FROM step WHERE undone")
        self._connection.execute(
            "INSERT INTO step (at, action, subject, changes) VALUES (?, ?, ?, ?)",
            (self._at, action, subject, json.dumps(self._changes, ensure_ascii=False)),
        )
        self._connection.execute(
            "DELETE FROM step WHERE id <= (SELECT max(id) FROM step) - ?", (HISTORY_LIMIT,)
        )

    @property
    def made(self) -> bool:
        """Whether any row has changed."""
        return bool(self._changes)

    def _has_others_on_it(self, change: Change) -> bool:
        if change.table not in _ON_IT:
            return False
        sql = f"SELECT 1 FROM {_ON_IT[change.table]} WHERE {change.table}_id = ? AND deleted_at IS NULL"  # noqa: S608
        return self._connection.execute(sql, (change.row_id,)).fetchone() is not None

    def _row(self, table: str, row_id: str, *, deleted: bool = False) -> dict[str, Any] | None:
        sql = f"SELECT * FROM {table} WHERE id = ? AND (? OR deleted_at IS NULL)"  # noqa: S608 - a name of our own
        row: Row | None = self._connection.execute(sql, (row_id, deleted)).fetchone()
        return None if row is None else _content(dict(row))

    def _write(self, table: str, row_id: str, after: dict[str, Any] | None, *, by_rule: bool = False) -> None:
        before = self._row(table, row_id)
        if before == after:
            return
        try:
            if after is None:
                sql = f"UPDATE {table} SET deleted_at = ? WHERE id = ?"  # noqa: S608
                self._connection.execute(sql, (self._at, row_id))
            else:
                self._upsert(table, after)
        except sqlite3.IntegrityError as error:
            if "entry_one_runs" not in str(error):
                raise
            raise Refused("Another timer is running already. Stop it first, then try again.") from error
        self._changes.append(Change(table, row_id, before, after, by_rule))
        if BY_TABLE[table].synced and outbox.belongs_to_an_account(self._connection):
            outbox.note(self._connection, table, row_id, before, self._at, by_rule=by_rule)

    def _upsert(self, table: str, row: dict[str, Any]) -> None:
        names = ", ".join(row)
        places = ", ".join(f":{name}" for name in row)
        updates = ", ".join(f"{name} = excluded.{name}" for name in row if name != "id")
        self._connection.execute(
            f"INSERT INTO {table} ({names}) VALUES ({places}) "  # noqa: S608
            f"ON CONFLICT (id) DO UPDATE SET {updates}, deleted_at = NULL",
            row,
        )


def _content(row: Row) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _BESIDE}
