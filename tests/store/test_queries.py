"""Questions to the file: which entries, in which order, of which words."""

from datetime import datetime, timedelta

import pytest
from tests.store.conftest import NOON

from tabkeeper.model.entry import Entry
from tabkeeper.store import queries
from tabkeeper.store.file import Store

HOUR = timedelta(hours=1)


def put(store: Store, *entries: Entry) -> None:
    with store.transaction() as changes:
        for entry in entries:
            changes.put(entry)


def ids(store: Store, start: datetime | None, stop: datetime | None, limit: int | None = None) -> str:
    with store.reading() as connection:
        return "".join(entry.id for entry in queries.entries(connection, start, stop, limit))


@pytest.fixture
def four(store: Store) -> Store:
    """Entries a to d, an hour apart, of which the last two begin at the same moment; d runs."""
    put(
        store,
        Entry("a", NOON, NOON + HOUR, tags=("bug",)),
        Entry("b", NOON + HOUR, NOON + 2 * HOUR, tags=("bug report", "Bug")),
        Entry("c", NOON + 2 * HOUR, NOON + 3 * HOUR, tags=("x", "bug")),
        Entry("d", NOON + 2 * HOUR),
    )
    return store


def test_entries_come_newest_first_and_in_one_order_where_they_begin_together(four: Store) -> None:
    assert ids(four, None, None) == "dcba"
    assert ids(four, None, None, 2) == "dc"
    assert ids(four, None, None, 0) == ""


def test_a_range_takes_its_begin_and_leaves_its_end(four: Store) -> None:
    assert ids(four, NOON + HOUR, NOON + 2 * HOUR) == "b"
    assert ids(four, NOON + HOUR, None) == "dcb"
    assert ids(four, None, NOON + HOUR) == "a"


def test_the_last_that_has_ended_is_neither_the_running_one_nor_a_planned_one(four: Store) -> None:
    with four.reading() as connection:
        for hours, expected in ((5, "c"), (1, "b"), (0, "a")):
            found = queries.last_stopped(connection, NOON + hours * HOUR)
            assert found is not None
            assert found.id == expected
        assert queries.last_stopped(connection, NOON - HOUR) is None
        running = queries.running(connection)
        assert running is not None
        assert running.id == "d"


def test_an_entry_carries_a_tag_only_by_its_whole_name(four: Store) -> None:
    with four.reading() as connection:
        assert [entry.id for entry in queries.entries_tagged(connection, "bug")] == ["c", "a"]
        assert queries.entries_tagged(connection, "") == []


def test_lists_are_read_from_an_index_however_long_they_are(store: Store) -> None:
    asked: list[str] = []
    store.connection.set_trace_callback(asked.append)
    ids(store, NOON, None)
    store.connection.set_trace_callback(None)
    [question] = [sql for sql in asked if sql.startswith("SELECT * FROM entry")]
    plan = store.connection.execute(f"EXPLAIN QUERY PLAN {question}").fetchall()
    assert [row["detail"] for row in plan] == ["SEARCH entry USING INDEX entry_by_start (start>?)"]
