"""Two looks before an entry is sent: at what runs elsewhere, and for what the server may have of it."""

import sqlite3

from tabkeeper.api import wire
from tabkeeper.model.instants import from_milliseconds
from tabkeeper.store import agreement, outbox
from tabkeeper.store.agreement import Known
from tabkeeper.sync import absorb
from tabkeeper.sync.session import Session
from tabkeeper.sync.translate import arrival, sent_fields


async def mind_who_runs(session: Session, row_id: str) -> None:
    """Before a timer is sent, give way to one that began later elsewhere.

    A start that arrives late would stop that one on a server which takes starts as they come.
    """
    start = _start_to_send(session, row_id)
    if start is None:
        return
    current = await session.client.entries.current()
    if current is None or current.start <= from_milliseconds(start) or not _is_own(session, current):
        return
    await _take_back_the_create(session, row_id)
    with session.writing() as connection:
        absorb.absorb(connection, arrival(connection, current), session.at())


async def find_made(session: Session, known: Known, body: str) -> wire.Entry | None:
    """Return the entry that a create of ours has made, where the server shows one that can be no other.

    That is the only one with its start that none here is tied to, if no other of ours waits with that start.
    """
    with session.writing() as connection:
        start = sent_fields(connection, body)["start"]
        if _another_waits(connection, known, start):
            return None
    page = await session.client.entries.list(
        from_=from_milliseconds(start),
        to=from_milliseconds(start + 1),
        user_id=session.user_id,
        limit=wire.PAGE_MAX,
    )
    with session.reading() as connection:
        free = [
            row
            for row in page.data
            if _is_own(session, row) and agreement.by_remote_id(connection, "entry", row.id) is None
        ]
    return free[0] if len(free) == 1 else None


def _another_waits(connection: sqlite3.Connection, known: Known, start: int) -> bool:
    rows = (agreement.by_id(connection, "entry", one.row_id) for one in outbox.waiting(connection, "entry"))
    return any(
        row.id != known.id and row.remote_id is None and row.fields["start"] == start for row in rows if row
    )


def _start_to_send(session: Session, row_id: str) -> int | None:
    """Return the start with which an entry is about to run on the server; None where it will not."""
    with session.writing() as connection:
        known = agreement.by_id(connection, "entry", row_id)
        if known is None:
            return None
        for request in outbox.requests(connection, "entry", row_id, "POST"):
            sent = sent_fields(connection, request.body)
            start: int = sent["start"]
            return start if sent["stop"] is None else None
        waiting = outbox.waiting_of(connection, "entry", row_id)
        runs_there = known.remote_id is not None and bool(
            waiting and waiting.base and waiting.base["stop"] is None
        )
        runs_here = known.fields["stop"] is None and not known.deleted
        return known.fields["start"] if runs_here and not runs_there else None


async def _take_back_the_create(session: Session, row_id: str) -> None:
    """Settle a start whose answer was lost without sending it again: either it was made, or it never is."""
    with session.reading() as connection:
        known = agreement.by_id(connection, "entry", row_id)
        requests = outbox.requests(connection, "entry", row_id, "POST")
    for request in requests[:1]:
        assert known is not None, "a request has its entry"
        made = await find_made(session, known, request.body)
        with session.writing() as connection:
            now = agreement.by_id(connection, "entry", row_id)
            if not outbox.finish(connection, request.id) or now is None:
                return
            if made is not None:
                sent = sent_fields(connection, request.body)
                absorb.created(connection, now, sent, arrival(connection, made), session.at())


def _is_own(session: Session, row: wire.Entry) -> bool:
    return row.user_id in (None, session.user_id)
