"""When what shows elapsed time looks at the clock again: each time another stretch is full, or not at all."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

Pace = Literal["second", "six seconds", "minute"]

_STRETCHES: dict[Pace, timedelta] = {
    "second": timedelta(seconds=1),
    "six seconds": timedelta(seconds=6),
    "minute": timedelta(minutes=1),
}
_JUST_AFTER = 60
"""Milliseconds, more than a coarse timer comes early on a short way."""
_SHORT, _BEFORE = 3_000, 1_500
"""Milliseconds: on a longer way it may be a second off, so it is set to that much before then once more."""


class Ticking(QObject):
    """One coarse timer that says when another second or minute is full since an instant."""

    passed = Signal()

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._since: datetime | None = None
        self._pace: Pace = "second"
        self._full = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self._look)

    @property
    def pace(self) -> Pace | None:
        """Return how often it speaks; None where it is silent."""
        return self._pace if self._timer.isActive() else None

    def follow(self, since: datetime, pace: Pace) -> None:
        """Speak as soon as another of such stretches is full since an instant."""
        self._since, self._pace = since, pace
        self._full = self._wait()

    def rest(self) -> None:
        """Be silent."""
        self._timer.stop()

    @Slot()
    def _look(self) -> None:
        before, self._full = self._full, self._wait()
        if self._full != before:
            self.passed.emit()

    def _wait(self) -> int:
        """Set the timer; return how many stretches are full now."""
        assert self._since is not None
        stretch = _STRETCHES[self._pace]
        full, past = divmod(self._clock() - self._since, stretch)
        left = (stretch - past) // timedelta(milliseconds=1)
        self._timer.start(left + _JUST_AFTER if left <= _SHORT else left - _BEFORE)
        return full
