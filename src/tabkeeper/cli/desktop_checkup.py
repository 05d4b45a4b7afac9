"""What `doctor` looks at in the session: each thing that a desktop may lack, and what works instead.

Some of it may wait for a desktop that hangs; `checkup` asks beside, and gives up in time.
"""

import sys
from collections.abc import Mapping, Sequence

from tabkeeper.cli.finding import Finding
from tabkeeper.desktop import lacking
from tabkeeper.settings.chord import Chord

_OF_THE_SYSTEM = "the system's own"
_LINUX = sys.platform.startswith("linux")


def display(environment: Mapping[str, str]) -> Finding:
    """Say whether there is something to show windows on."""
    from tabkeeper.desktop.display import has_display

    if has_display(environment):
        return Finding("display", "ok", "there is one")
    return Finding("display", "note", "none here; the command line works without one")


def tray(environment: Mapping[str, str]) -> Finding:
    """Say who shows the icon."""
    from tabkeeper.desktop.tray_host import tray_host

    host = tray_host(environment)
    if host is None:
        return Finding("tray", "note", lacking.NO_TRAY)
    return Finding("tray", "ok", host)


def hotkeys(
    environment: Mapping[str, str], wanted: Mapping[str, Chord], told: Mapping[str, Sequence[str]] | None
) -> Finding:
    """Say who hears keys that are pressed in other programs, and what came of the chosen ones.

    `told` is what the program in the tray says of each: the keys to press, and the refusal. Where it does not
    run, keys are tried where that shows anything: under X11.
    """
    from tabkeeper.desktop.hotkeys.offered import missing

    none_here = missing(environment)
    if none_here is not None:
        return Finding("hotkeys", "note", none_here)
    if not _LINUX:
        who = _OF_THE_SYSTEM
    elif environment.get("WAYLAND_DISPLAY"):
        who = "the desktop's portal"
    else:
        who = "X11"
        told = told if told is not None else _tried(environment["DISPLAY"], wanted)
    refusals = [refusal for _, refusal in (told or {}).values() if refusal]
    if refusals:
        return Finding("hotkeys", "note", " ".join(refusals))
    keys = ", ".join(keys for keys, _ in (told or {}).values())
    return Finding("hotkeys", "ok", f"{who}: {keys}" if keys else who)


def _tried(display: str, wanted: Mapping[str, Chord]) -> Mapping[str, Sequence[str]]:
    """Hold the chosen keys for a moment, to see whether they are to be had."""
    from tabkeeper.desktop.hotkeys.x11_grabs import Grabs

    grabs = Grabs(display)
    outcomes = grabs.try_out(wanted)
    grabs.close()
    return {name: (outcome.keys, outcome.refusal) for name, outcome in outcomes.items()}


def idle(environment: Mapping[str, str]) -> Finding:
    """Say whether it is known for how long nobody has touched the computer."""
    from tabkeeper.desktop.idle import Unknown

    if not _LINUX:
        return Finding("idle", "ok", _OF_THE_SYSTEM)
    try:
        if environment.get("WAYLAND_DISPLAY"):
            _idle_under_wayland(environment)
        elif environment.get("DISPLAY"):
            from tabkeeper.desktop.idle.x11 import X11Idle

            X11Idle(environment["DISPLAY"]).seconds_of_the_server()
        else:
            return Finding("idle", "note", "nobody to be away here")
    except Unknown:
        return Finding("idle", "note", lacking.NO_IDLE)
    return Finding("idle", "ok", "known")


def _idle_under_wayland(environment: Mapping[str, str]) -> None:
    import asyncio

    from tabkeeper.desktop.idle import idle_of_this_session

    async def ask() -> None:
        asked = idle_of_this_session("wayland", environment)
        try:
            await asked.seconds()
        finally:
            await asked.release()

    asyncio.run(ask())


def bus(environment: Mapping[str, str]) -> Finding:
    """Say whether the services of the desktop can be reached."""
    from tabkeeper.desktop import services, session_bus
    from tabkeeper.desktop.bus import BUS

    silent = session_bus.who_is_silent(environment)
    if silent:
        return Finding("bus", "note", lacking.unanswered(silent))
    try:
        services.read(environment, BUS, "Features")
    except services.NoAnswer:
        return Finding(
            "bus", "note", "no session bus; keychain, portal, notifications and locks cannot be reached"
        )
    return Finding("bus", "ok", "a session bus")


def notifications(environment: Mapping[str, str]) -> Finding:
    """Say who shows reminders."""
    if not _LINUX:
        return Finding("notices", "ok", "beside the tray icon")
    from tabkeeper.desktop import services
    from tabkeeper.desktop.bus import Place

    name = "org.freedesktop.Notifications"
    place = Place(name, "/org/freedesktop/Notifications", name)
    try:
        server, *_ = services.call(environment, place, "GetServerInformation")
    except services.NoAnswer:
        return Finding("notices", "note", lacking.NO_NOTIFICATIONS)
    return Finding("notices", "ok", str(server))


def keychain(*, signed_in: bool, environment: Mapping[str, str]) -> Finding:
    """Say where a token would be kept."""
    from tabkeeper.desktop.keychain import NoKeychain, safe_store

    try:
        return Finding("keychain", "ok", safe_store().name)
    except NoKeychain as none:
        needed = signed_in and not environment.get("TABKEEPER_TOKEN")
        return Finding(
            "keychain", "fault" if needed else "note", f"{none} Signing in works with TABKEEPER_TOKEN."
        )
