"""The steps from an empty file to today's, and from an older file with a backup of it first."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from tests.clock import NOON, Clock
from tests.store.conftest import keep, kept

from tabkeeper.model.entry import Entry
from tabkeeper.model.refusal import Refused
from tabkeeper.store import backup, schema
from tabkeeper.store.file import Store
from tabkeeper.store.trouble import StoreTrouble


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> int:
    """Let the program be one migration ahead; returns the version before it."""
    before = schema.VERSION
    step = ("ALTER TABLE entry ADD COLUMN mood TEXT NOT NULL DEFAULT 'fine'",)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, step))
    monkeypatch.setattr(schema, "VERSION", before + 1)
    return before


def test_a_new_file_is_of_today_and_known_for_ours(store: Store) -> None:
    assert schema.version_of(store.connection) == schema.VERSION == len(schema.MIGRATIONS)
    assert schema.is_ours(store.connection)


def test_a_file_of_each_older_version_is_brought_up_to_date(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "new.db", isolation_level=None)) as connection:
        schema.migrate(connection)
        today = connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall()
    for version in range(schema.VERSION):
        path = tmp_path / f"{version}.db"
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            for step in schema.MIGRATIONS[:version]:
                for statement in step:
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {version}")
            connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID if version else 0}")
        store = Store.open(path)
        rows = store.connection.execute("SELECT type, name, sql FROM sqlite_schema ORDER BY name").fetchall()
        store.close()
        assert [tuple(row) for row in rows] == today


def test_before_a_migration_the_older_file_is_backed_up(
    store: Store, path: Path, clock: Clock, request: pytest.FixtureRequest
) -> None:
    keep(store, "old")
    store.close()
    before: int = request.getfixturevalue("newer")
    again = Store.open(path, clock=clock)
    assert again.connection.execute("SELECT mood FROM entry").fetchone()["mood"] == "fine"
    again.close()
    [copy] = backup.backups(path)
    assert kept(copy) == ["old"]
    with closing(sqlite3.connect(copy)) as connection:
        assert schema.version_of(connection) == before


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, "old")
    store.close()
    step = ("ALTER TABLE entry ADD COLUMN mood TEXT", "CREATE TABLE entry (x)")
    with monkeypatch.context() as patch:
        patch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, step))
        patch.setattr(schema, "VERSION", len(schema.MIGRATIONS))
        with pytest.raises(StoreTrouble, match="Nothing was changed"):
            Store.open(path)
    again = Store.open(path)
    assert "mood" not in again.connection.execute("SELECT * FROM entry").fetchone().keys()  # noqa: SIM118
    again.close()


def test_the_file_itself_holds_at_most_one_running_entry(store: Store) -> None:
    with store.transaction() as changes:
        changes.put(Entry("one", NOON))
    with (
        pytest.raises(Refused, match="Another timer is running already"),
        store.transaction() as changes,
    ):
        changes.put(Entry("other", NOON))
    with pytest.raises(sqlite3.IntegrityError):
        store.connection.execute(
            "INSERT INTO entry (id, start, stop, description, tags, billable) "
            "SELECT 'two', start, stop, '', '[]', 0 FROM entry"
        )


@pytest.mark.parametrize(
    "value",
    [Entry("x", NOON, NOON.replace(hour=11)), Entry("x", NOON, NOON, project_id="nowhere")],
    ids=["an end before its begin", "a project that is not there"],
)
def test_the_file_itself_refuses_what_cannot_be(store: Store, value: Entry) -> None:
    with pytest.raises(StoreTrouble, match="Nothing was changed"), store.transaction() as changes:
        changes.put(value)
    assert store.connection.execute("SELECT count(*) FROM entry").fetchone()[0] == 0
