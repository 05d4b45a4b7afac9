"""The window: its pages and tabs, its menu, and that closing hides it."""

from datetime import UTC

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QTabBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tabkeeper.model.instants import utc_now
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.theme import Theme
from tabkeeper.ui.window.foot import Foot
from tabkeeper.ui.window.frame import MainWindow

LIGHT = Theme(dark=False, families=("Inter",))


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    window = MainWindow(LIGHT, QWidget(), Foot(LIGHT, Clockface(UTC), utc_now))
    qtbot.addWidget(window)
    window.show()
    return window


def tabs(window: MainWindow) -> QTabBar:
    return window.findChild(QTabBar)


def test_a_page_has_a_tab_that_brings_it_to_the_front(window: MainWindow, qtbot: QtBot) -> None:
    entries, projects = QLabel("entries"), QLabel("projects")
    window.add_page("Entries", entries)
    window.add_page("Projects", projects)
    assert entries.isVisible()
    qtbot.mouseClick(tabs(window), Qt.MouseButton.LeftButton, pos=tabs(window).tabRect(1).center())
    assert projects.isVisible()
    assert not entries.isVisible()


def test_the_front_page_stays_when_others_come_and_go(window: MainWindow) -> None:
    pages = {name: QLabel(name) for name in ("Entries", "Projects", "Needs you")}
    window.add_page("Entries", pages["Entries"])
    window.add_page("Projects", pages["Projects"])
    window.show_page(pages["Projects"])
    window.add_page("Needs you", pages["Needs you"])
    assert [tabs(window).tabText(place) for place in range(3)] == list(pages)
    assert pages["Projects"].isVisible()
    window.remove_page(pages["Entries"])
    assert pages["Projects"].isVisible()


def test_the_name_of_a_page_is_text(window: MainWindow) -> None:
    window.add_page("Wants & needs", QLabel())
    assert tabs(window).tabText(0) == "Wants && needs"


def test_the_menu_behind_the_dots_does_what_it_says(window: MainWindow, qtbot: QtBot) -> None:
    done: list[str] = []
    row = window.add_to_menu("Settings…", lambda: done.append("settings"))
    assert row in window.findChild(QToolButton).menu().actions()
    row.trigger()
    assert done == ["settings"]


def test_the_menu_shows_keys_that_stay_the_window_s_own(window: MainWindow, qtbot: QtBot) -> None:
    done: list[str] = []
    row = window.add_to_menu("Settings…", lambda: done.append("row"), "Ctrl+,")
    QShortcut(QKeySequence("Ctrl+,"), window).activated.connect(lambda: done.append("window"))
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    assert (row.shortcut().toString(), done) == ("Ctrl+,", ["window"])


def test_closing_hides_the_window_and_says_so(window: MainWindow, qtbot: QtBot) -> None:
    with qtbot.waitSignals([window.closed, window.seen]):
        window.close()
    assert not window.isVisible()


def test_everything_to_press_has_a_name_for_those_who_listen(window: MainWindow) -> None:
    assert all(button.accessibleName() for button in window.findChildren(QToolButton))


def test_a_toast_offers_one_thing_and_goes_when_it_is_done(window: MainWindow, qtbot: QtBot) -> None:
    done: list[str] = []
    window.toast.say("Deleted “<b>Stand-up</b>”", "Undo", lambda: done.append("undone"))
    assert window.toast.isVisible()
    assert window.toast.geometry().bottom() < window.height() - LIGHT.measures.foot
    label = window.toast.findChild(QLabel)
    assert (label.text(), label.textFormat()) == ("Deleted “<b>Stand-up</b>”", Qt.TextFormat.PlainText)
    qtbot.mouseClick(window.toast.button, Qt.MouseButton.LeftButton)
    assert done == ["undone"]
    assert not window.toast.isVisible()


def test_a_toast_of_many_words_grows_and_stays_above_the_foot(window: MainWindow) -> None:
    window.toast.say("Short")
    short = window.toast.height()
    window.toast.say("A sentence that is much longer than the window is wide. " * 3)
    assert window.toast.height() > short
    assert window.toast.geometry().bottom() < window.height() - LIGHT.measures.foot


def test_the_foot_says_where_the_data_are_and_how_much_the_week_has(qtbot: QtBot) -> None:
    foot = Foot(LIGHT, Clockface(UTC), utc_now)
    qtbot.addWidget(foot)
    foot.show_week(13 * 3600 + 59, 0)
    assert foot.week == "Week 13:00"
    assert foot.reached.isHidden()
    assert "Everything stays on this computer" in [label.text() for label in foot.findChildren(QLabel)]


def test_the_foot_shows_how_far_the_week_is_on_its_way_to_its_hours(qtbot: QtBot) -> None:
    foot = Foot(LIGHT, Clockface(UTC), utc_now)
    qtbot.addWidget(foot)
    foot.show_week(10 * 3600, 40)
    assert foot.week == "Week 10:00 of 40 h"
    bar = foot.reached.grab().toImage()
    ratio = bar.devicePixelRatio()
    inks = [bar.pixelColor(round(foot.reached.width() * at * ratio), 2).name() for at in (0.2, 0.3)]
    assert inks == [LIGHT.colours.accent.lower(), LIGHT.colours.line.lower()]
