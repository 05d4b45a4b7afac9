"""Idle time from the services of a desktop: GNOME's Mutter, KDE's screen saver, and at last systemd's logind.

The first one that answers is asked from then on.
"""

import asyncio
import time
from typing import NamedTuple

from tabkeeper.desktop import logind
from tabkeeper.desktop.bus import Bus, BusTrouble, Place
from tabkeeper.desktop.idle.door import Unknown

_MUTTER = Place(
    "org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core", "org.gnome.Mutter.IdleMonitor"
)
_SCREEN_SAVER = Place("org.freedesktop.ScreenSaver", "/ScreenSaver", "org.freedesktop.ScreenSaver")
_PATIENCE = 5.0


class _Known(NamedTuple):
    """A service that has answered, by the bus it is on."""

    bus: Bus
    place: Place


class BusIdle:
    """Asks over D-Bus, and never waits longer than a service may take."""

    def __init__(self) -> None:
        self._known: _Known | None = None
        self._buses: dict[str, Bus] = {}
        self._turn = asyncio.Lock()

    async def seconds(self) -> float:
        """Return for how many seconds nobody has touched keyboard or pointer; raises `Unknown`."""
        async with self._turn:
            return await self._seconds()

    async def _seconds(self) -> float:
        for place in (self._known.place,) if self._known else (_MUTTER, _SCREEN_SAVER, logind.MANAGER):
            try:
                bus = await self._bus("SYSTEM" if place is logind.MANAGER else "SESSION")
                found = await self._ask(bus, place)
            except BusTrouble:
                continue
            self._known = _Known(bus, place)
            return found
        self._known = None
        raise Unknown("No service of this desktop says for how long nobody has touched it")

    async def release(self) -> None:
        """End the connections."""
        for bus in self._buses.values():
            await bus.close()
        self._buses.clear()

    async def _bus(self, which: str) -> Bus:
        if which not in self._buses:
            self._buses[which] = await Bus.open("SYSTEM" if which == "SYSTEM" else "SESSION")
        return self._buses[which]

    async def _ask(self, bus: Bus, place: Place) -> float:
        if place is _MUTTER:
            (milliseconds,) = await bus.call(place, "GetIdletime", patience=_PATIENCE)
            return float(milliseconds) / 1_000
        if place is _SCREEN_SAVER:
            (milliseconds,) = await bus.call(place, "GetSessionIdleTime", patience=_PATIENCE)
            return float(milliseconds) / 1_000
        session = await logind.session_of_the_person(bus, _PATIENCE)
        if not await bus.read(session, "IdleHint"):
            return 0.0
        microseconds = await bus.read(session, "IdleSinceHint")
        return max(0.0, time.time() - float(microseconds) / 1_000_000)
