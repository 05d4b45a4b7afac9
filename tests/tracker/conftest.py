"""A tracker on a real file, in Berlin, by a clock that the test sets."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tabkeeper.model.entry import Draft, Entry
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tabkeeper.db"


@pytest.fixture
def store(path: Path, clock: Clock) -> Iterator[Store]:
    store = Store.open(path, clock=clock)
    yield store
    store.close()


@pytest.fixture
def tracker(store: Store, clock: Clock) -> Tracker:
    return Tracker(store, BERLIN, clock)


@pytest.fixture
def elsewhere(tracker: Tracker, path: Path, clock: Clock) -> Iterator[Tracker]:
    """The same file as another process has it open."""
    store = Store.open(path, clock=clock)
    yield Tracker(store, BERLIN, clock)
    store.close()


def listed(tracker: Tracker) -> list[Entry]:
    """Return all entries, newest first."""
    return tracker.entries(None, None)


def added(tracker: Tracker, description: str, begin: datetime = NOON - HOUR, **content: object) -> Entry:
    """Add an entry of half an hour."""
    draft = Draft(description)._replace(**content)
    return tracker.add(draft, begin, begin + 30 * MINUTE)
