"""Reading a list that is longer than a page, while others add to it and delete from it.

Offsets shift under the reader, so they are used only where nothing better is known. A list that is newest
first by `start` is read on from the start of the last row seen, which no addition or deletion moves.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

from tabkeeper.api.errors import UnexpectedAnswer
from tabkeeper.api.wire import PAGE_MAX, Page

Row = TypeVar("Row")

PASSES_MAX = 4
_TICK = timedelta(milliseconds=1)
_LAST_INSTANT = datetime.max.replace(tzinfo=UTC) - _TICK


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where to read on: rows that started before `to` (None: no bound), past the first `offset` of them."""

    to: datetime | None = None
    offset: int = 0
    limit: int = PAGE_MAX


@dataclass(frozen=True, slots=True)
class Listing(Generic[Row]):
    """How to read one list: a page at a cursor, and the id and the start (None: has none) of a row."""

    endpoint: str
    read: Callable[[Cursor], Awaitable[Page[Row]]]
    id_of: Callable[[Row], str]
    start_of: Callable[[Row], datetime | None]


@dataclass(frozen=True, slots=True)
class Pass(Generic[Row]):
    """A list read to its end, no id twice.

    `stable` says that it is what the server had at one time; only then does a row's absence mean anything.
    """

    rows: tuple[Row, ...]
    stable: bool


async def walk(listing: Listing[Row], cursor: Cursor) -> AsyncIterator[Row]:
    """Yield every row once. A row that is there all the while, and keeps its start, is never missed.

    Raises UnexpectedAnswer where the server repeats itself without an end.
    """
    seen: set[str] = set()
    stale = 0
    while True:
        page = await listing.read(cursor)
        before = len(seen)
        for row in page.data:
            if listing.id_of(row) not in seen:
                seen.add(listing.id_of(row))
                yield row
        fresh = len(seen) > before
        if _is_last(page, cursor, fresh):
            return
        # Rows of one instant are read again, but never more of them than were ever seen.
        stale = 0 if fresh else stale + len(page.data)
        if stale > len(seen):
            raise UnexpectedAnswer(listing.endpoint, f"{listing.endpoint} repeats itself without an end.")
        cursor = _following(listing, page, cursor)


def _is_last(page: Page[Row], cursor: Cursor, fresh: bool) -> bool:
    if page.total is None:
        # Nobody says how long the list or a page may be: it ends where nothing new comes.
        return not fresh
    return not page.data or cursor.offset + len(page.data) >= page.total


def _following(listing: Listing[Row], page: Page[Row], cursor: Cursor) -> Cursor:
    last = listing.start_of(page.data[-1])
    # One tick beyond, because others may have begun at the same instant.
    if last is not None and last < _LAST_INSTANT and (cursor.to is None or last + _TICK < cursor.to):
        return replace(cursor, to=last + _TICK, offset=0)
    return replace(cursor, offset=cursor.offset + len(page.data))


async def stable_pass(listing: Listing[Row], cursor: Cursor) -> Pass[Row]:
    """Read a list until it holds still: one answer with all of it, or two passes with the same rows.

    After four passes it gives up and says so by `stable`.
    """
    page = await listing.read(cursor)
    if page.total == len(page.data):
        return Pass(page.data, stable=True)
    rows: tuple[Row, ...] | None = None
    for _ in range(PASSES_MAX):
        previous, rows = rows, tuple([row async for row in walk(listing, cursor)])
        if rows == previous:
            return Pass(rows, stable=True)
    return Pass(rows or (), stable=False)
