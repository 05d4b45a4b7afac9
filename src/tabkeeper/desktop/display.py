"""Whether there is a display to show anything on; asked first, because Qt would end the process."""

import ctypes
import sys
from collections.abc import Mapping


def has_display(environment: Mapping[str, str]) -> bool:
    """Return whether Qt will find a screen in this environment."""
    if not sys.platform.startswith("linux"):
        return True
    platform = environment.get("QT_QPA_PLATFORM", "").partition(":")[0]
    if platform not in ("", "xcb"):
        return True
    if environment.get("WAYLAND_DISPLAY") and not platform:
        return True
    return bool(environment.get("DISPLAY")) and _answers(environment["DISPLAY"])


def _answers(display: str) -> bool:
    """Return whether an X server is there: a variable that outlived its server names none."""
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(display.encode(), None))
    refused: int = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return refused == 0
