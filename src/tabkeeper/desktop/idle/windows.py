"""Idle time under Windows: when the last input was, by the count of milliseconds since the system's start."""

import ctypes
from typing import Any

from tabkeeper.desktop.idle.door import Unknown

_WRAPS = 1 << 32
"""The count starts anew after 49 days."""


class _LastInput(ctypes.Structure):
    _fields_ = (("size", ctypes.c_uint), ("ticks", ctypes.c_uint))


class WindowsIdle:
    """Asks Windows, which answers at once."""

    def __init__(self, libraries: Any = None) -> None:
        self._windows = libraries or getattr(ctypes, "windll")  # noqa: B009 - on Windows only

    async def seconds(self) -> float:
        """Return for how many seconds nobody has touched keyboard or pointer; raises `Unknown`."""
        last = _LastInput(size=ctypes.sizeof(_LastInput))
        if not self._windows.user32.GetLastInputInfo(ctypes.byref(last)):
            raise Unknown("Windows does not say when the last input was")
        ticks: int = self._windows.kernel32.GetTickCount() % _WRAPS
        passed: int = (ticks - last.ticks) % _WRAPS
        return passed / 1_000

    async def release(self) -> None:
        """There is nothing to let go of."""
