"""A variable of the environment that a library reads just once: set for that time, it goes to no child."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def lent(name: str, value: str) -> Iterator[None]:
    """Let a variable have a value within a block, and what it had before afterwards."""
    before = os.environ.get(name)
    os.environ[name] = value
    try:
        yield
    finally:
        if before is None:
            del os.environ[name]
        else:
            os.environ[name] = before
