"""Each reminder is said once, in its moment, and nothing wakes up where there is none."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, timedelta

import pytest_asyncio
from tests.clock import NOON, Clock
from tests.reflexes.conftest import HOUR, MINUTE, SaidIdle, until

from tabkeeper.model.catalogue import EMPTY_CATALOGUE
from tabkeeper.model.entry import Entry
from tabkeeper.model.instants import EPOCH
from tabkeeper.reflexes.reminders import Reminders
from tabkeeper.settings import Settings
from tabkeeper.tracker import Snapshot

SETTINGS = Settings(remind_not_tracking=15.0, pomodoro_work=25.0, work_starts="00:00", work_ends="23:59")


def snapshot(running: Entry | None) -> Snapshot:
    return Snapshot(running, None, (), (), EMPTY_CATALOGUE, 0, 0, EPOCH, EPOCH, None, None)


class Bench:
    """Reminders whose clock is moved by the test."""

    def __init__(self) -> None:
        self.clock, self.idle = Clock(), SaidIdle()
        self.reminders = Reminders(self.idle, UTC, self.clock, SETTINGS)
        self.said: list[str] = []
        self.reminders.due.connect(lambda reminder: self.said.append(reminder.kind))

    async def pass_by(self, time: timedelta) -> list[str]:
        """Let time pass, and return what was said."""
        self.clock.now += time
        self.said.clear()
        self.reminders.look()
        await until(lambda: not self.reminders._news.is_set(), "the look")
        return list(self.said)


@pytest_asyncio.fixture
async def bench() -> AsyncIterator[Bench]:
    bench = Bench()
    yield bench
    await bench.reminders.release()


async def test_not_tracking_is_said_once_until_a_timer_has_run_again(bench: Bench) -> None:
    bench.reminders.begin(snapshot(None))
    assert await bench.pass_by(14 * MINUTE) == []
    assert await bench.pass_by(MINUTE) == ["not_tracking"]
    assert await bench.pass_by(HOUR) == []
    bench.reminders.show_snapshot(snapshot(Entry("1", bench.clock.now)))
    bench.reminders.show_snapshot(snapshot(None))
    assert await bench.pass_by(15 * MINUTE) == ["not_tracking"]


async def test_nobody_is_asked_who_is_not_there_until_they_are(bench: Bench) -> None:
    bench.idle.idle = 600.0
    bench.reminders.begin(snapshot(None))
    assert await bench.pass_by(20 * MINUTE) == []
    bench.idle.idle = 1.0
    assert await bench.pass_by(MINUTE) == ["not_tracking"]


async def test_a_break_is_proposed_once_and_its_end_is_said(bench: Bench) -> None:
    bench.reminders.begin(snapshot(Entry("1", NOON)))
    assert await bench.pass_by(25 * MINUTE) == ["break"]
    assert await bench.pass_by(5 * MINUTE) == []
    bench.reminders.show_snapshot(snapshot(None))
    bench.reminders.take_break()
    assert await bench.pass_by(4 * MINUTE) == []
    assert await bench.pass_by(MINUTE) == ["back"]
    assert await bench.pass_by(14 * MINUTE) == []
    assert await bench.pass_by(MINUTE) == ["not_tracking"]
    assert await bench.pass_by(HOUR) == []


async def test_where_there_is_nothing_to_say_nothing_wakes_up(bench: Bench) -> None:
    bench.reminders.follow(Settings())
    bench.reminders.begin(snapshot(None))
    await bench.pass_by(HOUR)
    assert await bench.reminders._say_what_is_due() is None


async def test_an_end_in_the_moment_of_some_news_ends_it(bench: Bench) -> None:
    bench.reminders.begin(snapshot(None))
    await bench.pass_by(MINUTE)
    bench.reminders.look()
    ended, _ = await asyncio.wait({asyncio.ensure_future(bench.reminders.release())}, timeout=5)
    assert ended
