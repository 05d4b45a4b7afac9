"""What is gone on one side: deleted there, missing, or on a server that was set back."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.histories.inline_server import InlineServer
from tests.histories.world import MONDAY
from tests.sync.rules.place import DAY, HOUR, MINUTE, Place, start_late_and_lose_it, there, way_back

from tabkeeper.model.instants import to_milliseconds
from tabkeeper.store import parked, sync_state
from tabkeeper.sync import absorb


async def test_what_was_deleted_elsewhere_goes_here_and_leaves_a_record(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    desk.add("gone soon", MONDAY - HOUR)
    await desk.sync()
    await laptop.sync()
    desk.tracker.undo()
    await desk.sync()
    await laptop.sync()
    assert (laptop.shown(), there(server)) == ({}, {})
    [record] = laptop.computer.overruled()
    assert (record.subject, record.reason) == ("gone soon", absorb.DELETED_THERE)


async def test_what_was_moved_elsewhere_and_deleted_here_leaves_a_record_however_old_it_is(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    key = desk.add("old", MONDAY - 10 * DAY)
    await desk.sync()
    await laptop.sync()
    laptop.tracker.edit(laptop.only(), start=MONDAY - 10 * DAY - MINUTE)
    await laptop.sync()
    desk.tracker.delete([key])
    await desk.sync()
    assert server.entries() == []
    [record] = desk.computer.overruled()
    assert (record.reason, list(record.fields)) == (absorb.DELETED_HERE, ["start"])


async def test_what_was_changed_here_and_deleted_elsewhere_waits_for_the_person(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    key = desk.add("agreed", MONDAY - HOUR)
    await desk.sync()
    await laptop.sync()
    laptop.tracker.delete([entry.id for entry in laptop.tracker.entries(None, None)])
    await laptop.sync()
    desk.tracker.edit(key, description="changed")
    await desk.sync()
    with desk.file() as connection:
        [change] = parked.parked(connection)
        assert (change.subject, change.words, change.can_keep) == ("changed", absorb.GONE_WORDS, True)
        parked.keep(connection, "entry", key, 0)
    await desk.sync()
    assert list(there(server)) == ["changed"]


async def test_what_only_a_rule_has_changed_here_goes_when_it_is_deleted_elsewhere(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    await start_late_and_lose_it(desk, laptop)
    laptop.tracker.delete([laptop.only()])
    await laptop.sync()
    desk.network.online = True
    await desk.sync()
    assert list(desk.shown()) == ["late"]
    [record] = desk.computer.overruled()
    assert (record.subject, record.reason) == ("early", absorb.DELETED_THERE)


async def test_many_that_are_gone_at_once_are_held_until_the_person_has_said_so(
    desk: Place, server: InlineServer
) -> None:
    for number in range(8):
        desk.add(f"e{number}", MONDAY - (number + 1) * HOUR)
    await desk.sync()
    set_back = way_back(server)
    for number in range(5):
        desk.add(f"later {number}", MONDAY - (number + 20) * HOUR)
    await desk.sync()
    set_back()
    await desk.sync()
    assert len(desk.shown()) == 13
    with desk.file() as connection:
        status = sync_state.status(connection)
        assert (status.held, status.needs_you) == (5, 1)
        parked.keep_held(connection, 0)
    await desk.sync()
    assert there(server) == desk.shown()
    assert len(server.entries()) == 13


async def test_a_week_that_is_gone_is_held_however_many_years_there_are(
    desk: Place, server: InlineServer
) -> None:
    for number in range(240):
        desk.add(f"e{number}", MONDAY - (number + 200) * HOUR)
    await desk.sync()
    set_back = way_back(server)
    for number in range(11):
        desk.add(f"later {number}", MONDAY - (number + 1) * HOUR)
    await desk.sync()
    set_back()
    await desk.sync()
    assert len(desk.shown()) == 251
    with desk.file() as connection:
        assert sync_state.status(connection).held == 11


@pytest.mark.parametrize("begun", [timedelta(hours=20), timedelta(days=20)])
async def test_the_last_entries_that_were_sent_are_held_when_they_are_gone_however_few_they_are(
    desk: Place, server: InlineServer, begun: timedelta
) -> None:
    for number in range(8):
        desk.add(f"e{number}", MONDAY - (number + 1) * HOUR)
    await desk.sync()
    set_back = way_back(server)
    for number in range(2):
        desk.add(f"later {number}", MONDAY - begun - number * HOUR)
    await desk.sync()
    set_back()
    await desk.sync()
    assert len(desk.shown()) == 10
    with desk.file() as connection:
        assert sync_state.status(connection).held == 2


async def changed_and_added(desk: Place, server: InlineServer) -> Callable[[], None]:
    """Change what was sent, and send one more, of long ago; return how to set the server back to before."""
    key = desk.add("first", MONDAY - HOUR)
    await desk.sync()
    set_back = way_back(server)
    await asyncio.sleep(60)
    desk.tracker.edit(key, description="second")
    desk.add("later, of long ago", MONDAY - 20 * DAY)
    await desk.sync()
    return set_back


async def test_a_single_entry_is_held_when_it_is_gone_and_the_server_shows_an_older_state_of_others(
    desk: Place, server: InlineServer
) -> None:
    set_back = await changed_and_added(desk, server)
    set_back()
    desk.computer.start()
    await asyncio.sleep(600)
    with desk.file() as connection:
        assert sync_state.status(connection).held == 1
        parked.keep_held(connection, 0)
    await desk.sync()
    assert set(desk.shown()) == set(there(server)) == {"second", "later, of long ago"}


async def test_a_sweep_under_way_begins_anew_when_the_server_shows_an_older_state(
    desk: Place, server: InlineServer
) -> None:
    set_back = await changed_and_added(desk, server)
    with desk.file() as connection:
        sync_state.put(connection, sync_state.SWEEP_TO, to_milliseconds(MONDAY - 30 * DAY))
    set_back()
    await desk.sync()
    assert desk.tracker.sync_status().held == 1


async def test_a_few_that_are_deleted_elsewhere_go_unasked_where_something_newer_has_stayed(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    keys = [desk.add(name, MONDAY - hours * HOUR) for hours, name in enumerate("abc", 1)]
    await desk.sync()
    desk.tracker.edit(keys[0], description="changed last")
    await desk.sync()
    await laptop.sync()
    laptop.tracker.delete([entry.id for entry in laptop.tracker.entries(None, None)][1:])
    await laptop.sync()
    await desk.sync()
    assert set(desk.shown()) == {"changed last"}
    assert [record.reason for record in desk.computer.overruled()] == [absorb.DELETED_THERE] * 2


async def test_what_began_elsewhere_at_the_same_instant_is_not_taken_for_what_was_deleted_there(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    desk.add("deleted there", MONDAY - HOUR)
    desk.network.doom = "unheard"
    await desk.sync()
    await laptop.sync()
    laptop.tracker.delete([laptop.only()])
    laptop.add("of the same instant", MONDAY - HOUR)
    await laptop.sync()
    desk.network.online = True
    await desk.sync()
    await desk.sync()
    assert list(there(server)) == ["of the same instant"]
    with desk.file() as connection:
        assert [change.subject for change in parked.parked(connection)] == ["deleted there"]


async def test_an_older_state_of_the_server_is_no_news(desk: Place, server: InlineServer) -> None:
    key = desk.add("first", MONDAY - HOUR)
    await desk.sync()
    set_back = way_back(server)
    await asyncio.sleep(60)
    desk.tracker.edit(key, description="second")
    await desk.sync()
    set_back()
    await desk.sync()
    assert list(desk.shown()) == list(there(server)) == ["second"]


async def test_what_is_made_again_after_an_undo_is_as_it_was_changed_elsewhere(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    desk.add("made", MONDAY - HOUR)
    await desk.sync()
    await laptop.sync()
    laptop.tracker.edit(laptop.only(), description="changed")
    await laptop.sync()
    await desk.sync()
    desk.tracker.undo()
    await desk.sync()
    assert not there(server)
    desk.tracker.redo()
    await desk.sync()
    assert list(there(server)) == list(desk.shown()) == ["changed"]
