"""A notification daemon whose notices have buttons: the one that GNOME had before its shell."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.desktop.screen import Screen, Window, end, launch, wait_until
from tests.session_bus import wait_for_name

_DAEMON = "/usr/lib/notification-daemon/notification-daemon"


@contextmanager
def notices_with_buttons(screen: Screen, environment: dict[str, str]) -> Iterator[Callable[[], Window]]:
    """Show notices on the bus of an environment; yields what waits for one to stand still."""
    daemon = launch((_DAEMON,), environment, screen.folder / "notification-daemon.log")
    try:
        wait_for_name("org.freedesktop.Notifications", environment["DBUS_SESSION_BUS_ADDRESS"], daemon)

        def still() -> list[Window]:
            before, after = screen.windows(daemon.pid), screen.windows(daemon.pid)
            return before if len(before) == 1 and before == after else []

        yield lambda: wait_until(still, "one notice that stands still")[0]
    finally:
        end(daemon)
