"""What the reflexes hear, said by the test; a clock that stands until it is moved."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tabkeeper.desktop.idle import Unknown

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Clock:
    """Stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


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
    for _ in range(1_000):
        if answer():
            return
        await asyncio.sleep(0.002)
    raise AssertionError(f"waited in vain for {what}")
