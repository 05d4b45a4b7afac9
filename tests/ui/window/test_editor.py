"""The editor in the list: each field saves by itself, a bad value is explained and kept, nothing is lost."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from tests.ui.window.conftest import NOW, ZONE, Bench

from tabkeeper.model.entry import Draft
from tabkeeper.store import sync_state
from tabkeeper.ui.window.rows import EditorRow

CONTROL = Qt.KeyboardModifier.ControlModifier


def at(hour: int, minute: int, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def one_entry(tracker) -> None:
    platform = tracker.names.add_project("Platform", hourly_rate=Decimal(60), currency="EUR")
    tracker.names.add_project("Billing")
    tracker.add(Draft("Stand-up", platform.id, billable=True), at(13, 30), at(13, 45))
    tracker.add(Draft("Mail"), at(8, 0), at(9, 24))


def edit(bench: Bench, description: str = "Stand-up", *steps) -> None:
    bench.prepare(one_entry, *steps)
    bench.choose(description)
    bench.press(Qt.Key.Key_Return)
    assert bench.editor.isVisible()


def test_the_editor_opens_under_its_entry_and_shows_all_of_it(bench: Bench) -> None:
    edit(bench)
    editor = bench.editor
    fields = (
        editor.description,
        editor.project,
        editor.tags,
        editor.start,
        editor.stop,
        editor.duration,
        editor.date,
    )
    assert [field.text() for field in fields] == [
        "Stand-up", "Platform", "", "13:30", "13:45", "0:15", "24 Nov 2026",
    ]  # fmt: skip
    assert (editor.billable.isChecked(), editor.amount.text()) == (True, "· € 15.00")
    place = bench.model.place_of(lambda row: isinstance(row, EditorRow))
    assert bench.view.visualRect(place) == editor.geometry()
    assert bench.model.row(bench.model.index(place.row() - 1)).entry.description == "Stand-up"
    assert editor.description.hasFocus()


@pytest.mark.parametrize(
    ("field", "text", "start", "stop"),
    [
        ("start", "1320", at(13, 20), at(13, 45)), ("stop", "14:00", at(13, 30), at(14, 0)),
        ("stop", "+15m", at(13, 30), at(14, 0)), ("duration", "1h20", at(13, 30), at(14, 50)),
        ("duration", "-5m", at(13, 30), at(13, 40)), ("date", "yesterday", at(13, 30, 23), at(13, 45, 23)),
        ("date", "20 Nov", at(13, 30, 20), at(13, 45, 20)),
    ],
)  # fmt: skip
def test_times_are_typed_as_people_type_them(bench: Bench, field: str, text: str, start, stop) -> None:
    edit(bench)
    bench.put(getattr(bench.editor, field), text)
    entry = next(entry for entry in bench.entries() if entry.description == "Stand-up")
    assert (entry.start, entry.stop) == (start, stop)
    assert bench.editor.isVisible()


@pytest.mark.parametrize(
    ("field", "text", "start", "stop"),
    [("stop", "-14h", at(20, 0, 23), at(22, 0, 23)), ("start", "+13h", at(0, 10), at(1, 0))],
)
def test_so_much_earlier_or_later_is_never_another_day(
    bench: Bench, field: str, text: str, start, stop
) -> None:
    edit(bench, "Late", lambda tracker: tracker.add(Draft("Late"), start, stop))
    bench.put(getattr(bench.editor, field), text)
    assert "12 h" in bench.editor._reasons[2].text()
    entry = next(entry for entry in bench.entries() if entry.description == "Late")
    assert (entry.start, entry.stop) == (start, stop)


def test_a_bad_value_is_explained_below_and_stays(bench: Bench) -> None:
    edit(bench)
    height = bench.editor.height()
    bench.put(bench.editor.stop, "soonish")
    reason = bench.editor._reasons[2]
    assert reason.isVisible()
    assert "no time of day" in reason.text()
    assert bench.editor.stop.text() == "soonish"
    assert bench.editor.height() > height
    assert bench.told == []
    bench.press(Qt.Key.Key_Tab)
    assert bench.editor.stop.text() == "soonish"


def test_escape_reverts_the_field_and_then_closes(bench: Bench) -> None:
    edit(bench)
    bench.put(bench.editor.stop, "soonish")
    bench.press(Qt.Key.Key_Escape)
    assert bench.editor.stop.text() == "13:45"
    assert not bench.editor._reasons[2].isVisible()
    bench.press(Qt.Key.Key_Escape)
    assert not bench.editor.isVisible()
    assert bench.view.hasFocus()
    assert [entry.description for entry in bench.view.chosen()] == ["Stand-up"]


def test_each_field_is_saved_when_it_is_left_and_is_a_step_of_its_own(bench: Bench) -> None:
    edit(bench)
    bench.editor.description.selectAll()
    bench.write("Daily")
    bench.press(Qt.Key.Key_Tab)
    bench.put(bench.editor.tags, "team, #daily")
    daily = bench.entries()[0]
    assert (daily.description, daily.tags) == ("Daily", ("team", "daily"))
    bench.press(Qt.Key.Key_Escape)
    bench.press(Qt.Key.Key_Z, held=CONTROL)
    assert (bench.entries()[0].description, bench.entries()[0].tags) == ("Daily", ())
    bench.press(Qt.Key.Key_Z, held=CONTROL)
    assert bench.entries()[0].description == "Stand-up"


def test_done_saves_what_is_being_typed_and_closes(bench: Bench) -> None:
    edit(bench)
    bench.editor.description.selectAll()
    bench.write("Daily")
    bench.qtbot.mouseClick(bench.editor.done, Qt.MouseButton.LeftButton)
    bench.settle()
    assert not bench.editor.isVisible()
    assert bench.entries()[0].description == "Daily"


def test_done_stays_where_something_could_not_be_kept(bench: Bench) -> None:
    edit(bench)
    bench.editor.start.setFocus()
    bench.editor.start.selectAll()
    bench.write("25:00")
    bench.qtbot.mouseClick(bench.editor.done, Qt.MouseButton.LeftButton)
    bench.settle()
    assert bench.editor.isVisible()
    assert bench.editor.start.hasFocus()
    assert bench.editor.start.text() == "25:00"


def test_a_project_is_found_by_typing(bench: Bench) -> None:
    edit(bench)
    bench.editor.project.setFocus()
    bench.editor.project.selectAll()
    bench.write("bil")
    assert [offer.text for offer in bench.editor.project.offers] == ["Billing", "Create “bil”"]
    bench.press(Qt.Key.Key_Return)
    catalogue = bench.ask(lambda tracker: tracker.catalogue())
    assert catalogue.project(bench.entries()[0].project_id).name == "Billing"
    assert bench.editor.project.text() == "Billing"


def test_a_project_that_the_role_may_not_make_is_not_offered(bench: Bench) -> None:
    def become_a_member(tracker) -> None:
        with tracker._store.transaction(), tracker._store.reading() as connection:
            sync_state.put(connection, "role", "member")

    edit(bench, "Stand-up", become_a_member)
    bench.editor.project.setFocus()
    bench.editor.project.selectAll()
    bench.write("bil")
    assert [offer.text for offer in bench.editor.project.offers] == ["Billing"]


def test_a_project_that_is_missing_is_made(bench: Bench) -> None:
    edit(bench)
    bench.editor.project.setFocus()
    bench.editor.project.selectAll()
    bench.write("Newcomer")
    bench.press(Qt.Key.Key_Return)
    catalogue = bench.ask(lambda tracker: tracker.catalogue())
    assert catalogue.project(bench.entries()[0].project_id).name == "Newcomer"


def test_a_project_is_taken_away_and_one_half_typed_is_not(bench: Bench) -> None:
    edit(bench)
    field = bench.editor.project
    field.setFocus()
    field.selectAll()
    bench.write("Plat")
    bench.editor.tags.setFocus()
    bench.settle()
    assert field.text() == "Platform"
    bench.qtbot.mouseClick(field, Qt.MouseButton.LeftButton)
    assert field.offers[-1].text == "No project"
    assert field.current.text == "Platform", "what is chosen is where one begins"
    bench.press(Qt.Key.Key_Down, Qt.Key.Key_Return, widget=field)
    assert bench.entries()[0].project_id is None


@pytest.mark.parametrize("typed", ["", "Billing", "bil"])
def test_escape_in_the_project_goes_back_to_the_one_there_was(bench: Bench, typed: str) -> None:
    edit(bench)
    field, before = bench.editor.project, bench.entries()
    field.setFocus()
    field.selectAll()
    bench.press(Qt.Key.Key_Delete)
    bench.write(typed)
    bench.press(Qt.Key.Key_Escape)
    assert (field.text(), list(field.offers)) == ("Platform", [])
    bench.press(Qt.Key.Key_Tab)
    assert bench.editor.isVisible()
    assert bench.entries() == before


def test_tags_are_completed_one_by_one(bench: Bench) -> None:
    bench.prepare(one_entry, lambda tracker: tracker.names.add_tag("code-review"))
    bench.choose("Stand-up")
    bench.press(Qt.Key.Key_Return)
    bench.editor.tags.setFocus()
    bench.write("team, cod")
    assert [offer.text for offer in bench.editor.tags.offers] == ["#code-review"]
    bench.press(Qt.Key.Key_Return, Qt.Key.Key_Return)
    assert bench.entries()[0].tags == ("team", "code-review")


def test_billable_is_a_click(bench: Bench) -> None:
    edit(bench)
    bench.qtbot.mouseClick(bench.editor.billable, Qt.MouseButton.LeftButton)
    bench.settle()
    assert not bench.entries()[0].billable
    assert bench.editor.amount.text() == ""


def test_deleting_in_the_editor_can_be_undone(bench: Bench) -> None:
    edit(bench)
    bench.qtbot.mouseClick(bench.editor.delete, Qt.MouseButton.LeftButton)
    bench.settle()
    assert not bench.editor.isVisible()
    assert len(bench.entries()) == 1
    assert bench.toast.isVisible()


def test_what_runs_is_edited_too_and_its_start_moves_with_its_duration(bench: Bench) -> None:
    bench.prepare(lambda tracker: tracker.start(Draft("Drafting"), NOW - timedelta(minutes=30)))
    bench.choose("Drafting")
    bench.press(Qt.Key.Key_Return)
    assert (bench.editor.stop.text(), bench.editor.stop.placeholderText()) == ("", "now")
    assert bench.editor.duration.text() == "0:30:00"
    bench.put(bench.editor.duration, "1:00")
    assert bench.entries()[0].start == NOW - timedelta(hours=1)
    assert bench.entries()[0].running


def running_on_a_project(tracker) -> None:
    platform = tracker.catalogue().project_named("Platform")
    tracker.start(Draft("Drafting", platform.id), NOW - timedelta(minutes=12, seconds=33))


def test_the_clock_leaves_a_duration_chosen_that_is_about_to_be_typed_over(bench: Bench) -> None:
    edit(bench, "Drafting", running_on_a_project)
    while not bench.editor.duration.hasFocus():
        bench.press(Qt.Key.Key_Tab)
    bench.pass_by(seconds=2)
    assert bench.editor.duration.text() == "0:12:35"
    bench.write("45")
    bench.press(Qt.Key.Key_Tab)
    assert bench.entries()[0].start == bench.now - timedelta(minutes=45)


def test_the_clock_leaves_cursor_and_choice_where_they_are_in_a_duration(bench: Bench) -> None:
    edit(bench, "Drafting", running_on_a_project)
    field = bench.editor.duration
    field.setFocus()
    field.setCursorPosition(4)
    bench.pass_by(seconds=1)
    assert (field.text(), field.cursorPosition()) == ("0:12:34", 4)
    for begin, length in ((2, 2), (4, -2)):
        field.setSelection(begin, length)
        bench.pass_by(seconds=1)
        assert (field.selectedText(), field.cursorPosition()) == ("12", begin + length)
    assert field.text() == "0:12:36"


def test_the_clock_leaves_a_project_chosen_that_is_about_to_be_typed_over(bench: Bench) -> None:
    edit(bench, "Drafting", running_on_a_project)
    bench.press(Qt.Key.Key_Tab)
    assert bench.editor.project.hasFocus()
    bench.pass_by(seconds=2)
    bench.write("bil")
    assert [offer.text for offer in bench.editor.project.offers] == ["Billing", "Create “bil”"]


def test_what_is_being_typed_survives_a_change_from_elsewhere(bench: Bench) -> None:
    edit(bench)
    bench.editor.description.setFocus()
    bench.editor.description.selectAll()
    bench.write("half a thou")
    stand_up = bench.entries()[0].id
    bench.desk.change(lambda tracker: tracker.edit(stand_up, tags=("elsewhere",)))
    bench.desk.change(lambda tracker: tracker.start(Draft("Something new")))
    bench.settle()
    assert bench.editor.isVisible()
    assert bench.editor.description.text() == "half a thou"
    assert bench.editor.tags.text() == "elsewhere"


def test_the_editor_closes_when_its_entry_is_deleted_elsewhere(bench: Bench) -> None:
    edit(bench)
    stand_up = bench.entries()[0].id
    bench.desk.change(lambda tracker: tracker.delete([stand_up]))
    bench.settle()
    assert not bench.editor.isVisible()


def test_an_entry_of_a_folded_line_is_unfolded_to_be_edited(bench: Bench) -> None:
    def twice(tracker) -> None:
        tracker.add(Draft("Review"), at(9, 0), at(9, 30))
        tracker.add(Draft("Review"), at(11, 0), at(11, 30))

    bench.prepare(twice)
    bench.choose("Review")
    bench.press(Qt.Key.Key_Return)
    assert bench.editor.start.text() == "11:00"
    assert [row.part for row in bench.lines()] == [False, True, True]


def test_the_fields_own_undo_goes_before_the_program_s(bench: Bench) -> None:
    edit(bench)
    field = bench.editor.description
    field.end(False)
    bench.write(" more")
    bench.press(Qt.Key.Key_Z, held=CONTROL)
    assert field.text() == "Stand-up"
    assert len(bench.entries()) == 2


def test_keys_and_clicks_in_the_editor_do_not_reach_the_list(bench: Bench) -> None:
    edit(bench)
    bench.press(Qt.Key.Key_Delete, widget=bench.editor.delete)
    bench.qtbot.mouseClick(bench.editor, Qt.MouseButton.LeftButton)
    assert len(bench.entries()) == 2
    assert [entry.description for entry in bench.view.chosen()] == ["Stand-up"]


def test_every_field_has_a_name_for_those_who_listen(bench: Bench) -> None:
    edit(bench)
    editor = bench.editor
    fields = (
        editor.description,
        editor.project,
        editor.tags,
        editor.start,
        editor.stop,
        editor.duration,
        editor.date,
    )
    assert [field.accessibleName() for field in fields] == [
        "Description", "Project", "Tags", "Start", "Stop", "Duration", "Date",
    ]  # fmt: skip


def test_what_was_typed_for_an_entry_that_is_deleted_elsewhere_is_told(bench: Bench) -> None:
    edit(bench)
    bench.editor.description.selectAll()
    bench.write("Stand-up with Ines")
    entry_id = next(entry.id for entry in bench.entries() if entry.description == "Stand-up")
    bench.desk.change(lambda tracker: tracker.delete([entry_id]))
    bench.settle()
    assert not bench.editor.isVisible()
    assert bench.told == ['This entry does not exist any more. You had typed "Stand-up with Ines".']
    assert [entry.description for entry in bench.entries()] == ["Mail"]


def test_an_entry_that_is_gone_is_not_edited_when_it_comes_back(bench: Bench) -> None:
    edit(bench)
    stand_up = bench.entries()[0].id
    bench.press(Qt.Key.Key_Escape)
    bench.press(Qt.Key.Key_Delete)
    bench.window.entries.edit(stand_up)
    bench.settle()
    bench.press(Qt.Key.Key_Z, held=CONTROL)
    assert bench.entries()[0].id == stand_up
    assert not bench.editor.isVisible()


def test_a_closed_editor_does_not_go_on_with_the_clock(bench: Bench) -> None:
    edit(bench, "Drafting", running_on_a_project)
    bench.pass_by(seconds=1)
    assert bench.editor.duration.text() == "0:12:34"
    bench.press(Qt.Key.Key_Escape)
    bench.pass_by(seconds=1)
    assert bench.editor.duration.text() == "0:12:34"
