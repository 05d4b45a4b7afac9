"""The page at work on a real tracker with a real file: things are made, changed, archived and refused."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QColorDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tabkeeper.model.catalogue import EMPTY_CATALOGUE
from tabkeeper.model.entry import Draft
from tabkeeper.model.refusal import Refused
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker
from tabkeeper.ui.projects import ProjectsPage
from tabkeeper.ui.projects.editors import NameEditor, ProjectEditor
from tabkeeper.ui.projects.swatches import Swatches
from tabkeeper.ui.projects.thing_list import MOST
from tabkeeper.ui.theme import Theme

LIGHT = Theme(dark=False, families=("Inter",))
NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


class Bench:
    """A page whose changes are carried out at once."""

    def __init__(self, tracker: Tracker, qtbot: QtBot) -> None:
        self.tracker, self.qtbot = tracker, qtbot
        self.page = ProjectsPage(tracker.catalogue(), LIGHT, self.change)
        self.said: list[str] = []
        self.page.changed.connect(self.said.append)
        qtbot.addWidget(self.page)
        self.page.resize(420, 640)
        self.page.show()
        qtbot.waitExposed(self.page)

    def change(
        self,
        change: Callable[[Tracker], Any],
        done: Callable[[Any], None] | None = None,
        refused: Callable[[str], None] | None = None,
    ) -> None:
        try:
            made = change(self.tracker)
        except Refused as refusal:
            assert refused is not None
            refused(str(refusal))
            return
        self.page.show_catalogue(self.tracker.catalogue())
        if done is not None:
            done(made)

    def names(self) -> list[str]:
        return [row.thing.name for row in self.page.list.rows]

    def open(self, name: str) -> None:
        next(row for row in self.page.list.rows if row.thing.name == name).click()

    def project_editor(self, name: str) -> ProjectEditor:
        self.open(name)
        editor = self.page.list.editor
        assert isinstance(editor, ProjectEditor)
        return editor

    def name_editor(self) -> NameEditor:
        editor = self.page.list.editor
        assert isinstance(editor, NameEditor)
        return editor

    def type(self, text: str) -> None:
        self.page.field.line.clear()
        self.qtbot.keyClicks(self.page.field.line, text)

    def press(self, key: Qt.Key, widget: QWidget | None = None) -> None:
        self.qtbot.keyClick(widget or QApplication.focusWidget() or self.page, key)

    def button(self, text: str) -> QPushButton:
        editor = self.page.list.editor
        assert editor is not None
        return next(button for button in editor.findChildren(QPushButton) if button.text() == text)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    store = Store.open(tmp_path / "times.db")
    tracker = Tracker(store, UTC, lambda: NOON)
    acme = tracker.names.add_client("Acme")
    tracker.names.add_project("Website", client_id=acme.id)
    tracker.names.add_project("Internal")
    tracker.names.add_tag("writing")
    yield Bench(tracker, qtbot)
    store.close()


def test_a_name_and_enter_make_a_project_with_a_colour(bench: Bench) -> None:
    bench.type("Hiring")
    assert bench.page.hint.text() == "Enter adds the project “Hiring”."
    bench.press(Qt.Key.Key_Return, bench.page.field.line)
    project = bench.tracker.catalogue().project_named("Hiring")
    assert project is not None
    assert project.color is not None
    assert bench.names() == ["Hiring", "Internal", "Website"]
    assert bench.page.field.text == ""
    assert bench.said == ["Added Hiring"]


@pytest.mark.parametrize(
    ("kind", "name", "known"), [("client", "Northwind", "Acme"), ("tag", "urgent", "writing")]
)
def test_clients_and_tags_are_made_the_same_way(bench: Bench, kind: str, name: str, known: str) -> None:
    bench.page.kinds.choose(kind)
    assert bench.names() == [known]
    bench.type(name)
    bench.press(Qt.Key.Key_Return, bench.page.field.line)
    assert sorted(bench.names()) == sorted([known, name])


def test_a_name_that_is_there_already_is_opened_and_not_made_again(bench: Bench) -> None:
    bench.type("website")
    assert bench.page.hint.text() == "Enter opens “Website”."
    bench.press(Qt.Key.Key_Return, bench.page.field.line)
    assert isinstance(bench.page.list.editor, ProjectEditor)
    assert len(bench.tracker.catalogue().projects) == 2


def test_a_double_click_opens_a_row_as_a_click_does(bench: Bench) -> None:
    row = next(row for row in bench.page.list.rows if row.thing.name == "Website")
    for event in (bench.qtbot.mouseClick, bench.qtbot.mouseDClick, bench.qtbot.mouseRelease):
        event(row, Qt.MouseButton.LeftButton)
    editor = bench.page.list.editor
    assert isinstance(editor, ProjectEditor)
    assert QApplication.focusWidget() is editor.name.line


def test_typing_shows_what_has_the_words_in_it(bench: Bench) -> None:
    bench.type("acme")
    assert bench.names() == ["Website"]
    bench.press(Qt.Key.Key_Escape, bench.page.field.line)
    assert bench.names() == ["Internal", "Website"]


def test_everything_about_a_project_is_changed_in_one_step(bench: Bench) -> None:
    editor = bench.project_editor("Internal")
    editor.name.line.setText("Platform")
    editor.client.setCurrentText("Northwind")
    editor.findChild(Swatches).choose("#DC2626")
    editor.billable.setChecked(True)
    editor.rate.line.setText("175,50")
    editor.currency.line.setText("usd")
    bench.button("Done").click()
    project = bench.tracker.catalogue().project_named("Platform")
    assert project is not None
    client = bench.tracker.catalogue().client_of(project.id)
    assert client is not None
    assert (client.name, project.color, project.billable) == ("Northwind", "#DC2626", True)
    assert (project.hourly_rate, project.currency) == (Decimal("175.50"), "USD")
    assert bench.page.list.editor is None
    assert bench.said == ["Changed Platform"]
    bench.tracker.undo()
    assert bench.tracker.catalogue().project_named("Internal") is not None


def test_leaving_without_a_change_is_no_step(bench: Bench) -> None:
    before = bench.tracker.undoable()
    bench.project_editor("Website")
    bench.press(Qt.Key.Key_Escape)
    assert bench.page.list.editor is None
    assert bench.tracker.undoable() == before


def test_leaving_is_no_step_where_a_server_writes_otherwise_or_a_rate_is_in_the_workspaces_currency(
    bench: Bench,
) -> None:
    bench.tracker.names.add_project("Usual", hourly_rate=Decimal(80), currency="EUR")
    bench.tracker.names.add_project("Theirs", color="#aabbcc", hourly_rate=Decimal(90))
    bench.page.show_catalogue(bench.tracker.catalogue())
    before = bench.tracker.undoable()
    bench.project_editor("Theirs")
    bench.press(Qt.Key.Key_Escape)
    assert bench.tracker.undoable() == before
    editor = bench.project_editor("Theirs")
    editor.rate.line.setText("95")
    bench.press(Qt.Key.Key_Return, editor.rate.line)
    project = bench.tracker.catalogue().project_named("Theirs")
    assert project is not None
    assert (project.hourly_rate, project.currency, project.color) == (Decimal(95), None, "#aabbcc")


def test_escape_leaves_and_keeps_what_was_typed(bench: Bench) -> None:
    editor = bench.project_editor("Website")
    editor.name.line.setText("Home page")
    bench.press(Qt.Key.Key_Escape, editor.name.line)
    assert bench.names() == ["Home page", "Internal"]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [("rate", "17x", "no hourly rate"), ("currency", "EU", "no currency"), ("name", " ", "needs a name")],
)
def test_what_is_refused_is_said_beneath_the_field_and_stays_typed(
    bench: Bench, field: str, typed: str, said: str
) -> None:
    editor = bench.project_editor("Website")
    asked = getattr(editor, field)
    asked.line.setText(typed)
    bench.press(Qt.Key.Key_Return, asked.line)
    assert bench.page.list.editor is editor
    assert said in asked.complaint
    assert asked.text == typed
    bench.qtbot.keyClicks(asked.line, "1")
    assert asked.complaint == ""


def test_a_name_that_is_taken_is_said_beneath_it_and_given_up_by_a_second_escape(bench: Bench) -> None:
    bench.page.kinds.choose("client")
    bench.tracker.names.add_client("Northwind")
    bench.page.show_catalogue(bench.tracker.catalogue())
    bench.open("Northwind")
    editor = bench.name_editor()
    editor.name.line.setText("acme")
    bench.press(Qt.Key.Key_Escape, editor.name.line)
    assert "already" in editor.name.complaint
    bench.page.kinds.choose("tag")
    assert bench.page.kinds.key == "client", "what is refused is finished first"
    bench.press(Qt.Key.Key_Escape, editor.name.line)
    assert bench.page.list.editor is None
    assert bench.names() == ["Acme", "Northwind"]


def test_archiving_takes_it_out_of_the_list_and_it_can_be_brought_back(bench: Bench) -> None:
    bench.project_editor("Website")
    bench.button("Archive").click()
    assert bench.names() == ["Internal"]
    assert bench.said == ["Archived Website"]
    bench.page.archived.setChecked(True)
    assert bench.names() == ["Internal", "Website"]
    bench.project_editor("Website")
    bench.button("Bring back").click()
    bench.page.archived.setChecked(False)
    assert bench.names() == ["Internal", "Website"]


def test_a_renamed_tag_is_renamed_on_its_entries(bench: Bench) -> None:
    bench.tracker.add(Draft("Mail", tags=("writing",)), NOON - timedelta(hours=2), NOON - timedelta(hours=1))
    bench.page.kinds.choose("tag")
    bench.open("writing")
    bench.name_editor().name.line.setText("#drafting")
    bench.press(Qt.Key.Key_Return, bench.name_editor().name.line)
    assert bench.names() == ["drafting"]
    assert bench.tracker.entries(None, None)[0].tags == ("drafting",)


def test_an_archived_tag_is_offered_no_more(bench: Bench) -> None:
    bench.page.kinds.choose("tag")
    bench.open("writing")
    bench.button("Archive").click()
    assert bench.names() == []
    assert bench.page.list.word.startswith("Name a tag above")


def test_opening_another_row_keeps_the_first_ones_change(bench: Bench) -> None:
    bench.project_editor("Internal").name.line.setText("Inside")
    bench.project_editor("Website")
    assert bench.names() == ["Inside", "Website"]
    assert bench.page.list.edited is not None
    assert bench.page.list.edited.name == "Website"


def test_a_change_elsewhere_leaves_what_is_being_typed(bench: Bench) -> None:
    editor = bench.project_editor("Website")
    editor.name.line.setText("Half a na")
    bench.tracker.names.add_project("Another")
    bench.page.show_catalogue(bench.tracker.catalogue())
    assert bench.page.list.editor is editor
    assert editor.name.text == "Half a na"
    assert bench.names() == ["Another", "Internal", "Website"]


def test_an_editor_goes_when_its_project_is_undone(bench: Bench) -> None:
    bench.tracker.names.add_project("Mistake")
    bench.page.show_catalogue(bench.tracker.catalogue())
    bench.project_editor("Mistake")
    bench.tracker.undo()
    bench.page.show_catalogue(bench.tracker.catalogue())
    assert bench.page.list.editor is None
    assert bench.names() == ["Internal", "Website"]


def test_a_rate_without_a_currency_gets_the_usual_one(bench: Bench) -> None:
    bench.tracker.names.add_project("Paid", hourly_rate=Decimal(90), currency="CHF")
    bench.page.show_catalogue(bench.tracker.catalogue())
    editor = bench.project_editor("Internal")
    editor.rate.line.setText("100")
    bench.press(Qt.Key.Key_Return, editor.rate.line)
    project = bench.tracker.catalogue().project_named("Internal")
    assert project is not None
    assert project.currency == "CHF"


def test_the_client_is_taken_away_by_choosing_none(bench: Bench) -> None:
    bench.project_editor("Website").client.setCurrentText("No client")
    bench.button("Done").click()
    project = bench.tracker.catalogue().project_named("Website")
    assert project is not None
    assert project.client_id is None


def test_any_colour_comes_from_the_systems_dialog(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = bench.project_editor("Website")
    wanted = editor.palette().highlight().color()
    monkeypatch.setattr(QColorDialog, "getColor", lambda *_: wanted)
    bench.button("Other…").click()
    bench.button("Done").click()
    project = bench.tracker.catalogue().project_named("Website")
    assert project is not None
    assert project.color == wanted.name().upper()


def test_the_arrow_keys_go_through_the_list_and_back_into_the_field(bench: Bench) -> None:
    bench.page.field.setFocus()
    bench.press(Qt.Key.Key_Down, bench.page.field.line)
    first, second = bench.page.list.rows
    assert first.hasFocus()
    bench.press(Qt.Key.Key_Down)
    assert second.hasFocus()
    stops = [row for row in (first, second) if row.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [second], "the tab key passes the list in one step"
    bench.press(Qt.Key.Key_Home)
    bench.press(Qt.Key.Key_Up)
    assert bench.page.field.line.hasFocus()
    bench.press(Qt.Key.Key_Down, bench.page.field.line)
    bench.press(Qt.Key.Key_Return)
    assert bench.page.list.edited is not None
    bench.press(Qt.Key.Key_Escape)
    assert first.hasFocus()


def test_everything_has_a_name_for_who_cannot_see_it(bench: Bench) -> None:
    editor = bench.project_editor("Website")
    for part in (
        editor.name.line,
        editor.client,
        editor.rate.line,
        editor.currency.line,
        bench.page.field.line,
    ):
        assert part.accessibleName()
    assert all(swatch.accessibleName() for swatch in editor.findChild(Swatches)._swatches())
    assert bench.page.list.rows[1].accessibleName() == "Website, Acme"


def test_a_name_with_markup_is_text(bench: Bench) -> None:
    bench.type("<b>R&D</b>")
    assert bench.page.hint.textFormat() is Qt.TextFormat.PlainText
    bench.press(Qt.Key.Key_Return, bench.page.field.line)
    assert "<b>R&D</b>" in bench.names()


def test_who_has_very_many_sees_the_first_and_finds_the_others(bench: Bench) -> None:
    for number in range(MOST + 3):
        bench.tracker.names.add_tag(f"tag {number:04}")
    bench.page.show_catalogue(bench.tracker.catalogue())
    bench.page.kinds.choose("tag")
    assert len(bench.names()) == MOST
    assert bench.page.list.word == "And 4 more; type to find them."
    bench.type("0302")
    assert bench.names() == ["tag 0302"]
    bench.type("tag 0302")
    bench.press(Qt.Key.Key_Return, bench.page.field.line)
    assert bench.page.list.edited is not None
    assert bench.page.list.edited.name == "tag 0302"


def test_the_page_follows_the_theme(bench: Bench) -> None:
    dark = Theme(dark=True, families=("Inter",))
    before = bench.page.list.rows[0].grab().toImage()
    bench.page.dress(dark)
    assert bench.page.list.rows[0].grab().toImage() != before


def test_where_the_role_does_not_allow_new_projects_none_is_offered(bench: Bench) -> None:
    bench.page.show_catalogue(EMPTY_CATALOGUE._replace(may_grow=False))
    assert "An admin of this workspace" in " ".join(label.text() for label in bench.page.findChildren(QLabel))
    bench.qtbot.keyClicks(bench.page.field.line, "New")
    assert bench.page.hint.text() == (
        "There is no project “New”, and your role in this workspace may not make one."
    )
    assert bench.page.field.line.placeholderText() == "Find a project"
    bench.qtbot.keyClick(bench.page.field.line, Qt.Key.Key_Return)
    assert bench.page.field.complaint == ""
    bench.page.kinds.choose("tag")
    assert bench.page.field.line.placeholderText() == "Find or add a tag"
    bench.qtbot.keyClicks(bench.page.field.line, "new")
    assert bench.page.hint.text() == "Enter adds the tag “new”."
