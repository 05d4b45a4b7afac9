"""The connection to the database, and what it is opened for: to ask one thing, to read, or to write."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from pathlib import Path

from sqlalchemy import Connection, event
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from tabkeeper_server import sqlite_connection

CONNECTIONS = 10
# A statement that fails is logged with its error, but not with its parameters: those are what people wrote.
_HIDE_PARAMETERS = True


class Database:
    """One open database. SQLite has one writer at a time; PostgreSQL has as many as there are connections."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.is_sqlite = url.get_backend_name() == "sqlite"
        self._engine = _sqlite_engine(url) if self.is_sqlite else _postgresql_engine(url)
        if self.is_sqlite:
            self._reader = self._engine
            self._writer = self._engine.execution_options(begin="BEGIN IMMEDIATE")
            self._asker = self._engine.execution_options(begin=None)
        else:
            # One state throughout for who reads, so that a page and its total agree; for who writes, after
            # a lock was waited for, what was committed meanwhile.
            self._reader = self._engine.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
            self._writer = self._engine.execution_options(isolation_level="READ COMMITTED")
            self._asker = self._engine.execution_options(isolation_level="AUTOCOMMIT")
        # Within this process writers queue here, in order; SQLite's own waiting is polling, and unfair.
        self._turn: AbstractAsyncContextManager[None] = asyncio.Lock() if self.is_sqlite else nullcontext()

    def make_place(self) -> None:
        """Make the folder and the file of a SQLite database where they are not there, for this user alone."""
        if self.is_sqlite:
            file = Path(str(self.url.database))
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            if not file.exists():
                file.touch(mode=0o600)

    @asynccontextmanager
    async def asking(self) -> AsyncIterator[AsyncConnection]:
        """Open a connection for one question, which needs no transaction: that would cost as much again."""
        async with self._asker.connect() as connection:
            yield connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that sees one state of the database throughout, and writes nothing."""
        async with self._reader.connect() as connection, connection.begin():
            yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncConnection]:
        """Open a transaction that is committed when the block ends, and undone when it raises."""
        async with self._turn, self._writer.begin() as connection:
            yield connection

    async def close(self) -> None:
        """Close every connection."""
        await self._engine.dispose()


def _sqlite_engine(url: URL) -> AsyncEngine:
    engine = create_async_engine(
        url,
        connect_args={"async_creator_fn": sqlite_connection.connect},
        pool_size=CONNECTIONS,
        max_overflow=0,
        hide_parameters=_HIDE_PARAMETERS,
    )

    @event.listens_for(engine.sync_engine, "begin")
    def _begin(connection: Connection) -> None:
        if begin := connection.get_execution_options().get("begin", "BEGIN"):
            connection.exec_driver_sql(begin)

    return engine


def _postgresql_engine(url: URL) -> AsyncEngine:
    return create_async_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_pre_ping=True,
        hide_parameters=_HIDE_PARAMETERS,
    )
