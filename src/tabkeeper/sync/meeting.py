"""Looks before something is sent: at what runs elsewhere, at what is to go, and for what was made before."""

import sqlite3
from datetime import datetime

from tabkeeper.api import ApiFailure, Conflict, wire
from tabkeeper.model.instants import from_milliseconds, to_milliseconds
from tabkeeper.store import agreement, outbox, sync_state
from tabkeeper.store.agreement import Known
from tabkeeper.store.outbox import Request
from tabkeeper.sync import absorb
from tabkeeper.sync.pull import Looked, look_at
from tabkeeper.sync.refusals import is_final
from tabkeeper.sync.session import Session
from tabkeeper.sync.translate import arrival, sent_fields, with_an_end
from tabkeeper.sync.windows import is_own


async def mind_who_runs(session: Session, row_id: str) -> bool:
    """Before a timer is sent, give way to one that began later elsewhere; False where it has to wait.

    A start that arrives late would stop that one on a server which takes starts as they come. It waits where
    that one has ended here, and the server has not taken its end yet: it would end ours instead. And where it
    may be another one of ours that had no answer, which is to be told by that, and not taken for a stranger.
    """
    start = _start_to_send(session, row_id)
    if start is None:
        return True
    current = await session.client.entries.current()
    if current is None or current.start < from_milliseconds(start) or not is_own(current, session.user_id):
        return True
    if _has_ended_here(session, current.id):
        return False
    if current.start > from_milliseconds(start):
        if _is_being_made(session, to_milliseconds(current.start)):
            return False
        with session.writing() as connection:
            absorb.absorb(connection, arrival(connection, current), session.at())
        await _send_with_an_end(session, row_id, current.start)
    return True


async def mind_what_goes(session: Session, row_id: str, looked: Looked) -> None:
    """Before an entry is deleted that no list has shown, look at it: somebody may have moved it meanwhile."""
    with session.reading() as connection:
        known = agreement.by_id(connection, "entry", row_id)
    if known is None or known.remote_id is None or not known.deleted or known.remote_id in looked.remote_ids:
        return
    await look_at(session, known.remote_id)


async def find_made(session: Session, known: Known, body: str) -> wire.Entry | None:
    """Return the entry that a create of ours has made, where the server shows one that can be no other.

    That is the only one with its start that none here is tied to, if no other of ours waits with that start.
    It says the same, too, but where it may have been made of another body: from a newer state of this file,
    or on another computer that sent it anew. Else ours is gone, and somebody began something else just then.
    """
    with session.writing() as connection:
        sent = sent_fields(connection, body)
        start = sent["start"]
        may_differ = known.previous is not None or sync_state.is_restored(connection)
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
            if is_own(row, session.user_id) and agreement.by_remote_id(connection, "entry", row.id) is None
            if may_differ or row.description == sent["description"]
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


def _has_ended_here(session: Session, remote_id: str) -> bool:
    """Whether an entry that runs on the server has an end here, which is about to be sent."""
    with session.reading() as connection:
        known = agreement.by_remote_id(connection, "entry", remote_id)
        waiting = None if known is None else outbox.waiting_of(connection, "entry", known.id)
    ended = known is not None and (known.deleted or known.fields["stop"] is not None)
    return ended and waiting is not None and waiting.refused is None


def _is_being_made(session: Session, start: int) -> bool:
    """Whether a create of what is to start then has had no answer, and will be sent again."""
    with session.writing() as connection:
        return any(
            sent_fields(connection, body)["start"] == start
            for body, _, is_refused in outbox.unanswered_creates(connection)
            if not is_refused
        )


async def _send_with_an_end(session: Session, row_id: str, stop: datetime) -> None:
    """Send a start whose answer was lost once more, with the same key and an end.

    If it had not arrived, it is made with its end and stops nothing. If it had, the server refuses another
    body for that key; to send the first one again is then safe on any server, for nothing is made by it.
    """
    second = _prepared_with_an_end(session, row_id, stop)
    if second is None:
        return
    try:
        made = await session.client.entries.create_again(second.body.encode())
    except ApiFailure as failure:
        if not is_final(failure):
            raise
        with session.writing() as connection:
            if outbox.finish(connection, second.id) and not isinstance(failure, Conflict):
                outbox.refuse(connection, "entry", row_id, failure.message, type(failure).__name__)
        return
    with session.writing() as connection:
        now = agreement.by_id(connection, "entry", row_id)
        if outbox.finish(connection, second.id) and now is not None:
            sent = sent_fields(connection, second.body)
            absorb.created(connection, now, sent, arrival(connection, made), session.at())


def _prepared_with_an_end(session: Session, row_id: str, stop: datetime) -> Request | None:
    """Return the second request of a start, the one that was kept where it has had no answer either.

    None where the start was not sent yet, or was answered.
    """
    with session.writing() as connection:
        requests = outbox.requests(connection, "entry", row_id, "POST")
        if len(requests) != 1:
            return requests[1] if requests else None
        body = with_an_end(requests[0].body, stop)
        at = session.server_at()
        return Request(outbox.begin(connection, "entry", row_id, "POST", body, at), "POST", body, at)
