"""Only one tray program runs for a person's folder, and it hears what the others say."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tabkeeper.desktop.display import has_display
from tabkeeper.desktop.nudge import nudge
from tabkeeper.desktop.single_instance import SingleInstance


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run" / "socket"


@pytest.fixture
def first(qtbot: QtBot, path: Path) -> Iterator[SingleInstance]:
    instance = SingleInstance(path)
    assert instance.claim()
    yield instance
    instance.release()


def test_a_second_instance_is_refused_while_the_first_lives(first: SingleInstance, path: Path) -> None:
    assert not SingleInstance(path).claim()


def test_the_next_start_is_the_first_again_after_the_release(first: SingleInstance, path: Path) -> None:
    first.release()
    second = SingleInstance(path)
    assert second.claim()
    second.release()


def test_a_folder_that_takes_no_lock_is_trouble_and_no_first_instance(qtbot: QtBot, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="takes no lock"):
        SingleInstance(tmp_path / ("long" * 63)).claim()


def test_a_word_arrives_as_it_was_said(first: SingleInstance, path: Path, qtbot: QtBot) -> None:
    with qtbot.waitSignal(first.word_received) as heard:
        assert nudge(path, "changed")
    assert heard.args == ["changed"]


def test_a_socket_that_a_killed_program_left_is_no_obstacle(path: Path, qtbot: QtBot) -> None:
    path.parent.mkdir()
    path.write_text("")
    instance = SingleInstance(path)
    assert instance.claim()
    with qtbot.waitSignal(instance.word_received):
        assert nudge(path, "show")
    instance.release()


def test_nobody_else_may_speak_to_it_or_read_its_lock(first: SingleInstance, path: Path) -> None:
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    assert stat.S_IMODE(path.with_suffix(".lock").stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_word_to_nobody_is_no_error(path: Path) -> None:
    assert not nudge(path, "changed")


def test_a_display_variable_that_outlived_its_server_names_no_display() -> None:
    assert not has_display({"DISPLAY": ":4711"})
    assert not has_display({})
    assert has_display({"QT_QPA_PLATFORM": "offscreen"})
    assert has_display({"WAYLAND_DISPLAY": "wayland-0"})
