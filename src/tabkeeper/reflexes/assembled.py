"""All reflexes of the tray program put together, for as long as it runs."""

import asyncio
import os
import sys
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tabkeeper.desktop.autostart import autostart_of_this_system
from tabkeeper.desktop.hotkeys import hotkeys_of_this_session
from tabkeeper.desktop.idle import Idle, idle_of_this_session
from tabkeeper.desktop.links import links_of_this_system
from tabkeeper.desktop.notifications import Notice, Notifications, notifications_of_this_system
from tabkeeper.desktop.power import power_of_this_system
from tabkeeper.model.instants import utc_now
from tabkeeper.reflexes.away import Away
from tabkeeper.reflexes.keys import Keys
from tabkeeper.reflexes.last_touch import LastTouch
from tabkeeper.reflexes.links import LinkOpening
from tabkeeper.reflexes.notices import Notices
from tabkeeper.reflexes.reminders import Reminders
from tabkeeper.reflexes.shortcomings import Shortcomings
from tabkeeper.reflexes.start_with_session import StartWithSession
from tabkeeper.tracker import Snapshot
from tabkeeper.ui.desk import Desk
from tabkeeper.ui.settings.choices import Choices
from tabkeeper.ui.settings.opening import SettingsOpener
from tabkeeper.ui.theme import Theme
from tabkeeper.ui.tray import Tray
from tabkeeper.ui.window.opening import WindowOpener

if TYPE_CHECKING:
    from tabkeeper.reflexes.on_the_bus import OnTheBus


class Surroundings(NamedTuple):
    """What the reflexes act upon; `folder` is where they may keep something.

    `silent` is who on the session bus did not answer at the beginning.
    """

    desk: Desk
    choices: Choices
    tray: Tray
    opener: WindowOpener
    dialog: SettingsOpener
    zone: tzinfo
    folder: Path
    silent: str


class Reflexes(QObject):
    """Connects, from its making until `release`."""

    told = Signal(str)
    """A sentence for the person."""
    left = Signal()
    """The screen was locked, or the computer is about to sleep."""
    came_back = Signal()
    """The computer has woken, or its screen was unlocked."""

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        platform = QGuiApplication.platformName()
        self._wanted_end = False
        around.tray.quit_requested.connect(self._end)
        idle = idle_of_this_session(platform, os.environ)
        self._keys = _keys(around, platform)
        self._away = _away(around, idle)
        self._notifications = notifications_of_this_system()
        self._notifications.unshown.connect(self._say_otherwise)
        self._shortcomings = Shortcomings(idle, self._notifications, around.silent)
        around.dialog.opened.connect(self._shortcomings.look)
        self._shortcomings.found.connect(around.dialog.warn)
        self._reminders, self._notices = _reminders(around, idle, self._notifications)
        self._start = StartWithSession(autostart_of_this_system(), around.choices)
        self._links = _links(around)
        self._on_the_bus = _on_the_bus(around)
        for speaker in (self._keys, self._start, self._links):
            speaker.told.connect(self.told)
        self._power = power_of_this_system()
        self._beginning: asyncio.Future[None] | None = None
        for leave in (self._away.leave, self.left):
            self._power.left.connect(leave)
        self._power.came_back.connect(self.came_back)
        for reflex in (self._away, self._reminders):
            self._power.came_back.connect(reflex.look)

    @property
    def hotkeys(self) -> dict[str, tuple[str, str]]:
        """Return what came of the wish for each hotkey: the keys to press, and the refusal."""
        return self._keys.outcomes

    def begin(self, snapshot: Snapshot) -> None:
        """Begin to hear what takes a moment to reach, once there is something to see of the program."""
        self._notices.show_snapshot(snapshot)
        self._away.begin(snapshot)
        self._reminders.begin(snapshot)
        self._start.begin()
        self._links.begin(snapshot)
        if self._on_the_bus is not None:
            self._on_the_bus.begin(snapshot)
        self._beginning = asyncio.ensure_future(self._power.begin())

    async def release(self) -> None:
        """Let go of what the system gave."""
        self._shortcomings.release()
        await self._keys.release()
        await self._reminders.release()
        await self._away.release(wanted=self._wanted_end)
        if self._beginning is not None:
            self._beginning.cancel()
        await self._power.release()
        await self._notifications.release()
        await self._start.release()
        await self._links.release()
        if self._on_the_bus is not None:
            await self._on_the_bus.release()

    @Slot(str)
    def open_link(self, text: str) -> None:
        """Propose what a link asks for."""
        self._links.open(text)

    @Slot()
    def look_at_the_clock(self) -> None:
        """Remind by the times of day that the clock shows now: of another day, or in another zone."""
        self._reminders.look()

    @Slot()
    def _end(self) -> None:
        self._wanted_end = True

    @Slot(object)
    def _say_otherwise(self, notice: Notice) -> None:
        self.told.emit(". ".join(filter(None, (notice.title, notice.text))))


def _keys(around: Surroundings, platform: str) -> Keys:
    desk, choices, opener = around.desk, around.choices, around.opener
    acts = {
        "toggle": lambda: desk.change(lambda tracker: tracker.toggle()),
        "continue": lambda: desk.change(lambda tracker: tracker.continue_last()),
        "quick_add": lambda: opener.open_quick_add(),
        "window": lambda: opener.toggle(around.tray.place()),
    }
    keys = Keys(hotkeys_of_this_session(platform, os.environ), choices.settings, acts)
    keys.settled.connect(around.tray.show_keys)
    choices.changed.connect(keys.follow)

    def page(theme: Theme) -> QWidget:
        from tabkeeper.ui.settings.keys_page import KeysPage

        shown = KeysPage(choices, theme, keys.outcomes)
        keys.settled.connect(shown.show_outcomes)
        shown.listening.connect(keys.rest)
        keys.pressed_to_choose.connect(shown.take)
        return shown

    around.dialog.add_page("Keys", page)
    return keys


def _away(around: Surroundings, idle: Idle) -> Away:
    away = Away(idle, LastTouch(around.folder / "last-touch"), utc_now, around.choices.settings)
    away.asked.connect(
        lambda absence, entry: around.opener.ask_about_absence(absence.since, absence.until, entry)
    )
    around.choices.changed.connect(away.follow)
    around.desk.changed.connect(away.show_snapshot)
    return away


def _links(around: Surroundings) -> LinkOpening:
    links = LinkOpening(links_of_this_system(), around.choices.settings)
    links.proposed.connect(around.opener.open_quick_add)
    around.choices.changed.connect(links.follow)
    around.desk.changed.connect(links.show_snapshot)
    return links


def _on_the_bus(around: Surroundings) -> "OnTheBus | None":
    """Return the program's own place on the session bus, which only Linux has."""
    return _served_on_linux(around) if sys.platform.startswith("linux") else None


def _served_on_linux(around: Surroundings) -> "OnTheBus":
    from tabkeeper.reflexes.on_the_bus import OnTheBus

    served = OnTheBus(around.desk, utc_now)
    around.desk.changed.connect(served.show_snapshot)
    return served


def _reminders(around: Surroundings, idle: Idle, notifications: Notifications) -> tuple[Reminders, Notices]:
    chosen = around.choices.settings
    reminders = Reminders(idle, around.zone, utc_now, chosen)
    notices = Notices(notifications, around.desk, lambda: around.opener.face, utc_now, chosen)
    reminders.due.connect(notices.say)
    notices.break_taken.connect(reminders.take_break)
    notices.wants_line.connect(around.opener.open_quick_add)
    notices.wants_window.connect(lambda: around.opener.open(around.tray.place()))
    for reflex in (notices, reminders):
        around.choices.changed.connect(reflex.follow)
        around.desk.changed.connect(reflex.show_snapshot)
    return reminders, notices
