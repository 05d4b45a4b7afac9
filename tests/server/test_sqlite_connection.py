"""SQLite as the server opens it: what is asked of its thread, and what is left behind by who gives up."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiosqlite
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection

from tabkeeper_server.database import CONNECTIONS, Database
from tabkeeper_server.settings import database_url

# Long enough to be given up in the middle.
LONG = text(
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500000) SELECT max(i) FROM n"
)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    opened = Database(database_url(f"sqlite:///{tmp_path / 'server.sqlite'}"))
    async with opened.writing() as connection:
        await connection.execute(text("CREATE TABLE words (word TEXT PRIMARY KEY)"))
    yield opened
    await opened.close()


async def words_in(database: Database) -> list[str]:
    async with database.reading() as connection:
        return list(await connection.scalars(text("SELECT word FROM words ORDER BY word")))


async def add(connection: AsyncConnection, *words: str) -> None:
    await connection.execute(text("INSERT INTO words VALUES (:word)"), [{"word": word} for word in words])


async def test_a_statement_with_its_rows_is_one_visit_of_the_thread(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    visits: list[object] = []
    visit = aiosqlite.Connection._execute

    async def counted(connection: aiosqlite.Connection, *what: Any) -> Any:
        visits.append(what)
        return await visit(connection, *what)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    async with database.writing() as connection:
        await add(connection, "one", "two")
    assert len(visits) == len(("begin", "insert", "commit"))
    visits.clear()
    async with database.asking() as connection:
        assert (await connection.scalars(text("SELECT word FROM words"))).all() == ["one", "two"]
    assert len(visits) == len(("select",))


async def test_what_was_given_up_in_the_middle_is_undone_and_stands_in_nobodys_way(
    database: Database,
) -> None:
    async def write_long(began: asyncio.Event) -> None:
        async with database.writing() as connection:
            await add(connection, "given up")
            began.set()
            await connection.execute(LONG)

    for _ in range(2):
        began = asyncio.Event()
        writer = asyncio.create_task(write_long(began))
        await began.wait()
        writer.cancel()
        await asyncio.wait({writer})
        assert writer.cancelled()
    async with database.writing() as connection:
        await add(connection, "kept")
    assert await words_in(database) == ["kept"]


async def test_every_connection_is_durable_and_keeps_its_keys(database: Database) -> None:
    async def asked(pragma: str) -> Any:
        async with database.reading() as connection:
            await everybody.wait()
            return await connection.scalar(text(f"PRAGMA {pragma}"))

    for pragma, wanted in (("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1)):
        everybody = asyncio.Barrier(CONNECTIONS)
        assert await asyncio.gather(*(asked(pragma) for _ in range(CONNECTIONS))) == [wanted] * CONNECTIONS


async def test_a_statement_that_fails_leaves_the_connection_as_good_as_before(database: Database) -> None:
    async def fail() -> None:
        async with database.writing() as connection:
            await add(connection, "undone")
            await connection.execute(text("SELECT * FROM nowhere"))

    for _ in range(CONNECTIONS + 1):
        with pytest.raises(OperationalError, match="no such table"):
            await fail()
    assert await words_in(database) == []
