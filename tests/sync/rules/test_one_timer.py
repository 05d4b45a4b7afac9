"""One timer runs, whoever started it where, and an end that somebody gave is kept."""

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import httpx
import pytest
from tests.histories.inline_server import InlineServer
from tests.histories.world import MONDAY
from tests.sync.rules.place import (
    DAY,
    HOUR,
    MINUTE,
    Place,
    let_go_on_unheard_and_stop_elsewhere,
    start_late_and_lose_it,
    there,
)

from tabkeeper.model.entry import Draft
from tabkeeper.model.instants import to_milliseconds
from tabkeeper.store import outbox, parked


@contextmanager
def suffering(place: Place, patch: pytest.MonkeyPatch, fates: Mapping[str, str]) -> Iterator[None]:
    """Let each request suffer the fate that stands beside its method, or beside a word of its body."""
    suffer = place.network._suffer

    async def suffer_more(fate: str, request: httpx.Request, body: bytes, *rest: Any) -> httpx.Response:
        said = f"{request.method} {body.decode()}"
        fate = next((what for word, what in fates.items() if word in said), fate)
        return await suffer(fate, request, body, *rest)

    patch.setattr(place.network, "_suffer", suffer_more)
    yield
    patch.setattr(place.network, "_suffer", suffer)


def failing(method: str, place: Place, patch: pytest.MonkeyPatch) -> AbstractContextManager[None]:
    """Let something before the server fail at each request of a kind."""
    return suffering(place, patch, {method: "502"})


async def test_a_stop_made_offline_keeps_its_own_time_and_stops_nothing_else(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    desk.tracker.start(Draft("first"))
    await desk.sync()
    await laptop.sync()
    await asyncio.sleep(600)
    laptop.tracker.stop()
    await asyncio.sleep(1200)
    desk.tracker.start(Draft("second"))
    await desk.sync()
    await laptop.sync()
    await desk.sync()
    assert there(server) == {"first": ("08:00", "08:10"), "second": ("08:30", None)}
    assert desk.shown() == laptop.shown() == there(server)


async def test_a_start_made_offline_ends_where_a_later_one_began_elsewhere(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    desk.tracker.start(Draft("early, offline"))
    await asyncio.sleep(3600)
    laptop.tracker.start(Draft("late"))
    await laptop.sync()
    await asyncio.sleep(60)
    await desk.sync()
    assert there(server) == {"early, offline": ("08:00", "09:00"), "late": ("09:00", None)}
    assert desk.shown() == there(server)


async def test_a_later_start_made_offline_ends_what_still_runs_elsewhere_where_it_began(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    laptop.tracker.start(Draft("early"))
    await laptop.sync()
    await asyncio.sleep(3600)
    desk.tracker.start(Draft("late, offline"))
    await asyncio.sleep(60)
    await desk.sync()
    await laptop.sync()
    assert there(server) == {"early": ("08:00", "09:00"), "late, offline": ("09:00", None)}
    assert laptop.shown() == there(server)


async def test_an_end_that_a_rule_gave_is_weaker_than_one_that_somebody_gave(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    await start_late_and_lose_it(desk, laptop)
    await asyncio.sleep(600)
    laptop.tracker.stop(MONDAY + 5 * MINUTE)
    await laptop.sync()
    desk.network.online = True
    await desk.sync()
    assert there(server)["early"] == ("08:00", "08:05")


async def test_an_end_that_a_rule_gave_is_weaker_whatever_else_was_changed_here(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    desk.tracker.start(Draft("early"))
    desk.network.doom = "unheard"
    await desk.sync()
    desk.tracker.edit(desk.only(), start=MONDAY - 3 * MINUTE)
    await laptop.sync()
    await asyncio.sleep(1200)
    laptop.tracker.stop(MONDAY + 15 * MINUTE)
    laptop.tracker.start(Draft("late"), MONDAY + 10 * MINUTE)
    await laptop.sync()
    desk.network.online = True
    await desk.sync()
    assert there(server) == {"early": ("07:57", "08:15"), "late": ("08:10", None)}


async def test_an_end_that_a_rule_gave_to_what_somebody_let_go_on_is_weaker_too(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    key = desk.add("early", MONDAY - 2 * HOUR)
    await desk.sync()
    await laptop.sync()
    laptop.tracker.edit(laptop.only(), stop=None)
    await laptop.sync()
    desk.tracker.edit(key, description="early, renamed")
    await asyncio.sleep(600)
    desk.tracker.start(Draft("late"))
    desk.network.doom = "lost"
    await desk.sync()
    laptop.tracker.stop(MONDAY + 5 * MINUTE)
    await laptop.sync()
    desk.network.online = True
    await desk.sync()
    assert there(server) == {"early, renamed": ("06:00", "08:05"), "late": ("08:10", None)}


async def test_an_end_that_a_rule_gave_is_weaker_although_its_project_became_one_with_another(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    laptop.add("on the other project", MONDAY - HOUR, project="Web")
    desk.tracker.start(Draft("early"))
    await desk.sync()
    await laptop.sync()
    await desk.sync()
    await asyncio.sleep(600)
    desk.tracker.edit(desk.tracker.running().id, project="Website")
    desk.tracker.start(Draft("late"))
    laptop.tracker.stop(MONDAY + 5 * MINUTE)
    await laptop.sync()
    server.raw.execute("UPDATE projects SET name = 'Website'")
    await desk.sync()
    assert there(server)["early"] == desk.shown()["early"] == ("08:00", "08:05")


async def test_an_end_that_a_rule_gave_is_weaker_although_the_entry_was_deleted_here_and_came_back(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    await start_late_and_lose_it(desk, laptop)
    desk.tracker.delete([desk.id_of("early")])
    desk.tracker.undo()
    laptop.tracker.stop(MONDAY + 15 * MINUTE)
    await laptop.sync()
    desk.network.online = True
    await desk.sync()
    assert there(server)["early"] == ("08:00", "08:15")


async def test_an_end_that_a_rule_gave_is_weaker_although_the_server_had_refused_the_change(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    await start_late_and_lose_it(desk, laptop)
    key = desk.id_of("early")
    with desk.file() as connection:
        outbox.refuse(connection, "entry", key, "The project is archived.", "ValidationError")
    laptop.tracker.stop(MONDAY + 5 * MINUTE)
    await laptop.sync()
    with desk.file() as connection:
        parked.try_again(connection, "entry", key, 0)
    desk.network.online = True
    await desk.sync()
    assert there(server)["early"] == ("08:00", "08:05")


@pytest.mark.parametrize("again", [False, True])
async def test_a_start_does_not_overrule_a_stop_that_somebody_gave_elsewhere(
    desk: Place, laptop: Place, server: InlineServer, again: bool
) -> None:
    desk.tracker.start(Draft("yesterday"))
    await desk.sync()
    await laptop.sync()
    await asyncio.sleep(3600)
    desk.tracker.stop()
    await desk.sync()
    await asyncio.sleep(14 * 3600)
    laptop.tracker.start(Draft("today"))
    if again:
        laptop.tracker.undo()
        laptop.tracker.redo()
    await laptop.sync()
    await desk.sync()
    assert there(server) == {"yesterday": ("08:00", "09:00"), "today": ("23:00", None)}
    assert desk.shown() == laptop.shown() == there(server)
    assert not laptop.computer.overruled()


async def test_letting_an_entry_go_on_does_not_overrule_a_stop_that_somebody_gave_elsewhere(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    key = laptop.add("goes on", MONDAY - 2 * HOUR)
    desk.tracker.start(Draft("stopped"))
    await desk.sync()
    await laptop.sync()
    await asyncio.sleep(600)
    desk.tracker.stop()
    await desk.sync()
    await asyncio.sleep(600)
    laptop.tracker.edit(key, stop=None)
    await laptop.sync()
    assert there(server) == {"goes on": ("06:00", None), "stopped": ("08:00", "08:10")}


async def _end_the_first_twice(desk: Place, laptop: Place) -> None:
    """Start "first", and, ten minutes apart, what ends it: at the desk unsynced, then on the laptop."""
    desk.tracker.start(Draft("first"))
    await desk.sync()
    await laptop.sync()
    await asyncio.sleep(600)
    desk.tracker.start(Draft("second, offline"))
    await asyncio.sleep(600)
    laptop.tracker.start(Draft("third"))
    await laptop.sync()


async def test_of_two_starts_that_end_a_timer_the_earlier_one_ends_it(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    await _end_the_first_twice(desk, laptop)
    await desk.sync()
    await laptop.sync()
    assert there(server) == {
        "first": ("08:00", "08:10"),
        "second, offline": ("08:10", "08:20"),
        "third": ("08:20", None),
    }
    assert desk.shown() == laptop.shown() == there(server)


async def test_what_somebody_gave_to_a_timer_that_two_starts_had_ended_stands_after_an_answer_was_lost(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    await _end_the_first_twice(desk, laptop)
    desk.network.doom = "unheard"
    await desk.sync()
    assert there(server)["first"] == ("08:00", "08:10")
    await laptop.sync()
    laptop.tracker.edit(laptop.id_of("first"), stop=MONDAY + 5 * MINUTE)
    await laptop.sync()
    desk.network.online = True
    await desk.sync()
    assert there(server)["first"] == desk.shown()["first"] == ("08:00", "08:05")


async def test_a_timer_that_a_start_has_ended_does_not_run_again_after_an_answer_was_lost(
    desk: Place, server: InlineServer
) -> None:
    desk.tracker.start(Draft("first"))
    await desk.sync()
    await asyncio.sleep(600)
    desk.tracker.start(Draft("second"))
    desk.network.doom = "unheard"
    await desk.sync()
    desk.tracker.stop()
    desk.network.online = True
    await desk.sync()
    await desk.sync()
    assert there(server) == desk.shown() == {"first": ("08:00", "08:10"), "second": ("08:10", "08:10")}


async def test_a_timer_waits_until_the_server_has_taken_the_end_of_the_one_before(
    desk: Place, server: InlineServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = desk.add("goes on", MONDAY - 2 * HOUR)
    desk.tracker.start(Draft("ended"), MONDAY - 10 * MINUTE)
    await desk.sync()
    desk.tracker.stop(MONDAY - 5 * MINUTE)
    desk.tracker.edit(key, stop=None)
    suffer, fates = desk.network._suffer, ["502"]

    async def fail_once(fate: str, request: httpx.Request, *rest: Any) -> httpx.Response:
        return await suffer(fates.pop() if fates and request.method == "PATCH" else fate, request, *rest)

    monkeypatch.setattr(desk.network, "_suffer", fail_once)
    await desk.sync()
    await desk.sync()
    assert there(server) == desk.shown() == {"goes on": ("06:00", None), "ended": ("07:50", "07:55")}


async def test_a_timer_that_was_deleted_and_brought_back_runs_on_although_an_earlier_one_runs_elsewhere(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    desk.tracker.start(Draft("later"))
    await desk.sync()
    await laptop.sync()
    laptop.tracker.delete([laptop.only()])
    laptop.network.doom = "unheard"
    await laptop.sync()
    await desk.sync()
    desk.tracker.start(Draft("earlier"), MONDAY - 20 * MINUTE)
    await desk.sync()
    laptop.tracker.undo()
    laptop.network.online = True
    await laptop.sync()
    await desk.sync()
    assert there(server) == {"earlier": ("07:40", "08:00"), "later": ("08:00", None)}
    assert laptop.shown() == desk.shown() == there(server)


async def test_a_stop_that_was_given_before_the_answer_to_the_create_is_no_end_by_rule(
    desk: Place, laptop: Place, server: InlineServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.tracker.start(Draft("one and the same"))
    desk.network.doom = "unheard"
    await desk.sync()
    await asyncio.sleep(600)
    desk.tracker.start(Draft("next"))
    await laptop.sync()
    laptop.tracker.edit(laptop.only(), start=MONDAY - 10 * MINUTE, description="under another name")
    laptop.tracker.stop(MONDAY + 8 * MINUTE)
    await laptop.sync()
    desk.network.online = True
    with failing("POST", desk, monkeypatch):
        await desk.sync()
    [met] = [entry for entry in desk.tracker.entries(None, None) if entry.start < MONDAY]
    desk.tracker.edit(met.id, stop=MONDAY + 5 * MINUTE)
    await desk.sync()
    assert there(server) == {"under another name": ("07:50", "08:05"), "next": ("08:10", None)}
    assert desk.shown() == there(server)


@pytest.mark.parametrize("name", ["one and the same", "under another name"])
async def test_a_timer_that_was_moved_elsewhere_before_the_answer_to_its_start_does_not_end_itself(
    desk: Place, laptop: Place, server: InlineServer, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    desk.tracker.start(Draft("one and the same"))
    desk.network.doom = "unheard"
    await desk.sync()
    await laptop.sync()
    laptop.tracker.edit(laptop.only(), start=MONDAY - 10 * MINUTE, description=name)
    await laptop.sync()
    desk.network.online = True
    with failing("POST", desk, monkeypatch):
        await desk.sync()
    assert desk.shown() == {"one and the same": ("08:00", None)}
    await desk.sync()
    assert there(server) == desk.shown() == {name: ("07:50", None)}


async def test_a_timer_whose_start_had_no_answer_runs_on_where_the_one_before_had_none_either(
    desk: Place, server: InlineServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.tracker.start(Draft("first"))
    desk.network.doom = "unheard"
    await desk.sync()
    await asyncio.sleep(600)
    desk.tracker.start(Draft("second"))
    desk.network.online = True
    with suffering(desk, monkeypatch, {"first": "502", "second": "unheard"}):
        await desk.sync()
    await desk.sync()
    assert there(server) == desk.shown() == {"first": ("08:00", "08:10"), "second": ("08:10", None)}


async def test_a_timer_that_ran_elsewhere_before_is_met_although_a_start_has_had_no_answer(
    desk: Place, laptop: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop.tracker.start(Draft("early"), MONDAY - 10 * DAY - HOUR)
    await laptop.sync()
    await asyncio.sleep(600)
    desk.tracker.start(Draft("late"))
    desk.network.doom = "lost"
    await desk.sync()
    assert desk.shown() == {"late": ("08:10", None)}  # so long ago it began that it was not read yet
    desk.network.online = True
    with failing("POST", desk, monkeypatch):
        await desk.sync()
    assert desk.shown() == {"early": ("07:00", "08:10"), "late": ("08:10", None)}


@pytest.mark.parametrize("name", ["the same", "another"])
async def test_a_timer_whose_start_was_put_later_elsewhere_before_its_answer_does_not_end_itself(
    desk: Place, laptop: Place, server: InlineServer, name: str
) -> None:
    desk.tracker.start(Draft("the same"))
    desk.network.doom = "unheard"
    await desk.sync()
    await asyncio.sleep(600)
    await laptop.sync()
    laptop.tracker.edit(laptop.only(), start=MONDAY + 5 * MINUTE, description=name)
    await laptop.sync()
    desk.network.online = True
    await desk.sync()
    assert there(server) == desk.shown() == {name: ("08:05", None)}


async def test_a_timer_that_was_met_before_its_answer_ends_as_it_was_stopped_elsewhere_and_not_by_rule(
    desk: Place, laptop: Place, server: InlineServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.tracker.start(Draft("one and the same"))
    desk.network.doom = "unheard"
    await desk.sync()
    await asyncio.sleep(600)
    await laptop.sync()
    laptop.tracker.edit(laptop.only(), start=MONDAY + 5 * MINUTE, description="under another name")
    await laptop.sync()
    desk.network.online = True
    with failing("POST", desk, monkeypatch):
        await desk.sync()
    assert "under another name" in desk.shown()
    await asyncio.sleep(600)
    desk.tracker.start(Draft("next"))
    laptop.tracker.stop(MONDAY + 12 * MINUTE)
    await laptop.sync()
    await desk.sync()
    assert there(server) == desk.shown()
    assert there(server) == {"under another name": ("08:05", "08:12"), "next": ("08:20", None)}


async def test_a_start_ends_what_went_on_here_though_its_old_end_was_changed_elsewhere(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    key = desk.add("goes on", MONDAY - 2 * HOUR)
    await desk.sync()
    await laptop.sync()
    laptop.tracker.edit(laptop.only(), stop=MONDAY - HOUR)
    await laptop.sync()
    desk.tracker.edit(key, stop=None)
    await asyncio.sleep(600)
    desk.tracker.start(Draft("next"))
    await desk.sync()
    assert there(server) == desk.shown() == {"goes on": ("06:00", "08:10"), "next": ("08:10", None)}
    [record] = desk.computer.overruled()
    assert record.fields == {"stop": to_milliseconds(MONDAY - HOUR)}


async def test_where_a_timer_was_split_is_nobodys_rule(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    key = await let_go_on_unheard_and_stop_elsewhere(desk, laptop)
    _, second = desk.tracker.split(key, MONDAY - HOUR)
    desk.tracker.edit(second.id, description="second half")
    desk.network.online = True
    await desk.sync()
    assert there(server) == desk.shown() == {"goes on": ("06:00", "07:00"), "second half": ("07:00", None)}


async def test_an_end_by_rule_that_arrives_late_is_no_news_though_the_server_had_given_it_as_well(
    desk: Place, server: InlineServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = desk.tracker.start(Draft("first")).id
    await desk.sync()
    await asyncio.sleep(600)
    second = desk.tracker.start(Draft("second")).id
    desk.network.doom = "late"
    await desk.sync()
    desk.network.online = True
    desk.tracker.edit(first, stop=MONDAY + 5 * MINUTE)
    with failing("PATCH", desk, monkeypatch):
        await desk.sync()
    assert there(server)["first"] == ("08:00", "08:10")
    desk.tracker.edit(second, start=MONDAY + 6 * MINUTE)
    await desk.sync()
    await desk.network.wait_for_the_late()
    assert there(server)["first"] == ("08:00", "08:10")
    await desk.sync()
    assert there(server) == desk.shown() == {"first": ("08:00", "08:05"), "second": ("08:06", None)}
