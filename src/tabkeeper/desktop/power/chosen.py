"""The one place that decides who is heard about sleep and lock."""

import sys

from tabkeeper.desktop.power.door import Power


def power_of_this_system() -> Power:
    """Return who says that the computer sleeps or its screen is locked."""
    power: Power
    if sys.platform == "win32":
        from tabkeeper.desktop.power.windows import WindowsPower

        power = WindowsPower()
    elif sys.platform == "darwin":
        from tabkeeper.desktop.power.macos import MacPower

        power = MacPower()
    else:
        from tabkeeper.desktop.power.linux import LinuxPower

        power = LinuxPower()
    return power
