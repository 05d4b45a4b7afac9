"""Notices that who was silent on the session bus answers, for Qt has that bus only in a program begun anew.

So the program does that by itself, as soon as none of its windows is open.
"""

import os
from threading import Thread

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from tabkeeper.desktop.session_bus import who_is_silent

_PATIENCE = 7 * 24 * 3600.0
_BETWEEN_LOOKS = 3_000
"""Milliseconds."""


class BusReturn(QObject):
    """Waits from its making on, on a thread that costs nothing until the answer; `due` is emitted once."""

    due = Signal()
    _answered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.is_due = False
        self._closing = QTimer(self, interval=_BETWEEN_LOOKS, singleShot=True)
        self._closing.timeout.connect(self._look)
        self._answered.connect(self._look)
        Thread(target=self._wait, name="bus return", daemon=True).start()

    def _wait(self) -> None:
        # Who answers after a while may still take longer than a new beginning would wait: it would never end.
        while who_is_silent(os.environ):
            if who_is_silent(os.environ, _PATIENCE):
                return
        self._answered.emit()

    @Slot()
    def _look(self) -> None:
        if any(window.isVisible() and window.title() for window in QGuiApplication.topLevelWindows()):
            self._closing.start()
            return
        self.is_due = True
        self.due.emit()
