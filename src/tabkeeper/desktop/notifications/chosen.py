"""The one place that decides how this system shows notifications."""

import sys

from tabkeeper.desktop.notifications.door import Notifications


def notifications_of_this_system() -> Notifications:
    """Return how this system shows notifications."""
    notifications: Notifications
    if sys.platform.startswith("linux"):
        from tabkeeper.desktop.notifications.freedesktop import FreedesktopNotifications

        notifications = FreedesktopNotifications()
    else:
        from tabkeeper.desktop.notifications.nowhere import NoNotifications

        notifications = NoNotifications()
    return notifications
