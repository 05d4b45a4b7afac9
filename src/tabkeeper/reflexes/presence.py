"""When somebody was at the computer, as a rule about instants; it asks no clock and no system.

Idle time, sleep, a locked screen and a power cut look the same from here: long between two touches.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

AWAY_LOOK = 2.0
"""Seconds between two looks while nobody is there: what the question after coming back is late by."""
_RARE_LOOK = 60.0
_SOON = 1.0
_FRESH = timedelta(seconds=1.5 * _RARE_LOOK)
"""The age of the last touch at which the look that would have seen another one may still be to come."""


class Absence(NamedTuple):
    """Nobody was there from one instant to another."""

    since: datetime
    until: datetime


class Presence(NamedTuple):
    """The last touch that is known of; None where none is."""

    touched: datetime | None = None

    def may_last(self, now: datetime) -> bool:
        """Whether somebody may still be there: between two looks nothing is known."""
        return self.touched is None or now - self.touched <= _FRESH

    def seen(self, touched: datetime, least: timedelta) -> tuple["Presence", Absence | None]:
        """Return what is known after a touch was seen, and the absence that it ended, if that was long."""
        before = self.touched
        if before is None or touched <= before:
            return Presence(touched if before is None else before), None
        absence = Absence(before, touched) if touched - before >= least else None
        return Presence(touched), absence


def next_look(idle: float, least: timedelta) -> float:
    """Return in how many seconds to look again: in time to know when somebody went, and came back."""
    left = least.total_seconds() - idle
    return AWAY_LOOK if left <= 0 else min(_RARE_LOOK, max(left, _SOON))
