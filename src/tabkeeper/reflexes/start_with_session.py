"""Keeps the system's list of programs to start as the person has chosen, and the choice as that list says."""

import asyncio
from collections.abc import Coroutine

from PySide6.QtCore import QObject, Signal, Slot

from tabkeeper.desktop.autostart import Autostart, AutostartTrouble
from tabkeeper.settings import SETTINGS, Settings
from tabkeeper.ui.settings.choices import Choices

_PATIENCE = 1.0
"""Seconds that the end waits for what was begun: a list is written by then, but a person may be asked."""
_SETTING = next(setting for setting in SETTINGS if setting.key == "start.with_session")


class StartWithSession(QObject):
    """Where somebody has switched it in the system's own settings, that holds."""

    told = Signal(str)

    def __init__(self, autostart: Autostart, choices: Choices) -> None:
        super().__init__()
        self._autostart, self._choices = autostart, choices
        self._on = choices.settings.start_with_session
        self._began = self._chosen_before = False
        choices.changed.connect(self._follow)
        self._work: set[asyncio.Future[None]] = set()
        self._turn = asyncio.Lock()

    def begin(self) -> None:
        """Look what the system says; what was chosen since the program began to start goes before that."""
        self._began = True
        self._do(self._switch(self._on) if self._chosen_before else self._look())

    async def release(self) -> None:
        """Finish what was begun, where nobody is waited for."""
        if self._work:
            _, waiting = await asyncio.wait(self._work, timeout=_PATIENCE)
            for work in waiting:
                work.cancel()

    @Slot(object)
    def _follow(self, settings: Settings) -> None:
        if settings.start_with_session != self._on:
            self._on = settings.start_with_session
            if self._began:
                self._do(self._switch(self._on))
            else:
                self._chosen_before = True

    async def _look(self, otherwise: bool | None = None) -> None:
        """Choose what the system says, or `otherwise` where it says nothing."""
        chosen = self._on
        async with self._turn:
            on = await self._autostart.is_on()
        on = otherwise if on is None else on
        # What was chosen while we looked is newer than what we saw.
        if self._on == chosen and on is not None and on != chosen:
            self._on = on
            self._choices.choose(_SETTING, on)

    async def _switch(self, on: bool) -> None:
        try:
            async with self._turn:
                await self._autostart.switch(on)
        except AutostartTrouble as trouble:
            self.told.emit(str(trouble))
            await self._look(otherwise=not on)

    def _do(self, work: Coroutine[None, None, None]) -> None:
        doing = asyncio.ensure_future(work)
        self._work.add(doing)
        doing.add_done_callback(self._work.discard)
