"""What a system's idle time is to the rest of the program."""

from typing import Protocol


class Unknown(Exception):  # noqa: N818 - an answer
    """This session does not say for how long nobody has touched it; the text says why, for the log."""


class Idle(Protocol):
    """Knows when the last key was pressed or the pointer moved."""

    async def seconds(self) -> float:
        """Return for how many seconds nobody has touched keyboard or pointer; raises `Unknown`."""

    async def release(self) -> None:
        """Let go of what it takes to know that."""
