"""Reminders as notifications on a real bus, and what their buttons do to a real file."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from PySide6.QtCore import QCoreApplication
from tests.clock import NOON, Clock
from tests.desktop.buses import session_bus
from tests.reflexes.conftest import until

from tabkeeper.desktop.bus import Bus
from tabkeeper.desktop.notifications.freedesktop import FreedesktopNotifications
from tabkeeper.model.entry import Draft, Entry
from tabkeeper.reflexes.notices import Notices
from tabkeeper.reflexes.reminding import Kind, Reminder
from tabkeeper.settings import Settings
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.desk import Desk

BERLIN = ZoneInfo("Europe/Berlin")
TOGETHER = "\N{NO-BREAK SPACE}"
NAME, PATH = "org.freedesktop.Notifications", "/org/freedesktop/Notifications"


class Daemon:
    """A notification daemon that shows nothing and remembers everything."""

    def __init__(self, bus: Bus, capabilities: tuple[str, ...]) -> None:
        self.bus, self.capabilities = bus, capabilities
        self.shown: list[dict[str, Any]] = []
        self.closed: list[int] = []
        self.is_quick = asyncio.Event()
        self.is_quick.set()

    @classmethod
    async def open(cls, *capabilities: str) -> "Daemon":
        daemon = cls(await Bus.open(), capabilities)
        for method in ("GetCapabilities", "Notify", "CloseNotification"):
            daemon.bus.serve(PATH, NAME, method, getattr(daemon, method))
        await daemon.bus.own(NAME)
        return daemon

    async def GetCapabilities(self) -> tuple[str, tuple[Any, ...]]:
        return "as", ([*self.capabilities],)

    async def Notify(
        self, app: str, replaced: int, icon: str, title: str, text: str, actions: Any, hints: Any, time: int
    ) -> tuple[str, tuple[int]]:
        await self.is_quick.wait()
        buttons = dict(zip(actions[::2], actions[1::2], strict=True))
        self.shown.append({"title": title, "text": text, "buttons": buttons, "replaced": replaced})
        return "u", (replaced or len(self.shown),)

    async def CloseNotification(self, number: int) -> tuple[str, tuple[()]]:
        self.closed.append(number)
        return "", ()

    async def press(self, action: str, number: int = 1) -> None:
        await self.bus.emit(PATH, NAME, "ActionInvoked", "us", number, action)


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with session_bus(monkeypatch) as address:
        yield address


@pytest_asyncio.fixture
async def daemon(address: str) -> AsyncIterator[Daemon]:
    daemon = await Daemon.open("actions", "body", "body-markup")
    yield daemon
    await daemon.bus.close()


class Bench:
    """Notices over a real tracker."""

    def __init__(self, folder: Path) -> None:
        self.clock = Clock()
        self.face = Clockface(BERLIN)
        self.desk = Desk()

        @contextmanager
        def workplace() -> Iterator[Tracker]:
            store = Store.open(folder / "times.db")
            tracker = Tracker(store, BERLIN, self.clock)
            tracker.start(Draft("Review <b>&</b> more"), NOON - timedelta(minutes=25))
            yield tracker
            store.close()

        self.notifications = FreedesktopNotifications()
        self.unshown: list[Any] = []
        self.notifications.unshown.connect(self.unshown.append)
        self.notices = Notices(self.notifications, self.desk, lambda: self.face, self.clock, Settings())
        self.asked_for: list[str] = []
        for wish in ("wants_line", "wants_window", "break_taken"):
            getattr(self.notices, wish).connect(lambda wish=wish: self.asked_for.append(wish))
        self.desk.changed.connect(self.notices.show_snapshot)
        snapshot = self.desk.open(workplace)
        assert snapshot.running
        self.entry = snapshot.running
        self.notices.show_snapshot(snapshot)

    def remind(self, kind: Kind) -> None:
        self.notices.say(Reminder(kind, self.clock.now, "test"))

    async def entries(self) -> list[Entry]:
        answers: list[list[Entry]] = []
        self.desk.ask("test", lambda tracker: tracker.entries(None, None), answers.append)
        await self.until(lambda: answers, "the entries")
        return answers[0]

    async def until(self, answer: Any, what: str) -> None:
        """Let both loops run until the answer is true."""

        def after_qt_s_turn() -> object:
            QCoreApplication.processEvents()
            return answer()

        await until(after_qt_s_turn, what)

    async def shown(self) -> None:
        """Wait until a notice is shown, and known to be."""
        await self.until(lambda: self.notifications._numbers, "the notice")

    async def stop(self) -> None:
        self.desk.change(lambda tracker: tracker.stop())
        assert (await self.entries())[0].stop is not None


@pytest_asyncio.fixture
async def bench(tmp_path: Path, qtbot: object) -> AsyncIterator[Bench]:
    bench = Bench(tmp_path)
    yield bench
    await bench.notifications.release()
    bench.desk.close()


async def test_a_break_is_proposed_in_plain_text_and_its_button_stops_the_timer(
    daemon: Daemon, bench: Bench
) -> None:
    bench.remind("break")
    await bench.shown()
    assert daemon.shown[0]["title"] == f"25{TOGETHER}min of “Review <b>&</b> more”"
    assert daemon.shown[0]["text"] == f"Time for a break of 5{TOGETHER}min?"
    assert daemon.shown[0]["buttons"] == {
        "default": "Open Tabkeeper", "break": "Take a break", "keep": "Go on",
    }  # fmt: skip
    await daemon.press("break")
    await bench.until(lambda: bench.asked_for, "the break")
    assert bench.asked_for == ["break_taken"]
    assert (await bench.entries())[0].stop == NOON


async def test_what_stands_in_a_notice_is_text_and_never_markup(daemon: Daemon, bench: Bench) -> None:
    bench.remind("end_of_day")
    await bench.shown()
    assert daemon.shown[0]["title"] == "13:00: the end of your day"
    assert daemon.shown[0]["text"] == "“Review &lt;b&gt;&amp;&lt;/b&gt; more” is still running."


async def test_the_day_and_half_that_a_long_timer_began_in_are_written_as_everywhere(
    daemon: Daemon, bench: Bench
) -> None:
    bench.face = Clockface(BERLIN, twelve_hour=True)
    bench.clock.now += timedelta(days=1)
    bench.remind("long")
    await bench.shown()
    assert daemon.shown[0]["text"] == "Since Tue 24 Nov, 12:35 PM. Is that right?"


async def test_a_button_stops_only_the_timer_it_spoke_of(daemon: Daemon, bench: Bench) -> None:
    bench.remind("long")
    await bench.shown()
    bench.desk.change(lambda tracker: tracker.start(Draft("Another thing")))
    await bench.entries()
    # A click that was on its way when the timer changed.
    bench.notifications.chosen.emit("long", "stop")
    assert (await bench.entries())[0].running


async def test_a_signal_that_cannot_be_understood_is_left_out_and_the_next_is_heard(
    daemon: Daemon, bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.remind("long")
    await bench.shown()
    await daemon.bus.emit(PATH, NAME, "ActionInvoked", "u", 1)
    await daemon.press("default")
    await bench.until(lambda: bench.asked_for, "the wish")
    assert bench.asked_for == ["wants_window"]
    assert [record.getMessage() for record in caplog.records] == ["A signal on the bus was not understood"]


async def test_a_notice_about_a_timer_goes_when_that_has_been_stopped(daemon: Daemon, bench: Bench) -> None:
    bench.remind("long")
    await bench.shown()
    await bench.stop()
    await bench.until(lambda: daemon.closed == [1], "the notice to go")


async def test_a_notice_goes_that_a_slow_daemon_shows_only_when_the_timer_has_been_stopped(
    daemon: Daemon, bench: Bench
) -> None:
    daemon.is_quick.clear()
    bench.remind("long")
    await bench.stop()
    daemon.is_quick.set()
    await bench.until(lambda: daemon.closed == [1], "the notice to go")


async def test_nothing_tracked_offers_a_line_to_type_in_and_the_last_thing(
    daemon: Daemon, bench: Bench
) -> None:
    bench.desk.change(
        lambda tracker: tracker.edit(bench.entry.id, description="Review of everything there is")
    )
    await bench.stop()
    bench.remind("not_tracking")
    await bench.shown()
    assert daemon.shown[0]["buttons"]["continue"] == "Go on with “Review of everything…”"
    await daemon.press("start")
    await daemon.press("default")
    await bench.until(lambda: len(bench.asked_for) == 2, "both")
    assert bench.asked_for == ["wants_line", "wants_window"]
    await daemon.press("continue")
    await bench.until(lambda: daemon.closed, "the notice to go when a timer runs")
    assert (await bench.entries())[0].running


async def test_the_same_reminder_takes_its_own_place(daemon: Daemon, bench: Bench) -> None:
    bench.remind("long")
    bench.remind("long")
    await bench.until(lambda: len(daemon.shown) == 2, "both")
    assert [shown["replaced"] for shown in daemon.shown] == [0, 1]


async def test_a_daemon_without_buttons_is_given_none(address: str, bench: Bench) -> None:
    daemon = await Daemon.open("body")
    bench.remind("long")
    await bench.shown()
    assert daemon.shown[0]["buttons"] == {}
    await daemon.bus.close()


async def test_without_a_daemon_the_notice_is_said_in_another_way(address: str, bench: Bench) -> None:
    bench.remind("long")
    await bench.until(lambda: bench.unshown, "the notice to come back")
    assert bench.unshown[0].title.startswith("“Review")
