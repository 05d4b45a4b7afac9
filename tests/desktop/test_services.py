"""Idle time, sleep and lock as the services of a Linux desktop say them, on a real bus; or none does."""

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import pytest_asyncio
from tests.desktop.buses import session_bus
from tests.reflexes.conftest import until

from tabkeeper.desktop.bus import Bus, BusTrouble
from tabkeeper.desktop.idle import Unknown
from tabkeeper.desktop.idle.session_bus import BusIdle
from tabkeeper.desktop.power.linux import LinuxPower

LOGIND, LOGIND_PATH = "org.freedesktop.login1", "/org/freedesktop/login1"
SESSION_PATH = f"{LOGIND_PATH}/session/_31"
PROPERTIES = "org.freedesktop.DBus.Properties"


class Services:
    """What the test lets answer on the bus, which is session and system bus in one."""

    def __init__(self, bus: Bus) -> None:
        self.bus = bus
        self.properties: dict[str, tuple[str, Any]] = {}

    async def mutter(self, milliseconds: int) -> None:
        async def answer() -> tuple[str, tuple[int]]:
            return "t", (milliseconds,)

        path = "/org/gnome/Mutter/IdleMonitor/Core"
        self.bus.serve(path, "org.gnome.Mutter.IdleMonitor", "GetIdletime", answer)
        await self.bus.own("org.gnome.Mutter.IdleMonitor")

    async def screen_saver(self, milliseconds: int) -> None:
        async def answer() -> tuple[str, tuple[int]]:
            return "u", (milliseconds,)

        self.bus.serve("/ScreenSaver", "org.freedesktop.ScreenSaver", "GetSessionIdleTime", answer)
        await self.bus.own("org.freedesktop.ScreenSaver")

    async def logind(self, **properties: tuple[str, Any]) -> None:
        self.properties = properties

        async def session(name: str) -> tuple[str, tuple[str]]:
            if name != "auto":
                raise BusTrouble("Started by systemd, this program belongs to no session", "test.NoSession")
            return "o", (SESSION_PATH,)

        async def get(_: str, name: str) -> tuple[str, tuple[Any]]:
            return "v", (self.properties[name],)

        self.bus.serve(LOGIND_PATH, f"{LOGIND}.Manager", "GetSession", session)
        self.bus.serve(SESSION_PATH, PROPERTIES, "Get", get)
        await self.bus.own(LOGIND)


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with session_bus(monkeypatch) as address:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        yield address


@pytest_asyncio.fixture
async def services(address: str) -> AsyncIterator[Services]:
    services = Services(await Bus.open())
    yield services
    await services.bus.close()


@pytest_asyncio.fixture
async def idle(services: Services) -> AsyncIterator[BusIdle]:
    idle = BusIdle()
    yield idle
    await idle.release()


async def test_mutter_is_asked_first(services: Services, idle: BusIdle) -> None:
    await services.screen_saver(1_000)
    await services.mutter(42_000)
    assert await idle.seconds() == 42.0


async def test_the_screen_saver_is_asked_where_there_is_no_mutter(services: Services, idle: BusIdle) -> None:
    await services.screen_saver(7_500)
    assert await idle.seconds() == 7.5


async def test_logind_is_asked_last_and_counts_from_its_own_hint(services: Services, idle: BusIdle) -> None:
    await services.logind(IdleHint=("b", False), IdleSinceHint=("t", 1))
    assert await idle.seconds() == 0.0
    services.properties["IdleHint"] = ("b", True)
    assert await idle.seconds() > 3_600


async def test_where_nobody_knows_it_that_is_said_and_asked_again_later(
    services: Services, idle: BusIdle
) -> None:
    with pytest.raises(Unknown):
        await idle.seconds()
    await services.mutter(1_000)
    assert await idle.seconds() == 1.0


async def test_without_a_bus_idle_time_is_unknown_and_power_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SESSION", "SYSTEM"):
        monkeypatch.setenv(f"DBUS_{name}_BUS_ADDRESS", "unix:path=/nowhere/bus")
    with pytest.raises(BusTrouble):
        await Bus.open()
    with pytest.raises(Unknown):
        await BusIdle().seconds()
    power = LinuxPower()
    await power.begin()
    await power.release()


async def test_sleep_and_lock_are_heard(services: Services) -> None:
    await services.logind()
    power, heard = LinuxPower(), list[str]()
    power.left.connect(lambda: heard.append("left"))
    power.came_back.connect(lambda: heard.append("back"))
    await power.begin()
    emit, manager, session = services.bus.emit, f"{LOGIND}.Manager", f"{LOGIND}.Session"
    await emit(LOGIND_PATH, manager, "PrepareForSleep", "b", True)
    await emit(LOGIND_PATH, manager, "PrepareForSleep", "b", False)
    await emit(SESSION_PATH, session, "Lock", "")
    await emit(SESSION_PATH, session, "Unlock", "")
    await until(lambda: len(heard) == 4, "all four")
    assert heard == ["left", "back"] * 2
    await power.release()


async def test_a_desktop_s_screen_saver_is_heard(services: Services) -> None:
    await services.screen_saver(0)
    power, heard = LinuxPower(), list[str]()
    power.left.connect(lambda: heard.append("left"))
    power.came_back.connect(lambda: heard.append("back"))
    await power.begin()
    for locked in (True, False):
        await services.bus.emit("/ScreenSaver", "org.freedesktop.ScreenSaver", "ActiveChanged", "b", locked)
    await until(lambda: len(heard) == 2, "both")
    assert heard == ["left", "back"]
    await power.release()
