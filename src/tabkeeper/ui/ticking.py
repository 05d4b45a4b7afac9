"""When what shows elapsed time looks at the clock again: at each full second or minute, or not at all."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

Pace = Literal["second", "minute"]

_MILLISECONDS = {"second": 1_000, "minute": 60_000}
_JUST_AFTER = {"second": 60, "minute": 1_000}
"""Milliseconds, more than a coarse timer comes early within such a time."""


class Ticking(QObject):
    """One coarse timer that says when another second or minute is full since an instant."""

    passed = Signal()

    def __init__(self, clock: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._since: datetime | None = None
        self._pace: Pace = "second"
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self._pass)

    @property
    def pace(self) -> Pace | None:
        """Return how often it speaks; None where it is silent."""
        return self._pace if self._timer.isActive() else None

    def follow(self, since: datetime, pace: Pace) -> None:
        """Speak at each full second or minute since an instant."""
        self._since, self._pace = since, pace
        self._wait()

    def rest(self) -> None:
        """Be silent."""
        self._timer.stop()

    @Slot()
    def _pass(self) -> None:
        self._wait()
        self.passed.emit()

    def _wait(self) -> None:
        assert self._since is not None
        whole = _MILLISECONDS[self._pace]
        past = int((self._clock() - self._since).total_seconds() * 1000) % whole
        self._timer.start(whole - past + _JUST_AFTER[self._pace])
