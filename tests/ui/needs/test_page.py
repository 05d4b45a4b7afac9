"""The page of what needs the person, in the window: it comes, says why, takes the answers, and goes."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot
from tests.ui.window.conftest import NOW, Bench

from tabkeeper.model.entry import Draft
from tabkeeper.store import agreement, outbox, overruled, sync_state
from tabkeeper.store.outbox import GONE_THERE
from tabkeeper.tracker import Tracker
from tabkeeper.ui.needs.row import NeedRow

HOUR = timedelta(hours=1)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(qtbot, tmp_path)
    yield bench
    bench.window.frame.hide()
    bench.desk.close()


def in_the_file(tracker: Tracker, change: Callable[[Any], object]) -> None:
    with tracker._store.transaction(), tracker._store.reading() as connection:
        change(connection)


def sign_in(tracker: Tracker) -> None:
    in_the_file(tracker, lambda file: sync_state.bind(file, ("https://time.test", "u1", "w1"), 0))


def refused(description: str, words: str, code: str = "ValidationError") -> Callable[[Tracker], None]:
    """Return a step: an entry is added, and refused by the server."""

    def step(tracker: Tracker) -> None:
        entry = tracker.add(Draft(description), NOW - HOUR, NOW, project="Billing")
        in_the_file(tracker, lambda file: outbox.refuse(file, "entry", entry.id, words, code))

    return step


def hold(tracker: Tracker) -> None:
    for name in ("One", "Two"):
        entry = tracker.add(Draft(name), NOW - HOUR, NOW)
        in_the_file(tracker, lambda file, key=entry.id: agreement.tie(file, "entry", key, key))
        in_the_file(tracker, lambda file, key=entry.id: agreement.note_absent(file, key, 0))
    in_the_file(tracker, agreement.hold_absent)


def tabs(bench: Bench) -> list[str]:
    bar = bench.window.frame._tabs
    return [bar.tabText(place) for place in range(bar.count())]


def rows(bench: Bench) -> list[NeedRow]:
    return bench.window.needs.rows


def press(bench: Bench, text: str) -> None:
    rows(bench)[0].button(text).click()
    bench.settle()


def test_without_anything_to_decide_there_is_no_page(bench: Bench) -> None:
    bench.prepare(sign_in)
    assert "Needs you" not in tabs(bench)
    assert not bench.window.needs.isVisible()


def test_a_refused_change_is_said_in_words_with_its_answers(bench: Bench) -> None:
    bench.prepare(sign_in, refused("Drafting", "Project is archived."))
    assert tabs(bench)[-1] == "Needs you"
    assert bench.window.foot.sync.button.isVisible()
    bench.window.foot.sync.button.click()
    assert bench.window.needs.isVisible()
    (row,) = rows(bench)
    assert row.title.text() == "Drafting"
    assert [line.text() for line in row.lines] == [
        "Today, 14:24 – 15:24 · Billing",
        "The server refused this entry: Project is archived.",
    ]
    assert [button.text() for button in row.buttons] == ["Edit", "Try again", "Discard mine"]


def test_trying_again_takes_it_from_the_page_which_goes_when_it_is_left(bench: Bench) -> None:
    bench.prepare(sign_in, refused("Drafting", "Project is archived."))
    bench.window.show_needs()
    press(bench, "Try again")
    assert rows(bench) == []
    assert bench.window.needs.isVisible()
    bench.window.frame.show_page(bench.window.entries)
    bench.desk.change(lambda tracker: tracker.start(Draft("Else")))
    bench.settle()
    assert "Needs you" not in tabs(bench)


def many(bench: Bench) -> None:
    """Show more than fits, with the keyboard on an answer in the middle."""
    bench.prepare(sign_in, *(refused(f"Entry {number}", "Project is archived.") for number in range(12)))
    bench.window.show_needs()
    rows(bench)[7].button("Try again").setFocus()
    bench.window.needs.ensureWidgetVisible(rows(bench)[7])
    assert bench.window.needs.verticalScrollBar().value() > 0


def test_an_answer_leaves_the_page_where_it_is_and_the_keyboard_on_the_row_that_follows(bench: Bench) -> None:
    many(bench)
    at, following = bench.window.needs.verticalScrollBar().value(), rows(bench)[8].title.text()
    bench.press(Qt.Key.Key_Space)
    assert len(rows(bench)) == 11
    assert rows(bench)[7].title.text() == following
    assert rows(bench)[7].buttons[0].hasFocus()
    bench.qtbot.waitUntil(lambda: bench.window.needs.verticalScrollBar().value() == at)


def test_the_keyboard_is_not_taken_from_elsewhere_where_the_page_changes(bench: Bench) -> None:
    many(bench)
    bench.line.setFocus()
    rows(bench)[0].button("Try again").click()
    bench.settle()
    assert len(rows(bench)) == 11
    assert bench.line.hasFocus()


def test_tab_goes_to_the_answers_after_the_tabs_and_then_down_to_the_foot(bench: Bench) -> None:
    bench.prepare(sign_in, refused("Drafting", "Project is archived."))
    bench.desk.change(lambda tracker: tracker.start(Draft("Call")))
    bench.window.show_needs()
    bench.settle()
    bench.window.header.title.setFocus()
    walked = []
    while (now := QApplication.focusWidget()) is not bench.window.foot.sync.button:
        walked.append(now)
        bench.press(Qt.Key.Key_Tab)
    answers = [walked.index(button) for button in rows(bench)[0].buttons]
    chip = walked.index(bench.window.header.chips.findChild(QPushButton))

    assert answers == list(range(len(walked) - 3, len(walked)))
    assert chip == walked.index(bench.window.header.button) + 1


def test_edit_opens_the_entry_where_it_stands(bench: Bench) -> None:
    bench.prepare(sign_in, refused("Drafting", "Project is archived."))
    bench.window.show_needs()
    press(bench, "Edit")
    assert bench.window.entries.isVisible()
    assert bench.editor.isVisible()
    assert bench.model.edited == bench.entries()[0].id


@pytest.mark.parametrize("archived", [False, True])
@pytest.mark.parametrize("kind", ["project", "client"])
def test_edit_opens_a_project_or_a_client_where_it_is_listed(
    bench: Bench, kind: Literal["project", "client"], archived: bool
) -> None:
    def refuse(tracker: Tracker) -> None:
        client = tracker.names.add_client("Acme")
        project = tracker.names.add_project("Website", client_id=client.id)
        thing = client if kind == "client" else project
        change = tracker.names.edit_client if kind == "client" else tracker.names.edit_project
        change(thing.id, archived=archived)
        in_the_file(tracker, lambda file: outbox.refuse(file, kind, thing.id, "It is taken.", "Conflict"))

    bench.prepare(sign_in, refuse)
    bench.window.show_needs()
    press(bench, "Edit")
    assert bench.window.projects.isVisible()
    edited, editor = bench.window.projects.list.edited, bench.window.projects.list.editor
    assert edited is not None
    assert edited.kind == bench.window.projects.kinds.key == kind
    assert editor is not None
    assert editor.name.line.hasFocus()


def test_discarding_takes_it_away_and_says_what_was_lost(bench: Bench) -> None:
    bench.prepare(sign_in, refused("Drafting", "Project is archived."))
    bench.window.show_needs()
    press(bench, "Discard mine")
    assert bench.entries() == []
    (lost,) = rows(bench)
    assert lost.title.text() == "Drafting"
    assert lost.lines[0].text() == (
        "Today 15:24, discarded here; not kept: “Drafting”, from 14:24, to 15:24, Billing, no tags, "
        "not billable"
    )


def test_what_is_gone_elsewhere_can_be_kept(bench: Bench) -> None:
    bench.prepare(sign_in, refused("Drafting", "It was deleted elsewhere.", GONE_THERE))
    bench.window.show_needs()
    (row,) = rows(bench)
    assert row.lines[-1].text() == "It was deleted elsewhere."
    assert [button.text() for button in row.buttons] == ["Edit", "Keep mine", "Discard mine"]
    press(bench, "Keep mine")
    assert [entry.description for entry in bench.entries()] == ["Drafting"]
    assert rows(bench) == []


@pytest.mark.parametrize(("answer", "left"), [("Send them again", 2), ("Remove them here", 0)])
def test_many_that_are_gone_are_asked_about_at_once(bench: Bench, answer: str, left: int) -> None:
    bench.prepare(sign_in, hold)
    bench.window.show_needs()
    assert rows(bench)[0].title.text() == "2 entries are not on the server any more"
    press(bench, answer)
    assert len(bench.entries()) == left


def overrule_sixty(tracker: Tracker) -> None:
    key = tracker.add(Draft("Drafting"), NOW - HOUR, NOW).id

    def note(file: Any) -> None:
        known = agreement.by_id(file, "entry", key)
        assert known is not None
        for number in range(60):
            overruled.record(file, known, f"{number} on both sides", {"description": "Draft"}, 0)

    in_the_file(tracker, note)


def test_where_very_much_was_overruled_it_says_where_all_of_it_is(bench: Bench) -> None:
    bench.prepare(sign_in, overrule_sixty)
    bench.window.show_needs()
    bench.settle()
    assert rows(bench)[0].lines[0].text().endswith("59 on both sides; not kept: “Draft”")
    shown = [label.text() for label in bench.window.needs.findChildren(QLabel)]
    assert shown[-1] == "All that ever were: tabkeeper sync --status --json"
    assert len(rows(bench)) == 50


def test_a_server_s_words_are_shown_as_text(bench: Bench) -> None:
    bench.prepare(sign_in, refused("<b>Drafting</b>", "<a href='x'>No</a>"))
    (row,) = rows(bench)
    assert row.title.text() == "<b>Drafting</b>"
    assert {label.textFormat().name for label in (row.title, *row.lines)} == {"PlainText"}


def test_the_menu_opens_it_where_there_is_nothing_to_decide(bench: Bench) -> None:
    bench.prepare(sign_in)
    row = next(row for row in bench.window.frame.menu.actions() if row.text() == "Needs you…")
    assert row.isVisible()
    row.trigger()
    assert bench.window.needs.isVisible()


def test_without_an_account_the_menu_does_not_speak_of_it(bench: Bench) -> None:
    bench.prepare()
    assert not [
        row for row in bench.window.frame.menu.actions() if row.text() == "Needs you…" and row.isVisible()
    ]
