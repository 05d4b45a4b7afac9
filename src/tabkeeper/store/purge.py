"""Takes rows out of the file for good that were deleted long ago and that nothing needs any more."""

import sqlite3
from datetime import datetime, timedelta

from tabkeeper.model.instants import to_milliseconds

KEPT = timedelta(days=90)
# What refers to others goes first.
_USES = {
    "entry": (),
    "favourite": (),
    "project": ("SELECT project_id FROM entry", "SELECT project_id FROM favourite"),
    "client": ("SELECT client_id FROM project",),
    "tag": (),
}
# By an undo, and by a sync.
_NEEDED = (
    "SELECT json_extract(change.value, '$[1]') FROM step, json_each(step.changes) AS change",
    "SELECT row_id FROM outbox",
    "SELECT row_id FROM request",
    "SELECT row_id FROM overruled",
    "SELECT row_id FROM absent",
)


def purge(connection: sqlite3.Connection, now: datetime) -> None:
    """Take out what was deleted longer than `KEPT` ago and is not needed; inside a transaction."""
    for table, uses in _USES.items():
        needed = " UNION ".join((*_NEEDED, *uses))
        connection.execute(
            f"WITH needed (id) AS ({needed}) "  # noqa: S608 - words of our own
            f"DELETE FROM {table} WHERE deleted_at < ? "
            "AND id NOT IN (SELECT id FROM needed WHERE id NOT NULL)",
            (to_milliseconds(now - KEPT),),
        )
