"""Hotkeys of the running program, pressed while another program has the focus, read by the command line."""

from collections.abc import Iterator
from functools import partial

import pytest
from tests.desktop.program import Program
from tests.desktop.screen import Screen, Window, end, launch, wait_until

from tabkeeper.desktop.hotkeys.x11_grabs import Grabs
from tabkeeper.settings.chord import parse_chord

QUICK_ADD = "Start a timer — Tabkeeper"


@pytest.fixture
def other_program(screen: Screen) -> Iterator[None]:
    """An xterm that has the focus."""
    xterm = launch(("xterm",), screen.environment, screen.folder / "xterm.log")
    focus(screen, wait_until(lambda: screen.windows(xterm.pid), "xterm")[0])
    yield
    end(xterm)


def focus(screen: Screen, window: Window) -> None:
    screen.click(window)
    wait_until(lambda: screen.active_window() == window.number, f"the focus on {window.title}")


def choose(program: Program, key: str, value: str) -> None:
    assert program.run("config", "set", key, value).returncode == 0


def bind(program: Program, **keys: str) -> None:
    """Choose hotkeys, and wait until the running program holds them."""
    for name, value in keys.items():
        choose(program, f"hotkey.{name}", value)
    for value in keys.values():
        wait_until(partial(is_taken, program.screen, value), f"{value} to be held")


def is_taken(screen: Screen, keys: str) -> bool:
    grabs = Grabs(screen.display)
    try:
        return bool(grabs.try_out({"x": parse_chord(keys)})["x"].refusal)
    finally:
        grabs.close()


def test_a_key_starts_and_stops_the_timer_while_another_program_has_the_focus(
    program: Program, other_program: None
) -> None:
    program.ask("start", "Drafting the renewal")
    program.start()
    program.icon()
    bind(program, toggle="Ctrl+Alt+T")
    active = program.screen.active_window()
    program.screen.press("ctrl+alt+t")
    program.wait_for_stop()
    program.screen.press("ctrl+alt+t")
    program.wait_for_entry("Drafting the renewal")
    assert program.screen.active_window() == active


def test_a_key_opens_a_line_over_the_other_program_and_enter_starts_what_is_typed(
    program: Program, other_program: None
) -> None:
    program.start()
    program.icon()
    bind(program, quick_add="Ctrl+Alt+Space")
    before = program.screen.active_window()
    program.screen.press("ctrl+alt+space")
    window = program.window()
    assert window.title == QUICK_ADD
    wait_until(lambda: program.screen.active_window() == window.number, "the focus in the line")
    program.screen.write("Stand-up #daily 30m ago")
    program.screen.press("Return")
    entry = program.wait_for_entry("Stand-up")
    assert entry["tags"] == ["daily"]
    assert entry["seconds"] > 1700
    wait_until(lambda: not program.windows(), "the line to go")
    wait_until(lambda: program.screen.active_window() == before, "the focus to come back")


def test_escape_leaves_the_line_and_loses_nothing(program: Program, other_program: None) -> None:
    program.start()
    program.icon()
    bind(program, quick_add="F9")
    program.screen.press("F9")
    wait_until(lambda: program.screen.active_window() == program.window().number, "the focus in the line")
    program.screen.write("half a thou")
    program.screen.press("Escape")
    wait_until(lambda: not program.windows(), "the line to go")
    assert not program.ask("status")["running"]
    program.screen.press("F9")
    wait_until(lambda: program.screen.active_window() == program.window().number, "the focus in the line")
    program.screen.press("End")
    program.screen.write("ght")
    program.screen.press("Return")
    program.wait_for_entry("half a thought")


def test_a_key_shows_and_hides_the_window(program: Program) -> None:
    program.start()
    program.icon()
    bind(program, window="F9")
    program.screen.press("F9")
    assert program.window().title == "Tabkeeper"
    program.screen.press("F9")
    wait_until(lambda: not program.windows(), "the window to go")


def choose_by_pressing(program: Program, keys: str) -> None:
    """Press keys in a field that holds F9, once it listens: then F9 is nobody's."""
    program.screen.press("space")
    wait_until(lambda: not is_taken(program.screen, "F9"), "the field to listen")
    program.screen.press(keys)


def test_keys_pressed_in_the_settings_work_at_once(program: Program) -> None:
    program.ask("start", "Review")
    program.start()
    program.icon()
    bind(program, toggle="F9")
    program.open_window()
    program.open_settings()
    # To the first field of keys, which is F9's: while it listens, F9 stops no timer.
    program.screen.press("Tab")
    choose_by_pressing(program, "F9")
    wait_until(lambda: is_taken(program.screen, "F9"), "F9 to be held again")
    choose_by_pressing(program, "ctrl+alt+t")
    wait_until(lambda: is_taken(program.screen, "Ctrl+Alt+T"), "Ctrl+Alt+T to be held")
    assert program.ask("status")["running"]
    assert program.run("config", "get", "hotkey.toggle").stdout == "Ctrl+Alt+T\n"
    program.screen.press("ctrl+alt+t")
    program.wait_for_stop()


def test_keys_are_given_back_when_they_are_chosen_no_more_and_when_the_program_ends(program: Program) -> None:
    program.start()
    program.icon()
    bind(program, toggle="F9", window="F8")
    choose(program, "hotkey.toggle", "")
    wait_until(lambda: not is_taken(program.screen, "F9"), "F9 to be free")
    assert is_taken(program.screen, "F8")
    program.end()
    assert not is_taken(program.screen, "F8")


def test_the_commands_for_desktops_that_bind_keys_themselves_open_the_windows(program: Program) -> None:
    assert program.run("quick-add").returncode == 3
    program.start()
    program.icon()
    assert program.run("quick-add").returncode == 0
    line = program.window()
    assert line.title == QUICK_ADD
    wait_until(lambda: program.screen.active_window() == line.number, "the focus in the line")
    program.screen.press("Escape")
    wait_until(lambda: not program.windows(), "the line to go")
    assert program.run("window").returncode == 0
    assert program.window().title == "Tabkeeper"
