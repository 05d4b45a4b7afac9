"""What sleep and a locked screen are to the rest of the program.

Where a system says nothing, sleep is noticed all the same, a minute later at most: by the clock that went on.
"""

from typing import Protocol

from PySide6.QtCore import SignalInstance


class Power(Protocol):
    """Hears the system from `begin` to `release`."""

    @property
    def left(self) -> SignalInstance:
        """The screen was locked, or the computer is about to sleep."""

    @property
    def came_back(self) -> SignalInstance:
        """The screen was unlocked, or the computer has woken."""

    async def begin(self) -> None:
        """Begin to hear; a system that cannot be heard is no error."""

    async def release(self) -> None:
        """Hear no more."""
