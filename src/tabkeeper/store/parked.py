"""What waits for the person: changes that the server refused, entries it has no longer, and their answers.

Functions of an open transaction.
"""

import sqlite3
from typing import NamedTuple

from tabkeeper.model.refusal import Refused
from tabkeeper.store import agreement, outbox, overruled
from tabkeeper.store.agreement import Known
from tabkeeper.store.outbox import Fields, Waiting

MADE_BEFORE = "Conflict"
"""The reason that the API's own error of that name gives: a create's key was taken before."""
DISCARDED = "discarded here"
KEPT_ASIDE = "removed here, as it was gone elsewhere"


class Parked(NamedTuple):
    """A change that the server refused, with its words. `subject` is what the thing is called.

    `can_keep` says that the server lacks the thing, so that it can be sent as a new one.
    """

    kind: str
    id: str
    subject: str
    words: str
    can_keep: bool


def parked(connection: sqlite3.Connection) -> list[Parked]:
    """Return the refused changes, the oldest first."""
    found = []
    for one in outbox.refused(connection):
        known = agreement.by_id(connection, one.kind, one.row_id)
        if known is not None and one.refused is not None:
            can_keep = _is_lacking(known, one)
            found.append(Parked(one.kind, one.row_id, known.subject, one.refused, can_keep))
    return found


def try_again(connection: sqlite3.Connection, kind: str, row_id: str, at: int) -> bool:
    """Let a refused change be sent once more; False where it is not refused any more."""
    if _refused(connection, kind, row_id) is None:
        return False
    outbox.mark(connection, kind, row_id, None, at)
    return True


def keep(connection: sqlite3.Connection, kind: str, row_id: str, at: int) -> bool:
    """Keep what is here: where the server lacks it, it is sent as a new entry."""
    waiting = _refused(connection, kind, row_id)
    known = agreement.by_id(connection, kind, row_id)
    if waiting is None or known is None:
        return False
    if kind == "entry" and _is_lacking(known, waiting):
        agreement.untie(connection, row_id)
    outbox.mark(connection, kind, row_id, None, at)
    return True


def discard(connection: sqlite3.Connection, kind: str, row_id: str, at: int) -> bool:
    """Drop a refused change: the thing is again as the server has it, or gone where it has none."""
    waiting = _refused(connection, kind, row_id)
    known = agreement.by_id(connection, kind, row_id)
    if waiting is None or known is None:
        return False
    theirs = None if waiting.code == outbox.GONE_THERE else waiting.base
    if theirs is not None:
        _must_not_run_two(connection, known, theirs)
    overruled.record(connection, known, DISCARDED, known.fields, at)
    if theirs is not None:
        agreement.write(connection, kind, row_id, {**theirs, "deleted_at": None})
    else:
        _remove(connection, known, at)
    outbox.settle(connection, kind, row_id)
    return True


def remove_held(connection: sqlite3.Connection, at: int) -> int:
    """Remove the entries that the server has no longer; returns how many."""
    held = _held(connection)
    for known in held:
        overruled.record(connection, known, KEPT_ASIDE, known.fields, at)
        _remove(connection, known, at)
        outbox.settle(connection, "entry", known.id)
    return len(held)


def keep_held(connection: sqlite3.Connection, at: int) -> int:
    """Keep the entries that the server has no longer, and send them as new ones; returns how many."""
    held = _held(connection)
    for known in held:
        agreement.untie(connection, known.id)
        outbox.mark(connection, "entry", known.id, None, at)
    return len(held)


def _must_not_run_two(connection: sqlite3.Connection, known: Known, theirs: Fields) -> None:
    running = agreement.running(connection)
    would_run = known.kind == "entry" and theirs["stop"] is None
    if would_run and running is not None and running.id != known.id:
        raise Refused("Another timer is running already. Stop it first, then try again.")


def _refused(connection: sqlite3.Connection, kind: str, row_id: str) -> Waiting | None:
    waiting = outbox.waiting_of(connection, kind, row_id)
    return waiting if waiting is not None and waiting.refused is not None else None


def _is_lacking(known: Known, waiting: Waiting) -> bool:
    """Whether the server has no such thing: it is gone there, or the key of its create was taken before.

    An edit may be in conflict with something, too; its entry is there.
    """
    return waiting.code == outbox.GONE_THERE or (waiting.code == MADE_BEFORE and known.remote_id is None)


def _held(connection: sqlite3.Connection) -> list[Known]:
    found = [agreement.by_id(connection, "entry", row_id) for row_id in agreement.held(connection)]
    connection.execute("DELETE FROM absent WHERE held")
    return [known for known in found if known is not None and not known.deleted]


def _remove(connection: sqlite3.Connection, known: Known, at: int) -> None:
    if known.kind == "entry":
        agreement.untie(connection, known.id)
    elif known.kind == "project":
        agreement.move_entries(connection, known.id, None, at)
    else:
        agreement.move_projects(connection, known.id, None)
    agreement.delete(connection, known.kind, known.id, at)
