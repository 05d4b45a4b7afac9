"""A tracker on a real file, in Berlin, by a clock that the test sets."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.clock import NOON, Clock

from tabkeeper.model.entry import Draft, Entry
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker

BERLIN = ZoneInfo("Europe/Berlin")
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


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
