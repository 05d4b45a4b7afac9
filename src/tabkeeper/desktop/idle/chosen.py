"""The one place that decides who is asked for this session's idle time."""

import sys
from collections.abc import Mapping

from tabkeeper.desktop.idle.door import Idle


def idle_of_this_session(platform: str, environment: Mapping[str, str]) -> Idle:
    """Return who knows the idle time; `platform` is Qt's name of what it draws on."""
    idle: Idle
    if platform == "windows":
        from tabkeeper.desktop.idle.windows import WindowsIdle

        idle = WindowsIdle()
    elif platform == "cocoa":
        from tabkeeper.desktop.idle.macos import MacIdle

        idle = MacIdle()
    elif platform == "xcb" and not environment.get("WAYLAND_DISPLAY"):
        from tabkeeper.desktop.idle.x11 import X11Idle

        idle = X11Idle()
    elif sys.platform.startswith("linux"):
        from tabkeeper.desktop.idle.session_bus import BusIdle
        from tabkeeper.desktop.idle.wayland import WaylandIdle

        idle = WaylandIdle(otherwise=BusIdle())
    else:
        from tabkeeper.desktop.idle.nowhere import UnknownIdle

        idle = UnknownIdle()
    return idle
