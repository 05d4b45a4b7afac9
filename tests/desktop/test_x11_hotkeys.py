"""Keys grabbed on a real X server: under locks and layouts, against another client, once if held down."""

import asyncio
import subprocess
import threading
from collections.abc import Callable, Iterator

import pytest
import xcffib
from pytestqt.qtbot import QtBot
from tests.desktop.screen import Screen
from xcffib import xkb

from tabkeeper.desktop.hotkeys import Outcome
from tabkeeper.desktop.hotkeys.x11 import X11Hotkeys
from tabkeeper.desktop.hotkeys.x11_grabs import Grabs
from tabkeeper.settings.chord import parse_chord


class Bench:
    """Hotkeys on the screen, with what they have heard and answered."""

    def __init__(self, screen: Screen, qtbot: QtBot) -> None:
        self.screen, self.qtbot = screen, qtbot
        self.hotkeys = X11Hotkeys(screen.display)
        self.heard: list[str] = []
        self.answers: list[dict[str, Outcome]] = []
        self.hotkeys.pressed.connect(self.heard.append)
        self.hotkeys.answered.connect(self.answers.append)

    def bind(self, **wanted: str) -> dict[str, Outcome]:
        """Bind, and return what came of it."""
        return self.after(
            lambda: self.hotkeys.bind({name: parse_chord(text) for name, text in wanted.items()})
        )

    def after(self, act: Callable[[], object]) -> dict[str, Outcome]:
        """Do something and return the next answer."""
        before = len(self.answers)
        act()
        self.qtbot.waitUntil(lambda: len(self.answers) > before)
        return self.answers[-1]

    def hears(self, *names: str) -> None:
        """Wait until exactly these have been heard since the last time."""
        self.qtbot.waitUntil(lambda: len(self.heard) >= len(names))
        assert self.heard == [*names]
        self.heard.clear()

    def layout(self, *words: str) -> None:
        subprocess.run(("setxkbmap", *words), env=self.screen.environment, check=True, timeout=30)


@pytest.fixture
def bench(screen: Screen, qtbot: QtBot) -> Iterator[Bench]:
    bench = Bench(screen, qtbot)
    bench.layout("us")
    yield bench
    asyncio.run(bench.hotkeys.release())
    bench.layout("us", "-option", "")


def test_each_chord_is_heard_under_its_name_and_no_other_key_is(bench: Bench) -> None:
    bound = bench.bind(toggle="Ctrl+Alt+T", window="Meta+F5", quick_add="Pause")
    assert bound == {
        "toggle": Outcome(keys="Ctrl+Alt+T"),
        "window": Outcome(keys="Meta+F5"),
        "quick_add": Outcome(keys="Pause"),
    }
    bench.screen.press("ctrl+t", "alt+t", "t", "ctrl+alt+shift+t", "F5", "super+F5", "ctrl+alt+t", "Pause")
    bench.hears("window", "toggle", "quick_add")


@pytest.mark.parametrize("lock", ["Num_Lock", "Caps_Lock"])
def test_a_chord_is_heard_while_a_lock_is_on(bench: Bench, lock: str) -> None:
    bench.bind(toggle="Ctrl+Alt+T", window="F9")
    bench.screen.press(lock)
    try:
        bench.screen.press("ctrl+alt+t", "F9")
        bench.hears("toggle", "window")
    finally:
        bench.screen.press(lock)


def test_a_chord_follows_its_letter_to_another_layout(bench: Bench) -> None:
    bench.bind(toggle="Ctrl+Alt+T")
    bench.after(lambda: bench.layout("dvorak"))
    bench.screen.press("ctrl+alt+t")
    bench.hears("toggle")
    # Where T was: a key that is another letter now.
    bench.screen.press("ctrl+alt+y")
    bench.screen.press("ctrl+alt+t")
    bench.hears("toggle")


def test_a_chord_is_heard_on_a_layout_that_lacks_its_letter(bench: Bench) -> None:
    bench.bind(toggle="Ctrl+Alt+T")
    bench.after(lambda: bench.layout("ru"))
    # The key on which T is printed.
    bench.screen.press("ctrl+alt+Cyrillic_ie")
    bench.hears("toggle")


def test_a_chord_is_heard_in_the_second_group_of_a_layout(bench: Bench) -> None:
    bench.bind(toggle="Ctrl+Alt+T")
    bench.after(lambda: bench.layout("us,ru"))
    connection = xcffib.connect(bench.screen.display)
    keyboard = connection(xkb.key)
    keyboard.UseExtension(1, 0).reply()
    keyboard.LatchLockState(xkb.ID.UseCoreKbd, 0, 0, True, 1, 0, False, 0)
    assert keyboard.GetState(xkb.ID.UseCoreKbd).reply().group == 1
    # The key with T in the first group.
    bench.screen.press("ctrl+alt+28")
    bench.hears("toggle")
    connection.disconnect()


def test_a_chord_is_heard_while_a_button_of_the_mouse_is_held(bench: Bench) -> None:
    bench.bind(toggle="Ctrl+Alt+T", window="F9")
    bench.screen._run("xdotool", "mousedown", "1")
    try:
        bench.screen.press("ctrl+alt+t", "F9")
        bench.hears("toggle", "window")
    finally:
        bench.screen._run("xdotool", "mouseup", "1")


def test_a_key_that_another_program_holds_is_refused_at_once_and_free_when_it_has_gone(bench: Bench) -> None:
    other = Grabs(bench.screen.display)
    assert other.hold({"theirs": parse_chord("Ctrl+Alt+T")})["theirs"].keys
    bound = bench.bind(toggle="Ctrl+Alt+T", window="F9")
    assert "Ctrl+Alt+T belongs to another program" in bound["toggle"].refusal
    assert bound["window"] == Outcome(keys="F9")
    bench.screen.press("ctrl+alt+t", "F9")
    bench.hears("window")
    other.close()
    assert bench.bind(toggle="Ctrl+Alt+T")["toggle"] == Outcome(keys="Ctrl+Alt+T")
    bench.screen.press("ctrl+alt+t")
    bench.hears("toggle")


def test_nobody_is_refused_a_key_because_another_program_tries_it_out(bench: Bench) -> None:
    done = threading.Event()

    def try_out_again_and_again() -> None:
        other = Grabs(bench.screen.display)
        while not done.is_set():
            other.try_out({"theirs": parse_chord("Ctrl+Alt+T")})
        other.close()

    other = threading.Thread(target=try_out_again_and_again)
    other.start()
    try:
        for key in ("toggle", "window") * 10:
            assert bench.bind(**{key: "Ctrl+Alt+T"})[key] == Outcome(keys="Ctrl+Alt+T")
    finally:
        done.set()
        other.join()


def test_what_is_not_wanted_any_more_is_given_back(bench: Bench) -> None:
    bench.bind(toggle="Ctrl+Alt+T", window="F9")
    bench.bind(toggle="F9")
    other = Grabs(bench.screen.display)
    outcomes = other.hold({"t": parse_chord("Ctrl+Alt+T"), "f": parse_chord("F9")})
    other.close()
    assert outcomes["t"].keys == "Ctrl+Alt+T"
    assert outcomes["f"].refusal
    bench.screen.press("F9")
    bench.hears("toggle")


def test_a_key_that_is_held_down_is_heard_once(bench: Bench) -> None:
    bench.bind(toggle="F9", window="F8")
    bench.screen._run("xdotool", "keydown", "F9", "sleep", "1.2", "keyup", "F9", "key", "F8")
    bench.hears("toggle", "window")


def test_without_a_server_each_key_is_refused_with_a_sentence(qtbot: QtBot) -> None:
    hotkeys = X11Hotkeys(":4711")
    with qtbot.waitSignal(hotkeys.answered) as answered:
        hotkeys.bind({"toggle": parse_chord("F9")})
    asyncio.run(hotkeys.release())
    assert answered.args
    assert "X server does not answer" in answered.args[0]["toggle"].refusal
