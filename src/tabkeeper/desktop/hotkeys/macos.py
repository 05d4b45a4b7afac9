"""Hotkeys under macOS: Carbon's `RegisterEventHotKey`, which needs no permission and sees no other key."""

import ctypes
from collections.abc import Callable, Mapping
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal

from tabkeeper.desktop.hotkeys.door import Outcome
from tabkeeper.settings.chord import Chord

REFUSED = "macOS does not give {keys} to programs. Choose other keys."
NO_SUCH_KEY = "A Mac's keyboard has no key {keys}. Choose other keys."
_HELD = {"Meta": 0x0100, "Shift": 0x0200, "Alt": 0x0800, "Ctrl": 0x1000}
_ROWS = {
    "ASDFHGZXCV": 0, "BQWERYT123465=97-80]OU[IP": 11, "LJ'K;\\,/NM.": 37,
}  # fmt: skip
_KEYS = (
    {key: first + place for row, first in _ROWS.items() for place, key in enumerate(row)}
    | {
        "Return": 36, "Tab": 48, "Space": 49, "`": 50, "Backspace": 51, "Escape": 53, "F17": 64, "F18": 79,
        "F19": 80, "F20": 90, "F5": 96, "F6": 97, "F7": 98, "F3": 99, "F8": 100, "F9": 101, "F11": 103,
        "F13": 105, "F16": 106, "F14": 107, "F10": 109, "F12": 111, "F15": 113, "Home": 115, "PgUp": 116,
        "Delete": 117, "F4": 118, "End": 119, "F2": 120, "PgDown": 121, "F1": 122, "Left": 123, "Right": 124,
        "Down": 125, "Up": 126,
    }
)  # fmt: skip


class Carbon(Protocol):
    """What of macOS is called; `CarbonLibrary` calls it in earnest."""

    def listen(self, hear: Callable[[int], None]) -> None:
        """Call `hear` with the number of each hotkey that is pressed."""

    def register(self, number: int, key: int, held: int) -> object | None:
        """Return what to give back, or None where the keys are not to be had."""

    def unregister(self, held: object) -> None:
        """Give keys back."""


class CarbonHotkeys(QObject):
    """Carbon's events arrive in the thread of the interface, between two of Qt's."""

    pressed = Signal(str)
    answered = Signal(dict)

    # So that an answer comes after `bind` has returned, as it does on other systems.
    _settled = Signal(dict)

    def __init__(self, carbon: Carbon | None = None) -> None:
        super().__init__()
        self._carbon: Carbon = carbon or CarbonLibrary()
        self._held: dict[int, tuple[str, object]] = {}
        self._settled.connect(self.answered, Qt.ConnectionType.QueuedConnection)
        self._carbon.listen(self._hear)

    def bind(self, wanted: Mapping[str, Chord]) -> None:
        """Listen for these keys and for no others."""
        self._give_back()
        outcomes = {
            name: self._bind(number, name, chord) for number, (name, chord) in enumerate(wanted.items())
        }
        self._settled.emit(outcomes)

    async def release(self) -> None:
        """Give all keys back."""
        self._give_back()

    def _give_back(self) -> None:
        for _, held in self._held.values():
            self._carbon.unregister(held)
        self._held.clear()

    def _bind(self, number: int, name: str, chord: Chord) -> Outcome:
        key = _KEYS.get(chord.key)
        if key is None:
            return Outcome(refusal=NO_SUCH_KEY.format(keys=chord))
        held = self._carbon.register(number, key, sum(_HELD[name] for name in chord.held))
        if held is None:
            return Outcome(refusal=REFUSED.format(keys=chord))
        self._held[number] = name, held
        return Outcome(keys=str(chord))

    def _hear(self, number: int) -> None:
        if number in self._held:
            self.pressed.emit(self._held[number][0])


class _EventType(ctypes.Structure):
    _fields_ = (("kind_class", ctypes.c_uint32), ("kind", ctypes.c_uint32))


class _HotKeyId(ctypes.Structure):
    _fields_ = (("signature", ctypes.c_uint32), ("number", ctypes.c_uint32))


class CarbonLibrary:
    """Carbon itself. Every call is made in the thread of the interface."""

    _PATH = "/System/Library/Frameworks/Carbon.framework/Carbon"
    _HANDLER = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)

    def __init__(self) -> None:
        self._carbon = ctypes.CDLL(self._PATH)
        self._carbon.GetApplicationEventTarget.restype = ctypes.c_void_p
        self._carbon.RegisterEventHotKey.argtypes = (
            ctypes.c_uint32, ctypes.c_uint32, _HotKeyId, ctypes.c_void_p, ctypes.c_uint32,
            ctypes.POINTER(ctypes.c_void_p),
        )  # fmt: skip
        self._carbon.UnregisterEventHotKey.argtypes = (ctypes.c_void_p,)
        self._carbon.GetEventParameter.argtypes = (
            ctypes.c_void_p, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p, ctypes.c_ulong,
            ctypes.c_void_p, ctypes.c_void_p,
        )  # fmt: skip
        self._carbon.InstallEventHandler.argtypes = (
            ctypes.c_void_p, self._HANDLER, ctypes.c_ulong, ctypes.POINTER(_EventType), ctypes.c_void_p,
            ctypes.c_void_p,
        )  # fmt: skip

    def listen(self, hear: Callable[[int], None]) -> None:
        """Call `hear` with the number of each hotkey that is pressed."""

        def handle(_: int, event: int, __: int) -> int:
            found = _HotKeyId()
            self._carbon.GetEventParameter(
                event, _code("----"), _code("hkid"), None, ctypes.sizeof(found), None, ctypes.byref(found)
            )
            hear(found.number)
            return 0

        hot_key_pressed = 5
        self._handler = self._HANDLER(handle)  # which must live as long as Carbon may call it
        kind = _EventType(_code("keyb"), hot_key_pressed)
        target = self._carbon.GetApplicationEventTarget()
        self._carbon.InstallEventHandler(target, self._handler, 1, ctypes.byref(kind), None, None)

    def register(self, number: int, key: int, held: int) -> object | None:
        """Return what to give back, or None where the keys are not to be had."""
        reference = ctypes.c_void_p()
        target = self._carbon.GetApplicationEventTarget()
        ours = _HotKeyId(_code("tabk"), number)
        failed = self._carbon.RegisterEventHotKey(key, held, ours, target, 0, ctypes.byref(reference))
        return None if failed else reference

    def unregister(self, held: object) -> None:
        """Give keys back."""
        self._carbon.UnregisterEventHotKey(held)


def _code(letters: str) -> int:
    """Return the number that macOS makes of four letters."""
    return int.from_bytes(letters.encode("ascii"), "big")
