"""The one place that decides how this system starts programs with a session."""

import sys

from tabkeeper.desktop.autostart.door import Autostart
from tabkeeper.desktop.autostart.listed import ListedAutostart, Place
from tabkeeper.desktop.sandbox import SANDBOX


def autostart_of_this_system() -> Autostart:
    """Return how this system starts programs with a session."""
    if SANDBOX.exists():
        from tabkeeper.desktop.autostart.portal import PortalAutostart

        return PortalAutostart()
    return ListedAutostart(_place())


def _place() -> Place:
    place: Place
    if sys.platform == "win32":
        from tabkeeper.desktop.autostart.windows import RunKey

        place = RunKey()
    elif sys.platform == "darwin":
        from tabkeeper.desktop.autostart.macos import LaunchAgent

        place = LaunchAgent()
    else:
        from tabkeeper.desktop.autostart.xdg import XdgAutostart

        place = XdgAutostart()
    return place
