"""The endpoints of time entries, as one call each, and two ways to read more of them than a page."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import TypedDict, Unpack

import msgspec

from tabkeeper.api._call import Call, Perform, path_to, query
from tabkeeper.api._pages import Cursor, Listing, Pass, stable_pass, walk
from tabkeeper.api._reader import expect_json, read_current, read_one, read_page
from tabkeeper.api.errors import NotFound
from tabkeeper.api.wire import Entry, EntryCreate, EntryPatch, EntryStart, Page, to_json

NO_CONTENT = 204


class EntryFilter(TypedDict, total=False):
    """Which entries: `start` from `from_` (inclusive) to `to` (exclusive), both with a time zone; and so on.

    `user_id` works for admins and owners; a member sees their own entries whatever it says.
    """

    from_: datetime | None
    to: datetime | None
    project_id: str | None
    billable: bool | None
    user_id: str | None


class _Keyed(msgspec.Struct):
    """All that is read of a body that is sent again: whether the rest is as it should be, the server says."""

    idempotency_key: str | None = None


class Entries:
    """`client.entries`: time entries. Instants are aware; durations are whole seconds."""

    def __init__(self, perform: Perform) -> None:
        self._perform = perform

    async def list(
        self, *, limit: int | None = None, offset: int | None = None, **which: Unpack[EntryFilter]
    ) -> Page[Entry]:
        """Return one page, newest first by `start`: 50 entries where `limit` (at most 200) is not given.

        >>> from datetime import UTC, datetime
        >>> page = await client.entries.list(from_=datetime(2026, 11, 1, tzinfo=UTC), billable=True, limit=20)
        >>> page.limit, page.offset, len(page.data) == page.total
        (20, 0, True)
        """
        call = Call("GET", "/entries", query(**which, limit=limit, offset=offset), repeatable=True)
        answer = await self._perform(call)
        return read_page(Entry, answer.body, call.endpoint)

    def each(self, **which: Unpack[EntryFilter]) -> AsyncIterator[Entry]:
        """Iterate over all of them, newest first, however many pages; entries added meanwhile do no harm.

        No entry comes twice, and none that is there all the while is missed.

        >>> seconds = 0
        >>> async for entry in client.entries.each():
        ...     seconds += entry.duration or 0
        >>> seconds >= 0
        True
        """
        return walk(self._listing(which), Cursor(to=which.get("to")))

    async def stable_pass(self, **which: Unpack[EntryFilter]) -> Pass[Entry]:
        """Read all of them until what is read holds still, and say whether it did.

        Only what is absent from a stable pass may be taken for deleted.

        >>> entries = await client.entries.stable_pass()
        >>> entries.stable, len(entries.rows) == len({entry.id for entry in entries.rows})
        (True, True)
        """
        return await stable_pass(self._listing(which), Cursor(to=which.get("to")))

    async def create(self, entry: EntryCreate) -> Entry:
        """Create an entry; without `stop` it runs, and what ran before is stopped at its start.

        With an `idempotency_key` it is tried again after a failure, and can never become two entries.

        >>> from datetime import UTC, datetime
        >>> from tabkeeper.api import wire
        >>> entry = await client.entries.create(
        ...     wire.EntryCreate(
        ...         description="Drafting Q2 retainer renewal",
        ...         tags=("client-work", "writing"),
        ...         start=datetime(2026, 5, 24, 14, 0, tzinfo=UTC),
        ...         stop=datetime(2026, 5, 24, 15, 30, tzinfo=UTC),
        ...         billable=True,
        ...         idempotency_key="renewal-draft-2026-05-24",
        ...     )
        ... )
        >>> entry.duration, entry.tags
        (5400, ('client-work', 'writing'))
        """
        return await self._create(to_json(entry), repeatable=entry.idempotency_key is not None)

    async def create_again(self, body: bytes) -> Entry:
        """Send a create once more, byte for byte: `body` is what `wire.to_json` gave the first time.

        For a create whose answer was lost, perhaps days ago: with the key in it the server answers the
        entry of the first time.

        >>> from datetime import UTC, datetime
        >>> from tabkeeper.api import wire
        >>> began = datetime(2026, 5, 25, 9, 0, tzinfo=UTC)
        >>> draft = wire.EntryCreate(start=began, stop=began, idempotency_key="a-lost-answer")
        >>> first = await client.entries.create(draft)
        >>> (await client.entries.create_again(wire.to_json(draft))).id == first.id
        True
        """
        key = msgspec.json.decode(body, type=_Keyed).idempotency_key
        return await self._create(body, repeatable=key is not None)

    async def current(self) -> Entry | None:
        """Return the running entry, or None.

        >>> running = await client.entries.current()
        >>> running is None or running.stop is None
        True
        """
        call = Call("GET", "/entries/current", repeatable=True)
        answer = await self._perform(call)
        return None if answer.status == NO_CONTENT else read_current(answer.body, call.endpoint)

    async def start(self, entry: EntryStart) -> Entry:
        """Start a timer at the server's now; what ran before is stopped at the same instant.

        Never tried again by itself: a second start would stop the first.

        >>> from tabkeeper.api import wire
        >>> entry = await client.entries.start(wire.EntryStart(description="Code review"))
        >>> entry.stop is None
        True
        """
        call = Call("POST", "/entries/start", body=to_json(entry))
        answer = await self._perform(call)
        return read_one(Entry, answer.body, call.endpoint)

    async def stop(self) -> Entry:
        """Stop whatever runs and return it; raises NotFound where nothing does.

        >>> from tabkeeper.api import wire
        >>> started = await client.entries.start(wire.EntryStart(description="Code review"))
        >>> stopped = await client.entries.stop()
        >>> stopped.id == started.id, stopped.stop is None
        (True, False)
        """
        call = Call("POST", "/entries/stop")
        answer = await self._perform(call)
        return read_one(Entry, answer.body, call.endpoint)

    async def update(self, entry_id: str, changes: EntryPatch) -> Entry:
        """Change what `changes` names and return the entry; `stop=None` lets it run again.

        >>> from tabkeeper.api import wire
        >>> started = await client.entries.start(wire.EntryStart(description="Drafting"))
        >>> changes = wire.EntryPatch(description="Revised", billable=True)
        >>> entry = await client.entries.update(started.id, changes)
        >>> entry.description, entry.billable, entry.start == started.start
        ('Revised', True, True)
        """
        call = Call("PATCH", path_to("/entries", entry_id), body=to_json(changes), repeatable=True)
        answer = await self._perform(call)
        return read_one(Entry, answer.body, call.endpoint)

    async def delete(self, entry_id: str) -> None:
        """Delete an entry for good; raises NotFound where there is none.

        >>> from tabkeeper.api import wire
        >>> started = await client.entries.start(wire.EntryStart(description="By mistake"))
        >>> await client.entries.delete(started.id)
        """
        call = Call("DELETE", path_to("/entries", entry_id), repeatable=True)
        try:
            answer = await self._perform(call)
            if answer.status != NO_CONTENT:
                expect_json(answer.body, call.endpoint)
        except NotFound as missing:
            # The answer to an earlier try was lost, and that try may have deleted it; of that a proxy's own
            # 404 says nothing.
            if missing.code is None or not missing.maybe_done_before:
                raise

    async def _create(self, body: bytes, *, repeatable: bool) -> Entry:
        call = Call("POST", "/entries", body=body, repeatable=repeatable)
        answer = await self._perform(call)
        return read_one(Entry, answer.body, call.endpoint)

    def _listing(self, which: EntryFilter) -> Listing[Entry]:
        async def read(cursor: Cursor) -> Page[Entry]:
            bounded: EntryFilter = {**which, "to": cursor.to}
            return await self.list(**bounded, limit=cursor.limit, offset=cursor.offset)

        return Listing("GET /entries", read, lambda entry: entry.id, lambda entry: entry.start)
