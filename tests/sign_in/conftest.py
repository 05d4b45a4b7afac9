"""What signing in is tested with: our real server, and a scripted one for what that never says."""

from collections.abc import AsyncIterator, Iterator

import pytest
from tests.api.scripted_server import ScriptedServer
from tests.server_process import ServerProcess, Team, serving


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerProcess]:
    with serving(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture
def team(server: ServerProcess) -> Team:
    return server.team(owner_name="Ada", currency="EUR")


@pytest.fixture
async def scripted() -> AsyncIterator[ScriptedServer]:
    async with ScriptedServer() as server:
        yield server
