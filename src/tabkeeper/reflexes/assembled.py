"""All reflexes of the tray program put together, for as long as it runs."""

import asyncio
import os
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tabkeeper.desktop.autostart import autostart_of_this_system
from tabkeeper.desktop.hotkeys import hotkeys_of_this_session
from tabkeeper.desktop.idle import idle_of_this_session
from tabkeeper.desktop.power import power_of_this_system
from tabkeeper.model.instants import utc_now
from tabkeeper.reflexes.away import Away
from tabkeeper.reflexes.keys import Keys
from tabkeeper.reflexes.last_touch import LastTouch
from tabkeeper.reflexes.start_with_session import StartWithSession
from tabkeeper.tracker import Snapshot
from tabkeeper.ui.desk import Desk
from tabkeeper.ui.settings.choices import Choices
from tabkeeper.ui.settings.opening import SettingsOpener
from tabkeeper.ui.theme import Theme
from tabkeeper.ui.tray import Tray
from tabkeeper.ui.window.opening import WindowOpener


class Reflexes(QObject):
    """Connects, from its making until `release`."""

    told = Signal(str)
    """A sentence for the person."""

    def __init__(
        self,
        desk: Desk,
        choices: Choices,
        tray: Tray,
        opener: WindowOpener,
        dialog: SettingsOpener,
        folder: Path,
    ) -> None:
        super().__init__()
        self._platform = QGuiApplication.platformName()
        self.keys = self._keys(desk, choices, tray, opener, dialog)
        self._wanted_end = False
        tray.quit_requested.connect(self._end)
        self.away = Away(
            idle_of_this_session(self._platform, os.environ),
            LastTouch(folder / "last-touch"),
            utc_now,
            choices.settings,
        )
        self.away.asked.connect(
            lambda absence, entry: opener.ask_about_absence(absence.since, absence.until, entry)
        )
        choices.changed.connect(self.away.follow)
        desk.changed.connect(self.away.show_snapshot)
        self._start = StartWithSession(autostart_of_this_system(), choices)
        self._start.told.connect(self.told)
        self._power = power_of_this_system()
        self._beginning: asyncio.Future[None] | None = None
        self._power.left.connect(self.away.leave)
        self._power.came_back.connect(self.away.look)

    def begin(self, snapshot: Snapshot) -> None:
        """Begin to hear what takes a moment to reach, once there is something to see of the program."""
        self.away.begin(snapshot)
        self._start.begin()
        self._beginning = asyncio.ensure_future(self._power.begin())

    async def release(self) -> None:
        """Let go of what the system gave."""
        self.keys.release()
        await self.away.release(wanted=self._wanted_end)
        if self._beginning is not None:
            self._beginning.cancel()
        await self._power.release()
        await self._start.release()

    @Slot()
    def _end(self) -> None:
        self._wanted_end = True

    def _keys(
        self, desk: Desk, choices: Choices, tray: Tray, opener: WindowOpener, dialog: SettingsOpener
    ) -> Keys:
        acts = {
            "toggle": lambda: desk.change(lambda tracker: tracker.toggle()),
            "continue": lambda: desk.change(lambda tracker: tracker.continue_last()),
            "quick_add": opener.open_quick_add,
            "window": lambda: opener.toggle(tray.place()),
        }
        keys = Keys(hotkeys_of_this_session(self._platform, os.environ), choices.settings, acts)
        keys.told.connect(self.told)
        choices.changed.connect(keys.follow)

        def keys_page(theme: Theme) -> QWidget:
            from tabkeeper.ui.settings.keys_page import KeysPage

            page = KeysPage(choices, theme, keys.outcomes)
            keys.settled.connect(page.show_outcomes)
            page.listening.connect(keys.rest)
            return page

        dialog.add_page("Keys", keys_page)
        return keys
