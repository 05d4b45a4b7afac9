"""Looks for a newer release while the tray program runs, long after its start and at most once a day.

What is asked, and what is known, is the business of `updates`, which is loaded when the first look is due.
"""

import logging
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from tabkeeper.settings import Settings
from tabkeeper.ui.settings.choices import Choices

if TYPE_CHECKING:
    from tabkeeper.updates.news import News

FIRST_LOOK, BETWEEN_LOOKS = 5 * 60_000, 60 * 60_000
"""Milliseconds. Most looks only find that it is not yet time to ask."""
_log = logging.getLogger(__name__)


class UpdateWatch(QObject):
    """Tells of a newer release, and tells of none any more where the person wants none looked for."""

    told = Signal(object)
    """A `News`, or None."""
    _found = Signal(object)
    """From the thread that asks."""

    def __init__(self, choices: Choices, data: Path, clock: Callable[[], datetime]) -> None:
        super().__init__(choices)
        self._choices, self._data, self._clock = choices, data, clock
        self._wanted = choices.settings.updates_check
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.look)
        self._found.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        choices.changed.connect(self._follow)
        if self._wanted:
            self._timer.start(FIRST_LOOK)

    @Slot()
    def look(self) -> None:
        """Look now; returns at once. On a thread that is not waited for: a network may hang."""
        self._timer.stop()
        Thread(target=self._look, name="updates", daemon=True).start()

    def _look(self) -> None:
        found: News | None = None
        try:
            from tabkeeper.updates import news, releases

            known = news.look(news.kept_in(self._data), self._clock(), releases.FEED)
            found = news.news(known, os.environ)
        except Exception:
            _log.exception("Newer releases could not be looked for")
        self._found.emit(found)

    @Slot(object)
    def _tell(self, found: "News | None") -> None:
        if self._wanted:
            self.told.emit(found)
            self._timer.start(BETWEEN_LOOKS)

    @Slot(object)
    def _follow(self, settings: Settings) -> None:
        if settings.updates_check == self._wanted:
            return
        self._wanted = settings.updates_check
        if self._wanted:
            self.look()
        else:
            self._timer.stop()
            self.told.emit(None)
