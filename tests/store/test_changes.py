"""Transactions: all or nothing, what undo and sync need to know of them, and values that come back whole."""

from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from tests.clock import NOON
from tests.store.conftest import keep, kept, sign_in

from tabkeeper.model.catalogue import Client, Favourite, Project, Tag
from tabkeeper.model.entry import Draft, Entry
from tabkeeper.store import agreement, history, queries
from tabkeeper.store import changes as store_changes
from tabkeeper.store.file import Store

HOUR = timedelta(hours=1)


def marks(store: Store) -> list[tuple[str, str]]:
    """Return what waits for a sync, in its order."""
    rows = store.connection.execute("SELECT kind, row_id FROM outbox ORDER BY sequence")
    return [(row["kind"], row["row_id"]) for row in rows]


def fail_after_a_change(store: Store) -> None:
    with store.transaction() as changes:
        changes.put(Entry("lost", NOON))
        changes.record("add", "lost")
        raise ZeroDivisionError


def test_a_block_that_fails_leaves_nothing_behind(store: Store, path: Path) -> None:
    keep(store, "kept")
    before = marks(store)
    with pytest.raises(ZeroDivisionError):
        fail_after_a_change(store)
    assert kept(path) == ["kept"]
    assert marks(store) == before
    with store.reading() as connection:
        assert history.undoable(connection) == (1, "add", "kept")


def test_a_change_is_seen_by_others_when_its_block_has_ended_and_not_before(store: Store, path: Path) -> None:
    with store.transaction() as changes:
        changes.put(Entry("new", NOON, description="new"))
        with store.reading() as connection:
            assert queries.running(connection) == Entry("new", NOON, description="new")
        assert kept(path) == []
    assert kept(path) == ["new"]


def test_what_is_read_in_one_block_is_of_one_moment(store: Store, path: Path) -> None:
    other = Store.open(path)
    with store.reading() as connection:
        assert queries.running(connection) is None
        with other.transaction() as changes:
            changes.put(Entry("new", NOON))
        assert queries.running(connection) is None
    with store.reading() as connection:
        assert queries.running(connection) is not None
    other.close()


@pytest.mark.parametrize(
    "value",
    [
        Entry("e", NOON, NOON + HOUR, "Δ 🎉 שלום", "p", ("a", 'quote " and \\'), True, "42"),
        Entry("e", datetime.fromisoformat("1970-01-01T00:00:00.001+00:00")),
        Project("x", "Website", "c", "#112233", True, Decimal("1E+2"), "EUR", True, "7"),
        Project("x", "Website", hourly_rate=Decimal("80.500")),
        Client("x", "Acme", True, "9"),
        Tag("x", "bug", True, "8"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_comes_back_as_it_was_put_but_for_the_servers_id_which_sync_alone_writes(
    store: Store, value: Entry | Project | Client | Tag
) -> None:
    with store.transaction() as changes:
        changes.put(Client("c", "Client"))
        changes.put(Project("p", "Project"))
        changes.put(value)
    with store.reading() as connection:
        if isinstance(value, Entry):
            assert list(queries.entries(connection, None, None)) == [value._replace(remote_id=None)]
        else:
            projects, clients, tags, _ = queries.catalogue(connection)
            assert {**projects, **clients, **tags}[value.id] == value._replace(remote_id=None)


@pytest.mark.parametrize("billable", [None, True, False])
def test_a_favourite_comes_back_as_it_was_put(store: Store, billable: bool | None) -> None:
    favourite = Favourite("f", 3, Draft("Standup", None, ("daily",), billable))
    with store.transaction() as changes:
        changes.put(favourite)
    with store.reading() as connection:
        assert queries.favourites(connection) == [favourite]


def test_each_row_waits_for_a_sync_once_in_the_order_in_which_it_changed(store: Store) -> None:
    sign_in(store)
    keep(store, "a")
    keep(store, "b")
    with store.transaction() as changes:
        changes.put(Client("client-a", "renamed"))
    expected = [(kind, key) for name in "ab" for kind, key in (
        ("client", f"client-{name}"), ("project", f"project-{name}"), ("entry", name)
    )]  # fmt: skip
    assert marks(store) == expected


def test_what_no_server_knows_and_is_gone_needs_no_sync(store: Store) -> None:
    sign_in(store)
    known, unknown = Entry("known", NOON, NOON), Entry("unknown", NOON, NOON)
    with store.transaction() as changes, store.reading() as connection:
        changes.put(known)
        changes.put(unknown)
        agreement.tie(connection, "entry", "known", "1")
        changes.remove(known)
        changes.remove(unknown)
    assert marks(store) == [("entry", "known")]


def test_what_stays_the_same_is_no_change(store: Store) -> None:
    with store.transaction() as changes:
        changes.put(Tag("t", "bug"))
    with store.transaction() as changes:
        changes.put(Tag("t", "bug"))
        assert not changes.made
        changes.record("edit tag", "bug")
    assert store.connection.execute("SELECT count(*) FROM step").fetchone()[0] == 0


def test_what_is_deleted_keeps_its_row_and_its_id_until_it_comes_back(store: Store) -> None:
    keep(store, "a")
    entry = Entry("a", NOON, NOON, "a", "project-a", ("a",))
    with store.transaction() as changes:
        changes.remove(entry)
    with store.reading() as connection:
        assert list(queries.entries(connection, None, None)) == []
        assert connection.execute("SELECT deleted_at FROM entry").fetchone()["deleted_at"] is not None
    with store.transaction() as changes:
        changes.put(entry)
    with store.reading() as connection:
        assert list(queries.entries(connection, None, None)) == [entry]


def test_the_history_holds_its_limit_and_lets_the_oldest_go(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_changes, "HISTORY_LIMIT", 20)
    for number in range(25):
        with store.transaction() as changes:
            changes.put(Tag("t", str(number)))
            changes.record("rename tag", str(number))
    count, oldest = store.connection.execute("SELECT count(*), min(id) FROM step").fetchone()
    assert (count, oldest) == (20, 6)


def test_a_change_is_on_disk_when_its_block_has_ended(store: Store) -> None:
    modes = [
        store.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")
    ]
    assert modes == ["wal", 2]  # FULL: the log is written through at each commit
