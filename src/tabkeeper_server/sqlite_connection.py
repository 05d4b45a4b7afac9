"""How SQLite is opened and asked: durable, with keys enforced, and one visit of its thread a statement.

aiosqlite keeps a connection on a thread of its own, and goes there to make a cursor, to execute, to fetch and
to close: four times for a statement. A visit costs more than most questions do, so here one does it all.
"""

import asyncio
import contextlib
import sqlite3
import time
from functools import partial
from typing import Any

import aiosqlite

# How long a writer waits for another process (an admin command, a backup) before it gives up.
BUSY_SECONDS = 15
_BUSY_PAUSE_SECONDS = 0.02


async def connect(database: str, **options: Any) -> aiosqlite.Connection:
    """Open a database for SQLAlchemy, whose matter the rest is. Raises sqlite3's own errors."""
    connection = _Connection(partial(_open, database, **options), iter_chunk_size=1)
    # A connection that nobody closed must not keep the process alive.
    connection._thread.daemon = True
    try:
        return await connection
    except BaseException:
        # The thread tells the loop that it ends, and would complain if the loop had gone before.
        await asyncio.to_thread(connection._thread.join)
        raise


class _Connection(aiosqlite.Connection):
    """Makes its cursors without asking the thread, and spares it a rollback of nothing."""

    def cursor(self) -> "_Cursor":  # type: ignore[override]
        return _Cursor(self)

    async def rollback(self) -> None:
        if self.in_transaction:
            await super().rollback()


class _Cursor(aiosqlite.Cursor):
    """A cursor that is read to its end as it executes, so that nothing of it stays open."""

    def __init__(self, connection: _Connection) -> None:
        self._conn = connection
        self._rows: list[Any] = []

    async def execute(self, sql: str, parameters: Any = None) -> "_Cursor":
        await self._execute(self._read_whole, sql, parameters or ())  # type: ignore[no-untyped-call]
        return self

    async def executemany(self, sql: str, parameters: Any) -> "_Cursor":
        self._cursor = await self._execute(  # type: ignore[no-untyped-call]
            self._conn._conn.executemany, sql, parameters
        )
        return self

    async def fetchall(self) -> list[Any]:
        return self._rows

    async def close(self) -> None:
        """Nothing is left to be closed."""

    def _read_whole(self, sql: str, parameters: Any) -> None:
        self._cursor = self._conn._conn.execute(sql, parameters)
        self._rows = self._cursor.fetchall()


def _open(database: str, **options: Any) -> sqlite3.Connection:
    # Python's driver must not begin transactions on its own: it would always begin them as a reader.
    connection: sqlite3.Connection = sqlite3.connect(
        database, timeout=BUSY_SECONDS, isolation_level=None, **options
    )
    with contextlib.ExitStack() as unless_done:
        unless_done.callback(connection.close)
        _change_to_wal(connection)
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        unless_done.pop_all()
    return connection


def _change_to_wal(connection: sqlite3.Connection) -> None:
    # SQLite does not wait its busy time-out here, as two who change a file at once would wait for each other.
    give_up = time.monotonic() + BUSY_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > give_up:
                raise
        time.sleep(_BUSY_PAUSE_SECONDS)
