"""What was deleted long ago leaves the file for good with a day's backup, unless something needs it."""

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from tests.clock import NOON, Clock
from tests.store.conftest import kept

from tabkeeper.model.catalogue import Client, Favourite, Project, Tag
from tabkeeper.model.entry import Draft, Entry
from tabkeeper.store import backup, history, queries
from tabkeeper.store.changes import Changes
from tabkeeper.store.file import Store
from tabkeeper.store.purge import KEPT

ALL = (
    Client("client", "Acme"), Project("project", "Website", "client"), Tag("tag", "bug"),
    Favourite("favourite", 1, Draft("x", "project")), Entry("entry", NOON, NOON, "x", "project"),
)  # fmt: skip


def ids(store: Store) -> set[str]:
    """Return the ids of all rows, deleted ones too."""
    with store.reading() as connection:
        tables = ("client", "project", "tag", "favourite", "entry")
        rows = [connection.execute(f"SELECT id FROM {table}").fetchall() for table in tables]
    return {row["id"] for found in rows for row in found}


def step(store: Store, change: Callable[[Changes], None], *, record: bool = False) -> None:
    with store.transaction() as changes:
        change(changes)
        if record:
            changes.record("delete", "x")


@pytest.fixture
def deleted(store: Store) -> Store:
    """One of each kind, all deleted, in steps that nobody can undo any more."""
    for value in ALL:
        step(store, lambda changes, value=value: changes.put(value))
    for value in reversed(ALL):
        step(store, lambda changes, value=value: changes.remove(value))
    return store


def test_what_was_deleted_long_ago_is_gone_and_in_the_backup_of_that_day(
    deleted: Store, clock: Clock, path: Path
) -> None:
    clock.now += KEPT + timedelta(days=1)
    copy = deleted.back_up_daily()
    assert copy is not None
    assert ids(deleted) == set()
    assert kept(path) == []
    assert kept(copy) == ["x"]


def test_what_was_deleted_lately_stays(deleted: Store, clock: Clock) -> None:
    clock.now += KEPT
    deleted.back_up_daily()
    assert ids(deleted) == {value.id for value in ALL}


def test_what_is_not_deleted_stays_however_old_it_is(store: Store, clock: Clock) -> None:
    for value in ALL:
        step(store, lambda changes, value=value: changes.put(value))
    clock.now += 40 * KEPT
    store.back_up_daily()
    assert ids(store) == {value.id for value in ALL}


def test_nothing_is_purged_without_a_backup(deleted: Store, clock: Clock, path: Path) -> None:
    clock.now += KEPT + timedelta(days=1)
    backup.back_up(deleted.connection, path, clock.now)
    assert deleted.back_up_daily() is None
    assert ids(deleted) == {value.id for value in ALL}


def test_what_can_be_undone_stays_and_comes_back(store: Store, clock: Clock) -> None:
    entry = Entry("entry", NOON, NOON, "x")
    step(store, lambda changes: changes.put(entry))
    step(store, lambda changes: changes.remove(entry), record=True)
    clock.now += 10 * KEPT
    store.back_up_daily()
    with store.transaction() as changes, store.reading() as connection:
        last = history.undoable(connection)
        assert last is not None
        history.take_back(connection, changes, last)
    with store.reading() as connection:
        assert list(queries.entries(connection, None, None)) == [entry]


@pytest.mark.parametrize("table", ["outbox", "request", "overruled", "absent"])
def test_what_a_sync_needs_stays(deleted: Store, clock: Clock, table: str) -> None:
    columns = [row["name"] for row in deleted.connection.execute(f"PRAGMA table_info({table})")]
    values = ["'entry'" if name in ("kind", "row_id") else "9" for name in columns]
    deleted.connection.execute(f"INSERT INTO {table} VALUES ({', '.join(values)})")
    clock.now += 10 * KEPT
    deleted.back_up_daily()
    assert ids(deleted) >= {"entry", "project", "client"}
    assert "tag" not in ids(deleted)


def test_a_project_stays_for_as_long_as_anything_is_on_it(store: Store, clock: Clock) -> None:
    for value in ALL:
        step(store, lambda changes, value=value: changes.put(value))
    for value in ALL[:3]:
        step(store, lambda changes, value=value: changes.remove(value))
    clock.now += 10 * KEPT
    store.back_up_daily()
    assert ids(store) == {"client", "project", "favourite", "entry"}
    with closing(store.connection.execute("PRAGMA foreign_key_check")) as broken:
        assert broken.fetchall() == []
