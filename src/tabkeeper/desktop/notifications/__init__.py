"""The system's own notifications, with buttons where it has them: a protocol, and a module each."""

from tabkeeper.desktop.notifications.chosen import notifications_of_this_system
from tabkeeper.desktop.notifications.door import Notice, Notifications

__all__ = ["Notice", "Notifications", "notifications_of_this_system"]
