"""Notices that this computer has gone to another time zone, or was set to one, while the program runs."""

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from tabkeeper.zone import ChangingZone

_BETWEEN_LOOKS = 60_000
"""Milliseconds: systems say nothing that is the same everywhere, and a look reads one link."""


class ZoneWatch(QObject):
    """Lets a zone follow the system's from its making on."""

    changed = Signal()

    def __init__(self, zone: ChangingZone, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._zone = zone
        looks = QTimer(self)
        looks.setTimerType(Qt.TimerType.VeryCoarseTimer)
        looks.timeout.connect(self.look)
        looks.start(_BETWEEN_LOOKS)

    @Slot()
    def look(self) -> None:
        """Look now: the computer has woken, or somebody does something."""
        if self._zone.look():
            self.changed.emit()
