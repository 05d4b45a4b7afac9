"""Where no way to know the idle time is known: what is left is to notice that the computer slept."""

from tabkeeper.desktop.idle.door import Unknown


class UnknownIdle:
    """Knows nothing."""

    async def seconds(self) -> float:
        """Say that it is not known."""
        raise Unknown("No way to ask this session for its idle time is known")

    async def release(self) -> None:
        """There is nothing to let go of."""
