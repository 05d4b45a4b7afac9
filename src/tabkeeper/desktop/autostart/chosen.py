"""The one place that decides how this system starts programs with a session."""

import sys

from tabkeeper.desktop.autostart.door import Autostart


def autostart_of_this_system() -> Autostart:
    """Return how this system starts programs with a session."""
    autostart: Autostart
    if sys.platform == "win32":
        from tabkeeper.desktop.autostart.windows import RunKey

        autostart = RunKey()
    elif sys.platform == "darwin":
        from tabkeeper.desktop.autostart.macos import LaunchAgent

        autostart = LaunchAgent()
    else:
        from tabkeeper.desktop.autostart.xdg import XdgAutostart

        autostart = XdgAutostart()
    return autostart
