"""One world for the tests of a file: making the server takes longer than a history.

It goes with the file, as its clock and its database stand in for those of any other server in this process.
"""

from collections.abc import Iterator

import pytest
from tests.histories.world import World, a_world


@pytest.fixture(scope="module")
def world() -> Iterator[World]:
    with a_world() as world:
        yield world
