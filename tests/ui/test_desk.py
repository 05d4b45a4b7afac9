"""The desk carries changes out in order, on its own thread, and says how things stand."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tabkeeper.model.entry import Draft, Entry
from tabkeeper.model.refusal import Refused
from tabkeeper.store.file import Store
from tabkeeper.tracker import Snapshot, Tracker
from tabkeeper.ui.desk import Desk


@contextmanager
def workplace(path: Path) -> Iterator[Tracker]:
    store = Store.open(path)
    yield Tracker(store, UTC)
    store.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "times.sqlite3"


@pytest.fixture
def desk(qtbot: QtBot, path: Path) -> Iterator[Desk]:
    desk = Desk()
    desk.open(lambda: workplace(path))
    yield desk
    desk.close()


def test_each_change_is_followed_by_how_things_stand(desk: Desk, qtbot: QtBot) -> None:
    seen: list[Snapshot] = []
    desk.changed.connect(seen.append)
    desk.change(lambda tracker: tracker.start(Draft("Drafting")))
    desk.change(lambda tracker: tracker.stop())
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen[0].running is not None
    assert seen[0].running.description == "Drafting"
    assert seen[1].running is None


def test_a_refusal_reaches_the_person_in_its_own_words(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.told) as told:
        desk.change(lambda tracker: tracker.stop())
    assert told.args
    assert "running" in told.args[0]


def test_who_stops_a_timer_after_the_clock_was_set_back_is_told_why_it_shows_nothing(
    path: Path, qtbot: QtBot
) -> None:
    now = [datetime(2026, 11, 24, 12, tzinfo=UTC)]

    @contextmanager
    def by_that_clock() -> Iterator[Tracker]:
        store = Store.open(path)
        yield Tracker(store, UTC, lambda: now[0])
        store.close()

    desk = Desk()
    desk.open(by_that_clock)
    with qtbot.waitSignal(desk.changed):
        desk.change(lambda tracker: tracker.start(Draft("Drafting")))
    now[0] -= timedelta(hours=1)
    with qtbot.waitSignal(desk.told) as told:
        desk.change(lambda tracker: tracker.toggle())
    assert told.args == [
        "The computer's clock was set back while the timer ran, so it ended where it began. "
        "Put its times right in the list."
    ]
    desk.close()


def test_a_fault_of_the_program_ends_neither_it_nor_the_desk(desk: Desk, qtbot: QtBot) -> None:
    def fail(tracker: Tracker) -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(desk.told):
        desk.change(fail)
    with qtbot.waitSignal(desk.changed):
        desk.change(lambda tracker: tracker.start(Draft("Drafting")))


def test_what_another_process_wrote_is_shown_when_it_says_so(desk: Desk, path: Path, qtbot: QtBot) -> None:
    with workplace(path) as elsewhere:
        elsewhere.start(Draft("From the command line"))
    with qtbot.waitSignal(desk.changed) as changed:
        desk.look_again()
    assert changed.args
    assert changed.args[0].running.description == "From the command line"


def test_changes_run_beside_the_interface_and_answers_arrive_in_it(desk: Desk, qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    desk.changed.connect(lambda _: threads.append(threading.current_thread()))
    desk.change(lambda tracker: threads.append(threading.current_thread()))
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] is not threading.main_thread()
    assert threads[1] is threading.main_thread()


def test_a_change_says_when_it_is_kept_and_after_it_is_shown(desk: Desk, qtbot: QtBot) -> None:
    seen: list[str] = []
    desk.changed.connect(lambda snapshot: seen.append(f"shown {snapshot.running.description}"))
    desk.change(
        lambda tracker: tracker.start(Draft("Drafting")), lambda entry: seen.append(entry.description)
    )
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == ["shown Drafting", "Drafting"]


def test_who_asks_for_the_reason_of_a_refusal_is_the_only_one_who_hears_it(desk: Desk, qtbot: QtBot) -> None:
    told: list[str] = []
    reasons: list[str] = []
    desk.told.connect(told.append)
    desk.change(lambda tracker: tracker.stop(), refused=reasons.append)
    desk.change(lambda tracker: tracker.stop())
    qtbot.waitUntil(lambda: bool(told))
    assert reasons == told == ["No timer is running."]


def test_a_question_is_answered_in_the_thread_of_the_interface(desk: Desk, qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    desk.ask("thread", lambda tracker: threading.current_thread(), lambda asked: threads.append(asked))
    desk.ask("other", lambda tracker: None, lambda _: threads.append(threading.current_thread()))
    qtbot.waitUntil(lambda: len(threads) == 2)
    assert threads[0] is not threading.main_thread()
    assert threads[1] is threading.main_thread()


def test_a_newer_question_of_the_same_kind_takes_the_place_of_the_older(desk: Desk, qtbot: QtBot) -> None:
    answers: list[int] = []
    for number in range(20):
        desk.ask("number", lambda tracker, number=number: number, answers.append)
    desk.ask("another kind", lambda tracker: -1, answers.append)
    qtbot.waitUntil(lambda: len(answers) == 2)
    assert answers == [19, -1]


def test_a_question_that_is_refused_is_told(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.told) as told:
        desk.ask("entry", lambda tracker: tracker.entry("0000"), lambda _: None)
    assert told.args == ['There is no entry "0000".']


def test_what_was_handed_in_before_the_end_is_carried_out(qtbot: QtBot, path: Path) -> None:
    desk = Desk()
    desk.open(lambda: workplace(path))
    desk.change(lambda tracker: tracker.start(Draft("The last thing")))
    desk.close()
    with workplace(path) as again:
        running = again.running()
    assert running is not None
    assert running.description == "The last thing"


def test_weeks_begin_on_the_day_that_is_chosen(qtbot: QtBot, path: Path) -> None:
    sunday, monday = datetime(2026, 3, 1, 9, tzinfo=UTC), datetime(2026, 3, 2, 9, tzinfo=UTC)
    with workplace(path) as tracker:
        for start in (sunday, monday):
            tracker.add(Draft("Drafting"), start, start + timedelta(hours=1))

    @contextmanager
    def on_that_monday() -> Iterator[Tracker]:
        store = Store.open(path)
        yield Tracker(store, UTC, lambda: monday + timedelta(hours=3))
        store.close()

    desk = Desk(first_weekday=6)
    try:
        assert desk.open(on_that_monday).week_seconds == 2 * 3600
        with qtbot.waitSignal(desk.changed) as changed:
            desk.begin_weeks_on(0)
        assert changed.args
        assert changed.args[0].week_seconds == 3600
    finally:
        desk.close()


def test_what_comes_after_the_end_is_not_carried_out(path: Path, qtbot: QtBot) -> None:
    desk = Desk()
    desk.open(lambda: workplace(path))
    shown: list[Snapshot] = []
    desk.changed.connect(shown.append)
    desk.changed.connect(lambda _: desk.ask("entries", lambda tracker: tracker.snapshot(), shown.append))
    desk.change(lambda tracker: tracker.start(Draft("In time")))
    desk.close()
    desk.change(lambda tracker: tracker.stop())
    desk.look_again()
    qtbot.waitUntil(lambda: len(shown) == 1)
    with workplace(path) as afterwards:
        running = afterwards.snapshot().running
    assert running is not None
    assert running.description == "In time"


def test_after_a_move_the_other_file_is_shown_and_written(
    desk: Desk, qtbot: QtBot, path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.sqlite3"
    left: list[Entry | None] = []
    desk.change(lambda tracker: tracker.start(Draft("Here")))
    desk.move(lambda: workplace(other), left.append, pytest.fail)
    with qtbot.waitSignal(desk.changed, check_params_cb=lambda snapshot: snapshot.running is None):
        pass
    qtbot.waitUntil(lambda: bool(left))
    assert left[0] is not None
    assert left[0].description == "Here"
    with qtbot.waitSignal(desk.changed):
        desk.change(lambda tracker: tracker.start(Draft("There")))
    for file, description in ((path, "Here"), (other, "There")):
        with workplace(file) as tracker:
            assert [entry.description for entry in tracker.entries(None, None)] == [description]


def test_where_the_other_file_cannot_be_opened_the_one_before_stays(
    desk: Desk, qtbot: QtBot, tmp_path: Path
) -> None:
    reasons: list[str] = []

    @contextmanager
    def nowhere() -> Iterator[Tracker]:
        raise Refused("It is not there.")
        yield

    desk.move(nowhere, pytest.fail, reasons.append)
    qtbot.waitUntil(lambda: reasons == ["It is not there."])
    with qtbot.waitSignal(desk.changed, check_params_cb=lambda snapshot: snapshot.running is not None):
        desk.change(lambda tracker: tracker.start(Draft("Still here")))
