"""The async client of the Time Tracker API; usable alone in a script.

`Client` is where to begin; what it takes and gives is in `wire`, what it raises in `errors`. Names are
loaded when they are first used: the server needs only `wire`, and must not pay for an HTTP client.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tabkeeper.api._address import server_address
    from tabkeeper.api._call import Answer
    from tabkeeper.api._hosted import API_PATH, DEFAULT_SERVER
    from tabkeeper.api._pages import Pass
    from tabkeeper.api._retry import Patience
    from tabkeeper.api._timing import Exchange, Timing
    from tabkeeper.api.client import Client
    from tabkeeper.api.errors import (
        ApiFailure,
        BrokenOff,
        Conflict,
        FeatureGated,
        Forbidden,
        InternalError,
        NotFound,
        Offline,
        RateLimited,
        Refused,
        TimedOut,
        Unauthorized,
        UnexpectedAnswer,
        ValidationError,
    )

_HOMES = {
    "API_PATH": "_hosted",
    "DEFAULT_SERVER": "_hosted",
    "Answer": "_call",
    "Pass": "_pages",
    "Patience": "_retry",
    "Exchange": "_timing",
    "Timing": "_timing",
    "Client": "client",
    "server_address": "_address",
}

__all__ = [
    "API_PATH",
    "DEFAULT_SERVER",
    "Answer",
    "ApiFailure",
    "BrokenOff",
    "Client",
    "Conflict",
    "Exchange",
    "FeatureGated",
    "Forbidden",
    "InternalError",
    "NotFound",
    "Offline",
    "Pass",
    "Patience",
    "RateLimited",
    "Refused",
    "TimedOut",
    "Timing",
    "Unauthorized",
    "UnexpectedAnswer",
    "ValidationError",
    "server_address",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = importlib.import_module(f"{__name__}.{_HOMES.get(name, 'errors')}")
    return getattr(home, name)
