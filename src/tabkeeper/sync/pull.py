"""Bringing in what happened elsewhere: the last days at each round, older entries little by little.

What an answer lacks was perhaps deleted. It is believed only when the server, asked for that very entry,
says that there is none; and where much is missing at once, or the file is from a backup, the person is asked.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from tabkeeper.api import ApiFailure, NotFound, ValidationError, wire
from tabkeeper.model.instants import from_milliseconds, to_milliseconds
from tabkeeper.store import agreement, outbox, sync_state
from tabkeeper.store.sync_state import FETCHING_STOPPED, RESTORED, SET_BACK, SWEEP_TO
from tabkeeper.sync import absorb, catalogue
from tabkeeper.sync.refusals import is_final
from tabkeeper.sync.session import Session
from tabkeeper.sync.translate import arrival, same_entry, sent_fields
from tabkeeper.sync.windows import Stretch, stretches

RECENT = timedelta(days=7)
NEAR_MILLISECONDS = 24 * 60 * 60 * 1000
STRETCHES_A_ROUND = 20
PLACES_A_ROUND = 20
"""At so many places, far apart, older entries are looked at in a round: a server may limit the requests."""
FEW = 3
FEW_PERCENT = 5
MANY = 10
_OF_AN_EMPTY_EDIT = (400, 422)
"""Statuses by which a server that takes no empty edit says so."""
SEVERAL = 2
_FIRST, _LAST = -(1 << 62), 1 << 62


class _Place(NamedTuple):
    """Starts, from the first on and before `stop`, of entries that wait; `late` if an edit may yet arrive."""

    start: int
    stop: int
    late: bool


@dataclass
class Looked:
    """What was read in this round: ranges of starts, and single entries by their ids here and on the server.

    `newest` is when the entries that its lists have shown were changed last, by its own time. `restored` says
    as which file of a backup, if any, this one began the round; `partly`, whether more entries than it could
    look at were changed here.
    """

    restored: int | None
    partly: bool = False
    ranges: list[tuple[int, int]] = field(default_factory=list)
    row_ids: set[str] = field(default_factory=set)
    remote_ids: set[str] = field(default_factory=set)
    newest: int = 0

    def has(self, row_id: str, start: int | None) -> bool:
        """Whether an entry, agreed to start then, was looked at."""
        return row_id in self.row_ids or (
            start is not None and any(first <= start < last for first, last in self.ranges)
        )

    def is_of(self, connection: sqlite3.Connection) -> bool:
        """Whether the file is the one that the round began with: an older one may have replaced it since."""
        restored: int | None = sync_state.get(connection, RESTORED)
        return self.restored == restored

    def note(self, rows: Sequence[wire.Entry]) -> None:
        """Note what a list has shown."""
        self.remote_ids.update(row.id for row in rows)
        for row in rows:
            if row.updated_at is not None:
                self.newest = max(self.newest, to_milliseconds(row.updated_at))


async def pull(session: Session, looked: Looked) -> None:
    """Read the last days, and those of older entries that were changed here, or may yet be by a late edit."""
    recent = _recent(session)
    batch = [one async for one in stretches(session.client, session.user_id, recent, None)]
    # In one transaction, what has ended first: who runs is then settled among those who still do.
    await _bring_in(session, batch, looked)
    places = _changed_places(session, recent)
    drawn = _drawn(session, places)
    looked.partly = len(drawn) < len(places)
    for place in drawn:
        start, stop = from_milliseconds(place.start), from_milliseconds(place.stop)
        async for stretch in stretches(session.client, session.user_id, start, stop):
            await _bring_in(session, [stretch], looked)
    await _settle_absent(session, looked)


async def sweep(session: Session, looked: Looked) -> bool:
    """Read on in the older entries, where the last round stopped; returns whether nothing is left to do.

    That is so when all have been read, and when the person wants no more of them for now.
    """
    if _is_stopped(session):
        return True
    stop = _sweep_position(session)
    count, done = 0, False
    async for stretch in stretches(session.client, session.user_id, None, stop):
        await _bring_in(session, [stretch], looked, sweeping=True)
        count, done = count + 1, stretch.start is None
        if count == STRETCHES_A_ROUND or _is_stopped(session):
            break
    await _settle_absent(session, looked)
    with session.writing() as connection:
        if not looked.is_of(connection):
            return False
        if done:
            for name in (SWEEP_TO, RESTORED, SET_BACK, "read", "to_read", FETCHING_STOPPED):
                sync_state.put(connection, name, None)
            sync_state.put(connection, "swept_at", session.at())
    return done


def _recent(session: Session) -> datetime:
    """Return from when on entries are recent: the last days, and since the running one began."""
    recent = session.server_now() - RECENT
    with session.reading() as connection:
        running = agreement.running(connection)
    if running is None:
        return recent
    return min(recent, from_milliseconds(running.fields["start"]))


def _changed_places(session: Session, before: datetime) -> list[_Place]:
    """Return where older entries lie that were changed here, near ones together."""
    with session.reading() as connection:
        waiting = outbox.waiting(connection, "entry")
        starts = [(one.base["start"], False) for one in waiting if one.base and one.refused is None]
        starts += [(start, True) for start in outbox.starts_of_unanswered(connection)]
    places: list[_Place] = []
    for start, late in sorted(starts):
        if start >= to_milliseconds(before):
            break
        last = places[-1] if places else None
        if last is not None and start - last.stop <= NEAR_MILLISECONDS:
            places[-1] = _Place(last.start, start + 1, last.late or late)
        else:
            places.append(_Place(start, start + 1, late))
    return places


def _drawn(session: Session, places: Sequence[_Place]) -> Sequence[_Place]:
    """Return what one round looks at: of many places some by chance, so that none is in the way of others."""
    others = [place for place in places if not place.late]
    if len(others) <= PLACES_A_ROUND:
        return places
    some = sorted(others, key=lambda _: session.timing.uniform(0.0, 1.0))[:PLACES_A_ROUND]
    return sorted([*some, *(place for place in places if place.late)])


def _sweep_position(session: Session) -> datetime:
    """Return before which start the sweep goes on; a new one begins where the last days do."""
    with session.reading() as connection:
        position = sync_state.get(connection, SWEEP_TO)
    return _recent(session) if position is None else from_milliseconds(position)


async def _bring_in(
    session: Session, batch: Sequence[Stretch], looked: Looked, *, sweeping: bool = False
) -> None:
    """Let the file know of what was read, in one transaction with what was concluded from it."""
    rows = [row for stretch in batch for row in stretch.rows]
    await _meet_projects(session, rows)
    at = session.at()
    with session.writing() as connection:
        on_their_way = _on_their_way(connection)
        # Whether an end that is by rule here stands depends on what else has begun there.
        last = outbox.ended_by_rule(connection)
        for row in sorted(rows, key=lambda row: (row.id in last, row.stop is None, row.start, row.id)):
            absorb.absorb(connection, arrival(connection, row), at, on_their_way=on_their_way)
        seen = {row.id for row in rows}
        looked.note(rows)
        for stretch in batch:
            since, until = _bounds(stretch)
            looked.ranges.append((since, until))
            for row_id, remote_id in agreement.agreed_between(connection, since, until):
                if remote_id not in seen:
                    agreement.note_absent(connection, row_id, at)
            if sweeping and looked.is_of(connection):
                _note_progress(connection, stretch)


async def _meet_projects(session: Session, rows: Sequence[wire.Entry]) -> None:
    """Read the lists of projects again where an entry is on one that was never heard of."""
    named = {row.project_id for row in rows if row.project_id is not None}
    with session.reading() as connection:
        known = {one for one in named if agreement.by_remote_id(connection, "project", one) is not None}
    if named - known:
        await catalogue.pull(session)


def _on_their_way(connection: sqlite3.Connection) -> absorb.OnTheirWay:
    """Return the entries that no answer has tied to the server's yet."""
    starts, first_sent = set(outbox.starts_to_be_made(connection)), dict[str, int]()
    timers = list[int]()
    for body, at, is_refused in outbox.unanswered_creates(connection):
        sent = sent_fields(connection, body)
        starts.add(sent["start"])
        if is_refused:
            continue
        first_sent[sent["description"]] = min(at, first_sent.get(sent["description"], at))
        if sent["stop"] is None:
            timers.append(at)
    return absorb.OnTheirWay(starts, first_sent, min(timers, default=None))


def _note_progress(connection: sqlite3.Connection, stretch: Stretch) -> None:
    position = None if stretch.start is None else to_milliseconds(stretch.start)
    sync_state.put(connection, SWEEP_TO, position)
    if sync_state.get(connection, "swept_at") is None and stretch.total is not None:
        read = sync_state.get(connection, "read") or 0
        sync_state.put(connection, "to_read", read + stretch.total)
        # What begins where a stretch ends is read again with the next one.
        new = [row for row in stretch.rows if stretch.start is None or row.start >= stretch.start]
        sync_state.put(connection, "read", read + len(new))


def _is_stopped(session: Session) -> bool:
    with session.reading() as connection:
        return sync_state.get(connection, FETCHING_STOPPED) is True


def _bounds(stretch: Stretch) -> tuple[int, int]:
    return (
        _FIRST if stretch.start is None else to_milliseconds(stretch.start),
        _LAST if stretch.stop is None else to_milliseconds(stretch.stop),
    )


async def _settle_absent(session: Session, looked: Looked) -> None:
    """Ask the server for each entry that its answers lacked; hold all where the person is to say so first."""
    with session.writing() as connection:
        missing = agreement.absent(connection)
        if missing and _are_to_be_held(connection, len(missing), looked):
            agreement.hold_absent(connection)
            return
    for row_id in missing:
        await _ask_for(session, row_id)
        looked.row_ids.add(row_id)


def _are_to_be_held(connection: sqlite3.Connection, missing: int, looked: Looked) -> bool:
    """Whether somebody may have brought an older state back, of this file or of the server.

    So it is where very much is missing. A server that was set back lacks, even if that is little, the last
    of all: nothing that it shows has changed since, and it shows older times of what was changed meanwhile.
    """
    # A week is little beside years, and yet no few entries.
    few = min(MANY, agreement.synced_count(connection) * FEW_PERCENT // 100)
    return (
        missing > max(FEW, few)
        or sync_state.went_back(connection)
        or agreement.newest_absent(connection, looked.newest) >= SEVERAL
    )


async def _ask_for(session: Session, row_id: str) -> None:
    """Find out whether an entry is still there."""
    with session.reading() as connection:
        known = agreement.by_id(connection, "entry", row_id)
    if known is None or known.remote_id is None:
        with session.writing() as connection:
            agreement.note_present(connection, row_id)
        return
    refusal = await look_at(session, known.remote_id)
    if refusal is None:
        return
    with session.writing() as connection:
        agreement.note_present(connection, row_id)
        now = agreement.by_id(connection, "entry", row_id)
        if _bears_out_absence(refusal) and now and now.remote_id == known.remote_id:
            absorb.gone(connection, now, session.at())


def _bears_out_absence(refusal: ApiFailure) -> bool:
    """Whether a list that lacks an entry is to be believed after this: as nobody has it, or none can ask.

    Any other refusal, as that an entry is locked, speaks of one that is there.
    """
    is_of_the_edit = isinstance(refusal, ValidationError) and refusal.status in _OF_AN_EMPTY_EDIT
    return isinstance(refusal, NotFound) or is_of_the_edit


async def look_at(session: Session, remote_id: str) -> ApiFailure | None:
    """Let the file know of a single entry as the server has it now; returns the refusal where it shows none.

    The API has no other question for that than an edit that changes nothing.
    """
    try:
        there = same_entry(remote_id, await session.client.entries.update(remote_id, wire.EntryPatch()))
    except ApiFailure as failure:
        if not is_final(failure):
            raise
        return failure
    with session.writing() as connection:
        absorb.absorb(connection, arrival(connection, there), session.at())
    return None
