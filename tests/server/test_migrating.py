"""The schema: the migrations make exactly the tables, once, and a newer database is left alone."""

import asyncio
import sqlite3
import subprocess
import warnings
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from tests.server_process import COMMAND, ServerProcess, serving

from tabkeeper_server.database import Database
from tabkeeper_server.migrating import DatabaseError, migrate
from tabkeeper_server.settings import database_url
from tabkeeper_server.tables import metadata


async def test_the_migrations_make_the_tables_that_the_queries_know(server: ServerProcess) -> None:
    def differences(connection: Connection) -> list[Any]:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        with warnings.catch_warnings():
            # Indexes on expressions cannot be compared on SQLite; on PostgreSQL they are.
            warnings.filterwarnings("ignore", message="autogenerate skipping|Skipped unsupported")
            return list(compare_metadata(context, metadata))

    database = Database(database_url(server.database))
    async with database.reading() as connection:
        assert await connection.run_sync(differences) == []
    await database.close()


async def test_servers_that_start_at_once_take_turns(tmp_path: Path) -> None:
    url = database_url(f"sqlite:///{tmp_path / 'x.sqlite'}")
    databases = [Database(url) for _ in range(5)]
    await asyncio.gather(*(migrate(database) for database in databases))
    async with databases[0].reading() as connection:
        assert await connection.scalar(text("SELECT count(*) FROM alembic_version")) == 1
    for database in databases:
        await database.close()


async def test_a_database_that_never_answers_is_refused_with_that_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(_: Database) -> None:
        raise TimeoutError

    monkeypatch.setattr(Database, "make_place", never)
    with pytest.raises(DatabaseError, match="cannot be used: it did not answer in time"):
        await migrate(Database(database_url(f"sqlite:///{tmp_path / 'x.sqlite'}")))


def test_a_newer_database_is_refused_and_left_untouched(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        server.team()
    file = tmp_path / "server.sqlite"
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
    before = file.read_bytes()
    words = (*COMMAND, "run", "--port", "0", "--database", f"sqlite:///{file}")
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "newer Tabkeeper server" in done.stderr
    assert file.read_bytes() == before


@pytest.mark.parametrize("content", [b"this is not a database, whatever its name says" * 100])
def test_a_file_that_is_no_database_is_refused_and_left_untouched(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "server.sqlite"
    file.write_bytes(content)
    words = (*COMMAND, "run", "--port", "0", "--database", f"sqlite:///{file}")
    done = subprocess.run(words, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "cannot be used" in done.stderr
    assert "Traceback" not in done.stderr
    assert file.read_bytes() == content
