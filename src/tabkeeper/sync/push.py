"""Telling the server of entries that were changed here, each by what is different from what both agreed on.

A request is kept in the file before it leaves, and forgotten when it is answered. A create is sent again byte
for byte until then; edits and deletions follow it as requests of their own. What runs goes last, when the
server has heard of all that has ended.
"""

import json
import sqlite3
from itertools import takewhile
from typing import NamedTuple

from tabkeeper.api import ApiFailure, Conflict, NotFound, wire
from tabkeeper.model.instants import from_milliseconds
from tabkeeper.store import agreement, outbox, sync_state
from tabkeeper.store.agreement import Known
from tabkeeper.store.outbox import Fields, Waiting
from tabkeeper.sync import absorb
from tabkeeper.sync.making import make_what_is_missing
from tabkeeper.sync.meeting import find_made, mind_what_goes, mind_who_runs
from tabkeeper.sync.pull import Looked
from tabkeeper.sync.refusals import Unsure, is_final
from tabkeeper.sync.session import Session
from tabkeeper.sync.translate import (
    NotThereYet,
    arrival,
    creation,
    edit,
    same_entry,
    sent_fields,
    with_an_end,
)

SENT_A_ROUND = 200
"""After so many entries there is another round: a look at what is new elsewhere, and word of how it goes."""
# A create, the edit that came after it, and a deletion after that.
_STEPS = 3


class Step(NamedTuple):
    """One request about one entry: a create has a `body`, an edit a `patch` and the fields it `changed`."""

    request: str
    method: str
    known: Known
    body: str = ""
    patch: wire.EntryPatch | None = None
    changed: Fields | None = None


async def push(session: Session, looked: Looked, unsure: Unsure) -> bool:
    """Send what waits; edits only of entries that were looked at, so that no change there goes unseen.

    Returns whether there was too much for one round, so that another one gets on with it.
    """
    await make_what_is_missing(session, unsure)
    sent = 0

    async def send(row_id: str) -> None:
        nonlocal sent
        sent += await _send_all(session, row_id, looked)

    ended, runs = _in_order(session, unsure)
    await unsure.each(takewhile(lambda _: sent < SENT_A_ROUND, ended), send)
    await unsure.each(runs, send)
    return sent >= SENT_A_ROUND or (looked.partly and sent > 0)


async def answer_open_creates(session: Session, looked: Looked, unsure: Unsure) -> None:
    """Send the creates again whose answers were lost, before anything is read: what they made is not new.

    In a file from a backup that may be any of them.
    """
    with session.reading() as connection:
        restored = sync_state.is_restored(connection)
        rows = [
            one.row_id
            for one in outbox.waiting(connection, "entry")
            if one.base is None and (restored or outbox.requests(connection, "entry", one.row_id, "POST"))
        ]
    if restored:
        await make_what_is_missing(session, unsure)
    await unsure.each(unsure.in_turn(rows), lambda row_id: _send(session, row_id, looked))


def _in_order(session: Session, unsure: Unsure) -> tuple[list[str], list[str]]:
    """Return the entries that wait: the deleted ones and then those that have ended, and what runs."""
    deleted, ended, runs = list[str](), list[str](), list[str]()
    with session.reading() as connection:
        for one in outbox.waiting(connection, "entry"):
            known = agreement.by_id(connection, "entry", one.row_id)
            if known is not None and one.refused is None:
                which = deleted if known.deleted else ended if known.fields["stop"] is not None else runs
                which.append(one.row_id)
    return [*unsure.in_turn(deleted), *unsure.in_turn(ended)], runs


async def _send_all(session: Session, row_id: str, looked: Looked) -> bool:
    """Send all that is due about an entry; returns whether anything was."""
    for step in range(_STEPS):
        if not await _send(session, row_id, looked):
            return step > 0
    return True


async def _send(session: Session, row_id: str, looked: Looked) -> bool:
    """Send the next request about an entry and let the file know of the answer; False where none is due."""
    if not await mind_who_runs(session, row_id):
        return False
    await mind_what_goes(session, row_id, looked)
    step = _prepared(session, row_id, looked)
    if step is None:
        return False
    try:
        there = await _exchange(session, step)
    except ApiFailure as failure:
        if not is_final(failure):
            raise
        await _take_refusal(session, step, failure)
    else:
        with session.writing() as connection:
            now = _answered(connection, step)
            if now is not None:
                _take_answer(connection, now, step, there, session.at())
                looked.row_ids.add(row_id)
    return True


async def _exchange(session: Session, step: Step) -> wire.Entry | None:
    """Make the request; returns the entry as it is then, None where it is gone."""
    entries, remote_id = session.client.entries, step.known.remote_id
    if step.method == "POST" or remote_id is None:
        return await entries.create_again(step.body.encode())
    if step.patch is not None:
        return same_entry(remote_id, await entries.update(remote_id, step.patch))
    await entries.delete(remote_id)
    return None


def _answered(connection: sqlite3.Connection, step: Step) -> Known | None:
    """Forget the request, and return its entry as it is by now.

    None where the file was restored meanwhile: a later look finds what the request has done.
    """
    if not outbox.finish(connection, step.request):
        return None
    return agreement.by_id(connection, "entry", step.known.id)


def _take_answer(
    connection: sqlite3.Connection, now: Known, step: Step, there: wire.Entry | None, at: int
) -> None:
    if there is None:
        absorb.gone(connection, now, at, by_us=True)
        return
    arrived = arrival(connection, there)
    if step.changed is None:
        sent = sent_fields(connection, step.body)
        absorb.created(connection, now, sent, arrived, at)
        return
    waiting = outbox.waiting_of(connection, "entry", now.id)
    agreed = step.known.fields if waiting is None or waiting.base is None else waiting.base
    absorb.agree(connection, now, {**agreed, **step.changed}, arrived, at)


async def _take_refusal(session: Session, step: Step, failure: ApiFailure) -> None:
    """Do what a final refusal asks for: it is gone, or was made before, or the person has to see it.

    What was made before, is gone since, and was deleted here as well is nothing to see.
    """
    twin, made_before = None, isinstance(failure, Conflict) and step.method == "POST"
    if made_before:
        twin = await find_made(session, step.known, step.body)
    with session.writing() as connection:
        now, at = _answered(connection, step), session.at()
        if now is None:
            return
        if isinstance(failure, NotFound) and step.method != "POST":
            absorb.gone(connection, now, at, by_us=step.method == "DELETE")
        elif twin is not None:
            absorb.found(connection, now, arrival(connection, twin), at)
        elif made_before and now.deleted:
            outbox.settle(connection, "entry", now.id)
        else:
            outbox.refuse(connection, "entry", now.id, failure.message, type(failure).__name__)


def _prepared(session: Session, row_id: str, looked: Looked) -> Step | None:
    """Decide what is to be sent about an entry, and keep it in the file before it is."""
    with session.writing() as connection:
        known = agreement.by_id(connection, "entry", row_id)
        waiting = outbox.waiting_of(connection, "entry", row_id)
        if known is None or waiting is None or waiting.refused is not None:
            return None
        try:
            if known.remote_id is None:
                return _creating(connection, known, session.server_at())
            if known.deleted:
                return _deleting(connection, known, session.server_at())
            return _editing(connection, known, waiting, looked, session.server_at())
        except NotThereYet:
            return None


def _creating(connection: sqlite3.Connection, known: Known, at: int) -> Step | None:
    """Return the create that was sent before, to the byte, or a new one.

    Of what is deleted here only a file from a backup needs one: its key finds what is to be deleted there.
    """
    for request in outbox.requests(connection, "entry", known.id, "POST"):
        return Step(request.id, "POST", known, request.body)
    if known.deleted and not sync_state.is_restored(connection):
        outbox.settle(connection, "entry", known.id)
        return None
    body = creation(connection, known)
    if known.deleted and known.fields["stop"] is None:
        body = with_an_end(body, from_milliseconds(known.fields["start"]))  # so that it stops no other
    return Step(outbox.begin(connection, "entry", known.id, "POST", body, at), "POST", known, body)


def _deleting(connection: sqlite3.Connection, known: Known, at: int) -> Step:
    return Step(outbox.begin(connection, "entry", known.id, "DELETE", "{}", at), "DELETE", known)


def _editing(
    connection: sqlite3.Connection, known: Known, waiting: Waiting, looked: Looked, at: int
) -> Step | None:
    base = waiting.base or {}
    if not looked.has(known.id, base.get("start")):
        return None
    changed = {name: value for name, value in known.fields.items() if name not in base or value != base[name]}
    if not changed:
        outbox.settle(connection, "entry", known.id)
        return None
    patch = edit(connection, changed)
    request = outbox.begin(connection, "entry", known.id, "PATCH", json.dumps(changed), at)
    return Step(request, "PATCH", known, patch=patch, changed=changed)
