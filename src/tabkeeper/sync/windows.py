"""Reading the server's entries so that absence means something: each answer is whole for a range of starts.

The list is newest first, so a page read from its beginning is complete from the start of its last row on,
whatever others add or delete: it is one answer, and cannot be torn. The next page begins at that start, and
not at an offset. Only entries of one and the same instant that fill a page are read by offsets, until they
hold still.
"""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from tabkeeper.api import Client, UnexpectedAnswer, wire

ROWS_A_PAGE = wire.PAGE_MAX
_TICK = timedelta(milliseconds=1)
_LAST = datetime.max.replace(tzinfo=UTC) - _TICK
_ENDPOINT = "GET /entries"


class Stretch(NamedTuple):
    """All entries of the person that start from `start` on and before `stop` (None: no bound), newest first.

    `total` counts those of the whole list that was asked for, where the server says.
    """

    rows: tuple[wire.Entry, ...]
    start: datetime | None
    stop: datetime | None
    total: int | None


async def stretches(
    client: Client, user_id: str, start: datetime | None, stop: datetime | None
) -> AsyncIterator[Stretch]:
    """Yield a range in stretches, the newest first. Raises `UnexpectedAnswer` for lists of another order."""
    while start is None or stop is None or start < stop:
        page = await client.entries.list(from_=start, to=stop, user_id=user_id, limit=ROWS_A_PAGE)
        _check(page, start, stop)
        if not page.data or page.total == len(page.data):
            yield _own(page.data, user_id, Stretch((), start, stop, page.total))
            return
        oldest = page.data[-1].start
        if stop is not None and oldest + _TICK >= stop:
            yield await _instant(client, user_id, oldest, page.total)
            stop = oldest
            continue
        yield _own(page.data, user_id, Stretch((), oldest + _TICK, stop, page.total))
        stop = oldest + _TICK


async def _instant(client: Client, user_id: str, instant: datetime, total: int | None) -> Stretch:
    """Read the entries of one instant, of which there are more than a page holds."""
    read = await client.entries.stable_pass(from_=instant, to=instant + _TICK, user_id=user_id)
    if not read.stable:
        raise UnexpectedAnswer(_ENDPOINT, "The server's list did not hold still while it was read.")
    return _own(read.rows, user_id, Stretch((), instant, instant + _TICK, total))


def _check(page: wire.Page[wire.Entry], start: datetime | None, stop: datetime | None) -> None:
    rows = page.data
    if not rows and page.total:
        raise UnexpectedAnswer(_ENDPOINT, f"{_ENDPOINT} counts {page.total} entries but shows none.")
    if rows and rows[0].start > _LAST:
        raise UnexpectedAnswer(_ENDPOINT, f"{_ENDPOINT} shows an entry at the calendar's end.")
    if any(older.start > newer.start for newer, older in pairwise(rows)):
        raise UnexpectedAnswer(_ENDPOINT, f"{_ENDPOINT} is not newest first.")
    if rows and (
        (stop is not None and rows[0].start >= stop) or (start is not None and rows[-1].start < start)
    ):
        raise UnexpectedAnswer(_ENDPOINT, f"{_ENDPOINT} shows entries that were not asked for.")


def _own(rows: tuple[wire.Entry, ...], user_id: str, stretch: Stretch) -> Stretch:
    """Return the stretch with the person's own rows: to admins a server may show those of others."""
    return stretch._replace(rows=tuple(row for row in rows if is_own(row, user_id)))


def is_own(row: wire.Entry, user_id: str) -> bool:
    """Whether an entry is the person's, as it is where the server does not say whose."""
    return row.user_id in (None, user_id)
