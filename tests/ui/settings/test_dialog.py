"""What is chosen in the dialog holds at once; what cannot be is refused where it was typed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from tests.ui.settings.conftest import Bench

from tabkeeper.model.instants import utc_now
from tabkeeper.settings import SETTINGS, Settings, write
from tabkeeper.ui.settings.controls import Switch, Threshold, TypedValue, WordChoice
from tabkeeper.ui.settings.page import SettingsPage

BY_KEY = {setting.key: setting for setting in SETTINGS}


def test_a_click_on_a_word_chooses_it_at_once_and_keeps_it(bench: Bench) -> None:
    control = bench.row("Appearance", "appearance.theme").control
    assert isinstance(control, WordChoice)
    assert control._segments is not None
    button = control._segments._buttons["dark"]
    bench.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert bench.choices.settings.theme == "dark"
    assert bench.kept().theme == "dark"


def test_a_switch_is_a_click_away(bench: Bench) -> None:
    control = bench.row("Appearance", "appearance.tray_text").control
    assert isinstance(control, Switch)
    assert control.isChecked()
    control.click()
    assert bench.choices.settings.tray_text is False


def test_a_number_that_cannot_be_is_refused_under_its_name_and_changes_nothing(bench: Bench) -> None:
    bench.choices.choose(BY_KEY["week.hours"], 40)
    row = bench.row("General", "week.hours")
    assert isinstance(row.control, Threshold)
    line = row.control.number.line
    line.setFocus()
    line.selectAll()
    bench.qtbot.keyClicks(line, "many")
    bench.qtbot.keyClick(line, Qt.Key.Key_Return)
    assert row.hint.text() == "This is a number, 0 to 168."
    assert row.hint.isVisible()
    assert bench.choices.settings.week_hours == 40
    line.selectAll()
    bench.qtbot.keyClicks(line, "38.5")
    bench.qtbot.keyClick(line, Qt.Key.Key_Return)
    assert not row.hint.isVisible()
    assert bench.choices.settings.week_hours == 38.5


def test_what_was_refused_or_is_being_typed_stays_while_something_else_is_chosen(bench: Bench) -> None:
    row, other = bench.row("Reminders", "work.days"), bench.row("Reminders", "remind.end_of_day")
    starts = bench.row("Reminders", "work.starts")
    assert isinstance(row.control, TypedValue)
    assert isinstance(starts.control, TypedValue)
    assert isinstance(other.control, Switch)
    days, start = row.control.line, starts.control.line
    days.setFocus()
    days.selectAll()
    bench.qtbot.keyClicks(days, "abc")
    bench.qtbot.keyClick(days, Qt.Key.Key_Return)
    start.setFocus()
    start.setText("09:1")
    warning = row.hint.text()
    assert row.hint.property("tone") == "warning"
    write(bench.path, BY_KEY["appearance.theme"], "dark", utc_now())
    bench.choices.look_again()
    bench.qtbot.waitUntil(lambda: bench.choices.settings.theme == "dark")
    other.control.click()
    assert (days.text(), row.hint.text(), start.text()) == ("abc", warning, "09:1")
    bench.choices.choose(BY_KEY["work.days"], "sat")
    assert days.text() == "sat"
    assert not row.hint.isVisible()


def test_what_is_typed_otherwise_is_shown_as_it_is_kept(bench: Bench) -> None:
    row = bench.row("Reminders", "work.starts")
    assert isinstance(row.control, TypedValue)
    shown = row.control.line.text()
    row.control.line.setText(f" {shown} ")
    bench.qtbot.keyClick(row.control.line, Qt.Key.Key_Return)
    assert row.control.line.text() == shown


def test_what_is_switched_off_comes_back_as_it_was(bench: Bench) -> None:
    bench.choices.choose(BY_KEY["week.hours"], 32)
    control = bench.row("General", "week.hours").control
    assert isinstance(control, Threshold)
    control.switch.click()
    assert bench.choices.settings.week_hours == 0
    assert not control.number.isEnabled()
    control.switch.click()
    assert bench.choices.settings.week_hours == 32


def test_enter_in_a_field_does_not_close_the_dialog(bench: Bench) -> None:
    bench.choices.choose(BY_KEY["week.hours"], 40)
    control = bench.row("General", "week.hours").control
    assert isinstance(control, Threshold)
    bench.qtbot.keyClick(control.number.line, Qt.Key.Key_Return)
    dialog = bench.opener._dialog
    assert dialog is not None
    assert dialog.isVisible()


def test_the_dialog_follows_what_is_chosen_elsewhere(bench: Bench) -> None:
    control = bench.row("General", "time.week_starts").control
    assert isinstance(control, WordChoice)
    bench.choices.choose(BY_KEY["time.week_starts"], "sunday")
    assert control._list.currentData() == "sunday"
    bench.qtbot.keyClick(control._list, Qt.Key.Key_Up)
    bench.qtbot.waitUntil(lambda: bench.choices.settings == Settings(week_starts="saturday"))


def test_opened_again_it_is_the_same_dialog(bench: Bench) -> None:
    first = bench.open("Appearance")
    first.close()
    assert bench.open("Appearance") is first


def test_each_setting_of_a_page_has_a_name_to_be_read_aloud(bench: Bench) -> None:
    dialog = bench.open("Appearance")
    for title in dialog.titles:
        page = dialog.page(title)
        if isinstance(page, SettingsPage):
            for row in page.rows:
                control = row.control
                spoken = control.line if isinstance(control, TypedValue) else control
                parts = [spoken, *spoken.findChildren(QWidget)]
                names = [part.accessibleName() for part in parts]
                assert any(names), row.setting.key
