"""The clocks, the waiting and the chance that calls depend on, in one value so that tests can hold them."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Timing:
    """`now` is aware UTC; `monotonic` and `sleep` are in seconds; `uniform` draws between two bounds."""

    now: Callable[[], datetime] = _now
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    # Chance spreads retries, it keeps no secrets.
    uniform: Callable[[float, float], float] = random.uniform


# `Date` is cut to whole seconds, so on average the server is half a second further.
_DATE_CUTS = timedelta(milliseconds=500)


@dataclass(frozen=True, slots=True)
class Exchange:
    """When one request was sent and its answer came, by both clocks.

    `sent_at` and `received_at` (the moment the head of the answer was there) are by this computer,
    `server_time` is the answer's `Date`; all are aware UTC.
    """

    request_id: str | None
    server_time: datetime | None
    sent_at: datetime
    received_at: datetime

    @property
    def skew(self) -> timedelta | None:
        """How far the server's clock is ahead of ours; None where the answer had no `Date`."""
        if self.server_time is None:
            return None
        return self.server_time + _DATE_CUTS - (self.sent_at + (self.received_at - self.sent_at) / 2)

    @property
    def skew_uncertainty(self) -> timedelta:
        """How far `skew` may be off: half a second for `Date`, and half of the way there and back."""
        return _DATE_CUTS + (self.received_at - self.sent_at) / 2
