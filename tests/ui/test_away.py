"""The question after being away, on a real file through the real desk: each answer, and none."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tabkeeper.model.entry import Draft, Entry
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker
from tabkeeper.ui.away import AwayQuestion
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.desk import Desk
from tabkeeper.ui.scene import Scene
from tabkeeper.ui.theme import Theme

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 11, 52, tzinfo=UTC)  # 12:52 in Berlin
SINCE = NOW - timedelta(minutes=42)


class Bench:
    """A timer that has run for two hours, and the question about the last 42 minutes."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.desk = Desk()
        self.now = NOW

        @contextmanager
        def workplace() -> Iterator[Tracker]:
            store = Store.open(folder / "times.db")
            tracker = Tracker(store, BERLIN, lambda: self.now)
            tracker.start(Draft("Review PR 812"), NOW - timedelta(hours=2))
            yield tracker
            store.close()

        snapshot = self.desk.open(workplace)
        assert snapshot.running is not None
        self.entry = snapshot.running
        theme = Theme(dark=False, families=("Inter",))
        self.question = AwayQuestion(Scene(snapshot, theme, Clockface(BERLIN), lambda: self.now, self.desk))
        self.desk.changed.connect(self.question.show_snapshot)
        qtbot.addWidget(self.question)

    def ask(self) -> None:
        self.question.ask(SINCE, NOW, self.entry)
        self.qtbot.waitUntil(self.question.isActiveWindow)

    def press(self, key: Qt.Key) -> None:
        self.qtbot.keyClick(self.question.focusWidget(), key)

    def entries(self) -> list[Entry]:
        """Return what the file holds, newest first, once all is done that was asked for."""
        answers: list[list[Entry]] = []
        self.desk.ask("test", lambda tracker: tracker.entries(None, None), answers.append)
        self.qtbot.waitUntil(lambda: bool(answers))
        return answers[0]

    def is_answered(self) -> None:
        self.qtbot.waitUntil(lambda: not self.question.isVisible())


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(qtbot, tmp_path)
    yield bench
    bench.desk.close()


def test_it_says_how_long_since_when_and_during_what(bench: Bench) -> None:
    bench.ask()
    assert bench.question.title.text() == "Welcome back. You were away for 42 min."
    assert bench.question.details.text() == "Since 12:10, while “Review PR 812” was running."
    assert [button.text() for button in bench.question.answers] == [
        "Keep the time",
        "Stop at 12:10",
        "Discard and go on",
        "Put it on…",
    ]
    assert {button.accessibleDescription() for button in bench.question.answers} == {
        "Welcome back. You were away for 42 min. Since 12:10, while “Review PR 812” was running."
    }


@pytest.mark.parametrize("key", [Qt.Key.Key_1, Qt.Key.Key_Escape])
def test_keeping_changes_nothing(bench: Bench, key: Qt.Key) -> None:
    bench.ask()
    bench.press(key)
    bench.is_answered()
    assert bench.entries() == [bench.entry]


def test_stopping_ends_the_timer_where_the_person_went(bench: Bench) -> None:
    bench.ask()
    bench.press(Qt.Key.Key_2)
    bench.is_answered()
    assert bench.entries() == [bench.entry._replace(stop=SINCE)]


def test_discarding_leaves_a_gap_and_goes_on(bench: Bench) -> None:
    bench.ask()
    bench.now += timedelta(minutes=1)  # the person takes their time to answer
    bench.press(Qt.Key.Key_3)
    bench.is_answered()
    after, before = bench.entries()
    assert (before.stop, after.start, after.stop) == (SINCE, NOW, None)
    assert after.draft == before.draft


def test_it_can_be_put_on_something_else_that_is_typed(bench: Bench) -> None:
    bench.ask()
    bench.press(Qt.Key.Key_4)
    bench.qtbot.keyClicks(bench.question.focusWidget(), "Lunch @Rest")
    bench.press(Qt.Key.Key_Return)
    bench.is_answered()
    after, lunch, _ = bench.entries()
    assert (lunch.description, lunch.start, lunch.stop) == ("Lunch", SINCE, NOW)
    assert lunch.project_id is not None
    assert after.running


def test_escape_goes_back_from_the_line_to_the_answers(bench: Bench) -> None:
    bench.ask()
    bench.press(Qt.Key.Key_4)
    bench.qtbot.keyClicks(bench.question.focusWidget(), "Lun")
    bench.press(Qt.Key.Key_Escape)
    assert bench.question.isVisible()
    bench.press(Qt.Key.Key_2)
    bench.is_answered()
    assert bench.entries() == [bench.entry._replace(stop=SINCE)]


def test_it_goes_where_the_timer_is_stopped_elsewhere(bench: Bench) -> None:
    bench.ask()
    bench.desk.change(lambda tracker: tracker.stop())
    bench.is_answered()


def test_it_goes_where_another_timer_has_taken_over_and_changes_nothing_of_that(bench: Bench) -> None:
    bench.ask()
    began = NOW - timedelta(minutes=80)  # before the person went: it could be stopped there
    bench.desk.change(lambda tracker: tracker.start(Draft("Elsewhere"), began))
    bench.press(Qt.Key.Key_2)
    bench.is_answered()
    running, reviewed = bench.entries()
    assert (running.description, running.running) == ("Elsewhere", True)
    assert reviewed == bench.entry._replace(stop=began)


def test_a_refused_answer_is_said_and_can_be_given_otherwise(bench: Bench) -> None:
    bench.question.ask(NOW - timedelta(hours=3), NOW, bench.entry)
    bench.press(Qt.Key.Key_2)
    bench.qtbot.waitUntil(lambda: "before the start" in bench.question.hint.text())
    bench.press(Qt.Key.Key_1)
    bench.is_answered()
    assert bench.entries() == [bench.entry]


def test_who_goes_again_without_an_answer_is_asked_about_all_of_it(bench: Bench) -> None:
    bench.ask()
    bench.now += timedelta(minutes=60)
    bench.question.ask(NOW + timedelta(minutes=1), bench.now, bench.entry)
    assert bench.question.title.text() == "Welcome back. You were away for 1 h 42 min."
    bench.press(Qt.Key.Key_2)
    bench.is_answered()
    assert bench.entries() == [bench.entry._replace(stop=SINCE)]
