"""A variable of the environment that a library reads just once: set for that time, it goes to no child."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Literal


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


def without_bus(which: Literal["SESSION", "SYSTEM"]) -> AbstractContextManager[None]:
    """Let Qt find no such bus within a block in which it looks for any bus first: it never looks again.

    For it would wait in the interface's thread for a bus that does not answer. What this program asks itself
    asks the real one.
    """
    return lent(f"DBUS_{which}_BUS_ADDRESS", "unix:path=/dev/null")
