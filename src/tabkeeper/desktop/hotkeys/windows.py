"""Hotkeys under Windows: `RegisterHotKey`, whose messages come through Qt's own loop."""

import ctypes
from collections.abc import Mapping
from ctypes import wintypes
from typing import Any, Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QCoreApplication, QObject, Qt, Signal

from tabkeeper.desktop.hotkeys.door import Outcome
from tabkeeper.settings.chord import DIGITS, FUNCTION_KEYS, LETTERS, Chord

TAKEN = (
    "{keys} belongs to another program, which Windows does not name. Choose other keys, or free them there."
)
_WM_HOTKEY = 0x0312
_NO_REPEAT = 0x4000
_HELD = {"Alt": 0x1, "Ctrl": 0x2, "Shift": 0x4, "Meta": 0x8}
_KEYS = (
    {key: ord(key) for key in (*LETTERS, *DIGITS)}
    | {key: 0x70 + place for place, key in enumerate(FUNCTION_KEYS)}
    | {
        "Backspace": 0x08, "Tab": 0x09, "Return": 0x0D, "Pause": 0x13, "Escape": 0x1B, "Space": 0x20,
        "PgUp": 0x21, "PgDown": 0x22, "End": 0x23, "Home": 0x24, "Left": 0x25, "Up": 0x26, "Right": 0x27,
        "Down": 0x28, "Insert": 0x2D, "Delete": 0x2E, ";": 0xBA, "=": 0xBB, ",": 0xBC, "-": 0xBD, ".": 0xBE,
        "/": 0xBF, "`": 0xC0, "[": 0xDB, "\\": 0xDC, "]": 0xDD, "'": 0xDE,
    }
)  # fmt: skip


class User32(Protocol):
    """What of Windows is called: no window, a number of ours, what is held, and the key."""

    def RegisterHotKey(self, window: None, number: int, held: int, key: int) -> int:
        """Return whether the keys are ours now."""

    def UnregisterHotKey(self, window: None, number: int) -> int:
        """Give them back."""


class WindowsHotkeys(QObject):
    """Registers for the thread it is made in, which must be the one of Qt's loop."""

    pressed = Signal(str)
    answered = Signal(dict)

    # So that an answer comes after `bind` has returned, as it does on other systems.
    _settled = Signal(dict)

    def __init__(self, user32: User32 | None = None) -> None:
        super().__init__()
        self._user32: User32 = user32 or getattr(ctypes, "windll").user32  # noqa: B009 - on Windows only
        self._names: dict[int, str] = {}
        self._settled.connect(self.answered, Qt.ConnectionType.QueuedConnection)
        self._messages = _Messages(self._hear)
        application = QCoreApplication.instance()
        assert application is not None
        application.installNativeEventFilter(self._messages)

    def bind(self, wanted: Mapping[str, Chord]) -> None:
        """Listen for these keys and for no others."""
        self._give_back()
        outcomes = {}
        for number, (name, chord) in enumerate(wanted.items(), start=1):
            held = _NO_REPEAT | sum(_HELD[key] for key in chord.held)
            if self._user32.RegisterHotKey(None, number, held, _KEYS[chord.key]):
                self._names[number] = name
                outcomes[name] = Outcome(keys=str(chord))
            else:
                outcomes[name] = Outcome(refusal=TAKEN.format(keys=chord))
        self._settled.emit(outcomes)

    async def release(self) -> None:
        """Give all keys back."""
        self._give_back()
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self._messages)

    def _give_back(self) -> None:
        for number in self._names:
            self._user32.UnregisterHotKey(None, number)
        self._names.clear()

    def _hear(self, number: int) -> bool:
        name = self._names.get(number)
        if name is not None:
            self.pressed.emit(name)
        return name is not None


class _Messages(QAbstractNativeEventFilter):
    """Sees the messages of Qt's loop, and picks those about hotkeys."""

    def __init__(self, hear: Any) -> None:
        super().__init__()
        self._hear = hear

    def nativeEventFilter(self, kind: Any, message: Any) -> Any:
        """Return whether the message was ours, and no result."""
        if bytes(kind) in (b"windows_generic_MSG", b"windows_dispatcher_MSG"):
            heard = wintypes.MSG.from_address(int(message))
            if heard.message == _WM_HOTKEY and not heard.hWnd:
                return self._hear(int(heard.wParam)), 0
        return False, 0
