"""What the server's tests share: one server on each database, and a workspace of its own for each test."""

from collections.abc import Iterator

import pytest
from tests.server.postgresql import Cluster, cluster, programs
from tests.server_process import ServerProcess, Team, serving


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    if programs() is None:
        pytest.skip("PostgreSQL is not installed (Debian's package is named postgresql)")
    with cluster() as running:
        yield running


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServerProcess]:
    """A server that every test shares, once on SQLite and once on PostgreSQL."""
    folder, database = tmp_path_factory.mktemp("server"), None
    if request.param == "postgresql":
        database = request.getfixturevalue("postgresql").new_database(folder.name)
    with serving(folder, database=database) as running:
        yield running


@pytest.fixture
def team(server: ServerProcess) -> Team:
    """A workspace for one test, as it is where its setup is told nothing."""
    return server.team()


@pytest.fixture(scope="session")
def bystanders(server: ServerProcess) -> Team:
    """A workspace for all tests that change nothing: making one takes longer than a refusal."""
    return server.team()
