"""Keys that are heard in every program: one protocol, a module for each system, one place that chooses."""

from tabkeeper.desktop.hotkeys.chosen import hotkeys_of_this_session
from tabkeeper.desktop.hotkeys.door import Hotkeys, Outcome

__all__ = ["Hotkeys", "Outcome", "hotkeys_of_this_session"]
