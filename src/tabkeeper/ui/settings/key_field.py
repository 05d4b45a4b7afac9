"""A field that is filled by pressing keys: click it, press them, and they are chosen."""

import sys

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QPushButton

from tabkeeper.settings.chord import DIGITS, LETTERS, MODIFIERS, SIGNS, Chord

PRESS = "Press keys…"
_NONE = "None"
_LETTERS = 20
_Key = Qt.Key
# On a Mac, Qt calls the Command key Control and the Control key Meta; here a key has the name that is on it.
_ON_A_MAC = sys.platform == "darwin"
_HELD = {
    Qt.KeyboardModifier.ControlModifier: "Meta" if _ON_A_MAC else "Ctrl",
    Qt.KeyboardModifier.AltModifier: "Alt",
    Qt.KeyboardModifier.ShiftModifier: "Shift",
    Qt.KeyboardModifier.MetaModifier: "Ctrl" if _ON_A_MAC else "Meta",
}
_MODIFIER_KEYS = {
    _Key.Key_Control, _Key.Key_Alt, _Key.Key_Shift, _Key.Key_Meta, _Key.Key_AltGr, _Key.Key_Super_L,
    _Key.Key_Super_R, _Key.Key_CapsLock, _Key.Key_NumLock, _Key.Key_ScrollLock,
}  # fmt: skip
_NAMES = (
    {int(_Key.Key_A) + place: letter for place, letter in enumerate(LETTERS)}
    | {ord(sign): sign for sign in (*DIGITS, *SIGNS)}
    | {int(_Key.Key_F1) + place: f"F{place + 1}" for place in range(24)}
    | {
        int(_Key.Key_Space): "Space", int(_Key.Key_Return): "Return", int(_Key.Key_Enter): "Return",
        int(_Key.Key_Tab): "Tab", int(_Key.Key_Backtab): "Tab", int(_Key.Key_Backspace): "Backspace",
        int(_Key.Key_Insert): "Insert", int(_Key.Key_Delete): "Delete", int(_Key.Key_Home): "Home",
        int(_Key.Key_End): "End", int(_Key.Key_PageUp): "PgUp", int(_Key.Key_PageDown): "PgDown",
        int(_Key.Key_Left): "Left", int(_Key.Key_Right): "Right", int(_Key.Key_Up): "Up",
        int(_Key.Key_Down): "Down", int(_Key.Key_Pause): "Pause", int(_Key.Key_Escape): "Escape",
    }
)  # fmt: skip
# With Shift, Qt names the sign that would be typed, not the key; these are where most keyboards have them.
_WITH_SHIFT = dict(zip('!@#$%^&*()_+{}|:"<>?~', "1234567890-=[]\\;',./`", strict=True))


class KeyField(QPushButton):
    """Shows the keys that are chosen; while it listens, the next ones pressed are said."""

    pressed_keys = Signal(str)
    """What was pressed, as a setting takes it; empty where the person wants none."""
    listening = Signal(bool)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._text = ""
        self._listens = False
        self.setAccessibleName(name)
        self.setAutoDefault(False)
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance("n" * _LETTERS))
        self.clicked.connect(self._listen)

    def show_keys(self, text: str) -> None:
        """Show what is chosen."""
        self._text = text
        if not self._listens:
            self.setText(text or _NONE)

    def take(self, text: str) -> None:
        """Let keys be the pressed ones, where it listens."""
        if self._listens:
            self._choose(text)

    def event(self, event: QEvent) -> bool:
        """Take every key while it listens, those that would go elsewhere among them."""
        if self._listens and isinstance(event, QKeyEvent):
            if event.type() is QEvent.Type.KeyPress:
                self._take(event)
            event.accept()
            return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Listen no more."""
        super().focusOutEvent(event)
        self._end()

    def _listen(self) -> None:
        self._listens = True
        self.setText(PRESS)
        self.setToolTip("Escape leaves it as it is, Backspace takes it away")
        self.setFocus()
        self.grabKeyboard()
        self.listening.emit(True)

    def _end(self) -> None:
        if self._listens:
            self._listens = False
            self.releaseKeyboard()
            self.setText(self._text or _NONE)
            self.setToolTip("")
            self.listening.emit(False)

    def _take(self, event: QKeyEvent) -> None:
        if event.key() in _MODIFIER_KEYS:
            return
        down = {name for modifier, name in _HELD.items() if event.modifiers() & modifier}
        held = tuple(name for name in MODIFIERS if name in down)
        if not held and event.key() == _Key.Key_Escape:
            self._end()
        elif not held and event.key() in (_Key.Key_Backspace, _Key.Key_Delete):
            self._choose("")
        elif (key := _name_of(event)) is not None:
            self._choose(str(Chord(held, key)))

    def _choose(self, text: str) -> None:
        self._end()
        self.pressed_keys.emit(text)


def _name_of(event: QKeyEvent) -> str | None:
    shifted = _WITH_SHIFT.get(chr(event.key())) if event.key() < 0x110000 else None
    return _NAMES.get(event.key()) or shifted
