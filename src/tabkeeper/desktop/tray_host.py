"""Who would show a tray icon in this session, asked without Qt: the StatusNotifier host, or X11's tray."""

import sys
from collections.abc import Mapping

_WATCHER = "org.kde.StatusNotifierWatcher"


def tray_host(environment: Mapping[str, str]) -> str | None:
    """Return what shows tray icons here, or None where nothing does. May wait for an X server that hangs."""
    if not sys.platform.startswith("linux"):
        return "the system's own"
    if _has_notifier_host(environment):
        return "a StatusNotifier host"
    return "X11's system tray" if _has_x11_tray(environment) else None


def _has_notifier_host(environment: Mapping[str, str]) -> bool:
    from tabkeeper.desktop import services
    from tabkeeper.desktop.bus import Place

    watcher = Place(_WATCHER, "/StatusNotifierWatcher", _WATCHER)
    try:
        return bool(services.read(environment, watcher, "IsStatusNotifierHostRegistered"))
    except services.NoAnswer:
        return False


def _has_x11_tray(environment: Mapping[str, str]) -> bool:
    import xcffib
    import xcffib.xproto  # which gives connections their `core`

    if not environment.get("DISPLAY"):
        return False
    try:
        connection = xcffib.Connection(display=environment["DISPLAY"])
    except xcffib.ConnectionException:
        return False
    try:
        for screen in range(len(connection.get_setup().roots)):
            name = f"_NET_SYSTEM_TRAY_S{screen}"
            atom = connection.core.InternAtom(False, len(name), name).reply().atom
            if connection.core.GetSelectionOwner(atom).reply().owner:
                return True
        return False
    finally:
        connection.disconnect()
