"""Edits of ours whose answers were lost, and which may arrive late or not at all, take nothing away."""

import asyncio
from typing import Any

from tests.histories.inline_server import InlineServer
from tests.histories.world import MONDAY
from tests.sync.rules.place import DAY, HOUR, MINUTE, Place, let_go_on_unheard_and_stop_elsewhere, there

from tabkeeper.model.entry import Draft
from tabkeeper.store import sync_state


async def _edit_late(desk: Place, key: str, **changes: Any) -> None:
    """Edit an entry in such a way that the request is still under way, and the desk on its network again."""
    desk.tracker.edit(key, **changes)
    desk.network.doom = "late"
    await desk.sync()
    desk.network.online = True


async def test_an_edit_that_lets_an_entry_go_on_and_arrives_late_stops_no_other(
    desk: Place, server: InlineServer
) -> None:
    key = desk.add("later", MONDAY - 40 * MINUTE)
    await desk.sync()
    await _edit_late(desk, key, stop=None)
    desk.tracker.stop(MONDAY - 5 * MINUTE)
    desk.tracker.start(Draft("earlier"), MONDAY - 50 * MINUTE)
    await desk.sync()
    await desk.network.wait_for_the_late()
    assert there(server) == {"later": ("07:20", None), "earlier": ("07:10", "07:20")}
    await desk.sync()
    assert there(server) == desk.shown() == {"later": ("07:20", "07:55"), "earlier": ("07:10", None)}


async def test_an_edit_that_lets_an_entry_go_on_and_arrives_late_takes_no_end_away(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    key = desk.add("first", MONDAY - 2 * HOUR)
    await desk.sync()
    await _edit_late(desk, key, stop=None)
    await desk.sync()
    desk.tracker.stop(MONDAY - 20 * MINUTE)
    desk.tracker.start(Draft("second"), MONDAY - 10 * MINUTE)
    await desk.sync()
    await desk.network.wait_for_the_late()
    assert there(server)["first"] == ("06:00", "07:50")
    await desk.sync()
    assert there(server) == desk.shown() == {"first": ("06:00", "07:40"), "second": ("07:50", None)}


async def test_who_stops_an_entry_elsewhere_that_went_on_by_an_edit_without_an_answer_has_stopped_it(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    await let_go_on_unheard_and_stop_elsewhere(desk, laptop)
    desk.network.online = True
    await desk.sync()
    assert there(server) == desk.shown() == {"goes on": ("06:00", "08:05")}
    assert not desk.computer.overruled()


async def test_an_edit_may_arrive_late_although_the_clock_was_put_forward_meanwhile(
    desk: Place, server: InlineServer
) -> None:
    key = desk.add("first", MONDAY - 2 * HOUR)
    await desk.sync()
    await _edit_late(desk, key, description="second")
    desk.tracker.edit(key, description="third")
    await desk.sync()
    desk.computer.ahead = HOUR
    await desk.sync()
    await desk.network.wait_for_the_late()
    assert list(there(server)) == ["second"]
    await desk.sync()
    assert list(there(server)) == ["third"]


async def test_an_edit_of_an_old_entry_may_arrive_while_nobody_looks_for_long(
    desk: Place, server: InlineServer
) -> None:
    key = desk.add("first", MONDAY - 10 * DAY)
    await desk.sync()
    await _edit_late(desk, key, description="second")
    await desk.sync()
    desk.tracker.edit(key, description="third")
    await desk.sync()
    await desk.network.wait_for_the_late()
    assert list(there(server)) == ["second"]
    await asyncio.sleep(3600)
    await desk.sync()
    assert list(there(server)) == ["third"]


async def test_who_stops_it_elsewhere_has_stopped_it_although_another_was_started_here(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    await let_go_on_unheard_and_stop_elsewhere(desk, laptop)
    desk.tracker.start(Draft("next"), MONDAY + 4 * MINUTE)
    desk.network.online = True
    await desk.sync()
    assert there(server) == desk.shown() == {"goes on": ("06:00", "08:05"), "next": ("08:04", None)}


async def test_a_move_that_arrives_late_is_no_news_although_much_is_missing_meanwhile(
    desk: Place, server: InlineServer
) -> None:
    key = desk.add("moved twice", MONDAY - 30 * DAY)
    await desk.sync()
    await _edit_late(desk, key, start=MONDAY - 30 * DAY - 10 * MINUTE)
    desk.tracker.edit(key, start=MONDAY - 30 * DAY - 20 * MINUTE)
    await desk.sync()
    await desk.network.wait_for_the_late()
    with desk.file() as connection:
        sync_state.note_set_back(connection, 0)  # so that what its answers lack is held
    await asyncio.sleep(20 * 60)
    desk.computer.start()
    await asyncio.sleep(60)
    assert there(server) == desk.shown() == {"moved twice": ("07:40", "08:30")}


async def test_what_a_late_edit_took_away_before_somebody_edited_it_elsewhere_is_on_record(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    key = desk.add("first", MONDAY - 2 * HOUR)
    await desk.sync()
    await _edit_late(desk, key, description="second")
    desk.tracker.edit(key, description="third")
    await desk.sync()
    await desk.network.wait_for_the_late()
    await laptop.sync()
    laptop.tracker.edit(laptop.only(), description="fourth")
    await laptop.sync()
    await desk.sync()
    assert list(there(server)) == ["fourth"]
    assert [record.fields for record in desk.computer.overruled()] == [{"description": "third"}]
