"""Services of the desktop that take every call and answer none: whatever waited for them would never come."""

import asyncio
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection
from tests.desktop.buses import bus_daemon, session_bus
from tests.desktop.program import Program
from tests.desktop.screen import end, launch, wait_until
from tests.desktop.test_hotkeys import is_taken
from tests.session_bus import silent_bus

from tabkeeper.desktop.bus import Bus

# With a patience that outlasts the test.
PATIENT = """
import sys
from tabkeeper.desktop.bus import Bus
Bus.call.__kwdefaults__["patience"] = 600.0
from tabkeeper.app import main
sys.exit(main())
"""
SILENT = (
    "org.freedesktop.NetworkManager",
    "org.freedesktop.Notifications",
    "org.freedesktop.ScreenSaver",
    "org.freedesktop.login1",
    "org.freedesktop.portal.Desktop",
    "org.freedesktop.secrets",
    "org.gnome.Mutter.IdleMonitor",
    "org.gnome.ScreenSaver",
)


WATCHER, WATCHER_PATH = "org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher"
HOLDING_QT_UP = (WATCHER, "org.a11y.Bus")
"""Where one of these is silent Qt has no bus, and so asks none of the others."""


@pytest.fixture(params=[(), HOLDING_QT_UP[:1], HOLDING_QT_UP], ids=["others", "tray", "all"])
def among_silent_services(
    program: Program, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> Iterator[Program]:
    """A program whose buses have services behind a connection that nobody reads."""
    with session_bus(monkeypatch) as address, open_dbus_connection(bus=address) as silent:
        bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        for name in SILENT + request.param:
            silent.send_and_get_reply(new_method_call(bus, "RequestName", "su", (name, 4)))
        for which in ("SESSION", "SYSTEM"):
            program.environment[f"DBUS_{which}_BUS_ADDRESS"] = address
        yield program
        program.end()


def test_services_that_hang_delay_neither_icon_nor_key_nor_command_nor_end(
    among_silent_services: Program,
) -> None:
    program = among_silent_services
    program.run("config", "set", "hotkey.toggle", "F9")
    program.run("config", "set", "start.with_session", "on")
    program.ask("start", "Review", "--ago", "11h")
    program.process = launch((sys.executable, "-c", PATIENT), program.environment, program.log)
    program.icon()
    wait_until(lambda: is_taken(program.screen, "F9"), "F9 to be held")
    # The reminder of a timer that runs for very long is waiting for its service by now.
    program.screen.press("F9")
    program.wait_for_stop()
    program.screen.press("F9")
    program.wait_for_entry("Review")
    program.open_window()
    end(program.process)
    assert program.process.returncode == 0


@pytest.fixture
def between_silent_buses(program: Program, tmp_path: Path) -> Iterator[Program]:
    """A program whose buses take every connection, and never say a word."""
    with silent_bus(tmp_path) as address:
        for which in ("SESSION", "SYSTEM"):
            program.environment[f"DBUS_{which}_BUS_ADDRESS"] = address
        yield program
        program.end()


def test_where_no_bus_answers_there_is_an_icon_that_works_and_the_doctor_says_so(
    between_silent_buses: Program,
) -> None:
    program = between_silent_buses
    program.run("config", "set", "hotkey.toggle", "F9")
    program.ask("start", "Review")
    program.ask("stop")
    program.start()
    program.screen.click(program.icon(), button=2)
    program.wait_for_entry("Review")
    wait_until(lambda: is_taken(program.screen, "F9"), "F9 to be held")
    program.screen.press("F9")
    program.wait_for_stop()
    (found,) = (check for check in program.ask("doctor")["checks"] if check["what"] == "bus")
    assert found["detail"].startswith("The session bus does not answer. If Tabkeeper begins now, its icon")
    program.open_window()
    program.open_settings()
    program.end()
    assert program.process
    assert program.process.returncode == 0


async def test_in_a_tray_that_answers_late_the_icon_comes_by_itself(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", program.environment["DBUS_SESSION_BUS_ADDRESS"])
    answering, items = asyncio.Event(), list[str]()
    tray = await Bus.open()

    async def has_host(_: str, name: str) -> tuple[str, tuple[Any]]:
        await answering.wait()
        return "v", (("b", True),)

    async def register(name: str) -> tuple[str, tuple[()]]:
        items.append(name)
        return "", ()

    tray.serve(WATCHER_PATH, "org.freedesktop.DBus.Properties", "Get", has_host)
    tray.serve(WATCHER_PATH, WATCHER, "RegisterStatusNotifierItem", register)
    assert await tray.own(WATCHER)
    await asyncio.to_thread(program.ask, "start", "Review")
    program.start()
    await asyncio.to_thread(program.open_window)
    answering.set()
    await asyncio.to_thread(lambda: program.screen.click(program.icon()))
    await asyncio.to_thread(wait_until, lambda: items, "the icon to register")
    assert (await asyncio.to_thread(program.ask, "status"))["running"]
    await asyncio.to_thread(program.end)
    await tray.close()


def test_a_bus_that_stops_delays_neither_the_settings_nor_the_end(program: Program) -> None:
    with bus_daemon() as (daemon, address):
        for which in ("SESSION", "SYSTEM"):
            program.environment[f"DBUS_{which}_BUS_ADDRESS"] = address
        program.start()
        window = program.open_window()
        daemon.send_signal(signal.SIGSTOP)
        program.open_settings()
        program.screen.press("Escape")
        wait_until(lambda: program.windows() == [window], "the settings to go")
        program.end()
        assert program.process
        assert program.process.returncode == 0
