"""What sync keeps about itself in the file: whose file it is, how far it has come, and how it stands.

Names and texts in one small table, written in the transactions they belong to.
"""

import json
import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tabkeeper.model.instants import from_milliseconds, to_milliseconds
from tabkeeper.model.sync_status import SyncStatus
from tabkeeper.store import outbox
from tabkeeper.store.trouble import StoreTrouble

RESTORED = "restored"
"""The name of when the file was last brought back from a backup, until everything was read since."""
SET_BACK = "set_back"
"""The name of when the server was seen to be in an older state than before, until a sweep has ended since."""
SWEEP_TO = "sweep_to"
"""The name of the start before which a sweep of older entries goes on; there is none between two sweeps."""
FETCHING_STOPPED = "fetching_stopped"
"""The name of the person's wish that no more of the older entries be fetched."""
NAMELESS = "nameless"
"""The name of whether something has no name yet, so that the lists of projects are to be read again."""


class AnotherAccount(StoreTrouble):
    """The file holds what belongs to another account."""


def bind(connection: sqlite3.Connection, account: Sequence[str], at: int) -> None:
    """Give the file to an account (server, user, workspace), for good; what it holds then waits to be sent.

    Raises `AnotherAccount` where it is another one's: what one person tracked is never sent as another's.
    """
    owner = get(connection, "account")
    if owner is None:
        put(connection, "account", list(account))
        outbox.mark_all_unknown(connection, at)
    elif owner != list(account):
        raise AnotherAccount(
            "This file belongs to another account, so nothing was sent and nothing was changed. Sign in with "
            "the token of the account it belongs to."
        )


def may_make_projects(connection: sqlite3.Connection) -> bool:
    """Whether new projects and clients are allowed: without an account always, in one by the role there."""
    return get(connection, "role") in (None, "owner", "admin")


def note_restored(connection: sqlite3.Connection, now: datetime) -> None:
    """Remember that the file is from a backup: all is read anew, and what the server lacks is asked about."""
    put(connection, RESTORED, to_milliseconds(now))
    _sweep_anew(connection)
    connection.execute("DELETE FROM absent")


def note_set_back(connection: sqlite3.Connection, at: int) -> None:
    """Remember that the server is in an older state than before: all is read anew, from where that shows."""
    if get(connection, SET_BACK) is None:
        put(connection, SET_BACK, at)
        _sweep_anew(connection)


def _sweep_anew(connection: sqlite3.Connection) -> None:
    """Let the sweep begin anew, and with it the count of what it has read."""
    for name in (SWEEP_TO, "read", "to_read"):
        put(connection, name, None)


def is_restored(connection: sqlite3.Connection) -> bool:
    """Whether the file is from a backup, and not everything was read since."""
    return get(connection, RESTORED) is not None


def went_back(connection: sqlite3.Connection) -> bool:
    """Whether file or server are in an older state than before: what either lacks is to be known at once."""
    return is_restored(connection) or get(connection, SET_BACK) is not None


def get(connection: sqlite3.Connection, name: str) -> Any:
    """Return a value, or None."""
    row = connection.execute("SELECT value FROM sync_state WHERE name = ?", (name,)).fetchone()
    return None if row is None else json.loads(row[0])


def put(connection: sqlite3.Connection, name: str, value: Any) -> None:
    """Keep a value; None takes it away."""
    if value is None:
        connection.execute("DELETE FROM sync_state WHERE name = ?", (name,))
        return
    connection.execute(
        "INSERT INTO sync_state (name, value) VALUES (?, ?) "
        "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, json.dumps(value)),
    )


def status(connection: sqlite3.Connection) -> SyncStatus:
    """Return how sync stands, as whoever syncs has last written it down."""
    if not outbox.belongs_to_an_account(connection):
        return SyncStatus()
    known = dict(connection.execute("SELECT name, value FROM sync_state").fetchall())
    values = {name: json.loads(value) for name, value in known.items()}
    waiting, refused = outbox.counts(connection)
    held: int = connection.execute("SELECT count(*) FROM absent WHERE held").fetchone()[0]
    return SyncStatus(
        signed_in=True,
        synced_at=_instant(values.get("synced_at")),
        failing_since=_instant(values.get("failing_since")),
        trouble=values.get("trouble"),
        words=values.get("words") or "",
        waiting=waiting,
        refused=refused,
        held=held,
        read=values.get("read") or 0,
        to_read=values.get("to_read") or 0,
        stopped=values.get(FETCHING_STOPPED) is True,
        clock_ahead_seconds=values.get("clock_ahead") or 0,
    )


def _instant(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else from_milliseconds(milliseconds)
