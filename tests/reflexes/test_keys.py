"""Hotkeys while a person is choosing them: nothing is acted upon, also where the system is slow to let go."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from tabkeeper.desktop.hotkeys import Outcome
from tabkeeper.reflexes.keys import Keys
from tabkeeper.settings import Settings
from tabkeeper.settings.chord import Chord


class SlowHotkeys(QObject):
    """A system that takes keys back only when it gets to it."""

    pressed = Signal(str)
    answered = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self.wanted: list[Mapping[str, Chord]] = []

    def bind(self, wanted: Mapping[str, Chord]) -> None:
        self.wanted.append(wanted)

    async def release(self) -> None:
        self.wanted.append({})


def test_keys_that_still_reach_us_while_others_are_chosen_are_chosen_and_do_nothing(qtbot: QtBot) -> None:
    system, toggled, chosen = SlowHotkeys(), list[str](), list[str]()
    keys = Keys(system, Settings(hotkey_toggle="Ctrl+F9"), {"toggle": lambda: toggled.append("now")})
    keys.pressed_to_choose.connect(chosen.append)
    keys.rest(True)
    assert [*system.wanted[-1]] == []
    system.pressed.emit("toggle")
    assert (chosen, toggled) == (["Ctrl+F9"], [])
    keys.rest(False)
    system.pressed.emit("toggle")
    assert (chosen, toggled) == (["Ctrl+F9"], ["now"])


def test_a_refusal_is_said_once_for_each_wish(qtbot: QtBot) -> None:
    system, told = SlowHotkeys(), list[str]()
    keys = Keys(system, Settings(hotkey_toggle="F9"), {})
    keys.told.connect(told.append)
    for _ in range(2):
        system.answered.emit({"toggle": Outcome(refusal="F9 is taken.")})
    keys.rest(True)
    keys.rest(False)
    # What came of holding none while the person chose, and then of holding them all again.
    system.answered.emit({})
    system.answered.emit({"toggle": Outcome(refusal="F9 is taken.")})
    assert told == ["F9 is taken."]
    keys.follow(Settings(hotkey_toggle="F8"))
    system.answered.emit({"toggle": Outcome(refusal="F8 is taken.")})
    assert told == ["F9 is taken.", "F8 is taken."]
