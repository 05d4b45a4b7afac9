"""What the client's tests share: clients of our real server, and clocks that a test holds."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from tests.server_process import Team

from tabkeeper.api import Client, Timing

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
async def client(team: Team) -> AsyncIterator[Client]:
    """The owner's client."""
    async with Client(team.server.api, team.owner.token) as client:
        yield client


@pytest.fixture
async def member(team: Team) -> AsyncIterator[Client]:
    async with Client(team.server.api, team.member.token) as client:
        yield client


@pytest.fixture
def day() -> datetime:
    """The first moment of the day on which the tests' entries are made."""
    return datetime(2026, 5, 24, tzinfo=UTC)


@pytest.fixture
def token() -> str:
    return TOKEN


@pytest.fixture
def clock() -> HeldClock:
    return HeldClock()
