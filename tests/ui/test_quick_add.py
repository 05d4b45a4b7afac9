"""The line over other programs, apart from how it is reached."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from tests.ui.reports.conftest import ReportBench
from tests.ui.window.conftest import LIGHT, ZONE

from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.quick_add import QuickAdd
from tabkeeper.ui.scene import Scene


@pytest.fixture
def opened(qtbot: QtBot, tmp_path: Path) -> Iterator[QuickAdd]:
    bench = ReportBench(qtbot, tmp_path)
    bench.prepare(lambda tracker: None)
    opened = QuickAdd(Scene(bench.snapshot, LIGHT, Clockface(ZONE), bench.clock, bench.desk))
    qtbot.addWidget(opened)
    opened.open()
    qtbot.waitUntil(opened.isActiveWindow)
    yield opened
    bench.window.frame.hide()
    bench.reads.close()
    bench.desk.close()


def test_asked_for_again_it_keeps_what_is_typed_and_goes_on_there(opened: QuickAdd, qtbot: QtBot) -> None:
    qtbot.keyClicks(opened.line, "half a ")
    opened.open()
    qtbot.keyClicks(opened.line, "thought")
    assert opened.line.text() == "half a thought"


def test_what_a_link_proposes_takes_the_place_of_what_is_typed(opened: QuickAdd, qtbot: QtBot) -> None:
    qtbot.keyClicks(opened.line, "half a thought")
    opened.open("Call Bob")
    assert opened.line.text() == "Call Bob"
    assert opened.hint.text().startswith("From a link")
    assert opened.line.accessibleDescription() == opened.hint.text()


def test_what_a_link_proposed_is_said_to_be_a_link_s_also_when_it_was_left(
    opened: QuickAdd, qtbot: QtBot
) -> None:
    opened.open("Call Bob")
    qtbot.keyClick(opened.line, Qt.Key.Key_Escape)
    assert not opened.isVisible()
    opened.open()
    qtbot.waitUntil(opened.isActiveWindow)
    assert opened.line.selectedText() == "Call Bob"
    assert opened.hint.text().startswith("From a link")
    qtbot.keyClick(opened.line, Qt.Key.Key_Delete)
    qtbot.keyClicks(opened.line, "Call Ann")
    assert not opened.hint.text().startswith("From a link")


def test_why_a_line_is_refused_is_said_below_it_until_more_is_typed(opened: QuickAdd, qtbot: QtBot) -> None:
    opened.line.setText("x" * 4_000)
    qtbot.keyClick(opened.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: opened.hint.property("tone") == "warning")
    assert "Shorten it and try again." in opened.hint.text()
    assert "Shorten it and try again." in opened.hint.toolTip()
    assert opened.line.accessibleDescription() == opened.hint.text()
    qtbot.keyClicks(opened.line, "5")
    assert (opened.hint.property("tone"), opened.hint.toolTip()) == ("muted", "")
