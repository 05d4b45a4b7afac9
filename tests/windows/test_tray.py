"""Tabkeeper under Windows, in a real tray: its clicks and keys, its end and its next start."""

import signal

from tests.desktop.program import Program
from tests.desktop.screen import wait_until
from tests.windows.windows import PATIENCE, Windows


def test_a_middle_click_on_the_icon_stops_the_timer_and_goes_on(program: Program) -> None:
    program.ask("start", "Review")
    program.start()
    program.screen.click(program.icon(), button=2)
    program.wait_for_stop()
    program.screen.click(program.icon(), button=2)
    program.wait_for_entry("Review")


def test_a_click_opens_the_window(program: Program) -> None:
    program.start()
    program.screen.click(program.icon())
    assert "Tabkeeper" in program.window().title


def test_quit_in_the_menu_ends_it_and_the_timer_runs_on(program: Program) -> None:
    program.ask("start", "Review")
    program.start()
    program.screen.click(program.icon(), button=3)
    program.window()
    program.screen.press("Up", "Return")
    assert program.process
    assert program.process.wait(timeout=PATIENCE) == 0
    wait_until(lambda: not program.screen.tray_icons(), "the icon to go")
    program.wait_for_entry("Review")


def test_a_second_start_leaves_the_first_one_in_its_place_and_ends(program: Program) -> None:
    program.start()
    program.icon()
    again = program.run()
    assert again.returncode == 0, again.stderr
    program.window()  # the first one has come forward
    assert len(program.screen.tray_icons()) == 1


def test_a_killed_program_starts_again_and_the_timer_still_runs(program: Program) -> None:
    program.start()
    program.icon()
    entry = program.ask("start", "Review")
    program.end(signal.SIGKILL)
    wait_until(lambda: not program.screen.tray_icons(), "the icon to go", PATIENCE)
    program.start()
    program.icon()
    running = program.wait_for_entry("Review")
    assert (running["id"], running["start"]) == (entry["id"], entry["start"])
    program.screen.click(program.icon(), button=2)
    program.wait_for_stop()


def test_keys_pressed_in_another_program_open_the_line_to_type_in_and_stop_the_timer(
    program: Program, windows: Windows
) -> None:
    program.run("config", "set", "hotkey.toggle", "Ctrl+Alt+T")
    program.run("config", "set", "hotkey.quick_add", "Ctrl+Alt+Q")
    program.start()
    program.icon()
    open_line(program, windows, "ctrl+alt+q")
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
    open_line(program, windows, "ctrl+shift+F8")


def open_line(program: Program, windows: Windows, keys: str) -> None:
    """Press `keys` in another program until the line is there: the icon comes before the keys are held."""
    windows.focus_notepad()

    def opens() -> bool:
        program.screen.press(keys)
        return bool(program.windows())

    wait_until(opens, f"{keys} to be held", PATIENCE)
    line = program.window()
    wait_until(lambda: windows.keyboard() == line.number, "the keyboard in the line", PATIENCE)
