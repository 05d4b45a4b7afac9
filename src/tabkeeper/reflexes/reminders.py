"""Waits for the next reminder, says it once, and waits for the one after; between them nothing wakes up."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta, tzinfo

from PySide6.QtCore import QObject, Signal, Slot

from tabkeeper.desktop.idle import Idle, Unknown
from tabkeeper.reflexes.reminding import Situation, reminders
from tabkeeper.settings import Settings
from tabkeeper.tracker import Snapshot

_LONGEST_WAIT = 900.0
"""Seconds. The clock can be set, and the computer sleep: a wait of hours would not notice."""
_NOBODY_THERE = 60.0
"""After so many seconds without a touch nobody is asked why they track nothing, until they are back."""


class Reminders(QObject):
    """Runs on the loop from `begin` to `release`."""

    due = Signal(object)
    """A `Reminder` to say now."""

    def __init__(self, idle: Idle, zone: tzinfo, clock: Callable[[], datetime], settings: Settings) -> None:
        super().__init__()
        self._idle, self._zone, self._clock, self._settings = idle, zone, clock, settings
        self._situation = Situation(None, clock())
        self._said: set[tuple[str, str]] = set()
        self._news = asyncio.Event()
        self._waiting: asyncio.Task[None] | None = None

    def begin(self, snapshot: Snapshot) -> None:
        """Begin to wait."""
        self.show_snapshot(snapshot)
        self._waiting = asyncio.ensure_future(self._wait())

    async def release(self) -> None:
        """Wait no more."""
        if self._waiting is not None:
            self._waiting.cancel()
            with suppress(asyncio.CancelledError):
                await self._waiting

    @Slot(object)
    def follow(self, settings: Settings) -> None:
        """Remind as is chosen now."""
        self._settings = settings
        self._news.set()

    @Slot(object)
    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Remind of how things stand now."""
        running, before = snapshot.running, self._situation
        if running is not None:
            self._situation = before._replace(running=running, break_since=None)
        elif before.running is not None:
            self._situation = before._replace(running=None, idle_since=self._clock())
        self._news.set()

    @Slot()
    def look(self) -> None:
        """Look at the clock now: the computer has slept."""
        self._news.set()

    def take_break(self) -> None:
        """Say when a break is over that begins now."""
        self._situation = self._situation._replace(running=None, break_since=self._clock())
        self._news.set()

    async def _wait(self) -> None:
        while True:
            pause = await self._say_what_is_due()
            with suppress(TimeoutError):
                # Python 3.11's wait_for would not end when it is cancelled at the moment of the event.
                async with asyncio.timeout(pause):
                    await self._news.wait()
            self._news.clear()

    async def _say_what_is_due(self) -> float | None:
        """Say what is due; return in how many seconds there may be more, None where there is nothing."""
        now = self._clock()
        pauses = []
        for reminder in reminders(self._situation, self._settings, self._zone, now):
            if (reminder.kind, reminder.about) in self._said:
                continue
            left = (reminder.at - now) / timedelta(seconds=1)
            if left > 0:
                pauses.append(left)
            elif reminder.kind == "not_tracking" and await self._nobody_is_there():
                pauses.append(_NOBODY_THERE)
            else:
                self._said.add((reminder.kind, reminder.about))
                self.due.emit(reminder)
        return min(*pauses, _LONGEST_WAIT) if pauses else None

    async def _nobody_is_there(self) -> bool:
        try:
            return await self._idle.seconds() > _NOBODY_THERE
        except Unknown:
            return False
