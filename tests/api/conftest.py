"""What the client's tests share: a scripted server, and clocks that a test holds in its hand."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from tests.api.scripted_server import ScriptedServer

from tabkeeper.api import Timing

TOKEN = "tta_0123456789abcdefSECRET"


@dataclass
class HeldClock:
    """A clock that moves only by being slept on; chance always draws its upper bound."""

    at: datetime = datetime(2026, 5, 24, 14, 0, tzinfo=UTC)
    elapsed: float = 0.0
    slept: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.elapsed += seconds

    @property
    def timing(self) -> Timing:
        return Timing(
            now=lambda: self.at + timedelta(seconds=self.elapsed),
            monotonic=lambda: self.elapsed,
            sleep=self.sleep,
            uniform=lambda low, high: high,
        )


@pytest.fixture
def token() -> str:
    return TOKEN


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()


@pytest.fixture
async def scripted() -> AsyncIterator[ScriptedServer]:
    async with ScriptedServer() as server:
        yield server
