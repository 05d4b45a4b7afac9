"""The tray program as a process: it needs a display, runs once, and ends when it is told to."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tabkeeper.desktop.nudge import nudge
from tabkeeper.paths import find_paths

PROGRAM = (sys.executable, "-c", "import sys; from tabkeeper.app import main; sys.exit(main())")

ENDED_BY_QT = (
    sys.executable,
    "-c",
    """
import sys, threading
from PySide6.QtCore import QCoreApplication, QMetaObject, Qt
from tabkeeper.app import main

def end():
    sys.stdin.readline()
    QMetaObject.invokeMethod(QCoreApplication.instance(), "quit", Qt.ConnectionType.QueuedConnection)

threading.Thread(target=end, daemon=True).start()
sys.exit(main())
""",
)

A_DATE_AFTERWARDS = (
    sys.executable,
    "-c",
    """
import locale
from datetime import date
from tabkeeper.app import main

code = main()
from tabkeeper.ui.clockface import full_date

print(locale.setlocale(locale.LC_TIME), full_date(date(2026, 10, 24)))
raise SystemExit(code)
""",
)


BEGUN_ANEW = (
    sys.executable,
    "-c",
    """
import os, sys
from tabkeeper import app
from tabkeeper.sign_in.tokens import take_token

def as_one_that_was_replaced():
    take_token(os.environ)
    return app._BEGIN_ANEW

app._main = as_one_that_was_replaced
app.own_command = lambda: [sys.executable, "-c", "import os; print(os.environ['TABKEEPER_TOKEN'])"]
app.main()
""",
)


def start(environment: dict[str, str], words: tuple[str, ...] = PROGRAM) -> "subprocess.Popen[str]":
    pipe = subprocess.PIPE
    return subprocess.Popen(words, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def wait_until(answer: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not answer():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_without_a_display_it_says_so_in_one_line_and_names_the_way_out() -> None:
    shown = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    program = start({name: value for name, value in os.environ.items() if name not in shown})
    _, said = program.communicate(timeout=30)
    assert program.returncode == 4
    assert len(said.splitlines()) == 1
    assert "tabkeeper --help" in said


def test_a_second_start_leaves_the_work_to_the_first_which_ends_when_told(tmp_path: Path) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "TABKEEPER_HOME": str(tmp_path / "home")}
    socket = find_paths(environment).socket
    first = start(environment)
    try:
        wait_until(lambda: nudge(socket, "changed"))
        second = start(environment)
        second.communicate(timeout=30)
        assert second.returncode == 0
        assert first.poll() is None
        assert nudge(socket, "quit")
        _, said = first.communicate(timeout=30)
        assert first.returncode == 0, said
    finally:
        first.kill()
        first.communicate()


def test_where_qt_itself_is_told_to_end_it_ends_in_order(tmp_path: Path) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "TABKEEPER_HOME": str(tmp_path / "home")}
    subprocess.run((sys.executable, "-m", "tabkeeper", "start", "Review"), env=environment, check=True)
    program = start(environment, ENDED_BY_QT)
    try:
        wait_until((tmp_path / "home" / "last-touch").exists)
        _, said = program.communicate("\n", timeout=30)
        assert program.returncode == 0, said
        assert "went wrong" not in said
    finally:
        program.kill()
        program.communicate()


def test_a_file_that_cannot_be_opened_is_reported_and_left_alone(tmp_path: Path) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "TABKEEPER_HOME": str(tmp_path / "home")}
    database = find_paths(environment).database
    database.mkdir(parents=True)
    program = start(environment)
    _, said = program.communicate(timeout=30)
    assert program.returncode == 1
    assert said.strip()
    assert "Traceback" not in said
    assert database.is_dir()


def test_a_folder_that_cannot_be_used_is_said_in_a_sentence(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("a file where the folder should be")
    program = start(os.environ | {"QT_QPA_PLATFORM": "offscreen", "TABKEEPER_HOME": str(home)})
    _, said = program.communicate(timeout=30)
    assert program.returncode == 1
    assert said.startswith("Tabkeeper cannot use ")
    assert len(said.splitlines()) == 1
    assert home.is_file()


def date_shown(environment: dict[str, str]) -> str:
    """Return the language of dates in the program that has run, and a date as it shows one."""
    program = start(environment, A_DATE_AFTERWARDS)
    try:
        wait_until(lambda: nudge(find_paths(environment).socket, "quit"))
        shown, said = program.communicate(timeout=30)
        assert program.returncode == 0, said
        return shown.strip()
    finally:
        program.kill()
        program.communicate()


def test_the_language_of_dates_is_not_the_desktops(tmp_path: Path) -> None:
    home = {"QT_QPA_PLATFORM": "offscreen", "TABKEEPER_HOME": str(tmp_path / "home")}
    assert date_shown(os.environ | home | {"LC_ALL": "C.UTF-8"}) == "C 24 Oct 2026"


@pytest.mark.skipif(
    shutil.which("localedef") is None or not Path("/usr/share/i18n/locales/de_DE").exists(),
    reason="there is nothing to make a German desktop of",
)
def test_a_date_on_a_german_desktop_is_shown_as_it_can_be_typed(tmp_path: Path) -> None:
    subprocess.run(("localedef", "-i", "de_DE", "-f", "UTF-8", tmp_path / "de_DE.utf8"), check=True)
    home = {"QT_QPA_PLATFORM": "offscreen", "TABKEEPER_HOME": str(tmp_path / "home")}
    german = {"LOCPATH": str(tmp_path), "LC_ALL": "de_DE.UTF-8"}
    assert date_shown(os.environ | home | german) == "C 24 Oct 2026"


@pytest.mark.skipif(sys.platform == "win32", reason="a named pipe cannot be taken away")
def test_a_second_start_says_so_where_the_first_does_not_answer(tmp_path: Path) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "TABKEEPER_HOME": str(tmp_path / "home")}
    socket = find_paths(environment).socket
    first = start(environment)
    try:
        wait_until(lambda: nudge(socket, "changed"))
        socket.unlink()
        second = start(environment)
        _, said = second.communicate(timeout=30)
        assert second.returncode == 1
        assert "runs already, but does not answer" in said
        assert first.poll() is None
    finally:
        first.kill()
        first.communicate()


@pytest.mark.skipif(sys.platform == "win32", reason="a signal ends a process at once there")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_as_quit_does(tmp_path: Path, number: signal.Signals) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "TABKEEPER_HOME": str(tmp_path / "home")}
    program = start(environment)
    try:
        wait_until(find_paths(environment).database.exists)
        program.send_signal(number)
        _, said = program.communicate(timeout=30)
    finally:
        program.kill()
    assert program.returncode == 0, said
    assert "Traceback" not in said


def test_settings_that_cannot_be_read_are_kept_aside_and_the_start_goes_on(tmp_path: Path) -> None:
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "TABKEEPER_HOME": str(tmp_path / "home")}
    paths = find_paths(environment)
    paths.config.mkdir(parents=True)
    paths.settings.write_text("theme = = dark")
    program = start(environment)
    try:
        wait_until(lambda: nudge(paths.socket, "quit"))
        _, said = program.communicate(timeout=30)
    finally:
        program.kill()
    assert program.returncode == 0, said
    assert [file.read_text() for file in paths.config.glob("settings-broken-*.toml")] == ["theme = = dark"]
    assert "begins" in paths.log.read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="there is no other program in the same process")
def test_one_that_begins_anew_has_the_token_of_its_environment_again() -> None:
    begun = start(os.environ | {"TABKEEPER_TOKEN": "tta_given"}, BEGUN_ANEW)
    assert begun.communicate(timeout=30)[0] == "tta_given\n"
