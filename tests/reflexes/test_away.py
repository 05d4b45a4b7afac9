"""Being away while a timer runs is noticed and asked about once; anything else is nobody's business."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from tests.clock import NOON, Clock
from tests.reflexes.conftest import HOUR, MINUTE, SaidIdle, until

from tabkeeper.model.catalogue import EMPTY_CATALOGUE
from tabkeeper.model.entry import Entry
from tabkeeper.model.instants import EPOCH
from tabkeeper.reflexes.away import Away
from tabkeeper.reflexes.last_touch import LastTouch
from tabkeeper.reflexes.presence import Absence
from tabkeeper.settings import Settings
from tabkeeper.tracker import Snapshot

RUNNING = Entry("1", NOON - HOUR, None, "Review")


def snapshot(running: Entry | None) -> Snapshot:
    return Snapshot(running, None, (), (), EMPTY_CATALOGUE, 0, 0, EPOCH, EPOCH, None, None)


class Bench:
    """An `Away` whose clock and idle time are moved by the test."""

    def __init__(self, path: Path) -> None:
        self.clock, self.idle, self.path = Clock(), SaidIdle(), path
        self.asked: list[tuple[Absence, Entry]] = []
        self.make()

    def make(self) -> None:
        self.away = Away(self.idle, LastTouch(self.path), self.clock, Settings(idle_minutes=10.0))
        self.away.asked.connect(lambda absence, entry: self.asked.append((absence, entry)))

    async def look(self) -> None:
        """Let it look once."""
        before = self.idle.asked
        self.away._look_soon.set()
        await until(lambda: self.idle.asked > before, "a look")
        await until(lambda: not self.away._look_soon.is_set(), "the look to end")

    async def pass_by(self, minutes: float, idle: float | None = 0.0) -> None:
        """Let so much time pass, at whose end nobody has touched anything for `idle` minutes."""
        self.clock.now += minutes * MINUTE
        self.idle.idle = None if idle is None else idle * 60
        await self.look()


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    bench = Bench(tmp_path / "last-touch")
    yield bench
    await bench.away.release(wanted=True)


async def test_who_comes_back_is_asked_once_about_the_whole_time(bench: Bench) -> None:
    bench.away.begin(snapshot(RUNNING))
    await bench.look()
    for minutes in range(1, 43):
        await bench.pass_by(1, idle=minutes)
    assert not bench.asked
    await bench.pass_by(0.05)
    await bench.pass_by(1)
    assert bench.asked == [(Absence(NOON, bench.clock.now - MINUTE), RUNNING)]


async def test_sleep_is_an_absence_even_where_no_idle_time_is_known(bench: Bench) -> None:
    bench.idle.idle = None
    bench.away.begin(snapshot(RUNNING))
    await bench.look()
    bench.clock.now += 10 * HOUR
    await bench.look()
    assert bench.asked == [(Absence(NOON, NOON + 10 * HOUR), RUNNING)]


@pytest.mark.parametrize("known", [True, False])
async def test_a_locked_screen_counts_from_the_lock_to_the_return(bench: Bench, known: bool) -> None:
    bench.idle.idle = 0.0 if known else None
    bench.away.begin(snapshot(RUNNING))
    await bench.look()
    bench.clock.now += MINUTE
    bench.away.leave()
    for minutes in range(1, 30):
        await bench.pass_by(1, idle=minutes if known else None)
    bench.clock.now += MINUTE
    bench.idle.idle = 0.0 if known else None
    bench.away.look()
    await until(lambda: bench.asked, "the question")
    assert bench.asked == [(Absence(NOON + MINUTE, NOON + 31 * MINUTE), RUNNING)]


@pytest.mark.parametrize(("locked_after", "away"), [(5, 12), (5, 45), (15, 45)])
async def test_a_lock_that_comes_when_somebody_has_long_gone_is_no_touch(
    bench: Bench, locked_after: int, away: int
) -> None:
    bench.away.begin(snapshot(RUNNING))
    await bench.look()
    for minutes in range(1, away):
        await bench.pass_by(1, idle=minutes)
        if minutes == locked_after:
            bench.away.leave()
    assert not bench.asked
    bench.away.look()
    await bench.pass_by(1)
    assert bench.asked == [(Absence(NOON, NOON + away * MINUTE), RUNNING)]


async def test_nothing_is_asked_about_a_timer_that_was_stopped_and_one_that_began_meanwhile(
    bench: Bench,
) -> None:
    bench.away.begin(snapshot(RUNNING))
    await bench.look()
    bench.clock.now += 20 * MINUTE
    bench.away.show_snapshot(snapshot(Entry("2", bench.clock.now, None)))
    await bench.pass_by(10)
    assert not bench.asked


async def test_without_a_timer_it_does_not_even_look(bench: Bench) -> None:
    bench.away.begin(snapshot(None))
    bench.away.look()
    await until(lambda: not bench.away._look_soon.is_set(), "the word to be heard")
    assert bench.idle.asked == 0
    # What passed before the start is none of the timer's.
    bench.clock.now += 5 * HOUR
    bench.away.show_snapshot(snapshot(Entry("3", bench.clock.now, None)))
    await until(lambda: bench.idle.asked, "a look")
    assert not bench.asked


async def test_switched_off_it_neither_looks_nor_asks(bench: Bench) -> None:
    bench.away.follow(Settings(idle_minutes=0.0))
    bench.away.begin(snapshot(RUNNING))
    bench.clock.now += HOUR
    bench.away.look()
    await until(lambda: not bench.away._look_soon.is_set(), "the word to be heard")
    assert bench.idle.asked == 0
    assert not bench.asked


@pytest.mark.parametrize("wanted", [True, False])
async def test_after_a_crash_it_is_asked_and_after_quitting_it_is_not(bench: Bench, wanted: bool) -> None:
    bench.away.begin(snapshot(RUNNING))
    await bench.look()
    await bench.away.release(wanted=wanted)
    bench.clock.now += 3 * HOUR
    bench.idle.idle = 0.0
    bench.make()
    bench.away.begin(snapshot(RUNNING))
    await bench.look()
    expected = [] if wanted else [(NOON, NOON + 3 * HOUR)]
    assert [(absence.since, absence.until) for absence, _ in bench.asked] == expected


def test_a_last_touch_that_cannot_be_kept_or_read_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    impossible = LastTouch(tmp_path / "file" / "last-touch")
    impossible.keep(NOON)
    assert impossible.read() is None
    impossible.forget()


async def test_an_end_in_the_moment_of_some_news_ends_it(bench: Bench) -> None:
    bench.away.begin(snapshot(RUNNING))
    await bench.look()
    bench.away.leave()
    ended, _ = await asyncio.wait({asyncio.ensure_future(bench.away.release(wanted=False))}, timeout=5)
    assert ended
