"""Tabkeeper in a real Plasma 6: its keys by the portal, its idle time by KWin, its icon on the bus."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from tests.desktop.screen import wait_until
from tests.program_process import COMMAND, ProgramProcess, Way
from tests.session_bus import silent_bus
from tests.wayland.plasma import Plasma
from tests.wayland.sandbox import APP, sandboxed

from tabkeeper.desktop.bus import Bus, Place
from tabkeeper.desktop.desktop_entry import fields_of
from tabkeeper.desktop.idle.session_bus import BusIdle
from tabkeeper.desktop.idle.wayland import WaylandIdle

WATCHER, WATCHER_PATH = "org.kde.StatusNotifierWatcher", "/StatusNotifierWatcher"
ITEM, MENU = "org.kde.StatusNotifierItem", "com.canonical.dbusmenu"
COMPONENT = "token_tabkeeper"


def test_a_key_bound_by_the_portal_stops_and_starts_the_timer(
    program: ProgramProcess, plasma: Plasma
) -> None:
    program.run("config", "set", "hotkey.toggle", "Ctrl+Shift+T")
    program.ask("start", "Review")
    plasma.start(program)
    wait_until(lambda: "toggle" in plasma.shortcuts(COMPONENT), "the shortcut")
    plasma.press(COMPONENT, "toggle")
    wait_until(lambda: not program.ask("status")["running"], "the timer to stop")
    plasma.press(COMPONENT, "toggle")
    wait_until(lambda: program.ask("status")["running"], "the timer to start")


def test_a_key_that_is_chosen_while_it_runs_is_bound_at_once(program: ProgramProcess, plasma: Plasma) -> None:
    program.ask("start", "Review")
    program.ask("stop")
    plasma.start(program)
    program.run("config", "set", "hotkey.continue", "Ctrl+Shift+C")
    wait_until(lambda: "continue" in plasma.shortcuts(COMPONENT), "the shortcut")
    plasma.press(COMPONENT, "continue")
    wait_until(lambda: program.ask("status")["running"], "the last thing to run again")


def test_from_a_sandbox_it_starts_with_the_session_through_the_portal(
    program: ProgramProcess, plasma: Plasma, tmp_path: Path
) -> None:
    program.way = Way(from_menu=sandboxed(tmp_path / "sandbox", plasma.runtime, *COMMAND))
    plasma.start(program)
    listed = plasma.runtime / f"home/.config/autostart/{APP}.desktop"
    program.run("config", "set", "start.with_session", "on")
    wait_until(listed.exists, "the entry in the desktop's list")
    command = fields_of(listed)
    assert command is not None
    assert command["Exec"].startswith("flatpak run --command=")
    program.run("config", "set", "start.with_session", "off")
    wait_until(lambda: not listed.exists(), "the entry to go")


def test_the_doctor_finds_what_this_desktop_offers(program: ProgramProcess) -> None:
    found = {check["what"]: check for check in program.ask("doctor")["checks"]}
    assert found["hotkeys"]["detail"].startswith("the desktop's portal")
    assert all(found[what]["state"] == "ok" for what in ("display", "hotkeys", "idle", "bus"))
    assert found["notices"]["state"] == "note", "there is no shell that would show them"


def test_where_the_bus_is_silent_the_window_opens_in_place_of_an_icon(
    program: ProgramProcess, tmp_path: Path
) -> None:
    with silent_bus(tmp_path) as address:
        program.environment |= {"DBUS_SESSION_BUS_ADDRESS": address, "WAYLAND_DEBUG": "1"}
        program.start()
        wait_until(lambda: 'set_title("Tabkeeper")' in program.log.read_text(), "the window")
        program.end()
        assert program.process
        assert program.process.returncode == 0


async def test_kwin_says_for_how_long_nobody_has_touched_anything(
    plasma: Plasma, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", plasma.environment["DBUS_SESSION_BUS_ADDRESS"])
    idle = WaylandIdle(BusIdle(), plasma.environment)
    assert await idle.seconds() == 0.0
    for _ in range(200):
        if await idle.seconds() >= 5.0:
            break
        await asyncio.sleep(0.1)
    assert 5.0 <= await idle.seconds() < 60.0
    await idle.release()


async def test_the_icon_and_its_menu_are_found_by_a_tray_on_the_bus(
    program: ProgramProcess, plasma: Plasma, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", plasma.environment["DBUS_SESSION_BUS_ADDRESS"])
    items: list[str] = []
    tray = await Bus.open()

    async def register(name: str) -> tuple[str, tuple[()]]:
        items.append(name)
        return "", ()

    async def has_host(_: str, name: str) -> tuple[str, tuple[Any]]:
        return "v", (("b", True),)

    tray.serve(WATCHER_PATH, WATCHER, "RegisterStatusNotifierItem", register)
    tray.serve(WATCHER_PATH, "org.freedesktop.DBus.Properties", "Get", has_host)
    assert await tray.own(WATCHER)
    await asyncio.to_thread(program.ask, "start", "Drafting the renewal")
    await asyncio.to_thread(plasma.start, program)
    await asyncio.to_thread(wait_until, lambda: items, "the icon to register")
    item = Place(items[0], "/StatusNotifierItem", ITEM)
    assert await tray.read(item, "Id") == "tabkeeper"
    assert "Drafting the renewal" in (await tray.read(item, "ToolTip"))[2]
    menu = Place(items[0], await tray.read(item, "Menu"), MENU)
    _, (_, _, rows) = await tray.call(menu, "GetLayout", "iias", 0, -1, ["label"])
    labels = [row[1][1]["label"][1] for row in rows if "label" in row[1][1]]
    assert any(label.startswith("Drafting the renewal") for label in labels)
    assert {"Stop", "Open Tabkeeper", "Quit"} <= set(labels)
    stop = next(row[1][0] for row in rows if row[1][1].get("label", ("", ""))[1] == "Stop")
    await tray.call(menu, "Event", "isvu", stop, "clicked", ("s", ""), 0)
    await asyncio.to_thread(wait_until, lambda: not program.ask("status")["running"], "the timer to stop")
    await tray.close()
