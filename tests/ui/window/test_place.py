"""Where the window opens and what it remembers; being alone without a tray; the sentences it says."""

import json
import stat
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from tests.ui.window.conftest import NOW, Bench

from tabkeeper.model.entry import Draft
from tabkeeper.tracker import Step
from tabkeeper.ui.window.place import WindowMemory, WindowState, beside, read_state, within, write_state
from tabkeeper.ui.window.wording import done

ROOM = QRect(0, 0, 1280, 870)
BOX = QRect(0, 0, 420, 640)


@pytest.mark.parametrize(
    ("icon", "place"),
    [
        (QRect(1254, 874, 22, 22), QRect(860, 222, 420, 640)),
        (QRect(600, 2, 22, 22), QRect(402, 32, 420, 640)),
    ],
)
def test_it_opens_next_to_the_icon_and_inside_the_screen(icon: QRect, place: QRect) -> None:
    opened = beside(icon, BOX, ROOM)
    assert ROOM.contains(opened)
    assert abs(opened.left() - place.left()) < 4
    assert abs(opened.top() - place.top()) < 12


@pytest.mark.parametrize(
    "box", [QRect(-50, -50, 420, 640), QRect(1200, 800, 420, 640), QRect(9, 9, 4000, 4000)]
)
def test_a_place_on_a_screen_that_has_become_smaller_is_moved_into_it(box: QRect) -> None:
    assert ROOM.contains(within(box, ROOM))


def test_what_is_remembered_is_read_back_and_private(tmp_path: Path) -> None:
    state = WindowState({"DP-1 1280x900": (1, 2, 420, 640)}, True)
    write_state(tmp_path / "folder" / "window.json", state)
    assert read_state(tmp_path / "folder" / "window.json") == state
    if sys.platform != "win32":
        mode = (tmp_path / "folder" / "window.json").stat().st_mode
        assert stat.S_IMODE(mode) == 0o600


@pytest.mark.parametrize("text", ["", "{", "[]", '{"places": {"a": [1]}, "told_why_no_tray": true}', "\x00"])
def test_what_cannot_be_read_counts_as_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "window.json").write_text(text)
    assert read_state(tmp_path / "window.json") == WindowState()


def test_a_folder_that_cannot_be_written_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder").write_text("in the way")
    write_state(tmp_path / "folder" / "window.json", WindowState({}, True))
    assert (tmp_path / "folder").read_text() == "in the way"


def test_it_opens_where_it_was(bench: Bench, tmp_path: Path) -> None:
    bench.prepare()
    frame = bench.window.frame
    frame.setGeometry(QRect(30, 40, 400, 500))
    frame.close()
    bench.memory.finish()
    assert list(json.loads((tmp_path / "window.json").read_text())["places"].values()) == [[30, 40, 400, 500]]
    frame.setGeometry(QRect(0, 0, 350, 400))
    bench.window.toggle(QRect())
    assert frame.geometry() == QRect(30, 40, 400, 500)
    bench.window.toggle(QRect())
    assert not frame.isVisible()


def test_alone_the_title_carries_the_timer_and_closing_ends_the_program(bench: Bench) -> None:
    bench.prepare(lambda tracker: tracker.start(Draft("Drafting"), NOW - timedelta(minutes=83)))
    assert bench.window.frame.windowTitle() == "Tabkeeper"
    bench.window.live_alone()
    assert bench.window.frame.windowTitle() == "1:23 Drafting – Tabkeeper"
    assert "no tray" in bench.toast.text
    with bench.qtbot.waitSignal(bench.window.quit_requested):
        bench.window.frame.close()
    assert bench.entries()[0].running


def test_why_there_is_no_tray_is_said_once(bench: Bench) -> None:
    bench.prepare()
    bench.window.live_alone()
    assert bench.memory.state.told_why_no_tray
    bench.toast.hide()
    bench.window.live_alone()
    assert not bench.toast.isVisible()


def test_a_sentence_is_shown_in_a_window_that_can_be_seen(bench: Bench) -> None:
    bench.prepare()
    assert bench.window.tell("The file was mended.")
    assert bench.toast.text == "The file was mended."
    bench.window.frame.close()
    assert not bench.window.tell("Nobody sees this here.")


def test_memory_that_has_not_changed_is_not_written(tmp_path: Path) -> None:
    memory = WindowMemory(tmp_path / "window.json", WindowState())
    memory.keep(WindowState())
    memory.finish()
    assert not (tmp_path / "window.json").exists()


@pytest.mark.parametrize(
    ("action", "subject", "sentence"),
    [
        ("delete", "Stand-up", "deleted “Stand-up”"), ("edit", "", "changed an entry without a description"),
        ("rename tag", "bug", "renamed the tag “bug”"), ("start", "x" * 99, f"started “{'x' * 60}…”"),
        ("something new", "Acme", "something new “Acme”"),
    ],
)  # fmt: skip
def test_a_step_is_worded(action: str, subject: str, sentence: str) -> None:
    assert done(Step(1, action, subject)) == sentence
