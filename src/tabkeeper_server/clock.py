"""The server's clock, and the two forms of an instant: aware UTC on the wire, milliseconds in tables."""

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def now() -> datetime:
    """Return the server's now, in UTC and whole milliseconds."""
    return from_milliseconds(to_milliseconds(datetime.now(UTC)))


def to_milliseconds(instant: datetime) -> int:
    """Return the whole milliseconds between 1970 and `instant`, negative before it."""
    return (instant - _EPOCH) // _MILLISECOND


def from_milliseconds(milliseconds: int) -> datetime:
    """Return the instant that lies so many milliseconds after the start of 1970, in UTC."""
    return _EPOCH + milliseconds * _MILLISECOND
