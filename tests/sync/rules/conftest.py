"""Two computers and our real server for the rules of sync, on a made-up clock."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.histories.inline_server import InlineServer
from tests.histories.virtual_time import VirtualLoop
from tests.histories.world import MONDAY
from tests.sync.rules.place import Place


def pytest_asyncio_loop_factories() -> dict[str, type[VirtualLoop]]:
    return {"virtual": VirtualLoop}


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InlineServer]:
    with pytest.MonkeyPatch.context() as patch:
        yield InlineServer(tmp_path_factory.mktemp("server"), patch, remembers=False)


@pytest.fixture
async def server(process: InlineServer) -> InlineServer:
    loop = asyncio.get_running_loop()
    process.begin(lambda: MONDAY + timedelta(seconds=loop.time()), 1)
    return process


@pytest.fixture
async def desk(tmp_path: Path, server: InlineServer) -> AsyncIterator[Place]:
    place = Place("desk", tmp_path, server)
    yield place
    place.computer.close()


@pytest.fixture
async def laptop(tmp_path: Path, server: InlineServer) -> AsyncIterator[Place]:
    place = Place("laptop", tmp_path, server)
    yield place
    place.computer.close()
