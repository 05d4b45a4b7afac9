"""The one place that decides how this session's hotkeys are heard."""

import sys
from collections.abc import Mapping

from tabkeeper.desktop.hotkeys.door import Hotkeys


def hotkeys_of_this_session(platform: str, environment: Mapping[str, str]) -> Hotkeys:
    """Return the hotkeys of this system; `platform` is Qt's name of what it draws on."""
    hotkeys: Hotkeys
    if platform == "windows":
        from tabkeeper.desktop.hotkeys.windows import WindowsHotkeys

        hotkeys = WindowsHotkeys()
    elif platform == "cocoa":
        from tabkeeper.desktop.hotkeys.macos import CarbonHotkeys

        hotkeys = CarbonHotkeys()
    elif platform == "xcb" and not environment.get("WAYLAND_DISPLAY"):
        from tabkeeper.desktop.hotkeys.x11 import X11Hotkeys

        hotkeys = X11Hotkeys()
    elif sys.platform.startswith("linux") and environment.get("WAYLAND_DISPLAY"):
        from tabkeeper.desktop.hotkeys.portal import PortalHotkeys

        hotkeys = PortalHotkeys()
    else:
        from tabkeeper.desktop.hotkeys.nowhere import NoHotkeys

        hotkeys = NoHotkeys()
    return hotkeys
