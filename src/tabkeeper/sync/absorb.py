"""The rules by which what a server says of an entry becomes what the file says; each inside a transaction.

No network here. What a person changed meanwhile is in the file already, and is respected.
"""

import sqlite3
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from tabkeeper.api import UnexpectedAnswer
from tabkeeper.model.identity import new_id
from tabkeeper.store import agreement, outbox, overruled, sync_state
from tabkeeper.store.agreement import Known
from tabkeeper.store.outbox import Fields, Waiting
from tabkeeper.sync.merge import Merged, merge, possible
from tabkeeper.sync.translate import Arrival

BOTH_CHANGED = "changed on both sides"
DELETED_HERE = "changed elsewhere, deleted here"
DELETED_THERE = "deleted elsewhere"
WENT_BACK = "an older state of the server"
FROM_BACKUP = "an older state of this file"
GONE_WORDS = "It was deleted elsewhere after you had changed it here."
_CLOCK_ERROR_MILLISECONDS = 5_000
"""How far what is taken for the server's clock may be wrong: it says whole seconds, and answers take time."""


class OnTheirWay(NamedTuple):
    """What creates that have had no answer make: where it starts, what it is called, and whether it runs.

    By its description, when the first of that was `sent` by the server's clock; `begun`, when the first timer
    was, of those that were to run. Not so where only its start tells it: perhaps a newer state of this file
    has sent it, which was restored since; or it waits for the person, and nobody knows for how long.
    """

    starts: Collection[int]
    sent: Mapping[str, int]
    begun: int | None

    def may_be(self, arrived: Arrival) -> bool:
        """Whether an entry may be of these; somebody may have moved or renamed it meanwhile, or both."""
        if arrived.fields["start"] in self.starts:
            return True
        sent = self.sent.get(arrived.fields["description"])
        if sent is None and arrived.fields["stop"] is None:
            sent = self.begun
        if sent is None:
            return False
        return arrived.made is None or arrived.made >= sent - _CLOCK_ERROR_MILLISECONDS


_NOTHING = OnTheirWay(frozenset(), {}, None)


def absorb(
    connection: sqlite3.Connection, arrived: Arrival, at: int, *, on_their_way: OnTheirWay = _NOTHING
) -> None:
    """Let the file know of an entry as the server has it now.

    An entry that none here is tied to may be one `on_their_way`, and is not taken for another one before
    those are answered.
    """
    known = agreement.by_remote_id(connection, "entry", arrived.remote_id)
    if known is None:
        if not on_their_way.may_be(arrived):
            _adopt(connection, arrived, at)
        return
    agreement.note_present(connection, known.id)
    waiting = outbox.waiting_of(connection, "entry", known.id)
    if waiting is None and _is_known(connection, known, arrived):
        return
    base = known.fields if waiting is None else waiting.base
    agree(connection, known, base, arrived, at)


def _is_known(connection: sqlite3.Connection, known: Known, arrived: Arrival) -> bool:
    """Whether there is nothing new in it: so is nearly all that is read, and nothing has to be written."""
    return (
        (known.deleted, known.version, known.fields) == (False, arrived.version, arrived.fields)
    ) and not outbox.is_asked(connection, "entry", known.id)


def agree(
    connection: sqlite3.Connection, known: Known, base: Fields | None, arrived: Arrival, at: int
) -> None:
    """Bring an entry together with what the server has, `base` being what both had before."""
    there = arrived.fields
    agreement.note_present(connection, known.id)
    if known.deleted:
        _stay_deleted(connection, known, base, there, at)
        return
    waiting = outbox.waiting_of(connection, "entry", known.id)
    merged, reason = _merged(connection, known, base, arrived, waiting)
    fields = _with_room(connection, merged.fields, known, at)
    agreement.write(connection, "entry", known.id, fields)
    agreement.set_version(connection, known.id, arrived.version)
    outbox.note_look(connection, known.id, base, there)
    if fields == there:
        outbox.settle(connection, "entry", known.id)
    else:
        ended_by_rule = there["stop"] is None and fields != merged.fields
        if waiting is None or ended_by_rule:
            outbox.mark(connection, "entry", known.id, there, at, by_rule=ended_by_rule)
        outbox.rebase(connection, "entry", known.id, there)
    if merged.overruled:
        overruled.record(connection, known, reason, merged.overruled, at)
    if reason == WENT_BACK:
        sync_state.note_set_back(connection, at)


def gone(connection: sqlite3.Connection, known: Known, at: int, *, by_us: bool = False) -> None:
    """Let the file know that the server has an entry no longer.

    What was not touched here goes, with a record of it. What was changed here stays, and the person is
    asked. Where our own deletion brought it about (`by_us`, or one that was never answered), and was undone
    since, the entry is sent anew.
    """
    agreement.note_present(connection, known.id)
    waiting = outbox.waiting_of(connection, "entry", known.id)
    if known.deleted:
        agreement.untie(connection, known.id)
        outbox.settle(connection, "entry", known.id)
    elif by_us or outbox.requests(connection, "entry", known.id, "DELETE"):
        agreement.untie(connection, known.id)
        outbox.mark(connection, "entry", known.id, None, at)
    elif waiting is None or not _touched(known, waiting):
        outbox.settle(connection, "entry", known.id)
        overruled.record(connection, known, DELETED_THERE, known.fields, at)
        agreement.delete(connection, "entry", known.id, at)
        agreement.untie(connection, known.id)
    else:
        outbox.refuse(connection, "entry", known.id, GONE_WORDS, outbox.GONE_THERE)


def created(
    connection: sqlite3.Connection, known: Known, sent: Fields | None, arrived: Arrival, at: int
) -> None:
    """Tie an entry to the one that the server made of its create.

    `sent` is what the create said; None where what was sent is not known. Raises `UnexpectedAnswer` where
    the server names one that was made here by another create.
    """
    twin = agreement.by_remote_id(connection, "entry", arrived.remote_id)
    if twin is not None and twin.id != known.id and not twin.adopted:
        raise UnexpectedAnswer("POST /entries", "The server answered a create with some other entry.")
    outbox.forget(connection, "entry", known.id, "POST")
    if twin is not None and twin.id != known.id:
        known = _united(connection, known, twin, at)
    agreement.tie(connection, "entry", known.id, arrived.remote_id)
    if outbox.waiting_of(connection, "entry", known.id) is None:
        outbox.mark(connection, "entry", known.id, sent, at)
    agree(connection, known, sent, arrived, at)


def found(connection: sqlite3.Connection, known: Known, arrived: Arrival, at: int) -> None:
    """Tie an entry to the one that the server had made of it, though with another body than it has here.

    That happens to a file from a backup: what the server has is then the newer; else what is here is.
    """
    restored = sync_state.is_restored(connection)
    if restored:
        ours = {name: value for name, value in known.fields.items() if value != arrived.fields[name]}
        overruled.record(connection, known, FROM_BACKUP, ours, at)
    created(connection, known, known.fields if restored else None, arrived, at)


def _adopt(connection: sqlite3.Connection, arrived: Arrival, at: int) -> None:
    """Take an entry over that was made elsewhere."""
    fields = _with_room(connection, arrived.fields, None, at)
    here = new_id()
    agreement.adopt(connection, here, fields, arrived.remote_id, arrived.version)
    if fields != arrived.fields:
        outbox.mark(connection, "entry", here, arrived.fields, at, by_rule=True)


def _merged(
    connection: sqlite3.Connection,
    known: Known,
    base: Fields | None,
    arrived: Arrival,
    waiting: Waiting | None,
) -> tuple[Merged, str]:
    """Return what comes of both sides, and why what lost has lost."""
    here, there = known.fields, arrived.fields
    if known.version is not None and arrived.version is not None and arrived.version < known.version:
        # A server that was set back, or an answer from before: not news, whatever it says.
        older = {name: value for name, value in there.items() if value != here[name]}
        return Merged(here, older), WENT_BACK
    echoes = _echoes(connection, known, there)
    ends_by_rule = waiting is not None and waiting.by_rule and there["stop"] not in echoes.get("stop", ())
    if base is not None and _was_stopped_anew(connection, known, base, there, waiting):
        if here["stop"] is None:
            base = {**base, "stop": None}
        elif ends_by_rule and _gives_way(connection, known, there):
            here = {**here, "stop": base["stop"]}
    merged = merge(base, here, there, echoes)
    # Who changed it there may have met a late edit of ours, and not what stands here since.
    unseen = {
        name: here[name]
        for name, late in echoes.items()
        if merged.fields[name] != here[name] and late - {here[name]}
    }
    merged = merged._replace(overruled={**unseen, **merged.overruled})
    if base is None or arrived.version == known.version:
        return merged, BOTH_CHANGED
    # It has changed there, and yet is as before: our edit may have arrived, and somebody took it back.
    taken_back = {
        name: there[name]
        for name in echoes
        if there[name] == base[name] and merged.fields[name] != there[name]
    }
    return merged._replace(overruled={**merged.overruled, **taken_back}), BOTH_CHANGED


def _was_stopped_anew(
    connection: sqlite3.Connection, known: Known, base: Fields, there: Fields, waiting: Waiting | None
) -> bool:
    """Whether an end that it has there was given to what ran on: as both knew, or by an edit of ours.

    One that lets it go on, and has had no answer, has arrived then; so may one have that a file from a backup
    knows to be waiting, if it was made by then. Where of two ends by rule ours stood, nobody had given any.
    """
    stop = there["stop"]
    if stop in (None, base["stop"]):
        return False
    if base["stop"] is None or outbox.let_go_on(connection, known.id, stop):
        return True
    if waiting is None:
        return False
    if waiting.by_rule and outbox.another_starts(connection, known.id, base["stop"]):
        return known.fields["stop"] is not None
    return bool(waiting.at <= stop) and sync_state.is_restored(connection)


def _gives_way(connection: sqlite3.Connection, known: Known, there: Fields) -> bool:
    """Whether an end that only made room for another timer gives way to the one that it has there.

    It is nobody's word against a stop that somebody gave. But where that only made room for another one as
    well, and for one that began later than ours, it is no better.
    """
    ours, theirs = known.fields["stop"], there["stop"]
    if ours is None or theirs is None or theirs < known.fields["start"]:
        return False
    return bool(theirs <= ours or not outbox.another_starts(connection, known.id, theirs))


def _stay_deleted(
    connection: sqlite3.Connection, known: Known, base: Fields | None, there: Fields, at: int
) -> None:
    """Keep what somebody changed elsewhere while it was deleted here; the deletion stands."""
    echoes = _echoes(connection, known, there)
    changed = {
        name: value
        for name, value in there.items()
        if (base is None or value != base[name]) and value not in echoes.get(name, ())
    }
    outbox.rebase(connection, "entry", known.id, there)
    if changed:
        overruled.record(connection, known, DELETED_HERE, changed, at)


def _echoes(connection: sqlite3.Connection, known: Known, there: Fields) -> dict[str, set[Any]]:
    """Return, by field, what late edits of ours may have brought there.

    Where one lets an entry go on while another runs, one of the two ends there where the later began.
    """
    echoes = outbox.echoes(connection, "entry", known.id)
    stop = there["stop"]
    goes_on = None in echoes.get("stop", ()) and outbox.another_starts(connection, known.id, stop)
    if goes_on or outbox.may_go_on(connection, stop):
        echoes.setdefault("stop", set()).add(stop)
    return echoes


def _with_room(connection: sqlite3.Connection, fields: Fields, known: Known | None, at: int) -> Fields:
    """Settle who runs, where an entry that does comes from the server and another one runs here.

    Of two timers the one that started later runs on, and the other ends where it began. But one that the
    server knew as running runs there no more: it ends here for now, and what became of it a look will tell.
    """
    other = agreement.running(connection) if fields["stop"] is None else None
    if other is None or (known is not None and other.id == known.id):
        return fields
    waiting = outbox.waiting_of(connection, "entry", other.id)
    agreed = other.fields if waiting is None else waiting.base
    begun, begins = other.fields["start"], fields["start"]
    # Where a deletion of ours was undone and may have arrived, the server never ended it: it goes on.
    may_be_gone = outbox.requests(connection, "entry", other.id, "DELETE")
    if other.remote_id is not None and agreed is not None and agreed["stop"] is None and not may_be_gone:
        ended = {"stop": max(begun, begins)}
        agreement.write(connection, "entry", other.id, ended)
        outbox.rebase(connection, "entry", other.id, {**agreed, **ended})
    elif begun >= begins:
        return {**fields, "stop": begun}
    else:
        ended = {**other.fields, "stop": begins}
        agreement.change(connection, other, ended, at, by_rule=True)
    return fields


def _touched(known: Known, waiting: Waiting) -> Fields:
    """Return what the person has changed since both agreed; what is by rule nobody has.

    But where an end was agreed on, somebody has let it go on since.
    """
    base = waiting.base or {}
    by_rule = ("stop",) if waiting.by_rule and base.get("stop") is None else ()
    return {
        name: value
        for name, value in known.fields.items()
        if name not in by_rule and (name not in base or value != base[name])
    }


def _united(connection: sqlite3.Connection, known: Known, twin: Known, at: int) -> Known:
    """Make one of two rows of the same entry: it was met on the server before its create was answered.

    What the person has made of the twin since is what they saw last. An end that only made room for the twin
    is none.
    """
    agreement.delete(connection, "entry", twin.id, at)
    waiting = outbox.waiting_of(connection, "entry", twin.id)
    agreement.untie(connection, twin.id)
    outbox.settle(connection, "entry", twin.id)
    agreement.note_present(connection, twin.id)
    if twin.deleted:
        return known
    touched = {} if waiting is None or waiting.base is None else dict(_touched(twin, waiting))
    by_rule = False
    ours = outbox.waiting_of(connection, "entry", known.id)
    if ours is not None and ours.by_rule and known.fields["stop"] == twin.fields["start"]:
        by_rule = "stop" not in touched and waiting is not None and waiting.by_rule
        touched.setdefault("stop", twin.fields["stop"])
    fields = possible({**known.fields, **touched}, twin.fields)
    agreement.write(connection, "entry", known.id, fields)
    if "stop" in touched and ours is not None:
        outbox.mark(connection, "entry", known.id, None, at, by_rule=by_rule)
    return known._replace(fields=fields)
