"""What the reflexes hear, said by the test."""

import asyncio
import time
from collections.abc import Callable
from datetime import timedelta

from tabkeeper.desktop.idle import Unknown

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class SaidIdle:
    """An idle time that the test says; None where the system does not know."""

    def __init__(self) -> None:
        self.idle: float | None = 0.0
        self.asked = 0

    async def seconds(self) -> float:
        self.asked += 1
        if self.idle is None:
            raise Unknown("Nobody knows")
        return self.idle

    async def release(self) -> None:
        self.idle = None


async def until(answer: Callable[[], object], what: str) -> None:
    """Let the loop run until the answer is true."""
    deadline = time.monotonic() + 20
    while not answer():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited 20 s in vain for {what}")
        await asyncio.sleep(0.002)
