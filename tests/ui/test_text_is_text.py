"""What a person writes is shown as they wrote it on every surface: never as markup, no `&` swallowed."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtGui import Qt as Gui
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QMenu,
    QSystemTrayIcon,
    QToolTip,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.ui.reports.conftest import ReportBench
from tests.ui.window.conftest import LIGHT, NOW, ZONE

from tabkeeper.model.entry import Draft
from tabkeeper.tracker import Tracker
from tabkeeper.ui.away import AwayQuestion
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.quick_add import QuickAdd
from tabkeeper.ui.scene import Scene
from tabkeeper.ui.tray import Tray

MARKUP = "R&D <img src=x>"
HOUR = timedelta(hours=1)


def marked_up(tracker: Tracker) -> None:
    """Track something whose every name is markup, and let the same run."""
    project = tracker.names.add_project(f"Project {MARKUP}", client=f"Client {MARKUP}", billable=True)
    draft = Draft(MARKUP, project.id, ("a<b>&c",))
    tracker.add(draft, NOW - 3 * HOUR, NOW - 2 * HOUR)
    tracker.pin(draft)
    tracker.start(draft, NOW - HOUR)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[ReportBench]:
    bench = ReportBench(qtbot, tmp_path)
    bench.prepare(marked_up)
    yield bench
    bench.window.frame.hide()
    bench.reads.close()
    bench.desk.close()


def assert_all_is_text(root: QWidget) -> None:
    """Check each label, button and tooltip of a window, whether it is seen now or not."""
    for widget in [root, *root.findChildren(QWidget)]:
        assert not Gui.mightBeRichText(widget.toolTip()), widget.toolTip()
        if isinstance(widget, QLabel) and widget.textFormat() is not Qt.TextFormat.PlainText:
            assert not Gui.mightBeRichText(widget.text()), widget.text()
        if isinstance(widget, QAbstractButton) and "R&" in widget.text() and widget.inherits("QPushButton"):
            assert "R&&D" in widget.text()


def test_in_the_window_and_its_editor(bench: ReportBench) -> None:
    bench.window.entries.edit(bench.snapshot.running.id)
    bench.write(f'"{MARKUP}" @"New {MARKUP}" #<i>')
    bench.settle()
    assert bench.window.header.title.text() == MARKUP
    assert_all_is_text(bench.window.frame)


def test_on_the_pages_of_projects_and_reports(bench: ReportBench) -> None:
    bench.window.frame.show_page(bench.window.projects)
    bench.window.projects.field.line.setText("<b>no such</b>")
    bench.window.frame.show_page(bench.page)
    bench.settle()
    bench.click_row(0)
    bench.settle()
    assert bench.is_behind()
    assert_all_is_text(bench.window.frame)


def test_in_the_toast_and_the_menu_behind_the_dots(bench: ReportBench) -> None:
    bench.window.actions.delete(bench.entries())
    bench.settle()
    assert MARKUP in bench.toast.text
    assert_all_is_text(bench.toast)
    undo = next(row for row in bench.window.frame.menu.actions() if row.text().startswith("Undo"))
    assert "R&&D <img src=x>" in undo.text()


def test_in_the_tooltip_of_a_row(bench: ReportBench, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(QToolTip, "showText", lambda at, text, *rest: shown.append(text))
    view = bench.view
    at = view.visualRect(bench.model.index(1)).center()
    QApplication.sendEvent(
        view.viewport(), QHelpEvent(QHelpEvent.Type.ToolTip, at, view.viewport().mapToGlobal(at))
    )
    assert "R&amp;D &lt;img src=x&gt;" in shown[0]
    assert "<img" not in shown[0]


def test_in_the_tray_its_menu_and_its_notifications(
    bench: ReportBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda icon, title, text, *rest: told.append(text))
    tray = Tray(bench.snapshot, LIGHT, ZONE, bench.clock)
    icon: Any = tray.findChild(QSystemTrayIcon)
    tray.tell(f"“{MARKUP}” was not kept.")
    for text in (icon.toolTip(), *told):
        assert not Gui.mightBeRichText(text)
        assert MARKUP in text.replace("\u2060", "")
    menu: QMenu = icon.contextMenu()
    rows = [row.text() for row in menu.actions() if row.isVisible() and "img" in row.text()]
    assert rows
    assert all("R&&D <img src=x" in row for row in rows)
    tray.hide()


def test_in_the_question_after_being_away_and_the_line_over_other_programs(
    bench: ReportBench, qtbot: QtBot
) -> None:
    snapshot, face = bench.snapshot, Clockface(ZONE)
    question = AwayQuestion(Scene(snapshot, LIGHT, face, bench.clock, bench.desk))
    question.ask(NOW - HOUR, NOW, snapshot.running)
    line = QuickAdd(Scene(snapshot, LIGHT, face, bench.clock, bench.desk))
    for window in (question, line):
        qtbot.addWidget(window)
        window.hint.say(f"{MARKUP} is refused.", "warning")
        assert_all_is_text(window)
    assert MARKUP in question.details.text()
