"""Where no way to hear keys of other programs is known: each wish is answered with what a person can do."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from tabkeeper.desktop.hotkeys.by_command import NO_WAY, by_command
from tabkeeper.settings.chord import Chord


class NoHotkeys(QObject):
    """Binds nothing."""

    pressed = Signal(str)
    answered = Signal(dict)

    def bind(self, wanted: Mapping[str, Chord]) -> None:
        """Say for each name that it cannot be, and what to do."""
        self.answered.emit({name: by_command(name, NO_WAY) for name in wanted})

    async def release(self) -> None:
        """Nothing is held."""
