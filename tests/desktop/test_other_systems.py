"""Windows and macOS at their narrowest seam: what they would be asked, and what is made of their answers.

What they really answer is not shown here.
"""

import asyncio
import ctypes
from collections.abc import Callable
from ctypes import wintypes
from types import SimpleNamespace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tabkeeper.desktop.battery import mac_drains, windows_drains
from tabkeeper.desktop.hotkeys import Hotkeys, Outcome
from tabkeeper.desktop.hotkeys.macos import _KEYS as MAC_KEYS
from tabkeeper.desktop.hotkeys.macos import CarbonHotkeys
from tabkeeper.desktop.hotkeys.windows import _KEYS as WINDOWS_KEYS
from tabkeeper.desktop.hotkeys.windows import WindowsHotkeys
from tabkeeper.desktop.idle.macos import MacIdle
from tabkeeper.desktop.idle.windows import WindowsIdle
from tabkeeper.desktop.power.macos import MacPower
from tabkeeper.desktop.power.windows import WindowsPower
from tabkeeper.settings.chord import KEYS, parse_chord

WM_HOTKEY = 0x0312


class User32:
    """Windows' list of hotkeys; those in `taken` belong to another program."""

    def __init__(self) -> None:
        self.registered: dict[int, tuple[int, int]] = {}
        self.taken: set[int] = set()

    def RegisterHotKey(self, window: None, number: int, held: int, key: int) -> int:
        if key in self.taken:
            return 0
        self.registered[number] = (held, key)
        return 1

    def UnregisterHotKey(self, window: None, number: int) -> int:
        del self.registered[number]
        return 1


class Carbon:
    """macOS' list of hotkeys; those in `taken` are not given."""

    def __init__(self) -> None:
        self.registered: dict[int, tuple[int, int]] = {}
        self.taken: set[int] = set()
        self.press: Callable[[int], None]

    def listen(self, hear: Callable[[int], None]) -> None:
        self.press = hear

    def register(self, number: int, key: int, held: int) -> object | None:
        if key in self.taken:
            return None
        self.registered[number] = (held, key)
        return number

    def unregister(self, held: object) -> None:
        assert isinstance(held, int)
        del self.registered[held]


class Centers:
    """macOS' notification centres: `post` says what it would."""

    def __init__(self) -> None:
        self.hearing: dict[str, Callable[[str], None]] = {}

    def listen(self, workspace: list[str], distributed: list[str], hear: Callable[[str], None]) -> None:
        assert all(name.startswith("NSWorkspace") for name in workspace)
        assert all(name.startswith("com.apple.") for name in distributed)
        self.hearing = dict.fromkeys((*workspace, *distributed), hear)

    def post(self, name: str) -> None:
        self.hearing[name](name)

    def release(self) -> None:
        self.hearing.clear()


def bound(hotkeys: Hotkeys, qtbot: QtBot, **wanted: str) -> dict[str, Outcome]:
    with qtbot.waitSignal(hotkeys.answered) as answered:
        hotkeys.bind({name: parse_chord(text) for name, text in wanted.items()})
    assert answered.args
    outcomes: dict[str, Outcome] = answered.args[0]
    return outcomes


def message(number: int, kind: int = WM_HOTKEY) -> tuple[Any, int]:
    """Return a message as Qt hands it to a filter, and what keeps it alive."""
    made = wintypes.MSG()
    made.message, made.wParam = kind, number
    return made, ctypes.addressof(made)


def test_windows_keys_are_registered_without_repeats_and_heard_by_their_messages(qtbot: QtBot) -> None:
    user32, heard = User32(), list[str]()
    hotkeys = WindowsHotkeys(user32)
    hotkeys.pressed.connect(heard.append)
    outcomes = bound(hotkeys, qtbot, toggle="Ctrl+Alt+T", window="Meta+F5")
    assert outcomes == {"toggle": Outcome("Ctrl+Alt+T"), "window": Outcome("Meta+F5")}
    assert user32.registered == {1: (0x4003, 0x54), 2: (0x4008, 0x74)}
    for number, kind in ((2, WM_HOTKEY), (1, WM_HOTKEY), (1, 0x100), (9, WM_HOTKEY)):
        alive, address = message(number, kind)
        hotkeys._messages.nativeEventFilter(b"windows_generic_MSG", address)
        assert alive.message == kind
    assert heard == ["window", "toggle"]
    asyncio.run(hotkeys.release())
    assert not user32.registered


def test_a_key_that_windows_does_not_give_is_refused_and_the_others_are_bound(qtbot: QtBot) -> None:
    user32 = User32()
    user32.taken.add(0x54)
    hotkeys = WindowsHotkeys(user32)
    outcomes = bound(hotkeys, qtbot, toggle="Ctrl+Alt+T", window="F9")
    assert "belongs to another program" in outcomes["toggle"].refusal
    assert outcomes["window"].keys == "F9"
    asyncio.run(hotkeys.release())


class Sessions:
    """Whom Windows tells about locks; it refuses where it is not `ready`."""

    def __init__(self, *, ready: bool) -> None:
        self.ready = ready
        self.told: list[int | None] = []

    def WTSRegisterSessionNotification(self, window: wintypes.HWND, flags: int) -> int:
        assert flags == 0
        if self.ready:
            self.told.append(window.value)
        return self.ready

    def WTSUnRegisterSessionNotification(self, window: wintypes.HWND) -> int:
        if window.value in self.told:
            self.told.remove(window.value)
        return 1


@pytest.mark.parametrize("ready", [True, False])
async def test_sleep_and_locks_under_windows_are_the_messages_to_a_window_of_ours(
    qtbot: QtBot, ready: bool
) -> None:
    sessions, heard = Sessions(ready=ready), list[str]()
    power = WindowsPower(sessions)
    power.left.connect(lambda: heard.append("left"))
    power.came_back.connect(lambda: heard.append("came back"))
    await power.begin()
    ours = power._messages.window
    assert sessions.told == ([ours] if ready else [])
    for window, kind, about in (
        (ours, 0x218, 0x04), (ours, 0x218, 0x12), (ours, 0x2B1, 0x07), (ours, 0x2B1, 0x08),
        (ours + 1, 0x218, 0x04), (ours, 0x218, 0x0A), (ours, 0x2B1, 0x01), (ours, 0x100, 0x04),
    ):  # fmt: skip
        alive, address = message(about, kind)
        alive.hWnd = window
        assert power._messages.nativeEventFilter(b"windows_generic_MSG", address) == (False, 0)
    assert heard == ["left", "came back", "left", "came back"]
    await power.release()
    assert not sessions.told


def test_mac_keys_are_registered_and_heard_by_their_numbers(qtbot: QtBot) -> None:
    carbon, heard = Carbon(), list[str]()
    hotkeys = CarbonHotkeys(carbon)
    hotkeys.pressed.connect(heard.append)
    outcomes = bound(hotkeys, qtbot, toggle="Ctrl+Alt+T", window="Shift+Meta+Space")
    assert outcomes == {"toggle": Outcome("Ctrl+Alt+T"), "window": Outcome("Shift+Meta+Space")}
    assert carbon.registered == {0: (0x1800, 17), 1: (0x300, 49)}
    for number in (1, 0, 7):
        carbon.press(number)
    assert heard == ["window", "toggle"]
    assert bound(hotkeys, qtbot) == {}
    assert not carbon.registered


def test_keys_that_a_mac_lacks_or_keeps_are_refused(qtbot: QtBot) -> None:
    carbon = Carbon()
    carbon.taken.add(49)
    outcomes = bound(CarbonHotkeys(carbon), qtbot, toggle="Meta+Space", window="Meta+Pause")
    assert "does not give Meta+Space" in outcomes["toggle"].refusal
    assert "no key Meta+Pause" in outcomes["window"].refusal


def test_every_key_has_its_number() -> None:
    assert set(WINDOWS_KEYS) == set(KEYS)
    assert len(set(WINDOWS_KEYS.values())) == len(KEYS)
    assert set(KEYS) - set(MAC_KEYS) == {"Insert", "Pause", "F21", "F22", "F23", "F24"}
    assert len(set(MAC_KEYS.values())) == len(MAC_KEYS)
    # Some of Apple's numbers that the rows must not have shifted.
    assert [MAC_KEYS[key] for key in ("G", "B", "6", "5", "0", "]", "P", "L", "K", "M", ".")] == [
        5, 11, 22, 23, 29, 30, 35, 37, 40, 46, 47,
    ]  # fmt: skip


@pytest.mark.parametrize(("ticks", "last", "seconds"), [(5_000, 2_000, 3.0), (1_000, (1 << 32) - 1_000, 2.0)])
async def test_idle_time_under_windows_survives_the_day_its_clock_starts_anew(
    ticks: int, last: int, seconds: float
) -> None:
    def last_input(info: Any) -> int:
        info._obj.ticks = last
        return 1

    windows = SimpleNamespace(
        user32=SimpleNamespace(GetLastInputInfo=last_input),
        kernel32=SimpleNamespace(GetTickCount=lambda: ticks),
    )
    assert await WindowsIdle(windows).seconds() == seconds


async def test_idle_time_under_macos_is_what_the_window_server_counts() -> None:
    asked: list[tuple[int, int]] = []

    def since(state: int, kind: int) -> float:
        asked.append((state, kind))
        return 4.5

    services = SimpleNamespace(CGEventSourceSecondsSinceLastEventType=since)
    assert await MacIdle(services).seconds() == 4.5
    assert asked == [(0, 0xFFFFFFFF)]


@pytest.mark.parametrize(("line", "drains"), [(0, True), (1, False), (255, False)])
def test_windows_runs_on_its_battery_where_it_knows_that_it_is_not_plugged_in(
    line: int, drains: bool
) -> None:
    def answer(status: Any) -> int:
        status._obj.line = line
        return 1

    assert windows_drains(SimpleNamespace(GetSystemPowerStatus=answer)) == drains
    assert not windows_drains(SimpleNamespace(GetSystemPowerStatus=lambda _: 0))


@pytest.mark.parametrize(("left", "drains"), [(-2.0, False), (-1.0, True), (5_400.0, True)])
def test_a_mac_runs_on_its_battery_where_its_power_will_end(left: float, drains: bool) -> None:
    assert mac_drains(SimpleNamespace(IOPSGetTimeRemainingEstimate=lambda: left)) == drains


async def test_a_mac_says_when_it_sleeps_is_locked_or_shows_somebody_else() -> None:
    centers, heard = Centers(), list[str]()
    power = MacPower(centers)
    power.left.connect(lambda: heard.append("left"))
    power.came_back.connect(lambda: heard.append("back"))
    await power.begin()
    for name in (
        "NSWorkspaceWillSleepNotification", "NSWorkspaceDidWakeNotification",
        "com.apple.screenIsLocked", "com.apple.screenIsUnlocked",
        "NSWorkspaceSessionDidResignActiveNotification", "NSWorkspaceSessionDidBecomeActiveNotification",
    ):  # fmt: skip
        centers.post(name)
    assert heard == ["left", "back"] * 3
    await power.release()
    assert not centers.hearing
