"""What this session cannot do, said on the page of the settings on which somebody would choose it."""

import asyncio
import os
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal, Slot

from tabkeeper.desktop.hotkeys.offered import missing
from tabkeeper.desktop.idle import Idle, Unknown
from tabkeeper.desktop.lacking import NO_IDLE, NO_NOTIFICATIONS, NO_TRAY, left_out
from tabkeeper.desktop.notifications import Notifications
from tabkeeper.desktop.tray_host import tray_host


class Shortcomings(QObject):
    """Looks whenever the settings are opened: a service can come later than this program."""

    found = Signal(str, str)
    """A page's title, and a sentence; an empty one where nothing is missing."""

    def __init__(
        self,
        idle: Idle,
        notifications: Notifications,
        silent: str,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        super().__init__()
        self._silent = silent
        self._environment = environment
        self._idle, self._notifications = idle, notifications
        self._looking: asyncio.Future[None] | None = None

    @Slot()
    def look(self) -> None:
        """Look; returns at once."""
        if self._looking is None or self._looking.done():
            self._looking = asyncio.ensure_future(self._look())

    def release(self) -> None:
        """Look no more."""
        if self._looking is not None:
            self._looking.cancel()

    async def _look(self) -> None:
        self.found.emit("Keys", await asyncio.to_thread(missing, self._environment) or "")
        # Qt knows it too, but asks the bus in the interface's thread, and waits for it.
        host = await asyncio.to_thread(tray_host, self._environment)
        without = left_out(self._silent) if self._silent else ""
        self.found.emit("Appearance", " ".join(filter(None, (without, "" if host else NO_TRAY))))
        self.found.emit("Away", "" if await self._idle_is_known() else NO_IDLE)
        self.found.emit("Reminders", "" if await self._notifications.can_show() else NO_NOTIFICATIONS)

    async def _idle_is_known(self) -> bool:
        try:
            await self._idle.seconds()
        except Unknown:
            return False
        return True
