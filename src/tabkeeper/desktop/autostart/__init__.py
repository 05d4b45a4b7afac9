"""Whether the program starts with the session: one protocol, a module for each system, one that chooses."""

from tabkeeper.desktop.autostart.chosen import autostart_of_this_system
from tabkeeper.desktop.autostart.door import Autostart, AutostartTrouble

__all__ = ["Autostart", "AutostartTrouble", "autostart_of_this_system"]
