"""A package that replaces the program while it runs: it begins anew, when nobody has a window of it open."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tabkeeper.desktop.renewal import Renewal

QUIET = 50


@pytest.fixture
def program(tmp_path: Path) -> Path:
    program = tmp_path / "tabkeeper"
    program.write_text("old")
    return program


def replace(program: Path) -> None:
    """Put another file in the place of one, as dpkg and rpm do."""
    newer = program.with_suffix(".new")
    newer.write_text("newer")
    newer.replace(program)


def test_a_program_that_was_replaced_is_due_to_begin_anew(qtbot: QtBot, program: Path) -> None:
    renewal = Renewal(program, QUIET)
    with qtbot.waitSignal(renewal.due, timeout=5_000):
        replace(program)
    assert renewal.is_due


def test_one_that_was_away_for_a_moment_is_due_once_it_is_there(qtbot: QtBot, program: Path) -> None:
    renewal = Renewal(program, QUIET)
    with qtbot.waitSignal(renewal._settling.timeout, timeout=5_000):
        program.unlink()
    assert not renewal.is_due
    with qtbot.waitSignal(renewal.due, timeout=5_000):
        program.write_text("newer")


def test_one_that_is_the_same_goes_on(qtbot: QtBot, program: Path) -> None:
    renewal = Renewal(program, QUIET)
    with qtbot.waitSignal(renewal._settling.timeout, timeout=5_000):
        program.chmod(0o755)
    assert not renewal.is_due


def test_it_waits_for_an_open_window(qtbot: QtBot, program: Path) -> None:
    window = QWidget()
    window.setWindowTitle("Tabkeeper")
    qtbot.addWidget(window)
    window.show()
    renewal = Renewal(program, QUIET)
    with qtbot.waitSignal(renewal._settling.timeout, timeout=5_000):
        replace(program)
    assert not renewal.is_due
    with qtbot.waitSignal(renewal.due, timeout=5_000):
        window.hide()
