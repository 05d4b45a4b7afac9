"""The histories can see: each mistake that sync engines are known for, made on purpose, is found by them.

That the same histories end well without the mistake is what `test_histories` shows.
"""

import re
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime
from typing import Any

import msgspec
import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncConnection
from tests.histories.__main__ import failure
from tests.histories.story import Step, Story, story_of
from tests.histories.world import World

from tabkeeper.api import Client, wire
from tabkeeper.store import agreement, outbox, sync_state
from tabkeeper.store.agreement import Known
from tabkeeper.store.outbox import Fields
from tabkeeper.sync import absorb, engine, pull, push, translate, windows
from tabkeeper.sync.session import Session
from tabkeeper.sync.translate import Arrival
from tabkeeper_server.services import entries as server_entries
from tabkeeper_server.services.running import running_entry
from tabkeeper_server.tables import entries

MOST = 400


def no_idempotency_key(patch: pytest.MonkeyPatch) -> None:
    def creation(connection: sqlite3.Connection, known: Known) -> str:
        said = msgspec.json.decode(translate.creation(connection, known), type=wire.EntryCreate)
        return wire.to_json(msgspec.structs.replace(said, idempotency_key=None)).decode()

    patch.setattr(push, "creation", creation)


def an_edit_coalesced_into_a_create_that_was_sent(patch: pytest.MonkeyPatch) -> None:
    created = absorb.created

    def as_it_is_now(
        connection: sqlite3.Connection, known: Known, sent: Fields | None, arrived: Arrival, at: int
    ) -> None:
        created(connection, known, known.fields, arrived, at)

    patch.setattr(absorb, "created", as_it_is_now)


def deletion_inferred_from_a_torn_pass(patch: pytest.MonkeyPatch) -> None:
    async def first_page_for_all(
        client: Client, user_id: str, start: datetime | None, stop: datetime | None
    ) -> AsyncIterator[windows.Stretch]:
        async for stretch in windows.stretches(client, user_id, start, stop):
            yield stretch._replace(start=start)
            return

    async def believe(session: Session, row_id: str) -> None:
        with session.writing() as connection:
            known = agreement.by_id(connection, "entry", row_id)
            if known is not None and known.remote_id is not None:
                absorb.gone(connection, known, session.at())

    patch.setattr(pull, "stretches", first_page_for_all)
    patch.setattr(pull, "_ask_for", believe)


def push_before_commit(patch: pytest.MonkeyPatch) -> None:
    """What has been sent is written down with the answer; till then only memory knows of it."""
    prepared = push._prepared

    def known_to_memory(session: Session, row_id: str, looked: pull.Looked) -> push.Step | None:
        step = prepared(session, row_id, looked)
        if step is not None:
            with session.writing() as connection:
                outbox.finish(connection, step.request)
        return step

    def answered(connection: sqlite3.Connection, step: push.Step) -> Known | None:
        return agreement.by_id(connection, "entry", step.known.id)

    patch.setattr(push, "_prepared", known_to_memory)
    patch.setattr(push, "_answered", answered)


def settled_when_sent(patch: pytest.MonkeyPatch) -> None:
    prepared = push._prepared

    def counted_as_sent(session: Session, row_id: str, looked: pull.Looked) -> push.Step | None:
        step = prepared(session, row_id, looked)
        if step is not None:
            with session.writing() as connection:
                outbox.settle(connection, "entry", row_id)
        return step

    patch.setattr(push, "_prepared", counted_as_sent)


def the_other_accounts_token(patch: pytest.MonkeyPatch) -> None:
    async def trust(self: engine.Engine, *, anew: bool) -> None:
        with self._session.writing() as connection:
            sync_state.bind(connection, self._account, 0)

    patch.setattr(engine.Engine, "_make_sure_whose_token_it_is", trust)


def a_lost_answer_forgotten(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(outbox, "echoes", lambda *_: {})
    patch.setattr(outbox, "requests", lambda *_: [])


PLANTED = (
    no_idempotency_key,
    an_edit_coalesced_into_a_create_that_was_sent,
    deletion_inferred_from_a_torn_pass,
    push_before_commit,
    settled_when_sent,
    the_other_accounts_token,
    a_lost_answer_forgotten,
)


def found(world: World, stories: Iterator[Story]) -> Story | None:
    """Return the first story that does not end well; what breaks down shows by itself."""
    return next(
        (story for story in stories if any(map(_is_of_an_ending, world.happen(story).complaints))), None
    )


def _is_of_an_ending(complaint: str) -> bool:
    return not complaint.startswith(("a fault inside", "it broke down"))


@pytest.mark.parametrize("bug", PLANTED, ids=lambda bug: bug.__name__)
def test_a_planted_bug_is_found(
    world: World, bug: Callable[[pytest.MonkeyPatch], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    bug(monkeypatch)
    assert found(world, map(story_of, map(str, range(MOST)))) is not None


def test_a_failure_says_how_to_see_it_again_and_the_least_that_brings_it_about(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    settled_when_sent(monkeypatch)
    story = found(world, map(story_of, map(str, range(MOST))))
    assert story is not None
    said = failure(world, int(story.seed))
    assert f"python -m tests.histories 1 --first {story.seed} --trace" in said
    assert len(re.findall(r"^  \+", said, re.MULTILINE)) < len(story.steps)
    assert re.search(r"^- ", said, re.MULTILINE)


# A start that arrives late stops nothing, not even on a server that takes starts as they come


async def make_room_blindly(
    connection: AsyncConnection, user_id: str, start: int, now: int, *, besides: str | None = None, **_: Any
) -> int | None:
    """Stop what runs at the new start, as the reference has it: whenever that began."""
    current = await running_entry(connection, user_id)
    if current is not None and current["id"] != besides:
        stop = {"stop": max(current["start"], start), "updated_at": now}
        await connection.execute(update(entries).where(entries.c.id == current["id"]).values(stop))
    return None


def late_starts() -> Iterator[Story]:
    """Yield stories in which a start made offline meets one that was made later elsewhere."""
    for dice in range(8):
        steps = (
            Step(2, "desk", "lose the change", 0),
            Step(5, "desk", "start", dice),
            Step(60, "web", "web start", dice),
            Step(5, "desk", "online", 0),
            Step(20, "laptop", "wake", 0),
        )
        yield Story(f"late {dice}", 0.0, steps)


def test_a_late_start_stops_nothing_that_was_started_after_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server_entries, "make_room", make_room_blindly)
    assert found(world, late_starts()) is None


def test_a_late_start_replayed_blindly_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    async def no_look(*_: Any) -> bool:
        """Send it as it comes."""
        return True

    monkeypatch.setattr(server_entries, "make_room", make_room_blindly)
    monkeypatch.setattr(push, "mind_who_runs", no_look)
    assert found(world, late_starts()) is not None


# An end that only made room for another timer gives way to a stop that somebody gave


def stops_and_starts() -> Iterator[Story]:
    """Yield stories in which a timer is stopped elsewhere before a start here has ended it, unseen."""
    for dice in range(8):
        steps = (
            Step(2, "desk", "start", dice),
            Step(5, "desk", "offline", 0),
            Step(60, "web", "web stop", 0),
            Step(60, "desk", "start", dice),
            Step(5, "desk", "online", 0),
        )
        yield Story(f"stopped {dice}", 0.0, steps)


def test_a_rule_that_overrules_a_stop_is_found(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    assert found(world, stops_and_starts()) is None
    monkeypatch.setattr(absorb, "_gives_way", lambda *_: False)
    assert found(world, stops_and_starts()) is not None
