"""Whether this session gives programs any hotkeys at all, asked before somebody wishes for some."""

import sys
from collections.abc import Mapping

from tabkeeper.desktop.hotkeys.by_command import NO_PORTAL, NO_WAY, all_by_command


def missing(environment: Mapping[str, str]) -> str | None:
    """Return what to do where it gives none, as a sentence; else None. May wait a moment for the portal."""
    if not sys.platform.startswith("linux"):
        return None
    if environment.get("WAYLAND_DISPLAY"):
        return None if _portal_version(environment) is not None else all_by_command(NO_PORTAL)
    return None if environment.get("DISPLAY") else all_by_command(NO_WAY)


def _portal_version(environment: Mapping[str, str]) -> object | None:
    from tabkeeper.desktop import portal, services
    from tabkeeper.desktop.bus import Place

    shortcuts = Place(portal.NAME, portal.PATH, "org.freedesktop.portal.GlobalShortcuts")
    try:
        version: object = services.read(environment, shortcuts, "version")
    except services.NoAnswer:
        return None
    return version
