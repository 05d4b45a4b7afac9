"""Tabkeeper under Windows, in a real tray: its clicks and keys, its end and its next start."""

from tests.desktop.program import Program
from tests.desktop.test_life import (
    test_a_killed_program_starts_again_and_the_timer_still_runs,
    test_a_second_start_leaves_the_first_one_in_its_place_and_ends,
    test_quit_in_the_menu_ends_it_without_a_word_and_the_timer_runs_on,
)
from tests.desktop.test_tray import (
    test_a_middle_click_goes_on_with_the_last_one,
    test_a_middle_click_stops_the_timer_without_any_hotkey,
    test_the_menu_continues_what_was_done_last,
)
from tests.windows.windows import Windows

# What holds on every desktop is written once, and tried here as well.
__all__ = [
    "test_a_killed_program_starts_again_and_the_timer_still_runs",
    "test_a_middle_click_goes_on_with_the_last_one",
    "test_a_middle_click_stops_the_timer_without_any_hotkey",
    "test_a_second_start_leaves_the_first_one_in_its_place_and_ends",
    "test_quit_in_the_menu_ends_it_without_a_word_and_the_timer_runs_on",
    "test_the_menu_continues_what_was_done_last",
]


def test_a_click_opens_the_window(program: Program) -> None:
    program.start()
    program.screen.click(program.icon())
    assert "Tabkeeper" in program.window().title


def test_keys_pressed_in_another_program_open_the_line_to_type_in_and_stop_the_timer(
    program: Program, windows: Windows
) -> None:
    program.run("config", "set", "hotkey.toggle", "Ctrl+Alt+T")
    program.run("config", "set", "hotkey.quick_add", "Ctrl+Alt+Q")
    program.start()
    program.icon()
    windows.open_line(program, "ctrl+alt+q")
    program.screen.write("Mail to Ada")
    program.screen.press("Return")
    program.wait_for_entry("Mail to Ada")
    windows.focus_notepad()
    program.screen.press("ctrl+alt+t")
    program.wait_for_stop()


def test_a_key_that_is_chosen_while_it_runs_works_without_a_new_start(
    program: Program, windows: Windows
) -> None:
    program.start()
    program.icon()
    program.run("config", "set", "hotkey.quick_add", "Ctrl+Shift+F8")
    windows.open_line(program, "ctrl+shift+F8")
