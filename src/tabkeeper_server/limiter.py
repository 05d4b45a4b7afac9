"""How much one token may ask: a bucket a token, that empties by one a request and fills evenly."""

import math
import time
from collections.abc import Callable

from tabkeeper.api.wire import ErrorCode
from tabkeeper_server.errors import RefusedError


class Limiter:
    """Lets each token ask `requests_a_minute` in a burst, and that many a minute from then on.

    The buckets are this process's own: several processes behind one address each allow as much.
    """

    def __init__(self, requests_a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._size = float(requests_a_minute)
        self._a_second = requests_a_minute / 60
        self._clock = clock
        self._buckets: dict[str, tuple[float, float]] = {}

    def admit(self, token_id: str) -> None:
        """Take one request from a token's bucket, or refuse with `rate_limited` and the seconds to wait."""
        if not self._size:
            return
        now = self._clock()
        left, since = self._buckets.get(token_id, (self._size, now))
        left = min(self._size, left + (now - since) * self._a_second)
        if left < 1:
            raise _too_many(math.ceil((1 - left) / self._a_second))
        self._buckets[token_id] = (left - 1, now)


def _too_many(seconds: int) -> RefusedError:
    return RefusedError(
        ErrorCode.RATE_LIMITED,
        f"Too many requests with this token. Ask again in {seconds} s.",
        headers={"Retry-After": str(seconds)},
    )
