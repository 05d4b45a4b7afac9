"""What the client's tests share: our real server, a scripted one, and clocks that a test holds."""

import contextlib
import itertools
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest
from tests.api.real_server import RealServer
from tests.api.scripted_server import ScriptedServer

from tabkeeper.api import Client, NotFound, Timing

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


@dataclass(frozen=True)
class Home:
    """A workspace on the real server with an owner and a member, by their tokens."""

    server: RealServer
    owner: str
    member: str

    @property
    def address(self) -> str:
        return self.server.address


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Home]:
    server = RealServer(tmp_path_factory.mktemp("server"), "--rate-limit", "0")
    setup = (
        "setup",
        "--workspace",
        "Lovelace & Co.",
        "--owner-email",
        "ada@example.org",
        "--currency",
        "EUR",
    )
    owner = server.token_of(*setup, "--owner-name", "Ada")
    member = server.token_of("user", "add", "byron@example.org", "--role", "member")
    with server:
        yield Home(server, owner, member)


@pytest.fixture
async def client(home: Home) -> AsyncIterator[Client]:
    """The owner's client; nothing runs when a test begins."""
    async with Client(home.address, home.owner) as client:
        with contextlib.suppress(NotFound):
            await client.entries.stop()
        yield client


@pytest.fixture
async def member(home: Home) -> AsyncIterator[Client]:
    async with Client(home.address, home.member) as client:
        with contextlib.suppress(NotFound):
            await client.entries.stop()
        yield client


_days = itertools.count()


@pytest.fixture
def day() -> datetime:
    """The first moment of a day that no other test uses."""
    return datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=next(_days))


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
