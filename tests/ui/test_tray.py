"""What the tray says and what its menu does, on a real tracker with a real file."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QAction, QFontMetrics, QImage
from PySide6.QtWidgets import QMenu, QStyleOptionMenuItem, QSystemTrayIcon
from pytestqt.qtbot import QtBot
from tests.clock import Clock

from tabkeeper.model.durations import DurationForm, written
from tabkeeper.model.entry import Draft
from tabkeeper.settings import Settings
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.column_menu import ColumnMenu
from tabkeeper.ui.plain import in_menu, in_tooltip
from tabkeeper.ui.theme import Size, Space, Theme, dot_icon
from tabkeeper.ui.ticking import Pace
from tabkeeper.ui.tray import Tray
from tabkeeper.ui.tray_icon import TrayFace, tray_pixmap
from tabkeeper.ui.tray_menu import TrayMenu

NOON = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)
LIGHT = Theme(dark=False, families=("Inter",))
DARK = Theme(dark=True, families=("Inter",))
LAST_ROWS = ["Open Tabkeeper", "Settings…", "Quit"]


class Bench:
    """A tray whose choices are carried out at once by a real tracker."""

    def __init__(self, tracker: Tracker, clock: Clock) -> None:
        self.tracker, self.clock = tracker, clock
        self.tray = Tray(tracker.snapshot(), LIGHT, UTC, clock)
        self.icon = self.tray.findChild(QSystemTrayIcon)
        self.menu: QMenu = self.icon.contextMenu()
        self.tray.chosen.connect(self.carry_out)

    def carry_out(self, change: Callable[[Tracker], object]) -> None:
        change(self.tracker)
        self.refresh()

    def refresh(self) -> None:
        self.tray.show(self.tracker.snapshot())

    def rows(self, menu: QMenu | None = None) -> list[str]:
        """Return the texts of the rows that can be seen."""
        actions = (menu or self.menu).actions()
        return [row.text() for row in actions if row.isVisible() and not row.isSeparator()]

    def row(self, text: str, menu: QMenu | None = None) -> QAction:
        return next(row for row in (menu or self.menu).actions() if row.isVisible() and row.text() == text)

    @property
    def earlier(self) -> QMenu:
        return self.menu.findChild(QMenu)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    clock = Clock(NOON)
    store = Store.open(tmp_path / "times.sqlite3")
    bench = Bench(Tracker(store, UTC, clock), clock)
    yield bench
    bench.tray.hide()
    store.close()


def test_an_empty_file_offers_the_window_the_settings_and_to_quit(bench: Bench) -> None:
    assert bench.rows() == ["No timer is running", *LAST_ROWS]
    assert bench.icon.toolTip() == "Tabkeeper · no timer is running"


def test_the_tooltip_says_how_long_what_runs_and_for_which_project(bench: Bench) -> None:
    acme = bench.tracker.names.add_project("Acme")
    bench.tracker.start(Draft("Drafting", acme.id))
    bench.clock.pass_by(hours=1, minutes=23, seconds=45)
    bench.refresh()
    assert bench.icon.toolTip() == "1:23 · Drafting · Acme"


def test_the_tooltip_counts_on_by_itself_while_a_timer_runs(bench: Bench, qtbot: QtBot) -> None:
    bench.tracker.start(Draft("Drafting"))
    bench.refresh()
    bench.clock.pass_by(seconds=59.9)
    bench.refresh()
    bench.clock.pass_by(seconds=0.2)
    qtbot.waitUntil(lambda: bench.icon.toolTip().startswith("0:01"))


def test_the_tooltip_counts_seconds_where_durations_are_written_with_them(bench: Bench, qtbot: QtBot) -> None:
    bench.tray.follow(Settings(durations="seconds"), system_is_dark=False)
    bench.tracker.start(Draft("Drafting"))
    bench.refresh()
    bench.clock.pass_by(seconds=59)
    qtbot.waitUntil(lambda: bench.icon.toolTip().startswith("0:00:59"))


@pytest.mark.parametrize(
    ("form", "pace", "seconds"), [("minutes", "minute", 60), ("decimal", "six seconds", 6)]
)
def test_nothing_that_the_tray_shows_changes_between_two_looks_at_the_clock(
    bench: Bench, form: DurationForm, pace: Pace, seconds: int
) -> None:
    bench.tray.follow(Settings(durations=form), system_is_dark=False)
    bench.tracker.start(Draft("Drafting"))
    bench.refresh()
    assert bench.tray._ticking.pace == pace
    assert all(
        written(passed, form) == written(passed - 1, form) for passed in range(3 * 3600) if passed % seconds
    )


def test_the_menu_counts_up_to_the_second_in_which_it_opens(bench: Bench) -> None:
    bench.tray.follow(Settings(durations="seconds"), system_is_dark=False)
    bench.tracker.start(Draft("Drafting"))
    bench.refresh()
    bench.clock.pass_by(seconds=45)
    bench.menu.aboutToShow.emit()
    assert "Drafting · 0:00:45" in bench.rows()


def test_the_menu_says_what_runs_and_since_when_and_stops_it(bench: Bench) -> None:
    bench.tracker.start(Draft("Drafting"))
    bench.refresh()
    assert bench.rows()[:3] == ["Running since 12:00", "Drafting · 0:00", "Stop"]
    bench.clock.pass_by(minutes=20)
    bench.row("Stop").trigger()
    assert bench.tracker.running() is None
    assert bench.rows()[:2] == ["No timer is running", "Continue Drafting"]


def test_continue_takes_up_the_last_thing(bench: Bench) -> None:
    bench.tracker.add(Draft("Drafting"), NOON - timedelta(hours=2), NOON - timedelta(hours=1))
    bench.refresh()
    bench.row("Continue Drafting").trigger()
    running = bench.tracker.running()
    assert running is not None
    assert (running.description, running.start) == ("Drafting", NOON)


def test_a_recent_thing_starts_with_its_project(bench: Bench) -> None:
    acme = bench.tracker.names.add_project("Acme")
    for hours, draft in ((5, Draft("Review", acme.id)), (3, Draft("Mail"))):
        bench.tracker.add(draft, NOON - timedelta(hours=hours), NOON - timedelta(hours=hours - 1))
    bench.refresh()
    bench.row("Review · Acme").trigger()
    running = bench.tracker.running()
    assert running is not None
    assert (running.description, running.project_id) == ("Review", acme.id)


def test_a_favourite_stands_above_the_recents_and_only_there(bench: Bench) -> None:
    for hours, name in ((5, "Stand-up"), (3, "Mail")):
        bench.tracker.add(Draft(name), NOON - timedelta(hours=hours), NOON - timedelta(hours=hours - 1))
    bench.tracker.pin(next(draft for draft in bench.tracker.recents() if draft.description == "Stand-up"))
    bench.refresh()
    rows = bench.rows()
    assert rows[rows.index("Favourites") :] == ["Favourites", "Stand-up", "Recent", "Mail", *LAST_ROWS]


def test_at_most_eight_recents_are_offered(bench: Bench) -> None:
    for hours in range(12):
        start = NOON - timedelta(hours=20 - hours)
        bench.tracker.add(Draft(f"Thing {hours}"), start, start + timedelta(minutes=30))
    bench.refresh()
    rows = bench.rows()
    assert len(rows[rows.index("Recent") + 1 : rows.index(LAST_ROWS[0])]) == 8


def test_what_runs_can_have_started_earlier(bench: Bench) -> None:
    bench.tracker.start(Draft("Drafting"))
    bench.clock.pass_by(minutes=2)
    bench.refresh()
    bench.row("10 minutes ago", bench.earlier).trigger()
    running = bench.tracker.running()
    assert running is not None
    assert running.start == NOON - timedelta(minutes=8)


def test_what_runs_can_have_started_when_the_last_entry_ended(bench: Bench) -> None:
    bench.tracker.add(Draft("Mail"), NOON - timedelta(hours=1), NOON - timedelta(minutes=25))
    bench.tracker.start(Draft("Drafting"))
    bench.refresh()
    bench.row("At 11:35, the end of the last entry", bench.earlier).trigger()
    running = bench.tracker.running()
    assert running is not None
    assert running.start == NOON - timedelta(minutes=25)


def test_only_times_before_the_start_are_offered_as_earlier(bench: Bench) -> None:
    bench.tracker.start(Draft("Drafting"))
    bench.clock.pass_by(minutes=12)
    bench.refresh()
    assert bench.rows(bench.earlier) == ["15 minutes ago", "30 minutes ago"]
    bench.clock.pass_by(minutes=30)
    bench.refresh()
    assert not bench.earlier.menuAction().isVisible()


def test_a_middle_click_stops_and_continues(bench: Bench) -> None:
    bench.tracker.start(Draft("Drafting"))
    bench.clock.pass_by(minutes=5)
    bench.icon.activated.emit(QSystemTrayIcon.ActivationReason.MiddleClick)
    assert bench.tracker.running() is None
    bench.icon.activated.emit(QSystemTrayIcon.ActivationReason.MiddleClick)
    running = bench.tracker.running()
    assert running is not None
    assert running.description == "Drafting"


def test_an_open_menu_stays_as_it_is_until_it_closes(bench: Bench, qtbot: QtBot) -> None:
    bench.menu.aboutToShow.emit()
    before = bench.rows()
    bench.tracker.start(Draft("Started elsewhere"))
    bench.refresh()
    assert bench.rows() == before
    bench.menu.aboutToHide.emit()
    qtbot.waitUntil(lambda: "Started elsewhere · 0:00" in bench.rows())


def test_the_menu_uses_the_same_rows_again(bench: Bench) -> None:
    before = bench.menu.actions()
    bench.tracker.start(Draft("Drafting"))
    bench.refresh()
    assert bench.menu.actions() == before


def test_an_ampersand_and_markup_show_as_they_are(bench: Bench) -> None:
    bench.tracker.start(Draft("R&D <img src=x>"))
    bench.refresh()
    assert "R&&D <img src=x> · 0:00" in bench.rows()
    assert "<img" not in bench.icon.toolTip()
    assert bench.icon.toolTip().replace("\u2060", "") == "0:00 · R&D <img src=x>"


def test_what_runs_is_a_row_to_read_and_opens_the_window(bench: Bench, qtbot: QtBot) -> None:
    bench.tracker.start(Draft("Drafting"))
    bench.refresh()
    row = bench.row("Drafting · 0:00")
    assert row.isEnabled()
    assert row.font().weight() > bench.row("Stop").font().weight()
    with qtbot.waitSignal(bench.tray.open_requested):
        row.trigger()


@pytest.mark.parametrize(
    ("text", "signal"), [("Open Tabkeeper", "open_requested"), ("Settings…", "settings_requested")]
)
def test_window_and_settings_are_asked_for_in_the_menu(
    bench: Bench, qtbot: QtBot, text: str, signal: str
) -> None:
    with qtbot.waitSignal(getattr(bench.tray, signal)):
        bench.row(text).trigger()


def test_times_in_the_menu_are_written_as_the_person_has_chosen(bench: Bench) -> None:
    bench.clock.pass_by(hours=2)
    bench.tracker.start(Draft("Drafting"))
    bench.refresh()
    for chosen, heading in (("12h", "Running since 2:00 PM"), ("24h", "Running since 14:00")):
        bench.tray.follow(Settings(clock=chosen), system_is_dark=False)
        assert bench.rows()[0] == heading


def test_durations_in_menu_and_tooltip_are_written_as_the_person_has_chosen(bench: Bench) -> None:
    bench.tracker.start(Draft("Drafting"))
    bench.clock.pass_by(hours=1, minutes=23, seconds=45)
    bench.refresh()
    for chosen, row, tip in (
        ("decimal", "Drafting · 1.40 h", "1.40 h · Drafting"),
        ("seconds", "Drafting · 1:23:45", "1:23:45 · Drafting"),
        ("minutes", "Drafting · 1:23", "1:23 · Drafting"),
    ):
        bench.tray.follow(Settings(durations=chosen), system_is_dark=False)
        assert row in bench.rows()
        assert bench.icon.toolTip() == tip


def test_where_qt_draws_the_menu_time_and_projects_stand_in_a_column(bench: Bench) -> None:
    acme = bench.tracker.names.add_project("Acme & Sons")
    bench.tracker.add(Draft("Review", acme.id), NOON - timedelta(hours=2), NOON - timedelta(hours=1))
    bench.tracker.add(Draft("", acme.id), NOON - timedelta(hours=4), NOON - timedelta(hours=3))
    bench.tracker.start(Draft("Drafting", acme.id))
    bench.clock.pass_by(minutes=83)
    menu = TrayMenu(Clockface(UTC), bench.clock)
    menu.show(bench.tracker.snapshot(), LIGHT, in_columns=True)
    rows = bench.rows(menu.menu)
    assert rows[1] == "Drafting\t1:23"
    assert "Review\tAcme && Sons" in rows
    assert "Acme && Sons" in rows, "a thing without a description has its project's name"


def test_hotkeys_stand_beside_what_they_do_once_the_system_has_given_them(bench: Bench) -> None:
    bench.tracker.start(Draft("Review"))
    menu = TrayMenu(Clockface(UTC), bench.clock)
    menu.show_keys({"hotkey.toggle": "Ctrl+Alt+Space"})
    menu.show(bench.tracker.snapshot(), LIGHT, in_columns=True)
    assert "Stop\tCtrl+Alt+Space" in bench.rows(menu.menu)
    assert "Open Tabkeeper" in bench.rows(menu.menu)
    menu.show_keys({})
    menu.show(bench.tracker.snapshot(), LIGHT, in_columns=True)
    assert "Stop" in bench.rows(menu.menu)


def test_a_key_that_the_system_has_refused_is_not_shown(bench: Bench) -> None:
    bench.tray.show_keys({"hotkey.toggle": ("Ctrl+Alt+Space", ""), "hotkey.window": ("", "It is taken.")})
    assert bench.tray._menu._keys == {"hotkey.toggle": "Ctrl+Alt+Space"}


def test_the_column_is_drawn_muted_at_the_right(bench: Bench) -> None:
    menu = ColumnMenu()
    menu.dress(DARK)
    row = menu.addAction("Review\tAcme")
    option = QStyleOptionMenuItem()
    menu.initStyleOption(option, row)
    assert option.text == "Review"
    picture = menu.grab().toImage()
    box = menu.actionGeometry(row)
    right = {
        picture.pixelColor(x, y).name()
        for x in range(box.center().x(), box.right())
        for y in range(box.top(), box.bottom())
    }
    assert DARK.colours.muted.lower() in right


def test_the_icon_is_drawn_in_the_chosen_ink_and_without_its_text(bench: Bench) -> None:
    def picture() -> QImage:
        return bench.icon.icon().pixmap(22, 22).toImage()

    assert picture() == tray_pixmap(TrayFace(ink="dark"), 22).toImage(), "a light system has a light panel"
    bench.tray.follow(Settings(panel="dark"), system_is_dark=False)
    assert picture() == tray_pixmap(TrayFace(ink="light"), 22).toImage()
    bench.tray.follow(Settings(tray_text=False), system_is_dark=True)
    assert picture() == tray_pixmap(TrayFace(ink="light"), 22).toImage()
    bench.tracker.start(Draft("Drafting"))
    bench.refresh()
    assert picture() == tray_pixmap(TrayFace(minutes=0, ink="light", show_text=False), 22).toImage()


def test_a_long_text_is_cut_with_an_ellipsis() -> None:
    assert in_menu("a" * 100, limit=10) == "a" * 9 + "…"
    assert in_tooltip("b" * 100, limit=10) == "b" * 9 + "…"
    assert in_menu("short", limit=10) == "short"


def test_an_ampersand_of_the_column_is_shown_once(bench: Bench) -> None:
    menu = ColumnMenu()
    menu.dress(LIGHT)
    row = menu.addAction(f"Review with everybody\t{in_menu('&&&&')}")
    box = menu.actionGeometry(row)
    picture = menu.grab().toImage()
    inked = [
        x
        for x in range(box.center().x(), box.right())
        if any(picture.pixelColor(x, y).name() == LIGHT.colours.muted.lower() for y in range(box.height()))
    ]
    one = QFontMetrics(LIGHT.font(Size.CAPTION)).horizontalAdvance("&")
    assert 3 * one <= max(inked) - min(inked) <= 5 * one


def test_a_heading_is_drawn_by_the_menu_at_its_edge(bench: Bench) -> None:
    menu = ColumnMenu()
    menu.dress(LIGHT)
    heading = menu.addAction("Favourites")
    heading.setEnabled(False)
    menu.addAction(dot_icon("#FF0000", LIGHT), "Stand-up")
    option = QStyleOptionMenuItem()
    menu.initStyleOption(option, heading)
    assert option.text == ""
    picture, box = menu.grab().toImage(), menu.actionGeometry(heading)
    edge = range(box.left() + Space.SMALL - 1, box.left() + Space.WIDE)
    assert any(
        picture.pixelColor(x, y).name() == LIGHT.colours.muted.lower()
        for x in edge
        for y in range(box.bottom())
    )


def test_what_runs_is_not_offered_again(bench: Bench) -> None:
    bench.tracker.add(Draft("Mail"), NOON - timedelta(hours=2), NOON - timedelta(hours=1))
    bench.tracker.start(Draft("Drafting"))
    bench.refresh()
    rows = bench.rows()
    assert rows[rows.index("Recent") + 1 : -len(LAST_ROWS)] == ["Mail"]


def test_a_favourite_is_not_offered_again_whatever_its_tags(bench: Bench) -> None:
    bench.tracker.add(
        Draft("Stand-up", tags=("daily",)), NOON - timedelta(hours=2), NOON - timedelta(hours=1)
    )
    bench.tracker.pin(Draft("Stand-up"))
    bench.refresh()
    assert "Recent" not in bench.rows()
