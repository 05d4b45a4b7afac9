"""Hears when the system or a terminal asks the program to end: SIGTERM, SIGINT, and Windows' Ctrl+Break.

Python runs a signal's handler only between two of its own steps, and Qt's loop may take none for hours; the
system's wake-up byte goes into a socket that the loop watches.
"""

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

_ASKING = tuple(
    number
    for name in ("SIGTERM", "SIGINT", "SIGBREAK")
    if (number := getattr(signal, name, None)) is not None
)


class Ending(QObject):
    """Listens from its making until `release`, in the main thread."""

    asked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._heard = False
        self._ear, self._mouth = socket.socketpair()
        for end in (self._ear, self._mouth):
            end.setblocking(False)
        self._notifier = QSocketNotifier(self._ear.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._awake)
        self._before = {number: signal.signal(number, self._hear) for number in _ASKING}
        self._wakeup_before = signal.set_wakeup_fd(self._mouth.fileno(), warn_on_full_buffer=False)

    def release(self) -> None:
        """Leave signals to whoever had them before."""
        signal.set_wakeup_fd(self._wakeup_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._ear.close()
        self._mouth.close()

    def _hear(self, number: int, frame: FrameType | None) -> None:
        self._heard = True

    @Slot()
    def _awake(self) -> None:
        self._ear.recv(64)
        if self._heard:
            self._heard = False
            self.asked.emit()
