"""Reading a list to its end while others add to it and delete from it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabkeeper.api import UnexpectedAnswer
from tabkeeper.api._pages import Cursor, Listing, stable_pass, walk
from tabkeeper.api.wire import Page

NOON = datetime(2026, 5, 24, 12, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Row:
    """Something with an id and a start in minutes after noon."""

    id: str
    minute: int

    @property
    def start(self) -> datetime:
        return NOON + timedelta(minutes=self.minute)


@dataclass
class Shelf:
    """A list that is newest first, read by pages, and changed by `between` before each page but the first."""

    rows: list[Row]
    between: Callable[["Shelf"], None] = lambda shelf: None
    counts: bool = True
    timed: bool = True
    page: int = 3
    reads: list[Cursor] = field(default_factory=list)

    async def read(self, cursor: Cursor) -> Page[Row]:
        if self.reads:
            self.between(self)
        self.reads.append(cursor)
        rows = sorted(self.rows, key=lambda row: (-row.minute, row.id))
        rows = [row for row in rows if cursor.to is None or row.start < cursor.to]
        part = tuple(rows[cursor.offset : cursor.offset + self.page])
        return Page(data=part, total=len(rows) if self.counts else None)

    @property
    def listing(self) -> Listing[Row]:
        def start_of(row: Row) -> datetime | None:
            return row.start if self.timed else None

        return Listing("GET /rows", self.read, lambda row: row.id, start_of)


def rows(*minutes: int) -> list[Row]:
    return [Row(f"r{number}", minute) for number, minute in enumerate(minutes)]


async def walked(shelf: Shelf) -> list[Row]:
    return [row async for row in walk(shelf.listing, Cursor())]


@pytest.mark.parametrize("counts", [True, False])
@pytest.mark.parametrize("timed", [True, False])
@pytest.mark.parametrize("length", [0, 1, 3, 4, 7, 12])
async def test_every_row_comes_once_in_order(counts: bool, timed: bool, length: int) -> None:
    shelf = Shelf(rows(*range(length, 0, -1)), counts=counts, timed=timed)
    assert await walked(shelf) == shelf.rows


async def test_a_list_that_fits_a_page_takes_one_request() -> None:
    shelf = Shelf(rows(3, 2, 1))
    await walked(shelf)
    assert len(shelf.reads) == 1


@pytest.mark.parametrize("counts", [True, False])
async def test_more_rows_of_one_instant_than_a_page_holds_are_all_read(counts: bool) -> None:
    shelf = Shelf(rows(9, *[5] * 10, 1, 0), counts=counts)
    if counts:
        assert sorted(row.id for row in await walked(shelf)) == sorted(row.id for row in shelf.rows)
    else:
        assert len(await walked(shelf)) == len({row.id for row in await walked(shelf)})


additions = st.tuples(st.just("add"), st.integers(0, 40))
removals = st.tuples(st.just("remove"), st.integers(0, 60))
changes = st.lists(st.lists(additions | removals, max_size=4), max_size=20)


@given(st.lists(st.integers(0, 40), max_size=25), changes, st.booleans())
async def test_what_stays_is_never_missed_and_nothing_comes_twice(
    minutes: list[int], happenings: list[list[tuple[str, int]]], counts: bool
) -> None:
    # More rows of one minute than a page holds can only be read on by offset, which others do move.
    minutes = [minute for place, minute in enumerate(minutes) if minutes[:place].count(minute) < 1]
    happenings = list(happenings)
    removed: set[str] = set()

    def between(shelf: Shelf) -> None:
        for what, number in happenings.pop() if happenings else ():
            if what == "add" and number not in {row.minute for row in shelf.rows}:
                shelf.rows.append(Row(f"new{number}-{len(happenings)}", number))
            elif what == "remove" and shelf.rows:
                removed.add(shelf.rows.pop(number % len(shelf.rows)).id)

    shelf = Shelf(rows(*minutes), between, counts=counts)
    at_first = {row.id for row in shelf.rows}
    got = [row.id for row in await walked(shelf)]
    assert len(got) == len(set(got))
    assert at_first - removed <= set(got)


async def test_a_server_that_repeats_itself_without_an_end_is_noticed() -> None:
    async def read(cursor: Cursor) -> Page[Row]:
        return Page(data=tuple(rows(5, 4)), total=10**9)

    with pytest.raises(UnexpectedAnswer, match="without an end"):
        await stable_pass(Listing("GET /rows", read, lambda row: row.id, lambda row: row.start), Cursor())


# Passes


async def test_one_answer_with_everything_is_stable_at_once() -> None:
    shelf = Shelf(rows(2, 1))
    result = await stable_pass(shelf.listing, Cursor())
    assert (list(result.rows), result.stable, len(shelf.reads)) == (shelf.rows, True, 1)


async def test_two_equal_passes_are_stable() -> None:
    shelf = Shelf(rows(*range(10, 0, -1)))
    result = await stable_pass(shelf.listing, Cursor())
    assert (list(result.rows), result.stable) == (shelf.rows, True)


async def test_a_list_of_unknown_length_is_stable_only_when_read_twice() -> None:
    shelf = Shelf(rows(2, 1), counts=False)
    result = await stable_pass(shelf.listing, Cursor())
    assert (list(result.rows), result.stable) == (shelf.rows, True)
    assert len(shelf.reads) > 2


async def test_a_list_that_changes_once_is_read_until_it_holds_still() -> None:
    def delete_one(shelf: Shelf) -> None:
        if len(shelf.reads) == 3:
            shelf.rows = shelf.rows[1:]

    shelf = Shelf(rows(*range(10, 0, -1)), delete_one)
    result = await stable_pass(shelf.listing, Cursor())
    assert (list(result.rows), result.stable) == (shelf.rows, True)


async def test_a_list_that_never_holds_still_is_said_to_be_torn_and_has_no_id_twice() -> None:
    def add_one(shelf: Shelf) -> None:
        shelf.rows.append(Row(f"new{len(shelf.reads)}", 100 + len(shelf.reads)))

    shelf = Shelf(rows(*range(10, 0, -1)), add_one)
    result = await stable_pass(shelf.listing, Cursor())
    assert not result.stable
    assert len(result.rows) == len({row.id for row in result.rows})
