"""Who would show a tray icon in this session, asked without Qt: the StatusNotifier host, or X11's tray."""

import sys
from collections.abc import Mapping

_WATCHER = "org.kde.StatusNotifierWatcher"
_PATIENCE = 1.0
"""Seconds for an answer of the session bus."""


def tray_host(environment: Mapping[str, str]) -> str | None:
    """Return what shows tray icons here, or None where nothing does. May wait for an X server that hangs."""
    if not sys.platform.startswith("linux"):
        return "the system's own"
    if _has_notifier_host(environment):
        return "a StatusNotifier host"
    return "X11's system tray" if _has_x11_tray(environment) else None


def _has_notifier_host(environment: Mapping[str, str]) -> bool:
    from jeepney import DBusAddress, MessageType, Properties
    from jeepney.io.blocking import open_dbus_connection

    runtime = environment.get("XDG_RUNTIME_DIR", "")
    address = environment.get("DBUS_SESSION_BUS_ADDRESS") or f"unix:path={runtime}/bus"
    watcher = DBusAddress("/StatusNotifierWatcher", bus_name=_WATCHER, interface=_WATCHER)
    question = Properties(watcher).get("IsStatusNotifierHostRegistered")
    try:
        with open_dbus_connection(bus=address, auth_timeout=_PATIENCE) as connection:
            reply = connection.send_and_get_reply(question, timeout=_PATIENCE)
    except Exception:  # a bus that is not there, or that answers anything else than it should
        return False
    return reply.header.message_type is MessageType.method_return and bool(reply.body[0][1])


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
