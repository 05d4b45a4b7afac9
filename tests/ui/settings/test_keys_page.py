"""Hotkeys are chosen by pressing them; what the system says to them stands beside them."""

import pytest
from PySide6.QtCore import Qt
from tests.ui.settings.conftest import Bench

from tabkeeper.ui.settings.key_field import PRESS, KeyField
from tabkeeper.ui.settings.keys_page import KeysPage

CTRL, ALT, SHIFT, META = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.MetaModifier,
)


@pytest.fixture
def page(bench: Bench) -> KeysPage:
    bench.opener.add_page("Keys", lambda theme: KeysPage(bench.choices, theme, {}))
    shown = bench.open("Keys").page("Keys")
    assert isinstance(shown, KeysPage)
    return shown


def field(page: KeysPage, key: str = "hotkey.toggle") -> KeyField:
    return page.rows[key].field


def press(bench: Bench, page: KeysPage, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
    field(page).click()
    assert field(page).text() == PRESS
    modifiers = Qt.KeyboardModifier.NoModifier
    for modifier in held:
        modifiers |= modifier
    bench.qtbot.keyClick(field(page), key, modifiers)


@pytest.mark.parametrize(
    ("key", "held", "chosen"),
    [
        (Qt.Key.Key_Space, (CTRL, ALT), "Ctrl+Alt+Space"),
        (Qt.Key.Key_T, (CTRL, SHIFT), "Ctrl+Shift+T"),
        (Qt.Key.Key_F9, (), "F9"),
        (Qt.Key.Key_Exclam, (CTRL, SHIFT), "Ctrl+Shift+1"),
        (Qt.Key.Key_Backtab, (META, SHIFT), "Shift+Meta+Tab"),
        (Qt.Key.Key_Escape, (META,), "Meta+Escape"),
    ],
)
def test_keys_that_are_pressed_are_chosen(
    bench: Bench, page: KeysPage, key: Qt.Key, held: tuple[Qt.KeyboardModifier, ...], chosen: str
) -> None:
    press(bench, page, key, *held)
    assert bench.choices.settings.hotkey_toggle == chosen == field(page).text()


def test_escape_leaves_the_keys_as_they_are_and_backspace_takes_them_away(
    bench: Bench, page: KeysPage
) -> None:
    press(bench, page, Qt.Key.Key_F9)
    press(bench, page, Qt.Key.Key_Escape)
    assert field(page).text() == "F9"
    press(bench, page, Qt.Key.Key_Backspace)
    assert bench.choices.settings.hotkey_toggle == ""
    assert field(page).text() == "None"


def test_a_letter_alone_is_refused_beside_it(bench: Bench, page: KeysPage) -> None:
    press(bench, page, Qt.Key.Key_T)
    why = "T alone is typed in every program; hold Ctrl, Alt or Meta with it."
    assert page.rows["hotkey.toggle"].hint.text() == why
    assert bench.choices.settings.hotkey_toggle == ""


def test_keys_that_another_hotkey_has_are_refused_beside_it(bench: Bench, page: KeysPage) -> None:
    press(bench, page, Qt.Key.Key_F9)
    window = field(page, "hotkey.window")
    window.click()
    bench.qtbot.keyClick(window, Qt.Key.Key_F9)
    why = "F9 is “Start or stop” already; choose other keys for “Show or hide the window”."
    assert page.rows["hotkey.window"].hint.text() == why
    assert bench.choices.settings.hotkey_window == ""


def test_no_hotkey_may_act_while_keys_are_pressed_to_choose_them(bench: Bench, page: KeysPage) -> None:
    said: list[bool] = []
    page.listening.connect(said.append)
    field(page).click()
    field(page, "hotkey.window").setFocus()
    assert said == [True, False]
    press(bench, page, Qt.Key.Key_F9)
    assert said == [True, False, True, False]


def test_keys_that_the_system_has_not_given_to_the_window_are_chosen_by_the_field_that_listens(
    bench: Bench, page: KeysPage
) -> None:
    page.take("F8")
    assert bench.choices.settings.hotkey_window == ""
    field(page, "hotkey.window").click()
    page.take("F9")
    assert bench.choices.settings.hotkey_window == "F9" == field(page, "hotkey.window").text()


def test_what_the_system_says_stands_beside_the_keys(bench: Bench, page: KeysPage) -> None:
    press(bench, page, Qt.Key.Key_F9)
    hint = page.rows["hotkey.toggle"].hint
    meaning = hint.text()
    page.show_outcomes({"hotkey.toggle": ("", "F9 belongs to another program.")})
    assert hint.text() == "F9 belongs to another program."
    page.show_outcomes({"hotkey.toggle": ("Ctrl+F9", "")})
    assert hint.text() == "The system has bound it to Ctrl+F9."
    page.show_outcomes({"hotkey.toggle": ("F9", "")})
    assert hint.text() == meaning
