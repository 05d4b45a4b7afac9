"""The steps that can be undone and done again, kept in the file so that they outlive the program."""

import json
import sqlite3
from typing import NamedTuple

from tabkeeper.store.changes import Change, Changes


class Step(NamedTuple):
    """What somebody did: an action word (`start`, `edit`, …) and the thing it was done to."""

    id: int
    action: str
    subject: str


def undoable(connection: sqlite3.Connection) -> Step | None:
    """Return the step that an undo would take back."""
    return _step(connection, "SELECT * FROM step WHERE NOT undone ORDER BY id DESC LIMIT 1")


def redoable(connection: sqlite3.Connection) -> Step | None:
    """Return the step that a redo would carry out again."""
    return _step(connection, "SELECT * FROM step WHERE undone ORDER BY id LIMIT 1")


def take_back(connection: sqlite3.Connection, changes: Changes, step: Step) -> None:
    """Put the rows of a step back as they were, last change first, and mark the step as undone."""
    for change in reversed(_changes(connection, step)):
        changes.apply(Change(change.table, change.row_id, before=change.after, after=change.before))
    connection.execute("UPDATE step SET undone = 1 WHERE id = ?", (step.id,))


def do_again(connection: sqlite3.Connection, changes: Changes, step: Step) -> None:
    """Carry the changes of an undone step out again."""
    for change in _changes(connection, step):
        changes.apply(change)
    connection.execute("UPDATE step SET undone = 0 WHERE id = ?", (step.id,))


def entries_of(connection: sqlite3.Connection, step: Step) -> list[str]:
    """Return the ids of the entries that a step changed, in the order of the changes."""
    return [change.row_id for change in _changes(connection, step) if change.table == "entry"]


def _step(connection: sqlite3.Connection, sql: str) -> Step | None:
    row = connection.execute(sql).fetchone()
    return None if row is None else Step(row["id"], row["action"], row["subject"])


def _changes(connection: sqlite3.Connection, step: Step) -> list[Change]:
    text: str = connection.execute("SELECT changes FROM step WHERE id = ?", (step.id,)).fetchone()["changes"]
    return [Change(*change) for change in json.loads(text)]
