"""Notices that another day has begun, or that the computer is in another time zone, with days of its own."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from tabkeeper.zone import ChangingZone

_BETWEEN_LOOKS = 60_000
"""Milliseconds: systems say nothing that is the same everywhere, and a look reads one link."""


class CalendarWatch(QObject):
    """Lets a zone follow the system's from its making on, and says when what it is today is another day."""

    changed = Signal()

    def __init__(
        self, zone: ChangingZone, clock: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._zone, self._clock = zone, clock
        self._today = clock().astimezone(zone).date()
        looks = QTimer(self)
        looks.setTimerType(Qt.TimerType.VeryCoarseTimer)
        looks.timeout.connect(self.look)
        looks.start(_BETWEEN_LOOKS)

    @Slot()
    def look(self) -> None:
        """Look now: the computer has woken, or somebody does something."""
        elsewhere, before = self._zone.look(), self._today
        self._today = self._clock().astimezone(self._zone).date()
        if elsewhere or self._today != before:
            self.changed.emit()
