"""What lost against something else, recorded for the person to look at: nothing goes without a trace.

Functions of an open transaction.
"""

import json
import sqlite3
from typing import Any, NamedTuple

from tabkeeper.store.agreement import Known
from tabkeeper.store.outbox import Fields


class Overruled(NamedTuple):
    """Values that lost against others, and why; `fields` are as they lie in the table."""

    at: int
    kind: str
    id: str
    subject: str
    reason: str
    fields: dict[str, Any]


def record(connection: sqlite3.Connection, known: Known, reason: str, fields: Fields, at: int) -> None:
    """Keep values that lost, beside the name that their thing has now."""
    connection.execute(
        "INSERT INTO overruled (at, kind, row_id, subject, reason, fields) VALUES (?, ?, ?, ?, ?, ?)",
        (at, known.kind, known.id, known.subject, reason, json.dumps(dict(fields), ensure_ascii=False)),
    )


def latest(connection: sqlite3.Connection, limit: int | None) -> list[Overruled]:
    """Return what has lost, the newest first; `limit` None for all."""
    sql = "SELECT at, kind, row_id, subject, reason, fields FROM overruled ORDER BY id DESC LIMIT ?"
    return [
        Overruled(at, kind, row_id, subject, reason, json.loads(fields))
        for at, kind, row_id, subject, reason, fields in connection.execute(
            sql, (-1 if limit is None else limit,)
        )
    ]
