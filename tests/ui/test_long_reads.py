"""Questions that take long: a thread of their own, the newest of a kind, and trouble in words."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from tests.ui.window.conftest import NOW, ZONE

from tabkeeper.model.entry import Draft
from tabkeeper.model.report import Question
from tabkeeper.store.file import Store
from tabkeeper.store.trouble import StoreTrouble
from tabkeeper.tracker import Tracker
from tabkeeper.ui.long_reads import LongReads

ALL = Question(NOW - timedelta(days=10_000), NOW + timedelta(days=1))


class Reader:
    """Long reads on a file, and what came of them."""

    def __init__(self, folder: Path) -> None:
        self.opened, self.closed = 0, False
        self.answers: list[object] = []
        self.failures: list[str] = []
        self._path = folder / "times.db"
        workplace = self.workplace
        self.reads = LongReads(lambda: workplace, (StoreTrouble,))

    @contextmanager
    def workplace(self) -> Iterator[Tracker]:
        self.opened += 1
        store = Store.open(self._path)
        yield Tracker(store, ZONE, lambda: NOW)
        store.close()

    def close(self) -> None:
        self.closed = True
        self.reads.close()

    def ask(self, kind: str, question) -> None:
        self.reads.ask(kind, question, self.answers.append, self.failures.append)


@pytest.fixture
def reader(qtbot: QtBot, tmp_path: Path) -> Iterator[Reader]:
    reader = Reader(tmp_path)
    yield reader
    if not reader.closed:
        reader.close()


def test_the_file_is_opened_for_the_first_question_and_on_another_thread(
    reader: Reader, qtbot: QtBot
) -> None:
    assert reader.opened == 0
    for number in (1, 2):
        reader.ask("thread", lambda tracker, wanted: threading.current_thread())
        qtbot.waitUntil(lambda number=number: len(reader.answers) == number)
    assert reader.opened == 1
    assert threading.current_thread() not in reader.answers


def test_a_newer_question_cancels_the_older_one_while_it_is_being_read(reader: Reader, qtbot: QtBot) -> None:
    begun, left = threading.Event(), threading.Event()

    def slow(tracker: Tracker, wanted) -> str:
        begun.set()
        while wanted():
            tracker.running()
        left.set()
        return "old"

    reader.ask("report", slow)
    assert begun.wait(30)
    reader.ask("report", lambda tracker, wanted: "new")
    qtbot.waitUntil(lambda: reader.answers == ["new"])
    assert left.is_set()
    assert reader.failures == []


def test_a_cancelled_report_is_left_and_told_to_nobody(reader: Reader, qtbot: QtBot) -> None:
    begun = threading.Event()

    def report(tracker: Tracker, wanted) -> object:
        tracker.add(Draft(), NOW - timedelta(hours=1), NOW)
        begun.set()
        while wanted():
            tracker.report(ALL, wanted)
        return tracker.report(ALL, wanted)

    reader.ask("report", report)
    assert begun.wait(30)
    reader.reads.cancel("report")
    reader.ask("other", lambda tracker, wanted: "done")
    qtbot.waitUntil(lambda: reader.answers == ["done"])
    assert reader.failures == []


def test_questions_of_two_kinds_are_both_answered(reader: Reader, qtbot: QtBot) -> None:
    for kind in ("one", "two"):
        reader.ask(kind, lambda tracker, wanted, kind=kind: kind)
    qtbot.waitUntil(lambda: reader.answers == ["one", "two"])


def test_trouble_is_told_in_its_own_words_and_what_is_no_trouble_in_general_ones(
    reader: Reader, qtbot: QtBot
) -> None:
    def fail(error: Exception):
        def question(tracker: Tracker, wanted) -> None:
            raise error

        return question

    reader.ask("one", fail(StoreTrouble("The disk is full.")))
    reader.ask("two", fail(ZeroDivisionError()))
    qtbot.waitUntil(lambda: len(reader.failures) == 2)
    assert reader.failures[0] == "The disk is full."
    assert reader.failures[1].startswith("Something went wrong inside Tabkeeper")


def test_what_is_asked_after_the_end_is_not_read(reader: Reader) -> None:
    reader.close()
    reader.ask("late", lambda tracker, wanted: "late")
    assert reader.answers == []
