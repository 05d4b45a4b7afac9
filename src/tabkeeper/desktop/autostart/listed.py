"""Start with the session where the system has a list that a program may write in: a folder, the registry."""

import asyncio
from typing import Protocol


class Place(Protocol):
    """The program's own place in the list. Looking and writing may wait for the disk."""

    def is_on(self) -> bool:
        """Return whether the session will start the program."""

    def switch(self, on: bool) -> None:
        """Let the session start the program, or not; raises `AutostartTrouble`."""


class ListedAutostart:
    """Looks and writes on a thread."""

    def __init__(self, place: Place) -> None:
        self._place = place

    async def is_on(self) -> bool:
        """Return whether the session will start the program."""
        return await asyncio.to_thread(self._place.is_on)

    async def switch(self, on: bool) -> None:
        """Let the session start the program, or not; raises `AutostartTrouble`."""
        await asyncio.to_thread(self._place.switch, on)
