"""Projects and clients that were made here, made on the server: before the entries that use them.

The API has no key by which a repeated create could be told, and nobody can change or delete these things
through it. So the server's lists are always read first (`catalogue`): what has the name there is not made.
"""

import sqlite3
from decimal import Decimal
from functools import partial

from tabkeeper.api import ApiFailure, wire
from tabkeeper.store import agreement, outbox
from tabkeeper.store.agreement import Known
from tabkeeper.sync import catalogue
from tabkeeper.sync.refusals import Unsure, is_final
from tabkeeper.sync.session import Session
from tabkeeper.sync.translate import NotThereYet, remote_id

_UNCHANGEABLE = (
    "The server lets no program change a {0}. Change it on the web, or discard the change that was made here."
)


async def make_what_is_missing(session: Session, unsure: Unsure) -> None:
    """Make the clients and projects that the server lacks."""
    for kind in ("client", "project"):
        with session.reading() as connection:
            rows = [one.row_id for one in outbox.waiting(connection, kind) if one.refused is None]
        await unsure.each(unsure.in_turn(rows), partial(_make, session, kind))


async def _make(session: Session, kind: str, row_id: str) -> None:
    with session.writing() as connection:
        known = agreement.by_id(connection, kind, row_id)
        wanted = None if known is None else _wanted(connection, known)
        if known is None or wanted is None:
            return
        # What an earlier one without an answer has made, the server's list has tied: one stands for all.
        outbox.forget(connection, kind, row_id, "POST")
        request = outbox.begin(connection, kind, row_id, "POST", "", session.server_at())
    try:
        made = await _send(session, wanted)
    except ApiFailure as failure:
        if not is_final(failure):
            raise
        with session.writing() as connection:
            if outbox.finish(connection, request):
                outbox.refuse(connection, kind, row_id, failure.message, type(failure).__name__)
        return
    with session.writing() as connection:
        if outbox.finish(connection, request):
            _tie(connection, known, made)


def _wanted(connection: sqlite3.Connection, known: Known) -> wire.ClientCreate | wire.ProjectCreate | None:
    """Return what to ask of the server; None where there is nothing to ask, or not yet."""
    if known.deleted:
        outbox.forget(connection, known.kind, known.id, "POST")
        outbox.settle(connection, known.kind, known.id)
        return None
    if known.remote_id is not None:
        outbox.refuse(connection, known.kind, known.id, _UNCHANGEABLE.format(known.kind), "unchangeable")
        return None
    fields = known.fields
    if known.kind == "client":
        return wire.ClientCreate(name=fields["name"])
    try:
        client = remote_id(connection, "client", fields["client_id"])
    except NotThereYet:
        return None
    rate = fields["hourly_rate"]
    return wire.ProjectCreate(
        name=fields["name"],
        client_id=client,
        color=fields["color"],
        billable=bool(fields["billable"]),
        hourly_rate=None if rate is None else Decimal(rate),
        currency=fields["currency"],
    )


async def _send(
    session: Session, wanted: wire.ClientCreate | wire.ProjectCreate
) -> wire.Client | wire.Project:
    if isinstance(wanted, wire.ClientCreate):
        return await session.client.clients.create(wanted)
    return await session.client.projects.create(wanted)


def _tie(connection: sqlite3.Connection, sent: Known, made: wire.Client | wire.Project) -> None:
    now = agreement.by_id(connection, sent.kind, sent.id)
    if now is None or agreement.by_remote_id(connection, sent.kind, made.id) is not None:
        return
    agreement.tie(connection, sent.kind, sent.id, made.id)
    outbox.rebase(connection, sent.kind, sent.id, sent.fields)
    if isinstance(made, wire.Client):
        there = catalogue.client_fields(made)
    else:
        there = catalogue.project_fields(connection, made)
    catalogue.update(connection, now, there)
