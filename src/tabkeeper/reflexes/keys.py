"""The hotkeys that the person has chosen, bound to what they do; what cannot be bound is said."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tabkeeper.desktop.hotkeys import Hotkeys, Outcome
from tabkeeper.settings import Settings

if TYPE_CHECKING:
    from tabkeeper.settings.chord import Chord


class Keys(QObject):
    """Keeps the system's hotkeys as the settings have them."""

    told = Signal(str)
    """Why a hotkey does not work, said once for each wish."""
    pressed_to_choose = Signal(str)
    """Keys that were pressed to choose them, but reached us: the system had not taken them back yet."""
    settled = Signal(dict)
    """What came of each wish: a dict from the setting's key to what is to be pressed, and the refusal."""

    def __init__(self, hotkeys: Hotkeys, settings: Settings, acts: Mapping[str, Callable[[], None]]) -> None:
        super().__init__()
        self._hotkeys, self._acts = hotkeys, acts
        self._wanted: dict[str, Chord] = {}
        self._outcomes: dict[str, Outcome] = {}
        self._resting = False
        hotkeys.pressed.connect(self._act)
        hotkeys.answered.connect(self._answered)
        self.follow(settings)

    @property
    def outcomes(self) -> dict[str, tuple[str, str]]:
        """Return what came of each wish, as `settled` has it."""
        return {f"hotkey.{name}": (came.keys, came.refusal) for name, came in self._outcomes.items()}

    @Slot(object)
    def follow(self, settings: Settings) -> None:
        """Bind what is chosen now."""
        wanted = settings.chords()
        if wanted != self._wanted:
            self._wanted = wanted
            self._bind()

    @Slot(bool)
    def rest(self, resting: bool) -> None:
        """Hear nothing for a while: the person is pressing keys to choose them."""
        self._resting = resting
        self._bind()

    async def release(self) -> None:
        """Give all keys back."""
        await self._hotkeys.release()

    def _bind(self) -> None:
        self._hotkeys.bind({} if self._resting else self._wanted)

    @Slot(str)
    def _act(self, name: str) -> None:
        if self._resting:
            self.pressed_to_choose.emit(str(self._wanted[name]))
        else:
            self._acts[name]()

    @Slot(dict)
    def _answered(self, outcomes: dict[str, Outcome]) -> None:
        if self._resting or outcomes.keys() != self._wanted.keys():
            return  # it is about an older wish, as that for no keys while others were chosen
        news = [
            outcome.refusal
            for name, outcome in outcomes.items()
            if outcome.refusal and outcome != self._outcomes.get(name)
        ]
        self._outcomes = outcomes
        self.settled.emit(self.outcomes)
        if news:
            self.told.emit(" ".join(news))
