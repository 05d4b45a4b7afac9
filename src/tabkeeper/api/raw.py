"""Lists of any endpoint with their rows unread, for whoever wants the server's JSON and not our types."""

from collections.abc import AsyncIterator
from datetime import datetime

import msgspec

from tabkeeper.api._call import query as query_of
from tabkeeper.api._pages import Cursor, Listing, walk
from tabkeeper.api._reader import unwrapped_list
from tabkeeper.api.client import Client
from tabkeeper.api.errors import UnexpectedAnswer
from tabkeeper.api.wire import PAGE_MAX, Instant, Page, parse_instant

ENTRIES_PATH = "/entries"
_PAGING = ("limit", "offset", "to")


class _Known(msgspec.Struct):
    """What paging needs to know of a row."""

    id: str | None = None
    start: str | None = None


class _Paging(msgspec.Struct):
    """The query parameters that paging takes over."""

    to: Instant | None = None
    limit: int = PAGE_MAX
    offset: int = 0


def each_row(
    client: Client, path: str, query: tuple[tuple[str, str], ...] = ()
) -> AsyncIterator[msgspec.Raw]:
    """Iterate over the rows of a list endpoint, however many pages, none twice.

    Raises ValueError for a `limit` or `offset` that is no number or a `to` that is no instant, and
    UnexpectedAnswer, while iterating, where the answer is no list.
    """
    bounds = dict(query)
    rest = tuple((name, value) for name, value in query if name not in _PAGING)
    endpoint = f"GET {path}"
    paging = _paging({name: bounds[name] for name in _PAGING if name in bounds})

    async def read(cursor: Cursor) -> Page[msgspec.Raw]:
        on = query_of(to=cursor.to, limit=cursor.limit, offset=cursor.offset)
        answer = await client.request("GET", path, query=rest + on)
        return _page(answer.body, path, endpoint)

    listing = Listing(endpoint, read, _id_of, _start_of if path == ENTRIES_PATH else lambda _: None)
    return walk(listing, Cursor(to=paging.to, offset=paging.offset, limit=paging.limit))


def _paging(given: dict[str, str]) -> _Paging:
    try:
        return msgspec.convert(given, _Paging, strict=False)
    except msgspec.ValidationError:
        raise ValueError(
            "A list is read in pages by limit and offset, whole numbers, and by to, an instant such as "
            "2026-05-24T14:00:00Z."
        ) from None


def _page(body: bytes, path: str, endpoint: str) -> Page[msgspec.Raw]:
    try:
        rows, total = unwrapped_list(_outline(body), path.rpartition("/")[2])
    except (msgspec.DecodeError, ValueError, RecursionError):
        raise UnexpectedAnswer(endpoint, f"{endpoint} answered no list.") from None
    return Page(data=tuple(row for row in rows if isinstance(row, msgspec.Raw)), total=total)


def _outline(body: bytes) -> object:
    """Decode an answer no deeper than the rows of the lists in it."""
    if body.lstrip()[:1] == b"[":
        return msgspec.json.decode(body, type=list[msgspec.Raw])
    fields = msgspec.json.decode(body, type=dict[str, msgspec.Raw])
    return {
        name: msgspec.json.decode(value, type=list[msgspec.Raw] if bytes(value)[:1] == b"[" else object)
        for name, value in fields.items()
    }


def _known(row: msgspec.Raw) -> _Known:
    try:
        return msgspec.json.decode(row, type=_Known)
    except msgspec.DecodeError:
        return _Known()


def _id_of(row: msgspec.Raw) -> str:
    return _known(row).id or bytes(row).decode("utf-8", "replace")


def _start_of(row: msgspec.Raw) -> datetime | None:
    try:
        return parse_instant(_known(row).start or "")
    except ValueError:
        return None
