"""A key together with those held down, as a person writes it: `Ctrl+Alt+Space`.

Which number a key has on some system is the business of that system's hotkeys.
"""

from typing import NamedTuple

MODIFIERS = ("Ctrl", "Alt", "Shift", "Meta")
"""In the order they are written; Meta is the Windows, Super or Command key."""

_OTHER_NAMES = {
    "control": "Ctrl", "strg": "Ctrl", "option": "Alt", "super": "Meta", "win": "Meta", "cmd": "Meta",
    "command": "Meta", "esc": "Escape", "enter": "Return", "del": "Delete", "ins": "Insert",
    "pageup": "PgUp", "pagedown": "PgDown",
}  # fmt: skip
FUNCTION_KEYS = tuple(f"F{number}" for number in range(1, 25))
LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
DIGITS = tuple("0123456789")
SIGNS = tuple(",./;'[]\\-=`")
NAMED_KEYS = (
    "Space", "Return", "Tab", "Backspace", "Insert", "Delete", "Home", "End", "PgUp", "PgDown", "Left",
    "Right", "Up", "Down", "Pause", "Escape",
)  # fmt: skip
KEYS = (*LETTERS, *DIGITS, *SIGNS, *NAMED_KEYS, *FUNCTION_KEYS)
_ALONE = {*FUNCTION_KEYS, "Pause"}
"""What nobody types may be a hotkey without anything held down."""
_KEYS_BY_NAME = {key.lower(): key for key in KEYS}
_MODIFIERS_BY_NAME = {modifier.lower(): modifier for modifier in MODIFIERS}


class Chord(NamedTuple):
    """Keys to hold down, in their order, and the one to press."""

    held: tuple[str, ...]
    key: str

    def __str__(self) -> str:
        return "+".join((*self.held, self.key))


def parse_chord(text: str) -> Chord:
    """Return the keys that a text names, in any order and case; raises `ValueError` that says why not."""
    names = [name.strip() for name in text.split("+")]
    known = [_known(name) for name in names]
    held = tuple(modifier for modifier in MODIFIERS if modifier in known)
    keys = [name for name in known if name not in MODIFIERS]
    if len(keys) != 1:
        raise ValueError("one key is pressed while others are held, as in Ctrl+Alt+Space")
    if not {"Ctrl", "Alt", "Meta"} & {*held} and keys[0] not in _ALONE:
        raise ValueError(f"{keys[0]} alone is typed in every program; hold Ctrl, Alt or Meta with it")
    return Chord(held, keys[0])


def spelled_chord(text: str) -> str:
    """Return a chord as it is kept; an empty text stays one, and means that there is none."""
    return str(parse_chord(text)) if text.strip() else ""


def _known(name: str) -> str:
    plain = _OTHER_NAMES.get(name.lower(), name).lower()
    found = _MODIFIERS_BY_NAME.get(plain) or _KEYS_BY_NAME.get(plain)
    if found is None:
        raise ValueError(f'there is no key "{name}"')
    return found
