"""The tray icon in a real panel: what its clicks and its menu do, read back by the command line."""

from tests.desktop.program import Program
from tests.desktop.screen import Screen, wait_until


def test_the_menu_continues_what_was_done_last(program: Program) -> None:
    program.ask("start", "Drafting the renewal")
    program.ask("stop")
    program.start()
    program.screen.click(program.icon(), button=3)
    program.choose("Down")
    program.wait_for_entry("Drafting the renewal")


def test_the_menu_starts_what_was_done_before(program: Program) -> None:
    for what in ("Mail", "Review"):
        program.ask("start", what)
        program.ask("stop")
    program.start()
    program.screen.click(program.icon(), button=3)
    program.choose("Up", "Up", "Up", "Up")  # over Quit, Settings and Open to the last recent
    program.wait_for_entry("Mail")


def test_a_middle_click_stops_the_timer_without_any_hotkey(program: Program) -> None:
    program.ask("start", "Review")
    program.start()
    program.screen.click(program.icon(), button=2)
    program.wait_for_stop()


def test_a_middle_click_goes_on_with_the_last_one(program: Program) -> None:
    program.ask("start", "Review")
    program.ask("stop")
    program.start()
    program.screen.click(program.icon(), button=2)
    program.wait_for_entry("Review")


def test_the_icon_shows_at_once_what_the_command_line_started_and_stopped(program: Program) -> None:
    program.ask("projects", "add", "Acme", "--color", "#E11D48")
    program.start()
    program.icon()

    program.ask("start", "Review", "-p", "Acme")
    wait_until(lambda: program.icon_shows("#E11D48"), "the icon in the project's colour")
    program.ask("stop")
    wait_until(lambda: not program.icon_shows("#E11D48"), "the icon without a timer")


def test_the_icon_comes_back_with_a_panel_that_was_restarted(program: Program, screen: Screen) -> None:
    program.start()
    program.icon()
    screen.show_panel("light")
    program.icon()
    program.ask("start", "Review")
    screen.click(program.icon(), button=2)
    program.wait_for_stop()
    screen.show_panel("dark")
