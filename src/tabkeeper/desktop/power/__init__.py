"""When the computer goes to sleep or its screen is locked, and comes back: one protocol, a module each."""

from tabkeeper.desktop.power.chosen import power_of_this_system
from tabkeeper.desktop.power.door import Power

__all__ = ["Power", "power_of_this_system"]
