"""What is typed into the line is understood, completed from history, started, and never lost."""

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from tests.ui.window.conftest import NOW, Bench

from tabkeeper.model.entry import Draft


def with_history(bench: Bench) -> None:
    def step(tracker):
        project = tracker.names.add_project("Billing", color="#D97706", billable=True)
        draft = Draft("Review PR 812", project.id, ("code-review",))
        tracker.add(draft, NOW - timedelta(hours=3), NOW - timedelta(hours=2))

    bench.prepare(step)


def test_the_first_start_says_how_to_begin(bench: Bench) -> None:
    bench.prepare()
    assert bench.window.entries._empty.isVisible()
    assert "Type what you are doing and press Enter." in bench.window.entries._empty.text()
    assert bench.line.hasFocus()


def test_enter_starts_what_was_typed(bench: Bench) -> None:
    bench.prepare()
    bench.write("Stand-up #daily")
    bench.press(Qt.Key.Key_Return)
    (entry,) = bench.entries()
    assert (entry.description, entry.tags, entry.running) == ("Stand-up", ("daily",), True)
    assert bench.line.text() == ""
    assert bench.window.header.title.isVisible()
    assert bench.window.header.title.text() == "Stand-up"


def test_typing_over_the_list_goes_into_the_line(bench: Bench) -> None:
    with_history(bench)
    bench.choose("Review PR 812")
    bench.write("mail")
    assert bench.line.text() == "mail"
    assert bench.line.hasFocus()


def test_escape_leaves_the_line_and_loses_nothing(bench: Bench) -> None:
    with_history(bench)
    bench.write("half a thou")
    bench.press(Qt.Key.Key_Escape)
    assert bench.view.hasFocus()
    bench.write("ght")
    assert bench.line.text() == "half a thought"
    assert len(bench.entries()) == 1


def test_a_refused_text_stays_in_the_line(bench: Bench) -> None:
    bench.prepare()
    bench.line.setText("x" * 2001)
    bench.press(Qt.Key.Key_Return, widget=bench.line)
    assert len(bench.told) == 1
    assert "2,000" in bench.told[0]
    assert bench.line.text() == "x" * 2001


def test_a_text_is_entered_once_however_often_enter_is_pressed_until_it_is_kept(
    bench: Bench, tmp_path: Path
) -> None:
    bench.prepare()
    bench.write("Call 9:00-10:00")
    with closing(sqlite3.connect(tmp_path / "times.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for _ in range(3):
            bench.qtbot.keyClick(bench.line, Qt.Key.Key_Return)
    bench.settle()
    assert [entry.description for entry in bench.entries()] == ["Call"]
    bench.line.setFocus()
    bench.write("Call 9:00-10:00")
    bench.press(Qt.Key.Key_Return)
    assert [entry.description for entry in bench.entries()] == ["Call", "Call"]


def test_a_text_that_was_refused_can_be_entered_again(bench: Bench) -> None:
    bench.prepare()
    bench.line.setText("x" * 2001)
    for _ in range(2):
        bench.press(Qt.Key.Key_Return, widget=bench.line)
    assert len(bench.told) == 2


def test_history_completes_with_project_tags_and_the_time_that_was_typed(bench: Bench) -> None:
    with_history(bench)
    bench.write("rev 30m ago")
    bench.qtbot.waitUntil(lambda: bool(bench.line.offers))
    bench.press(Qt.Key.Key_Down)
    assert bench.line.text() == "Review PR 812 @Billing #code-review 30m ago"
    bench.press(Qt.Key.Key_Return)
    entry = bench.entries()[0]
    assert (entry.description, entry.tags, entry.billable) == ("Review PR 812", ("code-review",), True)
    assert entry.start == NOW - timedelta(minutes=30)


def test_leaving_the_offers_gives_back_what_was_typed(bench: Bench) -> None:
    with_history(bench)
    bench.write("rev")
    bench.press(Qt.Key.Key_Down)
    bench.press(Qt.Key.Key_Escape)
    assert bench.line.text() == "rev"
    assert not bench.line.offers
    assert bench.line.hasFocus()


def test_a_click_on_an_offer_starts_it(bench: Bench) -> None:
    with_history(bench)
    bench.write("rev")
    shown = bench.line._list
    box = shown.visualRect(shown.model().index(0, 0))
    bench.qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=box.center())
    bench.settle()
    assert bench.entries()[0].running
    assert bench.entries()[0].description == "Review PR 812"


def test_a_project_is_completed_after_its_mark(bench: Bench) -> None:
    with_history(bench)
    bench.line.begin("mail 🙂 @bil")  # as an input method would put it there
    assert [offer.text for offer in bench.line.offers] == ["Billing"]
    bench.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert bench.entries()[0].description == "mail 🙂"
    assert bench.entries()[0].project_id == next(iter(bench.snapshot.catalogue.projects))


def test_the_hint_says_how_the_line_is_understood(bench: Bench) -> None:
    with_history(bench)
    bench.window.frame.resize(900, 640)
    hint = bench.window.header.hint
    bench.write("review @Billing 30m ago")
    assert hint.text() == "Billing · billable, from 14:54"
    assert bench.window.header.aside.text() == "Enter starts · Esc leaves"
    bench.line.clear()
    bench.write("review @Newcomer 9:00-9:15")
    assert hint.text() == 'new project "Newcomer", 09:00 – 09:15'
    assert bench.window.header.aside.text() == "Enter adds · Esc leaves"


def test_a_project_that_the_role_may_not_make_is_not_called_new(bench: Bench) -> None:
    with_history(bench)
    catalogue = bench.snapshot.catalogue._replace(may_grow=False)
    bench.window.show_snapshot(bench.snapshot._replace(catalogue=catalogue))
    bench.write("review @Newcomer")
    assert bench.window.header.hint.text() == 'there is no project "Newcomer"'


def test_the_keys_make_room_for_what_is_understood(bench: Bench) -> None:
    bench.prepare()
    header = bench.window.header
    bench.window.frame.resize(420, 640)
    bench.write("review @A new project #design #meeting #call #writing #admin #bug $")
    assert header.aside.text() == ""
    bench.line.clear()
    bench.write("@A")
    assert header.aside.text() == "Enter starts · Esc leaves"


def test_a_project_that_is_not_known_is_made(bench: Bench) -> None:
    bench.prepare()
    bench.write("Kick-off @Newcomer")
    bench.press(Qt.Key.Key_Return)
    project = bench.ask(lambda tracker: tracker.catalogue()).project_named("Newcomer")
    assert bench.entries()[0].project_id == project.id


def test_a_span_of_time_is_added_and_starts_nothing(bench: Bench) -> None:
    bench.prepare()
    bench.write("Stand-up 9:00-9:15")
    bench.press(Qt.Key.Key_Return)
    (entry,) = bench.entries()
    assert not entry.running
    assert entry.seconds(NOW) == 900


def test_a_start_before_what_runs_says_that_it_was_only_added(bench: Bench) -> None:
    bench.prepare(lambda tracker: tracker.start(Draft("Review"), NOW - timedelta(minutes=10)))
    bench.window.header.type_here("Mail 1h ago")
    bench.press(Qt.Key.Key_Return, widget=bench.line)
    running, mail = bench.entries()
    assert running.running
    assert (mail.description, mail.stop) == ("Mail", running.start)
    bench.qtbot.waitUntil(lambda: bool(bench.told))
    assert bench.told == [
        '"Review" was started later, at 15:14, so it goes on, and this one was added before it.'
    ]


def test_a_span_beside_what_runs_needs_no_words(bench: Bench) -> None:
    bench.prepare(lambda tracker: tracker.start(Draft("Review"), NOW - timedelta(minutes=10)))
    bench.window.header.type_here("Stand-up 9:00-9:15")
    bench.press(Qt.Key.Key_Return, widget=bench.line)
    assert len(bench.entries()) == 2
    assert bench.told == []


def test_the_round_button_starts_and_stops(bench: Bench) -> None:
    bench.prepare()
    button = bench.window.header.button
    bench.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    bench.settle()
    assert button.accessibleName() == "Stop"
    bench.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    bench.settle()
    assert button.accessibleName() == "Start"
    assert not bench.entries()[0].running


def test_the_running_entry_is_shown_with_its_clock_and_chips(bench: Bench) -> None:
    def step(tracker):
        project = tracker.names.add_project(
            "Renewal", hourly_rate=__import__("decimal").Decimal(175), currency="USD"
        )
        draft = Draft("Drafting <b>it</b>", project.id, ("writing",), True)
        tracker.start(draft, NOW - timedelta(hours=1, minutes=23, seconds=45))

    bench.prepare(step)
    header = bench.window.header
    assert header.title.text() == "Drafting <b>it</b>"
    assert header.elapsed.text() == "1:23:45"
    assert header.chips.texts == ["Renewal", "writing", "$ 175"]
    assert header.aside.text() == "since 14:01"
    width = header.elapsed.width()
    bench.pass_by(seconds=6)
    assert header.elapsed.text() == "1:23:51"
    assert header.elapsed.width() == width


def test_a_click_on_the_running_description_opens_its_editor(bench: Bench) -> None:
    bench.prepare(lambda tracker: tracker.start(Draft("Drafting")))
    bench.qtbot.mouseClick(bench.window.header.title, Qt.MouseButton.LeftButton)
    bench.settle()
    assert bench.editor.isVisible()
    assert bench.editor.description.text() == "Drafting"
