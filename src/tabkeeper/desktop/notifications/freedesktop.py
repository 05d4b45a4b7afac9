"""Notifications by org.freedesktop.Notifications, as Linux desktops have them; text is never markup."""

import asyncio
import html
from typing import Any

from PySide6.QtCore import QObject, Signal

from tabkeeper.desktop.bus import Bus, BusTrouble, Place
from tabkeeper.desktop.notifications.door import Notice

_PLACE = Place(
    "org.freedesktop.Notifications", "/org/freedesktop/Notifications", "org.freedesktop.Notifications"
)
_SERVER_DECIDES = -1


class FreedesktopNotifications(QObject):
    """Connects when the first notice is to be shown."""

    chosen = Signal(str, str)
    unshown = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._bus: Bus | None = None
        self._capabilities: frozenset[str] = frozenset()
        self._numbers: dict[str, int] = {}
        self._work: set[asyncio.Future[None]] = set()
        self._turn = asyncio.Lock()

    async def can_show(self) -> bool:
        """Return whether there is a service that shows notices."""
        try:
            async with self._turn:
                await self._connected()
        except BusTrouble:
            return False
        return True

    def show(self, notice: Notice) -> None:
        """Show a notice; returns at once."""
        self._do(self._show(notice))

    def withdraw(self, key: str) -> None:
        """Take a notice away that is of no use any more."""
        self._do(self._withdraw(key))

    async def release(self) -> None:
        """End the connection."""
        for work in self._work:
            work.cancel()
        if self._bus is not None:
            await self._bus.close()

    def _do(self, work: Any) -> None:
        doing = asyncio.ensure_future(work)
        self._work.add(doing)
        doing.add_done_callback(self._work.discard)

    async def _show(self, notice: Notice) -> None:
        try:
            # One after the other, so that a notice that takes another's place knows its number.
            async with self._turn:
                bus = await self._connected()
                (number,) = await bus.call(_PLACE, "Notify", "susssasa{sv}i", *self._words(notice))
                self._numbers[notice.key] = number
        except BusTrouble:
            self.unshown.emit(notice)

    async def _withdraw(self, key: str) -> None:
        async with self._turn:
            number = self._numbers.pop(key, None)
            if number is None or self._bus is None:
                return
            try:
                await self._bus.call(_PLACE, "CloseNotification", "u", number)
            except BusTrouble:
                return  # it has gone by itself

    async def _connected(self) -> Bus:
        if self._bus is None:
            bus = await Bus.open()
            try:
                (capabilities,) = await bus.call(_PLACE, "GetCapabilities")
                await bus.hear(_PLACE, "ActionInvoked", self._invoked)
            except BusTrouble:
                await bus.close()
                raise
            self._bus, self._capabilities = bus, frozenset(capabilities)
        return self._bus

    def _words(self, notice: Notice) -> tuple[Any, ...]:
        text = html.escape(notice.text, quote=False) if "body-markup" in self._capabilities else notice.text
        actions = [word for action in notice.actions for word in action]
        hints = {"desktop-entry": ("s", "tabkeeper"), "urgency": ("y", 1)}
        return (
            "Tabkeeper",
            self._numbers.get(notice.key, 0),
            "tabkeeper",
            notice.title,
            text,
            actions if "actions" in self._capabilities else [],
            hints,
            _SERVER_DECIDES,
        )

    def _invoked(self, number: int, action: str) -> None:
        for key, known in self._numbers.items():
            if known == number:
                self.chosen.emit(key, action)
                return
