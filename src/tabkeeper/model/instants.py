"""Instants: aware UTC `datetime`s in Python, whole milliseconds in the store, RFC 3339 text in JSON."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def to_milliseconds(instant: datetime) -> int:
    """Return whole milliseconds since 1970 UTC; finer digits are cut."""
    return (instant - EPOCH) // MILLISECOND


def from_milliseconds(milliseconds: int) -> datetime:
    """Return the aware UTC instant of `milliseconds` since 1970."""
    return EPOCH + milliseconds * MILLISECOND


def whole_second(instant: datetime) -> datetime:
    """Cut an instant to its second, so that entries made here add up to what their clocks show."""
    return instant.replace(microsecond=0)


def rfc3339(instant: datetime) -> str:
    """Return RFC 3339 in UTC with `Z`, with milliseconds only where there are any."""
    instant = instant.astimezone(UTC)
    digits = "milliseconds" if instant.microsecond else "seconds"
    return instant.isoformat(timespec=digits).replace("+00:00", "Z")


def whole_seconds(start: datetime, stop: datetime) -> int:
    """Return the seconds from `start` to `stop`, cut to whole ones, never negative.

    Never negative, because a clock that is set back while a timer runs must not take time away.
    """
    return max(0, (stop - start) // timedelta(seconds=1))


def utc_now() -> datetime:
    """Return the present instant by the computer's clock; the default of everything that takes a clock."""
    return datetime.now(UTC)
