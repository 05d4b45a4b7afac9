"""What a system's way to start programs with a session is to the rest of the program."""

from typing import Protocol


class AutostartTrouble(Exception):  # noqa: N818 - shown to a person as it is
    """It could not be switched. The text says why, and what holds."""


class Autostart(Protocol):
    """Reads and writes one small thing of the system's. What that says is the truth."""

    async def is_on(self) -> bool | None:
        """Return whether the session will start the program; None where the system does not tell."""

    async def switch(self, on: bool) -> None:
        """Let the session start the program, or not; a person may be asked. Raises `AutostartTrouble`."""
