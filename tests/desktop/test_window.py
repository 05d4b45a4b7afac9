"""The window on a real desktop: what keys and clicks do in it, read back by the command line."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from tests.desktop.program import Program
from tests.desktop.screen import Screen, Window, wait_until

YESTERDAY = ("--from", "yesterday 09:00", "--to", "yesterday 09:15")


def wait_for(program: Program, **fields: object) -> Any:
    """Wait until the newest entry has these values."""

    def newest() -> Any:
        entry = next(iter(program.ask("list")), None)
        return entry if entry and all(entry[name] == value for name, value in fields.items()) else None

    return wait_until(newest, f"an entry with {fields}")


def edit_the_only_entry(program: Program) -> None:
    """Open the window and, in it, the editor, whose description has the keyboard."""
    program.ask("add", "Standup", *YESTERDAY)
    program.start()
    program.open_window()
    program.screen.press("Escape", "Down", "Return")


def test_what_is_typed_starts_with_enter(program: Program) -> None:
    program.ask("projects", "add", "Acme")
    program.start()
    program.open_window()
    program.screen.write("Review @Acme #bug 10m ago")
    program.screen.press("Return")
    entry = program.wait_for_entry("Review")
    assert (entry["project"], entry["tags"]) == ("Acme", ["bug"])
    assert 590 < entry["seconds"] < 720
    program.screen.press("ctrl+Return")
    program.wait_for_stop()


def test_an_entry_is_changed_where_it_stands_and_changed_back(program: Program) -> None:
    edit_the_only_entry(program)
    program.screen.press("ctrl+a")
    program.screen.write("Retrospective")
    program.screen.press("Return")
    wait_for(program, description="Retrospective", seconds=900)
    program.screen.press(*["Tab"] * 5)
    program.screen.write("1h20")
    program.screen.press("Return")
    before = wait_for(program, description="Retrospective", seconds=4800)
    program.screen.press("Escape", "ctrl+z")
    wait_for(program, description="Retrospective", seconds=900)
    program.screen.press("ctrl+z")
    wait_for(program, description="Standup", seconds=900)
    program.screen.press("ctrl+shift+z", "ctrl+shift+z")
    assert wait_for(program, seconds=4800) == before


def test_what_is_deleted_comes_back_with_undo(program: Program) -> None:
    entry = program.ask("add", "Standup", *YESTERDAY)
    program.start()
    program.open_window()
    program.screen.press("Escape", "Down", "Delete")
    wait_until(lambda: program.ask("list") == [], "the entry to go")
    program.screen.press("ctrl+z")
    assert wait_for(program, description="Standup") == entry


def test_a_second_start_raises_the_window(program: Program) -> None:
    program.start()
    opened = program.open_window()
    program.screen.press("alt+F4")
    wait_until(lambda: not program.windows(), "the window to close")
    again = program.run()
    assert again.returncode == 0, again.stderr
    raised = program.window()
    assert raised.title == opened.title
    wait_until(lambda: program.screen.active_window() == raised.number, "the window to have the keyboard")


# Where there is no tray


@pytest.fixture(scope="module")
def bare_screen() -> Iterator[Screen]:
    with Screen(panel=None) as bare:
        yield bare


@pytest.fixture
def alone(bare_screen: Screen, tmp_path: Path) -> Iterator[Program]:
    program = Program(bare_screen, tmp_path / "home")
    yield program
    program.end()


def toast_is_seen(program: Program, window: Window) -> bool:
    """Whether something dark lies over the lower part of the light window, once that is drawn."""

    def dark_thirds() -> list[bool]:
        picture = program.screen.picture(window).convert("L")
        heights = [picture.height * third // 3 for third in range(4)]
        thirds = [picture.crop((0, top, picture.width, end)) for top, end in pairwise(heights)]
        return [sum(third.histogram()[:60]) > third.width * third.height // 10 for third in thirds]

    # Until then it is as dark as the empty screen is.
    wait_until(lambda: not dark_thirds()[0], "the window to be drawn")
    return dark_thirds()[2]


def test_without_a_tray_the_window_has_the_timer_in_its_title_and_says_why_once(alone: Program) -> None:
    alone.ask("start", "Review", "--ago", "83m")
    alone.start()
    wait_until(lambda: alone.window().title.startswith("1:2"), "the timer in the title")
    window = alone.window()
    assert "Review" in window.title
    wait_until(lambda: toast_is_seen(alone, window), "the reason")
    alone.end()
    alone.start()
    wait_until(lambda: alone.window().title.startswith("1:2"), "the timer in the title")
    assert not toast_is_seen(alone, alone.window())


def test_without_a_tray_closing_the_window_ends_the_program_and_keeps_the_timer(alone: Program) -> None:
    alone.ask("start", "Review")
    alone.start()
    window = alone.window()
    wait_until(lambda: alone.screen.active_window() == window.number, "the window to have the keyboard")
    alone.screen.press("alt+F4")
    assert alone.wait_for_end() == 0
    assert alone.ask("status")["running"]


def test_without_a_tray_to_hide_the_window_by_a_key_does_not_end_the_program(alone: Program) -> None:
    alone.start()
    alone.window()
    for _ in range(2):
        assert alone.run("window").returncode == 0
        wait_until(lambda: not alone.windows(), "the window to go")
        assert alone.run("window").returncode == 0
        alone.window()
