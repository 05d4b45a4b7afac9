"""What every test may rely on: nothing of the person's own is touched, and Qt draws without a screen.

What several rooms test with is here, too; it is imported where a test asks for it.
"""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from tests.clock import Clock

if TYPE_CHECKING:
    from tests.api.scripted_server import ScriptedServer
    from tests.server_process import ServerProcess, Team

    from tabkeeper.store.file import Store

# Before anything imports Qt. Tests of the real app on a real X server give it an environment of its own.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

# A busy machine is no reason to fail; what takes too long is the bench's concern.
settings.register_profile("tabkeeper", deadline=None)
settings.load_profile("tabkeeper")


@pytest.fixture(autouse=True, scope="session")
def _a_home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    home = tmp_path_factory.mktemp("person")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HOME", str(home))
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            patch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
        yield


@pytest.fixture(autouse=True)
def _an_empty_tabkeeper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABKEEPER_HOME", str(tmp_path / "tabkeeper"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tabkeeper.db"


@pytest.fixture
def store(path: Path, clock: Clock) -> "Iterator[Store]":
    """A store on a real file, by a clock that the test sets."""
    from tabkeeper.store.file import Store

    store = Store.open(path, clock=clock)
    yield store
    store.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[ServerProcess]":
    """Our real server, for all tests that ask for it."""
    from tests.server_process import serving

    with serving(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def team(server: "ServerProcess") -> "Team":
    """A workspace for one test, in which nothing has happened yet."""
    return server.team(owner_name="Ada", currency="EUR")


@pytest.fixture
async def scripted() -> "AsyncIterator[ScriptedServer]":
    """A server that says what a test wants, for what ours never says."""
    from tests.api.scripted_server import ScriptedServer

    async with ScriptedServer() as server:
        yield server
