"""One request of the API and one answer, as values; who sends them is `_transport`'s matter."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

import httpx

from tabkeeper.api._timing import Exchange
from tabkeeper.api.wire import format_instant

QueryValue = str | int | bool | datetime | None


@dataclass(frozen=True, slots=True)
class Call:
    """One request. `repeatable` says that making it twice does what making it once does."""

    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    repeatable: bool = False

    @property
    def endpoint(self) -> str:
        """Method and path, to name the call in messages."""
        return f"{self.method} {self.path}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, read to its end and inflated. `protocol` is such as `HTTP/2`."""

    protocol: str
    status: int
    reason: str
    headers: httpx.Headers
    body: bytes
    exchange: Exchange


# Makes a call, patiently; raises an `ApiFailure` for everything but success.
Perform = Callable[[Call], Awaitable[Answer]]


def query(**values: QueryValue) -> tuple[tuple[str, str], ...]:
    """Return query parameters in the contract's forms; None is left out, `from_` is written `from`."""
    return tuple((name.rstrip("_"), _text(value)) for name, value in values.items() if value is not None)


def _text(value: str | int | bool | datetime) -> str:
    if isinstance(value, datetime):
        return format_instant(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def path_to(collection: str, thing_id: str) -> str:
    """Return the path of one thing. Raises ValueError for an id that would name another path."""
    if thing_id in ("", ".", ".."):
        raise ValueError("An id must not be empty")
    return f"{collection}/{quote(thing_id, safe='')}"
