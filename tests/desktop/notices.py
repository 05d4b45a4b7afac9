"""A notification daemon whose notices have buttons: the one that GNOME had before its shell."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from tests.desktop.screen import Screen, Window, end, launch, wait_until
from tests.session_bus import wait_for_name

_DAEMON = "/usr/lib/notification-daemon/notification-daemon"


class Notices(NamedTuple):
    """What the daemon shows."""

    screen: Screen
    pid: int

    def shown(self) -> list[Window]:
        """Return those that can be seen."""
        return self.screen.windows(self.pid)

    def one(self) -> Window:
        """Wait for exactly one that stands still."""

        def settled() -> list[Window]:
            before, after = self.shown(), self.shown()
            return before if len(before) == 1 and before == after else []

        return wait_until(settled, "one notice that stands still")[0]


@contextmanager
def notices_with_buttons(screen: Screen, environment: dict[str, str]) -> Iterator[Notices]:
    """Show notices on the bus of an environment."""
    daemon = launch((_DAEMON,), environment, screen.folder / "notification-daemon.log")
    try:
        wait_for_name("org.freedesktop.Notifications", environment["DBUS_SESSION_BUS_ADDRESS"], daemon)
        yield Notices(screen, daemon.pid)
    finally:
        end(daemon)
