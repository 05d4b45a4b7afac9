"""Where no way to hear keys of other programs is known: each wish is answered with what a person can do."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from tabkeeper.desktop.hotkeys.door import Outcome
from tabkeeper.settings.chord import Chord

COMMANDS = {
    "toggle": "tabkeeper toggle",
    "continue": "tabkeeper continue",
    "quick_add": "tabkeeper quick-add",
    "window": "tabkeeper window",
}
"""What the desktop's own settings can bind to keys instead."""


def by_command(name: str, why: str) -> Outcome:
    """Return the answer that names the command to bind in the desktop's own settings."""
    return Outcome(refusal=f"{why} Bind {COMMANDS[name]} to keys in the desktop's own settings.")


class NoHotkeys(QObject):
    """Binds nothing."""

    pressed = Signal(str)
    answered = Signal(dict)

    def bind(self, wanted: Mapping[str, Chord]) -> None:
        """Say for each name that it cannot be, and what to do."""
        why = "This session lets no program hear keys of others."
        self.answered.emit({name: by_command(name, why) for name in wanted})

    async def release(self) -> None:
        """Nothing is held."""
