"""The one place that decides who is asked for this session's idle time."""

from collections.abc import Mapping

from tabkeeper.desktop.idle.door import Idle


def idle_of_this_session(platform: str, environment: Mapping[str, str]) -> Idle:
    """Return who knows the idle time; `platform` is Qt's name of what it draws on."""
    if platform == "xcb" and not environment.get("WAYLAND_DISPLAY"):
        from tabkeeper.desktop.idle.x11 import X11Idle

        return X11Idle()
    from tabkeeper.desktop.idle.session_bus import BusIdle

    return BusIdle()
