"""A file from a backup knows less than was sent, and nothing is lost, doubled or stopped by that."""

import asyncio

import httpx
import pytest
from tests.histories.inline_server import InlineServer
from tests.histories.world import MONDAY
from tests.sync.rules.place import DAY, HOUR, Place, there

from tabkeeper.model.entry import Draft
from tabkeeper.model.instants import to_milliseconds
from tabkeeper.store import parked, sync_state


async def test_after_a_restore_what_the_server_lacks_is_asked_about_and_what_it_has_comes_back(
    desk: Place, server: InlineServer
) -> None:
    desk.add("deleted since", MONDAY - HOUR)
    await desk.sync()
    desk.computer.back_up()
    desk.tracker.undo()
    desk.add("made since", MONDAY - 2 * HOUR)
    await desk.sync()
    assert desk.computer.restore()
    await desk.sync()
    assert set(desk.shown()) == {"deleted since", "made since"}
    with desk.file() as connection:
        assert sync_state.status(connection).held == 1
        assert parked.remove_held(connection, 0) == 1
    assert set(desk.shown()) == set(there(server)) == {"made since"}


async def test_what_an_answer_to_an_edit_shows_is_not_missing_any_more(
    desk: Place, server: InlineServer
) -> None:
    key = desk.add("moved elsewhere since", MONDAY - 9 * DAY)
    await desk.sync()
    desk.computer.back_up()
    assert desk.computer.restore()
    server.raw.execute("UPDATE entries SET start = start - 1800000")
    desk.tracker.edit(key, stop=None)
    await desk.sync()
    with desk.file() as connection:
        assert sync_state.status(connection).held == 0
    assert desk.shown() == there(server) == {"moved elsewhere since": ("07:30", None)}


async def test_what_is_missing_after_a_restore_is_asked_about_once(desk: Place, server: InlineServer) -> None:
    key = desk.add("agreed", MONDAY - HOUR)
    desk.computer.start()
    await asyncio.sleep(10)
    desk.network.online = False
    desk.tracker.edit(key, description="changed")
    desk.computer.back_up()
    desk.tracker.delete([key])
    desk.network.online = True
    for happening in (lambda: None, desk.computer.restore, lambda: None):
        happening()
        desk.computer.wake()
        await asyncio.sleep(120)
    with desk.file() as connection:
        status = sync_state.status(connection)
        assert (status.held, status.refused) == (0, 1)
        parked.keep(connection, "entry", key, 0)
    await desk.sync()
    assert list(there(server)) == ["changed"]


@pytest.mark.parametrize(
    ("act", "shown", "held"), [("edit", ["second"], 0), ("delete", ["first"], 1)], ids=["edit", "delete"]
)
async def test_an_answer_that_comes_when_the_file_was_restored_meanwhile_is_no_answer_to_it(
    desk: Place, server: InlineServer, monkeypatch: pytest.MonkeyPatch, act: str, shown: list[str], held: int
) -> None:
    key = desk.add("first", MONDAY - HOUR)
    await desk.sync()
    desk.computer.back_up()
    if act == "edit":
        desk.tracker.edit(key, description="second")
    else:
        desk.tracker.delete([key])
    delivered = desk.network._deliver

    async def restored_meanwhile(request: httpx.Request, body: bytes) -> httpx.Response:
        answer = await delivered(request, body)
        if request.method in ("PATCH", "DELETE"):
            monkeypatch.setattr(desk.network, "_deliver", delivered)
            assert desk.computer.restore()
        return answer

    monkeypatch.setattr(desk.network, "_deliver", restored_meanwhile)
    await desk.sync()
    await desk.sync()
    assert list(desk.shown()) == shown
    assert desk.tracker.sync_status().held == held


async def test_after_a_restore_what_had_been_sent_before_is_known_again_although_it_was_moved_elsewhere(
    desk: Place, server: InlineServer
) -> None:
    desk.tracker.start(Draft("one and the same"))
    desk.computer.back_up()
    await desk.sync()
    server.raw.execute("UPDATE entries SET start = start - 600000")
    assert desk.computer.restore()
    await desk.sync()
    assert there(server) == desk.shown() == {"one and the same": ("07:50", None)}


async def test_a_restored_file_is_held_against_all_that_the_server_has_at_once(
    desk: Place, laptop: Place
) -> None:
    desk.computer.back_up()
    desk.computer.start()
    await asyncio.sleep(10)
    laptop.add("long ago", MONDAY - 90 * DAY)
    await laptop.sync()
    assert desk.computer.restore()
    desk.computer.wake()
    await asyncio.sleep(10)
    assert list(desk.shown()) == ["long ago"]


async def test_a_stop_given_elsewhere_stands_in_a_restored_file_that_had_let_the_entry_go_on(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    key = desk.add("goes on", MONDAY - 2 * HOUR)
    await desk.sync()
    desk.tracker.edit(key, stop=None)
    desk.computer.back_up()
    await desk.sync()
    await laptop.sync()
    await asyncio.sleep(300)
    laptop.tracker.stop()
    await laptop.sync()
    assert desk.computer.restore()
    await desk.sync()
    assert there(server) == desk.shown() == {"goes on": ("06:00", "08:05")}


@pytest.mark.parametrize("runs", [False, True])
async def test_what_is_deleted_in_a_restored_file_before_it_has_looked_is_deleted(
    desk: Place, laptop: Place, server: InlineServer, runs: bool
) -> None:
    if runs:
        desk.tracker.start(Draft("sent since"))
    else:
        desk.add("sent since", MONDAY - HOUR)
    desk.computer.back_up()
    await desk.sync()
    assert desk.computer.restore()
    desk.tracker.delete([desk.only()])
    await desk.sync()
    await laptop.sync()
    assert there(server) == laptop.shown() == desk.shown() == {}
    assert desk.tracker.sync_status().waiting == 0


async def test_what_is_deleted_in_a_restored_file_and_was_never_sent_stops_no_timer(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    desk.tracker.start(Draft("never sent"))
    desk.computer.back_up()
    assert desk.computer.restore()
    desk.tracker.delete([desk.only()])
    laptop.tracker.start(Draft("runs elsewhere"), MONDAY - HOUR)
    await laptop.sync()
    await desk.sync()
    assert there(server) == desk.shown() == {"runs elsewhere": ("07:00", None)}


@pytest.mark.parametrize("next_one", [None, "next"])
async def test_letting_an_entry_go_on_stands_in_a_restored_file_against_an_older_end_that_was_given_elsewhere(
    desk: Place, laptop: Place, server: InlineServer, next_one: str | None
) -> None:
    key = desk.add("goes on", MONDAY - 2 * HOUR)
    await desk.sync()
    await laptop.sync()
    laptop.tracker.edit(laptop.only(), stop=MONDAY - HOUR)
    await laptop.sync()
    desk.computer.back_up()
    assert desk.computer.restore()
    desk.tracker.edit(key, stop=None)
    await asyncio.sleep(600)
    shown: dict[str, tuple[str, str | None]] = {"goes on": ("06:00", None)}
    if next_one is not None:
        desk.tracker.start(Draft(next_one))
        shown = {"goes on": ("06:00", "08:10"), next_one: ("08:10", None)}
    await desk.sync()
    assert there(server) == desk.shown() == shown
    [record] = desk.computer.overruled()
    assert record.fields == {"stop": to_milliseconds(MONDAY - HOUR)}


@pytest.mark.parametrize("restored", [False, True])
async def test_what_is_deleted_here_and_was_made_and_deleted_elsewhere_before_is_nothing_to_ask_about(
    desk: Place, laptop: Place, server: InlineServer, restored: bool
) -> None:
    desk.add("gone", MONDAY - HOUR)
    if restored:
        desk.computer.back_up()
    else:
        desk.network.doom = "unheard"
    await desk.sync()
    await laptop.sync()
    laptop.tracker.delete([laptop.only()])
    await laptop.sync()
    if restored:
        assert desk.computer.restore()
    desk.tracker.delete([desk.only()])
    desk.network.online = True
    await desk.sync()
    assert there(server) == desk.shown() == {}
    status = desk.tracker.sync_status()
    assert (status.waiting, status.refused) == (0, 0)
