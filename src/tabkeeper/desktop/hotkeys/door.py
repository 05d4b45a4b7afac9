"""What a system's hotkeys are to the rest of the program."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, Protocol

from tabkeeper.settings.chord import Chord

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance


class Outcome(NamedTuple):
    """What came of the wish for one hotkey."""

    keys: str = ""
    """What is to be pressed, as the system calls it; empty where nothing is."""
    refusal: str = ""
    """Why not, and what to do: for the person."""


class Hotkeys(Protocol):
    """Hears keys in every program, until it is released. Nothing here waits for the system."""

    @property
    def pressed(self) -> "SignalInstance":
        """The name of a hotkey that was pressed."""

    @property
    def answered(self) -> "SignalInstance":
        """What came of what was asked for last: a dict from name to `Outcome`."""

    def bind(self, wanted: Mapping[str, Chord]) -> None:
        """Listen for these keys, each under its name, and for no others; `answered` says what came of it."""

    async def release(self) -> None:
        """Give all keys back."""
