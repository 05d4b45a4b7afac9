"""Whether the computer runs on its battery now; where the system does not tell, it does not.

To ask takes microseconds and no bus, and is allowed on any thread. Nobody is told of a change: who wants to
know asks again.
"""

import ctypes
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

_SUPPLIES = Path("/sys/class/power_supply")
_POWER_SOURCES = "/System/Library/Frameworks/IOKit.framework/IOKit"
_PLUGGED_IN = -2.0
"""The time that macOS says is left where it is not bounded by a battery."""


def on_battery() -> bool:
    """Whether what the computer uses comes from its battery."""
    if sys.platform == "win32":
        return windows_drains(getattr(ctypes, "windll").kernel32)  # noqa: B009 - on Windows only
    if sys.platform == "darwin":
        return mac_drains(ctypes.CDLL(_POWER_SOURCES))
    return linux_drains(_SUPPLIES)


def linux_drains(supplies: Path) -> bool:
    """Whether one of the kernel's batteries drains and nothing feeds the computer; mice' are not its own."""
    drains = False
    with suppress(OSError):
        for supply in supplies.iterdir():
            if _said(supply, "scope") == "Device":
                continue
            if _said(supply, "online") == "1":
                return False
            drains = drains or _said(supply, "status") == "Discharging"
    return drains


def _said(supply: Path, name: str) -> str:
    with suppress(OSError):
        return (supply / name).read_text().strip()
    return ""


class _PowerStatus(ctypes.Structure):
    _fields_ = (
        ("line", ctypes.c_ubyte),
        ("battery", ctypes.c_ubyte),
        ("percent", ctypes.c_ubyte),
        ("saver", ctypes.c_ubyte),
        ("seconds_left", ctypes.c_uint32),
        ("seconds_when_full", ctypes.c_uint32),
    )


def windows_drains(kernel: Any) -> bool:
    """Whether Windows says that it is not plugged in; that it does not know is another answer."""
    status = _PowerStatus(line=255)
    return bool(kernel.GetSystemPowerStatus(ctypes.byref(status))) and status.line == 0


def mac_drains(sources: Any) -> bool:
    """Whether macOS expects the power to end at some time, also where it does not know when."""
    left = sources.IOPSGetTimeRemainingEstimate
    left.restype = ctypes.c_double
    return bool(left() != _PLUGGED_IN)
