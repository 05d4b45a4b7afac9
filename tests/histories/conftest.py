"""One world for the tests of this folder: making the server takes longer than a history."""

from collections.abc import Iterator

import pytest
from tests.histories.world import World, a_world


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    with a_world() as world:
        yield world
