"""Passive grabs of single chords on a connection of their own to the X server: it sees no other key.

Its calls wait for the server; the thread in `x11` makes them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import xcffib
from xcffib import xproto

from tabkeeper.desktop.hotkeys.door import Outcome
from tabkeeper.desktop.hotkeys.x11_keys import Keyboard
from tabkeeper.settings.chord import Chord

TAKEN = "{keys} belongs to another program, which X does not name. Choose other keys, or free them there."
NO_SUCH_KEY = "This keyboard has no key {keys}. Choose other keys."


class Grabs:
    """Holds chords in every program; raises `xcffib.ConnectionException` where there is no X server."""

    def __init__(self, display: str | None = None) -> None:
        self._connection = xcffib.Connection(display=display)
        self._roots = [screen.root for screen in self._connection.get_setup().roots]
        self._keyboard = self._read_keyboard()
        self._wanted: dict[str, Chord] = {}
        self._held: dict[tuple[int, int], str] = {}
        self._let_go: dict[int, int] = {}

    def fileno(self) -> int:
        """Return what to wait on for keys."""
        return int(self._connection.get_file_descriptor())

    def close(self) -> None:
        """Give all keys back."""
        self._connection.disconnect()

    def hold(self, wanted: Mapping[str, Chord]) -> dict[str, Outcome]:
        """Hold these chords, each under its name, and no others; return what came of each."""
        self._wanted = dict(wanted)
        for root in self._roots:
            self._connection.core.UngrabKey(xproto.Grab.Any, root, xproto.ModMask.Any)
        self._held.clear()
        outcomes = {name: self._hold(name, chord) for name, chord in wanted.items()}
        self._connection.flush()
        return outcomes

    def try_out(self, wanted: Mapping[str, Chord]) -> dict[str, Outcome]:
        """Return what would come of holding these chords, and hold none.

        Who asks for one meanwhile is not refused because of it: the server lets all others wait.
        """
        self._connection.core.GrabServer()
        outcomes = self.hold(wanted)
        self.hold({})
        self._connection.core.UngrabServer()
        self._connection.flush()
        return outcomes

    def read(self) -> Iterator[str | dict[str, Outcome]]:
        """Yield the name of each chord that was pressed; after a change of the layout, how things stand."""
        layout_changed = False
        while (event := self._connection.poll_for_event()) is not None:
            if isinstance(event, xproto.KeyPressEvent):
                name = self._held.get((event.detail, self._keyboard.without_locks(event.state)))
                if name is not None and not self._repeats(event):
                    yield name
            elif isinstance(event, xproto.KeyReleaseEvent):
                self._let_go[event.detail] = event.time
            elif isinstance(event, xproto.MappingNotifyEvent):
                layout_changed = layout_changed or event.request != xproto.Mapping.Pointer
        if layout_changed:
            self._keyboard = self._read_keyboard()
            yield self.hold(self._wanted)

    def _repeats(self, press: xproto.KeyPressEvent) -> bool:
        """Whether a key is only held down: X then lets it go and presses it at the same moment."""
        time: int = press.time
        return self._let_go.pop(press.detail, -1) == time

    def _hold(self, name: str, chord: Chord) -> Outcome:
        keys, bits = self._keyboard.keys_of(chord), self._keyboard.held_bits(chord)
        if not keys:
            return Outcome(refusal=NO_SUCH_KEY.format(keys=chord))
        places = [(root, key, state) for root in self._roots for key in keys
                  for state in self._keyboard.with_locks(bits)]  # fmt: skip
        asked = [self._grab(*place) for place in places]
        held = []
        for place, answer in zip(places, asked, strict=True):
            try:
                answer.check()
                held.append(place)
            except xproto.AccessError:
                continue
        if len(held) < len(places):
            for root, key, state in held:
                self._connection.core.UngrabKey(key, root, state)
            return Outcome(refusal=TAKEN.format(keys=chord))
        self._held |= {(key, bits): name for key in keys}
        return Outcome(keys=str(chord))

    def _grab(self, root: int, key: int, state: int) -> Any:
        at_once = xproto.GrabMode.Async
        return self._connection.core.GrabKeyChecked(False, root, state, key, at_once, at_once)

    def _read_keyboard(self) -> Keyboard:
        setup = self._connection.get_setup()
        count = setup.max_keycode - setup.min_keycode + 1
        mapping = self._connection.core.GetKeyboardMapping(setup.min_keycode, count).reply()
        modifiers = self._connection.core.GetModifierMapping().reply()
        width = modifiers.keycodes_per_modifier
        keys = list(modifiers.keycodes)
        return Keyboard(
            setup.min_keycode,
            mapping.keysyms_per_keycode,
            list(mapping.keysyms),
            [keys[begin : begin + width] for begin in range(0, 8 * width, width)],
        )
