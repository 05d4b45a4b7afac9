"""For how long nobody has touched this computer: one protocol, a module each, one place that chooses."""

from tabkeeper.desktop.idle.chosen import idle_of_this_session
from tabkeeper.desktop.idle.door import Idle, Unknown

__all__ = ["Idle", "Unknown", "idle_of_this_session"]
