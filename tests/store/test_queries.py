"""Questions to the file: which entries, in which order, of which words."""

from datetime import datetime, timedelta

import pytest
from tests.clock import NOON

from tabkeeper.model.entry import Entry
from tabkeeper.model.identity import new_id
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


IDS = [new_id(milliseconds) for milliseconds in (1_000, 1_000_000, 1_000_000_000)]


@pytest.fixture
def three(store: Store) -> Store:
    put(store, *(Entry(key, NOON, NOON) for key in IDS))
    return store


def like(store: Store, part: str) -> list[str]:
    with store.reading() as connection:
        return [entry.id for entry in queries.entries_like(connection, part)]


@pytest.mark.parametrize("length", [1, 4, 7, 8, 9, 20, 35, 36])
def test_entries_are_found_by_each_begin_and_end_of_their_ids_two_at_most(three: Store, length: int) -> None:
    for part in [key[:length] for key in IDS] + [key[-length:] for key in IDS]:
        having = {key for key in IDS if key.startswith(part) or key.endswith(part)}
        assert set(like(three, part)) <= having
        assert len(like(three, part)) == min(2, len(having))
    assert like(three, IDS[0][-8:].upper()) == [IDS[0]]


STRANGE = {
    "nothing": "",
    "a letter": "g",
    "zeros": "0000000000000",
    "a star": "*",
    "a percent sign": "%",
    "a hyphen": "-",
    "an id and more": IDS[0] + "0",
    "no id": "f" * 36,
    "an end and more": "0000" + IDS[0][-8:],
}


@pytest.mark.parametrize("part", STRANGE.values(), ids=STRANGE)
def test_what_no_id_begins_or_ends_with_finds_nothing(three: Store, part: str) -> None:
    assert like(three, part) == []


@pytest.mark.parametrize("length", [8, 12, 36])
def test_an_entry_is_looked_up_by_what_lists_show_of_its_id_and_not_searched(
    three: Store, length: int
) -> None:
    asked: list[str] = []
    three.connection.set_trace_callback(asked.append)
    like(three, IDS[0][-length:])
    three.connection.set_trace_callback(None)
    [question] = [sql for sql in asked if "FROM entry" in sql]
    plan = [row["detail"] for row in three.connection.execute(f"EXPLAIN QUERY PLAN {question}")]
    assert any(detail.startswith("SEARCH entry") for detail in plan)
    assert not [detail for detail in plan if detail.startswith("SCAN")]


def described(store: Store, text: str, limit: int = 8) -> list[str]:
    with store.reading() as connection:
        return [draft.description for draft in queries.drafts_described(connection, text, limit)]


@pytest.mark.parametrize(
    ("description", "typed"),
    [("Review", "REV"), ("Отчёт за май", "отчёт"), ("отчёт", "ОТЧ"), ("Größe", "GRÖSS"), ("ΟΔΟΣ", "οδος"),
     ("Ünal & Co", "ünal"), ("שלום", "לו"), ("👩‍🚀 launch", "🚀"), ("100%_[x]*", "%_[X]*")],
)  # fmt: skip
def test_what_was_done_is_found_whatever_the_case_in_every_script(
    store: Store, description: str, typed: str
) -> None:
    put(store, Entry("a", NOON, NOON, description), Entry("b", NOON, NOON, "something else"))
    assert described(store, typed) == [description]


def test_each_thing_that_was_done_is_found_once_also_behind_many_that_repeat(store: Store) -> None:
    repeated = [Entry(f"{n:04}", NOON + n * HOUR, NOON + n * HOUR, "Standup") for n in range(1, 600)]
    put(store, Entry("old", NOON, NOON, "Strategy", tags=("plan",)), *repeated)
    assert described(store, "st") == ["Standup", "Strategy"]
    assert described(store, "st", 1) == ["Standup"]
    with store.reading() as connection:
        assert queries.drafts_described(connection, "strat", 8)[0].tags == ("plan",)


def test_lists_are_read_from_an_index_however_long_they_are(store: Store) -> None:
    asked: list[str] = []
    store.connection.set_trace_callback(asked.append)
    ids(store, NOON, None)
    store.connection.set_trace_callback(None)
    [question] = [sql for sql in asked if sql.startswith("SELECT * FROM entry")]
    plan = store.connection.execute(f"EXPLAIN QUERY PLAN {question}").fetchall()
    assert [row["detail"] for row in plan] == ["SEARCH entry USING INDEX entry_by_start (start>?)"]
