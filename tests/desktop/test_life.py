"""Starting, starting twice, being killed, ending, and starting where there is no screen."""

import shutil
import signal
from pathlib import Path

from tests.desktop.program import Program
from tests.desktop.screen import Screen, wait_until


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
    program.wait_for_no_icon()
    program.start()
    program.icon()
    running = program.wait_for_entry("Review")
    assert (running["id"], running["start"]) == (entry["id"], entry["start"])
    program.screen.click(program.icon(), button=2)
    program.wait_for_stop()


def test_without_a_display_it_says_so_in_one_line_and_names_the_way_out(
    screen: Screen, tmp_path: Path
) -> None:
    program = Program(screen, tmp_path / "home")
    for name in ("DISPLAY", "QT_QPA_PLATFORM"):
        del program.environment[name]
    done = program.run()
    assert done.returncode == 4
    assert len(done.stderr.splitlines()) == 1
    assert "tabkeeper --help" in done.stderr
    assert done.stdout == ""


def test_quit_in_the_menu_ends_it_without_a_word_and_the_timer_runs_on(program: Program) -> None:
    program.ask("start", "Review")
    program.start()
    program.screen.click(program.icon(), button=3)
    program.choose("Up")
    assert program.wait_for_end() == 0
    assert program.log.read_text() == ""
    program.wait_for_no_icon()
    program.wait_for_entry("Review")


def test_quit_as_a_command_ends_it_and_the_timer_goes_on(program: Program) -> None:
    assert program.run("quit").returncode == 3
    entry = program.ask("start", "Review")
    program.start()
    program.icon()
    assert program.run("quit").returncode == 0
    assert program.process
    assert program.process.wait(timeout=20) == 0
    assert program.wait_for_entry("Review")["id"] == entry["id"]
    assert program.run("quit").returncode == 3


def test_one_that_could_not_start_and_says_so_keeps_no_place_from_the_next(program: Program) -> None:
    database = Path(program.environment["TABKEEPER_HOME"]) / "tabkeeper.db"
    database.mkdir(parents=True)
    program.start()
    said = program.window()
    assert program.run("quit").returncode == 3
    database.rmdir()
    program.ask("start", "Review")
    with Program(program.screen, program.home) as another:
        another.icon()
        wait_until(lambda: program.screen.active_window() == said.number, "the words to have the keyboard")
        program.screen.press("Return")
        assert program.wait_for_end() == 1
        another.wait_for_entry("Review")


def test_who_never_uses_the_command_line_has_a_backup_a_day_too(program: Program) -> None:
    program.ask("start", "Review")
    folder = Path(program.environment["TABKEEPER_HOME"]) / "backups"
    shutil.rmtree(folder)
    program.start()
    program.screen.click(program.icon(), button=2)
    [copy] = wait_until(lambda: list(folder.glob("*.db")), "the backup")
    assert copy.stat().st_size > 0
