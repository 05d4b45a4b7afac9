"""The list: days and lines, folding, keys, changes that move nothing, and undo."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication
from tests.ui.window.conftest import NOW, ZONE, Bench

from tabkeeper.model.entry import Draft
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.window import entries_page
from tabkeeper.ui.window.rows import DayRow, EditorRow

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def hour(tracker, description: str, hours_ago: float, length: float = 1) -> None:
    start = NOW - timedelta(hours=hours_ago)
    tracker.add(Draft(description), start, start + timedelta(hours=length))


def two_days(tracker) -> None:
    hour(tracker, "Deploy", 26)
    hour(tracker, "Review", 6)
    hour(tracker, "Stand-up", 5)
    hour(tracker, "Review", 4)
    tracker.start(Draft("Drafting"), NOW - timedelta(minutes=83))


def many(tracker) -> None:
    for number in range(150):
        hour(tracker, f"Task {number}", 2 * number + 2)


def test_entries_stand_by_day_with_totals_and_same_ones_in_one_line(bench: Bench) -> None:
    bench.prepare(two_days)
    assert bench.spoken() == [
        "Today, 4:23",
        "Drafting, 1:23, 14:01 – now",
        "Review, 2 entries, 2:00, 09:24 – 12:24",
        "Stand-up, 1:00, 10:24 – 11:24",
        "Yesterday, 1:00",
        "Deploy, 1:00, 13:24 – 14:24",
    ]
    assert bench.window.foot.week == "Week 5:23"


def test_time_that_passes_is_shown_in_the_line_its_day_and_the_week(bench: Bench) -> None:
    bench.prepare(two_days)
    bench.pass_by(minutes=2)
    assert bench.spoken()[:2] == ["Today, 4:25", "Drafting, 1:25, 14:01 – now"]
    assert bench.window.foot.week == "Week 5:25"


def test_durations_are_written_as_the_person_chooses_while_they_are_seen(bench: Bench) -> None:
    bench.prepare(lambda tracker: tracker.start(Draft("Drafting"), NOW - timedelta(minutes=83, seconds=45)))
    for form, shown, running in (
        ("decimal", "1.40 h", "1.40 h"),
        ("seconds", "1:23:45", "1:23:45"),
        ("minutes", "1:23", "1:23:45"),
    ):
        bench.window.show_times_as(Clockface(ZONE, durations=form))
        assert bench.spoken()[0] == f"Today, {shown}"
        assert f", {shown}, " in bench.spoken()[1]
        assert bench.window.foot.week == f"Week {shown}"
        assert bench.window.header.elapsed.text() == running


def test_a_line_is_unfolded_and_folded_by_keys(bench: Bench) -> None:
    bench.prepare(two_days)
    bench.choose("Review")
    bench.press(Qt.Key.Key_Right)
    assert [row.part for row in bench.lines() if row.entry.description == "Review"] == [False, True, True]
    bench.press(Qt.Key.Key_Down, Qt.Key.Key_Left)
    assert bench.model.row(bench.view.currentIndex()).number == 2
    bench.press(Qt.Key.Key_Left)
    assert len([row for row in bench.lines() if row.entry.description == "Review"]) == 1


def test_a_line_is_unfolded_by_a_click_on_its_number(bench: Bench) -> None:
    bench.prepare(two_days)
    index = bench.model.index(2)
    badge = bench.view.delegate.parts(
        bench.model.row(index), bench.view.visualRect(index), bench.view.layoutDirection()
    ).badge
    bench.qtbot.mouseClick(bench.view.viewport(), Qt.MouseButton.LeftButton, pos=badge.center())
    assert bench.model.rowCount() == 8


def test_play_starts_the_same_thing_again(bench: Bench) -> None:
    bench.prepare(two_days)
    index = bench.model.index(3)
    play = bench.view.delegate.parts(
        bench.model.row(index), bench.view.visualRect(index), bench.view.layoutDirection()
    ).play
    bench.qtbot.mouseClick(bench.view.viewport(), Qt.MouseButton.LeftButton, pos=play.center())
    bench.settle()
    assert bench.entries()[0].description == "Stand-up"
    assert bench.entries()[0].running


def test_space_starts_the_chosen_thing_again(bench: Bench) -> None:
    bench.prepare(two_days)
    bench.choose("Deploy")
    bench.press(Qt.Key.Key_Space)
    assert bench.entries()[0].description == "Deploy"
    assert bench.line.text() == ""


def test_the_arrow_keys_step_over_headings(bench: Bench) -> None:
    bench.prepare(two_days)
    bench.choose("Stand-up")
    bench.press(Qt.Key.Key_Down)
    assert bench.model.row(bench.view.currentIndex()).entry.description == "Deploy"


def test_the_keys_work_in_the_list_after_something_was_started(bench: Bench) -> None:
    bench.prepare(two_days)
    bench.view.setFocus()
    bench.write("mail")
    bench.press(Qt.Key.Key_Return)
    assert bench.view.hasFocus()
    bench.press(Qt.Key.Key_Down)
    assert len(bench.view.selectedIndexes()) == 1


def test_delete_takes_away_what_is_chosen_and_offers_it_back(bench: Bench) -> None:
    bench.prepare(two_days)
    bench.choose("Stand-up")
    bench.press(Qt.Key.Key_Delete)
    assert "Stand-up" not in [entry.description for entry in bench.entries()]
    assert bench.toast.text == "Deleted “Stand-up”"
    bench.qtbot.mouseClick(bench.toast.button, Qt.MouseButton.LeftButton)
    bench.settle()
    assert "Stand-up" in [entry.description for entry in bench.entries()]
    assert bench.toast.text == "Undone: deleted “Stand-up”"


def test_several_are_deleted_in_one_step(bench: Bench) -> None:
    bench.prepare(two_days)
    bench.choose("Review")
    bench.press(Qt.Key.Key_Down, held=SHIFT)
    bench.press(Qt.Key.Key_Delete)
    assert [entry.description for entry in bench.entries()] == ["Drafting", "Deploy"]
    bench.press(Qt.Key.Key_Z, held=CONTROL)
    assert len(bench.entries()) == 5


def test_undo_and_redo_say_what_they_did(bench: Bench) -> None:
    bench.prepare(two_days)
    bench.choose("Deploy")
    bench.press(Qt.Key.Key_D, held=CONTROL)
    assert len(bench.entries()) == 6
    bench.press(Qt.Key.Key_Z, held=CONTROL)
    assert bench.toast.text == "Undone: duplicated “Deploy”"
    assert len(bench.entries()) == 5
    bench.press(Qt.Key.Key_Z, held=CONTROL | SHIFT)
    assert bench.toast.text == "Done again: duplicated “Deploy”"
    assert len(bench.entries()) == 6


def test_a_step_that_is_not_the_last_any_more_is_not_offered_to_be_undone(bench: Bench) -> None:
    bench.prepare(two_days)
    bench.choose("Deploy")
    bench.press(Qt.Key.Key_Delete)
    assert bench.toast.isVisible()
    bench.desk.change(lambda tracker: tracker.start(Draft("From the tray")))
    bench.settle()
    assert not bench.toast.isVisible()


def test_more_is_read_when_somebody_scrolls(bench: Bench) -> None:
    bench.prepare(many)
    read = len(bench.lines())
    assert read < 100
    for _ in range(3):
        bench.view.verticalScrollBar().setValue(bench.view.verticalScrollBar().maximum())
        bench.settle()
    assert len(bench.lines()) == 150


def scroll_to_the_end(bench: Bench) -> None:
    bar = bench.view.verticalScrollBar()
    while bar.value() < bar.maximum():
        bar.setValue(bar.maximum())
        bench.settle()
    assert len(bench.lines()) == 150


def start(bench: Bench, description: str) -> None:
    """Start something as the tray does."""
    bench.desk.change(lambda tracker: tracker.start(Draft(description)))
    bench.settle()


def test_more_is_read_where_what_was_read_does_not_fill_the_list(bench: Bench) -> None:
    def the_same_all_day(tracker) -> None:
        for number in range(130):
            hour(tracker, "Call", number / 2 + 1, 0.25)

    bench.prepare(the_same_all_day)
    assert bench.view.verticalScrollBar().maximum() == 0
    assert sum(row.number for row in bench.lines()) == 130


def test_after_a_change_no_more_is_read_than_is_looked_at(bench: Bench) -> None:
    bench.prepare(many)
    scroll_to_the_end(bench)
    start(bench, "At the top")
    assert len(bench.lines()) == 151
    bench.view.scrollToTop()
    start(bench, "Another")
    assert len(bench.lines()) < 100
    bench.view.scrollToBottom()
    bench.settle()
    assert len(bench.lines()) > 100


def test_what_is_chosen_far_down_stays_chosen_when_it_is_not_looked_at(bench: Bench) -> None:
    bench.prepare(many)
    scroll_to_the_end(bench)
    bench.choose("Task 140")
    bench.view.scrollToTop()
    start(bench, "At the top")
    assert [entry.description for entry in bench.view.chosen()] == ["Task 140"]


def test_what_is_typed_far_down_stays_when_it_is_not_looked_at(bench: Bench) -> None:
    bench.prepare(many)
    scroll_to_the_end(bench)
    bench.choose("Task 140")
    bench.press(Qt.Key.Key_Return)
    bench.write("half a thou")
    bench.view.selectionModel().clear()
    bench.view.scrollToTop()
    bench.window.frame.close()
    start(bench, "At the top")
    assert bench.editor.description.text() == "half a thou"
    assert bench.model.edited is not None


def test_who_is_far_down_and_leaves_begins_at_the_top_once_something_has_changed(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entries_page, "_FAR_DOWN", 100)
    bench.prepare(many)
    scroll_to_the_end(bench)
    bench.window.frame.close()
    bench.settle()
    assert len(bench.lines()) == 150
    start(bench, "At the top")
    assert len(bench.lines()) < 100
    bench.window.open(QRect())
    bench.qtbot.waitUntil(bench.view.hasFocus)
    assert bench.view.verticalScrollBar().value() == 0
    assert [entry.description for entry in bench.view.chosen()] == ["At the top"]


def test_who_looks_at_another_page_finds_the_place_again(bench: Bench) -> None:
    bench.prepare(many)
    scroll_to_the_end(bench)
    bench.view.verticalScrollBar().setValue(5 * bench.view.verticalScrollBar().maximum() // 6)
    at = QPoint(200, 100)
    seen = bench.model.row(bench.view.indexAt(at)).key
    bench.window.frame.show_page(bench.window.projects)
    start(bench, "At the top")
    bench.window.frame.show_page(bench.window.entries)
    assert bench.model.row(bench.view.indexAt(at)).key == seen


def test_a_change_moves_nothing_that_is_looked_at(bench: Bench) -> None:
    bench.prepare(many)
    bench.view.verticalScrollBar().setValue(700)
    bench.settle()
    at = QPoint(200, 100)
    seen = bench.model.row(bench.view.indexAt(at)).key
    top = bench.view.visualRect(bench.view.indexAt(at)).top()
    bench.desk.change(lambda tracker: tracker.start(Draft("At the top")))
    bench.settle()
    assert bench.model.row(bench.view.indexAt(at)).key == seen
    assert bench.view.visualRect(bench.view.indexAt(at)).top() == top


def test_what_is_chosen_stays_chosen(bench: Bench) -> None:
    bench.prepare(two_days)
    bench.choose("Stand-up")
    bench.desk.change(lambda tracker: tracker.start(Draft("At the top")))
    bench.settle()
    assert [entry.description for entry in bench.view.chosen()] == ["Stand-up"]


def test_the_menu_of_a_line_names_what_can_be_done_and_its_keys(bench: Bench) -> None:
    bench.prepare(two_days)
    bench.choose("Stand-up")
    menu = bench.view.menu(bench.view.chosen())
    texts = [action.text() for action in menu.actions()]
    assert texts == ["Continue", "Edit", "Duplicate", "Split…", "Pin to favourites", "Delete"]
    assert menu.actions()[-1].shortcut() == QKeySequence("Del")
    menu.actions()[4].trigger()
    bench.settle()
    assert [favourite.draft.description for favourite in bench.ask(lambda t: t.favourites())] == ["Stand-up"]


def test_what_is_pinned_is_unpinned_from_the_same_menu(bench: Bench) -> None:
    bench.prepare(two_days)
    bench.choose("Stand-up")
    bench.view.menu(bench.view.chosen()).actions()[4].trigger()
    bench.settle()
    assert bench.toast.text == "Pinned “Stand-up”"
    menu = bench.view.menu(bench.view.chosen())
    assert menu.actions()[4].text() == "Unpin from favourites"
    menu.actions()[4].trigger()
    bench.settle()
    assert bench.ask(lambda t: t.favourites()) == ()
    assert bench.toast.text == "Unpinned “Stand-up”"
    assert bench.view.menu(bench.view.chosen()).actions()[4].text() == "Pin to favourites"


@pytest.mark.parametrize(
    "description", ["", "<img src=x> & more", "مراجعة العقد", "🙂" * 300, "x" * 2000, "Two\twords"]
)
def test_any_description_is_painted_and_explained_as_text(bench: Bench, description: str) -> None:
    bench.prepare(lambda tracker: hour(tracker, description, 3))
    assert not bench.view.grab().isNull()
    row = bench.lines()[0]
    tip = bench.view._tip(_help_at(bench), bench.model.index(1), row)
    assert "<img" not in tip


def _help_at(bench: Bench):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QHelpEvent

    at = bench.view.visualRect(bench.model.index(1)).topLeft() + QPoint(60, 10)
    return QHelpEvent(QEvent.Type.ToolTip, at, bench.view.viewport().mapToGlobal(at))


def test_mirrored_the_colour_stands_on_the_right(bench: Bench) -> None:
    bench.prepare(two_days)
    index = bench.model.index(3)
    row, box = bench.model.row(index), bench.view.visualRect(index)
    plain = bench.view.delegate.parts(row, box, Qt.LayoutDirection.LeftToRight)
    mirrored = bench.view.delegate.parts(row, box, Qt.LayoutDirection.RightToLeft)
    assert plain.bar.left() - box.left() == box.right() - mirrored.bar.right()
    assert mirrored.times.right() < mirrored.play.left() < mirrored.title.left()


def test_the_list_has_headings_that_cannot_be_chosen(bench: Bench) -> None:
    bench.prepare(two_days)
    bench.view.selectAll()
    chosen = [bench.model.row(index) for index in bench.view.selectedIndexes()]
    assert chosen
    assert not [row for row in chosen if isinstance(row, DayRow | EditorRow)]


def test_a_window_that_is_hidden_looks_at_no_clock(bench: Bench) -> None:
    bench.prepare(two_days)
    assert bench.window._ticking.pace == "second"
    bench.desk.change(lambda tracker: tracker.stop())
    bench.settle()
    assert bench.window._ticking.pace == "minute"
    bench.window.frame.close()
    assert bench.window._ticking.pace is None
    QApplication.processEvents()
