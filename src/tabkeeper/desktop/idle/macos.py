"""Idle time under macOS, by the window server's own count."""

import ctypes
from typing import Any

_PATH = "/System/Library/Frameworks/ApplicationServices.framework/ApplicationServices"
_COMBINED_SESSION, _ANY_INPUT = 0, 0xFFFFFFFF


class MacIdle:
    """Asks macOS, which answers at once and needs no permission for it."""

    def __init__(self, services: Any = None) -> None:
        self._services = services or ctypes.CDLL(_PATH)
        since = self._services.CGEventSourceSecondsSinceLastEventType
        since.restype, since.argtypes = ctypes.c_double, (ctypes.c_int32, ctypes.c_uint32)

    async def seconds(self) -> float:
        """Return for how many seconds nobody has touched keyboard or pointer."""
        return float(self._services.CGEventSourceSecondsSinceLastEventType(_COMBINED_SESSION, _ANY_INPUT))

    async def release(self) -> None:
        """There is nothing to let go of."""
