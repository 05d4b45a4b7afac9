"""Sleep and lock under Linux: from systemd's logind, and from the desktop's screen saver."""

import logging

from PySide6.QtCore import QObject, Signal

from tabkeeper.desktop import logind
from tabkeeper.desktop.bus import Bus, BusTrouble, Place

_SCREEN_SAVERS = (
    Place("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver"),
    Place("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver"),
    Place("org.freedesktop.ScreenSaver", "/ScreenSaver", "org.freedesktop.ScreenSaver"),
)
_log = logging.getLogger(__name__)


class LinuxPower(QObject):
    """Hears what of both is there."""

    left = Signal()
    came_back = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._buses: list[Bus] = []

    async def begin(self) -> None:
        """Begin to hear; a system that cannot be heard is no error."""
        for hear in (self._hear_logind, self._hear_screen_savers):
            try:
                await hear()
            except BusTrouble as trouble:
                _log.info("Not everything about sleep and lock can be heard: %s", trouble)

    async def release(self) -> None:
        """Hear no more."""
        for bus in self._buses:
            await bus.close()
        self._buses.clear()

    async def _hear_logind(self) -> None:
        bus = await Bus.open("SYSTEM")
        self._buses.append(bus)
        await bus.hear(logind.MANAGER, "PrepareForSleep", self._goes)
        session = await logind.session_of_the_person(bus)
        await bus.hear(session, "Lock", self.left.emit)
        await bus.hear(session, "Unlock", self.came_back.emit)

    async def _hear_screen_savers(self) -> None:
        bus = await Bus.open("SESSION")
        self._buses.append(bus)
        for place in _SCREEN_SAVERS:
            await bus.hear(place, "ActiveChanged", self._goes)

    def _goes(self, away: bool) -> None:
        (self.left if away else self.came_back).emit()
