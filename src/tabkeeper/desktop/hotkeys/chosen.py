"""The one place that decides how this session's hotkeys are heard."""

import sys
from collections.abc import Mapping

from tabkeeper.desktop.hotkeys.door import Hotkeys


def hotkeys_of_this_session(platform: str, environment: Mapping[str, str]) -> Hotkeys:
    """Return the hotkeys of this system; `platform` is Qt's name of what it draws on."""
    if platform == "xcb" and not environment.get("WAYLAND_DISPLAY"):
        from tabkeeper.desktop.hotkeys.x11 import X11Hotkeys

        return X11Hotkeys()
    if environment.get("WAYLAND_DISPLAY") and sys.platform.startswith("linux"):
        from tabkeeper.desktop.hotkeys.portal import PortalHotkeys

        return PortalHotkeys()
    from tabkeeper.desktop.hotkeys.nowhere import NoHotkeys

    return NoHotkeys()
