"""Which keys of an X keyboard a chord means, under whatever layout is loaded. Speaks to no server."""

from collections.abc import Sequence
from itertools import chain, combinations
from typing import NamedTuple

from tabkeeper.settings.chord import DIGITS, FUNCTION_KEYS, LETTERS, SIGNS, Chord

SHIFT, LOCK, CONTROL, MOD1, MOD4 = 0x01, 0x02, 0x04, 0x08, 0x40
_MODIFIER_BITS = 0xFF
"""Above them stand the pointer's buttons and the number of the layout's group."""

_NAMED_KEYSYMS = {
    "Space": 0x20, "Return": 0xFF0D, "Tab": 0xFF09, "Backspace": 0xFF08, "Insert": 0xFF63, "Delete": 0xFFFF,
    "Home": 0xFF50, "End": 0xFF57, "PgUp": 0xFF55, "PgDown": 0xFF56, "Left": 0xFF51, "Up": 0xFF52,
    "Right": 0xFF53, "Down": 0xFF54, "Pause": 0xFF13, "Escape": 0xFF1B,
}  # fmt: skip
_KEYSYMS = (
    {letter: ord(letter.lower()) for letter in LETTERS}
    | {sign: ord(sign) for sign in (*DIGITS, *SIGNS)}
    | {key: 0xFFBE + number for number, key in enumerate(FUNCTION_KEYS)}
    | _NAMED_KEYSYMS
)
_ALT, _SUPER, _NUM_LOCK, _SCROLL_LOCK = (0xFFE9, 0xFFEA), (0xFFEB, 0xFFEC), (0xFF7F,), (0xFF14,)
# Where the letters and digits are printed on most keyboards: a layout without them (Greek, Russian) has the
# keys all the same. The first number of each row is what Linux calls its first key.
_ROWS = ((10, "1234567890"), (24, "QWERTYUIOP"), (38, "ASDFGHJKL"), (52, "ZXCVBNM"))
_PRINTED = {key: first + place for first, row in _ROWS for place, key in enumerate(row)}


class Keyboard(NamedTuple):
    """A keyboard as the X server describes it."""

    first: int
    """The number of the first key."""
    columns: int
    """How many symbols are on a key: without and with Shift, for each group of the layout."""
    symbols: Sequence[int]
    """All symbols, key by key."""
    modifiers: Sequence[Sequence[int]]
    """The keys that are Shift, Lock, Control, Mod1 to Mod5."""

    def keys_of(self, chord: Chord) -> tuple[int, ...]:
        """Return the numbers of the keys that a chord's last key is on; none where it is on no key."""
        wanted = _KEYSYMS[chord.key]
        unshifted, any_place = [], []
        for place in range(len(self.symbols) // self.columns):
            on_key = self.symbols[place * self.columns : (place + 1) * self.columns]
            if wanted in on_key[::2]:
                unshifted.append(self.first + place)
            elif wanted in on_key:
                any_place.append(self.first + place)
        printed = _PRINTED.get(chord.key)
        return tuple(unshifted or any_place or ([printed] if printed else []))

    def held_bits(self, chord: Chord) -> int:
        """Return what is held down for a chord, in the bits of an event's state."""
        bits = {
            "Shift": SHIFT,
            "Ctrl": CONTROL,
            "Alt": self._bits_of(_ALT) or MOD1,
            "Meta": self._bits_of(_SUPER) or MOD4,
        }
        return sum({bits[name] for name in chord.held})

    def with_locks(self, bits: int) -> tuple[int, ...]:
        """Return a state together with each way in which Caps, Num and Scroll Lock can stand."""
        locks = [lock for lock in (LOCK, self._bits_of(_NUM_LOCK), self._bits_of(_SCROLL_LOCK)) if lock]
        ways = chain.from_iterable(combinations(locks, size) for size in range(len(locks) + 1))
        return tuple(sorted({bits | sum(way) for way in ways}))

    def without_locks(self, state: int) -> int:
        """Return what of an event's state is held down."""
        return state & _MODIFIER_BITS & ~self.with_locks(0)[-1]

    def _bits_of(self, symbols: Sequence[int]) -> int:
        """Return the first modifier with a key that has one of these symbols."""
        for place, keys in enumerate(self.modifiers):
            for key in keys:
                begin = (key - self.first) * self.columns
                if key and {*self.symbols[begin : begin + self.columns]} & {*symbols}:
                    return 1 << place
        return 0
