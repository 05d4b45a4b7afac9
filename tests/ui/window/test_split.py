"""Splitting from the window: the row of the menu asks where, and what is typed there is understood."""

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from tests.ui.window.conftest import ZONE, Bench

from tabkeeper.model.entry import Draft
from tabkeeper.ui.window.split_question import SplitQuestion


def at(hour: int, minute: int, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def one_evening(tracker) -> None:
    tracker.add(Draft("Release", tags=("deploy",)), at(22, 0, 23), at(1, 0))


def ask(bench: Bench) -> SplitQuestion:
    """Choose the row of the line's menu."""
    bench.prepare(one_evening)
    bench.choose("Release")
    menu = bench.view.menu(bench.view.chosen())
    next(row for row in menu.actions() if row.text() == "Split…").trigger()
    question = bench.window.entries.findChild(SplitQuestion)
    bench.qtbot.waitUntil(question.isVisible)
    return question


def parts(bench: Bench) -> list[tuple]:
    return [(entry.start, entry.stop) for entry in reversed(bench.entries())]


def test_it_proposes_the_middle_and_enter_splits_there(bench: Bench) -> None:
    question = ask(bench)
    assert question.at.text() == "23:30"
    bench.press(Qt.Key.Key_Return, widget=question.at)
    assert parts(bench) == [(at(22, 0, 23), at(23, 30, 23)), (at(23, 30, 23), at(1, 0))]
    assert {entry.tags for entry in bench.entries()} == {("deploy",)}
    assert bench.toast.text == "Split “Release”"
    bench.toast.button.click()
    bench.settle()
    assert parts(bench) == [(at(22, 0, 23), at(1, 0))]


@pytest.mark.parametrize(
    ("text", "cut"),
    [("2315", at(23, 15, 23)), ("0:20", at(0, 20)), ("+15m", at(22, 15, 23)), ("-15m", at(0, 45))],
)
def test_where_is_typed_as_people_type_it(bench: Bench, text: str, cut: datetime) -> None:
    question = ask(bench)
    question.at.setText(text)
    bench.press(Qt.Key.Key_Return, widget=question.at)
    assert parts(bench) == [(at(22, 0, 23), cut), (cut, at(1, 0))]


@pytest.mark.parametrize(
    ("text", "why"), [("soonish", "no time of day"), ("21:00", "only between"), ("+5h", "only between")]
)
def test_what_cannot_be_is_explained_and_stays_to_be_mended(bench: Bench, text: str, why: str) -> None:
    question = ask(bench)
    question.at.setText(text)
    bench.press(Qt.Key.Key_Return, widget=question.at)
    assert (question.isVisible(), question.at.text()) == (True, text)
    assert why in question.reason.text()
    assert question.reason.height() >= question.reason.heightForWidth(question.reason.width())
    bench.press(Qt.Key.Key_Backspace, widget=question.at)
    assert not question.reason.isVisible()
    assert parts(bench) == [(at(22, 0, 23), at(22, 0, 23) + timedelta(hours=3))]
    bench.press(Qt.Key.Key_Escape, widget=question.at)
    assert parts(bench) == [(at(22, 0, 23), at(22, 0, 23) + timedelta(hours=3))]
