"""What happens to a computer that is carried around: sleep, other networks, and a clock that is put right."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from tests.histories import fates
from tests.histories.inline_server import BASE, InlineServer
from tests.histories.world import MONDAY
from tests.sync.rules.place import HOUR, MINUTE, Place, there

from tabkeeper.model.entry import Draft
from tabkeeper.model.sync_status import Trouble


async def on_the_web(server: InlineServer, method: str, path: str) -> None:
    headers = {"Authorization": f"Bearer {server.secret}"}
    async with httpx.AsyncClient(transport=server.transport(), headers=headers) as http:
        assert (await http.request(method, BASE + path)).status_code < 300


def set_clocks(server: InlineServer, passed: timedelta) -> None:
    """Let time pass everywhere, but not for a program that is asleep meanwhile."""
    loop = asyncio.get_running_loop()
    server.now = lambda: MONDAY + passed + timedelta(seconds=loop.time())


async def test_after_ten_hours_of_sleep_a_timer_ends_where_it_was_stopped_elsewhere(
    laptop: Place, server: InlineServer
) -> None:
    laptop.tracker.start(Draft("into the night"))
    laptop.computer.start()
    await asyncio.sleep(10)
    laptop.network.online = False
    set_clocks(server, HOUR)
    await on_the_web(server, "POST", "/entries/stop")
    set_clocks(server, 10 * HOUR)
    await asyncio.sleep(60)
    assert laptop.shown() == {"into the night": ("08:00", None)}
    laptop.network.online = True
    laptop.computer.wake()
    await asyncio.sleep(60)
    assert laptop.shown() == there(server) == {"into the night": ("08:00", "09:00")}


async def test_attempts_without_a_network_leave_the_file_alone_after_the_first(laptop: Place) -> None:
    await laptop.sync()
    laptop.network.online = False
    laptop.add("waits", MONDAY)
    laptop.computer.start()
    await asyncio.sleep(60)
    status = laptop.tracker.sync_status()
    assert status.trouble == Trouble.OFFLINE
    laptop.tracker.changed_elsewhere()
    asked = len(laptop.asked)
    await asyncio.sleep(600)
    assert len(laptop.asked) > asked + 10
    assert not laptop.tracker.changed_elsewhere()
    laptop.network.online = True
    await asyncio.sleep(60)
    assert laptop.tracker.sync_status().state == "idle"


async def test_woken_it_shows_at_once_what_was_changed_elsewhere(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    key = desk.add("before", MONDAY - HOUR)
    await desk.sync()
    laptop.computer.start()
    await asyncio.sleep(10)
    desk.tracker.edit(key, description="changed")
    await desk.sync()
    assert list(laptop.shown()) == ["before"]
    laptop.computer.wake()
    await asyncio.sleep(10)
    assert list(laptop.shown()) == ["changed"]


async def test_a_computer_that_spares_its_battery_looks_more_rarely_and_tells_as_soon_as_ever(
    laptop: Place, server: InlineServer
) -> None:
    laptop.computer.start()
    await asyncio.sleep(300)
    often = len(laptop.asked)
    laptop.computer.sparing = True
    await asyncio.sleep(300)
    assert 0 < len(laptop.asked) - often < often / 2
    laptop.tracker.start(Draft("on the train"))
    laptop.computer.wake()
    await asyncio.sleep(5)
    assert list(there(server)) == ["on the train"]


async def test_woken_offline_and_elsewhere_the_end_that_the_person_gives_stands(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    laptop.tracker.start(Draft("into the night"))
    laptop.computer.start()
    await asyncio.sleep(10)
    laptop.network.online = False
    set_clocks(server, 2 * HOUR)
    desk.tracker.start(Draft("in the morning"), MONDAY + 2 * HOUR)
    await desk.sync()
    set_clocks(server, 10 * HOUR)
    laptop.tracker.stop(MONDAY + 30 * MINUTE)
    await asyncio.sleep(600)
    laptop.network.online = True
    laptop.computer.wake()
    await asyncio.sleep(60)
    await desk.sync()
    assert there(server) == {"into the night": ("08:00", "08:30"), "in the morning": ("10:00", None)}
    assert laptop.shown() == desk.shown() == there(server)


async def test_behind_a_login_page_that_answers_everything_all_is_kept_and_goes_on_afterwards(
    laptop: Place, server: InlineServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop.add("known to both", MONDAY - 3 * HOUR)
    laptop.computer.start()
    await asyncio.sleep(10)
    monkeypatch.setattr(fates, "WEIGHTS", [float(fate == "login page") for fate in fates.FATES])
    laptop.network.trouble = 1.0
    laptop.add("added there", MONDAY - 2 * HOUR)
    laptop.tracker.start(Draft("started there"))
    laptop.computer.wake()
    await asyncio.sleep(3600)
    laptop.tracker.stop()
    status = laptop.tracker.sync_status()
    assert (status.trouble, status.waiting, status.needs_you) == (Trouble.OFFLINE, 2, 0)
    assert list(there(server)) == ["known to both"]
    assert len(laptop.shown()) == 3
    laptop.network.trouble = 0.0
    laptop.computer.wake()
    await asyncio.sleep(60)
    assert laptop.shown() == there(server)
    assert there(server)["started there"] == ("08:00", "09:00")


@pytest.mark.parametrize("ahead", [HOUR, -HOUR], ids=["ahead", "behind"])
async def test_a_clock_that_is_put_right_by_an_hour_leaves_one_timer_and_computers_that_agree(
    desk: Place, laptop: Place, server: InlineServer, ahead: timedelta
) -> None:
    laptop.computer.ahead = ahead
    laptop.tracker.start(Draft("by the wrong clock"))
    laptop.computer.start()
    await asyncio.sleep(60)
    assert laptop.tracker.sync_status().clock_ahead_seconds == pytest.approx(ahead.total_seconds(), abs=1)
    laptop.computer.ahead = timedelta(0)
    await asyncio.sleep(60)
    assert laptop.tracker.sync_status().clock_ahead_seconds == 0
    laptop.tracker.start(Draft("by the right one"))
    laptop.computer.wake()
    await asyncio.sleep(60)
    await desk.sync()
    begun = "09:00" if ahead > timedelta(0) else "07:00"
    ended = "09:00" if ahead > timedelta(0) else "08:02"
    assert there(server) == {
        "by the wrong clock": (begun, ended),
        "by the right one": ("08:02", None),
    }
    assert laptop.shown() == desk.shown() == there(server)
