"""The foot says how sync stands, offers what the person can do about it, and gives trouble the whole row."""

from datetime import UTC, datetime, timedelta

import pytest
from pytestqt.qtbot import QtBot
from tests.clock import Clock
from tests.ui.window.conftest import Bench

from tabkeeper.model.sync_status import SyncStatus, Trouble
from tabkeeper.store import sync_state
from tabkeeper.tracker import Tracker
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.theme import DARK, LIGHT, Theme
from tabkeeper.ui.window.foot import Foot

AT = datetime(2026, 11, 25, 12, 4, tzinfo=UTC)
FINE = SyncStatus(signed_in=True, synced_at=AT)
OFFLINE = FINE._replace(trouble=Trouble.OFFLINE, failing_since=AT.replace(hour=11, minute=40), waiting=3)


@pytest.fixture
def clock() -> Clock:
    return Clock(AT)


@pytest.fixture
def foot(qtbot: QtBot, clock: Clock) -> Foot:
    foot = Foot(Theme(dark=False, families=("Inter",)), Clockface(UTC), clock)
    qtbot.addWidget(foot)
    foot.resize(420, foot.height())
    foot.show_week(3600, 40)
    foot.show()
    return foot


def test_without_an_account_it_says_where_everything_is(foot: Foot) -> None:
    foot.show_sync(SyncStatus())
    assert foot.sync.words.text() == "Everything stays on this computer"
    assert not foot.sync.button.isVisible()


def test_while_all_is_well_the_week_stands_beside_it(foot: Foot) -> None:
    foot.show_sync(FINE)
    assert foot.sync.words.text() == "Synced 12:04"
    assert foot.reached.isVisible()
    assert not foot.sync.button.isVisible()


def test_what_needs_the_person_is_a_press_away(foot: Foot, qtbot: QtBot) -> None:
    foot.show_sync(OFFLINE._replace(refused=1))
    assert foot.sync.words.text() == "Synced 12:04 · 3 waiting · offline since 11:40 · 1 needs you"
    assert not foot.reached.isVisible()
    with qtbot.waitSignal(foot.sync.show_requested):
        foot.sync.button.click()


@pytest.mark.parametrize("trouble", [Trouble.TOKEN_REFUSED, Trouble.OTHER_ACCOUNT])
def test_a_token_that_does_not_serve_asks_for_another_one(foot: Foot, qtbot: QtBot, trouble: Trouble) -> None:
    foot.show_sync(FINE._replace(trouble=trouble, refused=1))
    assert foot.sync.button.text() == "Sign in"
    with qtbot.waitSignal(foot.sync.sign_in_requested):
        foot.sync.button.click()


def test_the_first_fetch_counts_can_be_stopped_and_goes_on(foot: Foot, qtbot: QtBot) -> None:
    foot.show_sync(FINE._replace(read=3_200, to_read=100_000))
    assert foot.sync.words.text() == "Fetching 3,200 of 100,000"
    with qtbot.waitSignal(foot.sync.stop_requested):
        foot.sync.button.click()
    foot.show_sync(FINE._replace(read=3_200, to_read=100_000, stopped=True))
    assert foot.sync.words.text() == "Fetched 3,200 of 100,000"
    with qtbot.waitSignal(foot.sync.go_on_requested):
        foot.sync.button.click()


def test_being_offline_is_said_and_asks_nothing(foot: Foot) -> None:
    foot.show_sync(OFFLINE)
    assert "offline since 11:40" in foot.sync.words.text()
    assert not foot.sync.button.isVisible()


def test_a_long_line_makes_the_window_no_wider(foot: Foot) -> None:
    foot.show_sync(FINE)
    before = foot.minimumSizeHint().width()
    foot.show_sync(OFFLINE)
    assert foot.minimumSizeHint().width() <= before


@pytest.mark.parametrize("dark", [False, True])
def test_the_dot_tells_well_from_trouble(foot: Foot, dark: bool) -> None:
    foot.dress(Theme(dark=dark, families=("Inter",)))
    colours = DARK if dark else LIGHT
    for status, colour in ((FINE, colours.accent), (OFFLINE, colours.warning)):
        foot.show_sync(status)
        dot = foot.sync._dot.grab().toImage()
        assert dot.pixelColor(dot.width() // 2, dot.height() // 2).name() == colour.lower()


def test_why_there_is_trouble_is_told_on_pointing_at_it(foot: Foot) -> None:
    foot.show_sync(OFFLINE._replace(words="time.acme.test could not be reached."))
    assert foot.sync.words.toolTip() == "time.acme.test could not be reached."


def test_times_are_said_as_the_person_reads_them(foot: Foot) -> None:
    foot.show_sync(OFFLINE)
    foot.sync.show_times_as(Clockface(UTC, twelve_hour=True))
    assert foot.sync.words.text() == "Synced 12:04 PM · 3 waiting · offline since 11:40 AM"


def test_times_of_another_day_say_which(foot: Foot, clock: Clock) -> None:
    clock.now += timedelta(days=1)
    foot.show_sync(OFFLINE)
    assert foot.sync.words.text() == "Synced Wed 25 Nov · 3 waiting · offline since Wed 25 Nov"


def test_a_locked_keychain_is_said_and_is_asked_for_when_the_person_wants_it(
    foot: Foot, qtbot: QtBot
) -> None:
    foot.show_sync(FINE._replace(trouble=Trouble.KEYCHAIN, words="The keychain is locked."))
    assert foot.sync.words.text() == "Unlock your keychain to sync"
    assert foot.sync.button.text() == "Unlock"
    with qtbot.waitSignal(foot.sync.unlock_requested):
        foot.sync.button.click()


def test_a_press_on_stop_and_on_go_on_is_in_the_file(bench: Bench, qtbot: QtBot) -> None:
    def be_fetching(tracker: Tracker) -> None:
        store = tracker._store
        with store.transaction(), store.reading() as connection:
            sync_state.bind(connection, ("https://time.test", "u1", "w1"), 0)
            sync_state.put(connection, "read", 200)
            sync_state.put(connection, "to_read", 100_000)

    bench.prepare(be_fetching)
    button = bench.window.foot.sync.button
    for offered, stopped in (("Stop", True), ("Go on", False)):
        qtbot.waitUntil(lambda offered=offered: button.text() == offered)
        button.click()
        bench.settle()
        assert bench.ask(lambda tracker: tracker.sync_status().stopped) is stopped
