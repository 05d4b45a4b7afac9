"""Where the system's words about sleep and lock are not heard: the clock and the idle time must do."""

from PySide6.QtCore import QObject, Signal


class UnheardPower(QObject):
    """Says nothing."""

    left = Signal()
    came_back = Signal()

    async def begin(self) -> None:
        """There is nothing to hear."""

    async def release(self) -> None:
        """There is nothing to let go of."""
