"""Notices that somebody was away while a timer ran, and asks once, when they are back, what the time was.

It looks only while a timer runs: once a minute while somebody is there, every other second while nobody is.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tabkeeper.desktop.idle import Idle, Unknown
from tabkeeper.model.instants import whole_second
from tabkeeper.reflexes.last_touch import LastTouch
from tabkeeper.reflexes.presence import Presence, next_look
from tabkeeper.settings import Settings
from tabkeeper.tracker import Snapshot

if TYPE_CHECKING:
    from tabkeeper.model.entry import Entry

_log = logging.getLogger(__name__)
_WITHOUT_IDLE = 60.0
"""Seconds between two looks where no idle time is known: sleep and crashes are noticed all the same."""


class Away(QObject):
    """Runs on the loop from `begin` to `release`."""

    asked = Signal(object, object)
    """The `Absence` to ask about, and the entry that ran all the time."""

    def __init__(
        self, idle: Idle, last_touch: LastTouch, clock: Callable[[], datetime], settings: Settings
    ) -> None:
        super().__init__()
        self._idle, self._last_touch, self._clock = idle, last_touch, clock
        self._least = _least(settings)
        self._presence = Presence(last_touch.read())
        self._running: Entry | None = None
        self._look_soon = asyncio.Event()
        self._looking: asyncio.Task[None] | None = None
        self._says = True
        self._locked = False

    def begin(self, snapshot: Snapshot) -> None:
        """Begin to look."""
        self._running = snapshot.running
        if self._running is None:
            self._presence = Presence()
        self._looking = asyncio.ensure_future(self._look_again_and_again())

    async def release(self, *, wanted: bool) -> None:
        """Look no more. `wanted` where the person ends the program, and will not be asked about it."""
        if self._looking is not None:
            self._looking.cancel()
            with suppress(asyncio.CancelledError):
                await self._looking
        if wanted:
            self._last_touch.forget()
        await self._idle.release()

    @Slot(object)
    def follow(self, settings: Settings) -> None:
        """Ask after as long as is chosen now."""
        self._least = _least(settings)
        self._look_soon.set()

    @Slot(object)
    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Look while a timer runs."""
        before, self._running = self._running, snapshot.running
        if before is None and self._running is not None:
            self._presence = Presence(whole_second(self._clock()))
            self._look_soon.set()

    @Slot()
    def look(self) -> None:
        """Look now: the computer has woken, or the screen was unlocked."""
        self._locked = False
        self._look_soon.set()

    @Slot()
    def leave(self) -> None:
        """Take it that nobody is there from now on: the screen was locked, or the computer goes to sleep.

        It is a touch only of who was just there: a system does both by itself when nobody has been for long.
        """
        if self._running is not None and not self._locked and self._presence.may_last(self._clock()):
            self._see(0.0)
        self._locked = True
        self._look_soon.set()

    async def _look_again_and_again(self) -> None:
        while True:
            pause = None
            if self._running is not None and self._least is not None:
                pause = await self._look()
            with suppress(TimeoutError):
                # Python 3.11's wait_for would not end when it is cancelled at the moment of the event.
                async with asyncio.timeout(pause):
                    await self._look_soon.wait()
            self._look_soon.clear()

    async def _look(self) -> float:
        """See when somebody was here last; return in how many seconds to look again."""
        assert self._least is not None
        try:
            idle = await self._idle.seconds()
        except Unknown as unknown:
            if self._says:
                _log.warning("Idle time is not known: %s", unknown)
            self._says = False
            if not self._locked:
                self._see(0.0)
            return _WITHOUT_IDLE
        self._see(idle)
        return next_look(idle, self._least)

    def _see(self, idle: float) -> None:
        if self._running is None or self._least is None:
            return
        touched = whole_second(self._clock() - timedelta(seconds=idle))
        self._presence, absence = self._presence.seen(touched, self._least)
        assert self._presence.touched is not None
        self._last_touch.keep(self._presence.touched)
        if absence is not None and self._running.start <= absence.since:
            self.asked.emit(absence, self._running)


def _least(settings: Settings) -> timedelta | None:
    return timedelta(minutes=settings.idle_minutes) if settings.idle_minutes else None
