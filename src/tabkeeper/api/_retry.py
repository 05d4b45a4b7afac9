"""When a call is made again, and how long to wait before: full jitter, `Retry-After`, and an end to it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TypeVar

from tabkeeper.api._timing import Timing
from tabkeeper.api.errors import ApiFailure, NotFound, Refused

FIRST_PAUSE_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 20.0
RETRY_AFTER_MAX = timedelta(minutes=15)
RETRY_AFTER_UNREADABLE = timedelta(seconds=30)

Outcome = TypeVar("Outcome")


@dataclass(frozen=True, slots=True)
class Patience:
    """How often one call may be tried, and how many seconds all of it may take together, waits included."""

    attempts: int = 5
    seconds: float = 90.0


def parse_http_date(text: str | None) -> datetime | None:
    """Return the aware UTC instant of a `Date`, or None where it cannot be read."""
    try:
        instant = parsedate_to_datetime(text or "")
        return instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def parse_retry_after(text: str, server_now: datetime) -> timedelta:
    """Read `Retry-After` in seconds or as a date, which is held against the server's own clock.

    Never more than 15 minutes, never negative; what cannot be read counts as 30 seconds.
    """
    text = text.strip()
    if text.isascii() and text.isdigit():
        # Ten digits are past any cap, and the cut keeps a hostile length away from `int`.
        return min(timedelta(seconds=int(text[:9])), RETRY_AFTER_MAX)
    instant = parse_http_date(text)
    if instant is None:
        return RETRY_AFTER_UNREADABLE
    return min(max(instant - server_now, timedelta(0)), RETRY_AFTER_MAX)


def pause_seconds(failure: ApiFailure, tries: int, timing: Timing) -> float:
    """Return how long to wait after the failure of attempt number `tries`, counted from 1.

    The whole pause is drawn by chance (full jitter), so that clients which failed together do not come
    back together; what the server asked for is a floor under it.
    """
    ceiling = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2.0 ** (tries - 1))
    pause = timing.uniform(0.0, ceiling)
    if isinstance(failure, Refused) and failure.retry_after is not None:
        pause += failure.retry_after.total_seconds()
    return pause


async def persist(
    attempt: Callable[[float], Awaitable[Outcome]], *, repeatable: bool, patience: Patience, timing: Timing
) -> Outcome:
    """Make `attempt` until it succeeds, fails for good, or patience ends; then the last failure is raised.

    `attempt` is given the seconds that are left for it. A call that is not `repeatable` is made once. No
    wait is begun that could not end in another attempt.
    """
    deadline = timing.monotonic() + patience.seconds
    tries = 0
    maybe_done = False
    while True:
        tries += 1
        try:
            return await attempt(deadline - timing.monotonic())
        except ApiFailure as failure:
            if isinstance(failure, NotFound):
                failure.maybe_done_before = maybe_done
            maybe_done = maybe_done or failure.may_have_been_done
            pause = pause_seconds(failure, tries, timing)
            out_of_time = timing.monotonic() + pause >= deadline
            if not (repeatable and failure.worth_retrying) or tries >= patience.attempts or out_of_time:
                raise
        await timing.sleep(pause)
