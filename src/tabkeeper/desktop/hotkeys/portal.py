"""Hotkeys under Wayland: the desktop binds them for us, by its portal, and may choose other keys.

A session holds one set of shortcuts; for another set there is another session. A desktop that answers with an
empty list has bound nothing (Plasma 5.27 does so), and a portal that comes back knows nothing of before.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from PySide6.QtCore import QObject, Signal

from tabkeeper.desktop import portal
from tabkeeper.desktop.bus import BUS, PATIENCE, Bus, BusTrouble, Place
from tabkeeper.desktop.hotkeys.by_command import NO_PORTAL, by_command
from tabkeeper.desktop.hotkeys.door import Outcome
from tabkeeper.settings.chord import Chord

_INTERFACE = "org.freedesktop.portal.GlobalShortcuts"
_PLACE = Place(portal.NAME, portal.PATH, _INTERFACE)
_SESSION = "org.freedesktop.portal.Session"
_SESSION_NAME = "tabkeeper"
"""The same at each start: KDE keeps the keys that a person has chosen under it, where there is no app id."""
_HELD = {"Ctrl": "CTRL", "Alt": "ALT", "Shift": "SHIFT", "Meta": "LOGO"}
_KEYSYMS = {
    "Space": "space", "Backspace": "BackSpace", "PgUp": "Page_Up", "PgDown": "Page_Down", ",": "comma",
    ".": "period", "/": "slash", ";": "semicolon", "'": "apostrophe", "[": "bracketleft", "]": "bracketright",
    "\\": "backslash", "-": "minus", "=": "equal", "`": "grave",
}  # fmt: skip
MEANINGS = {
    "toggle": "Start or stop the timer",
    "continue": "Go on with the last thing",
    "quick_add": "Open a line to type in",
    "window": "Show or hide the window",
}
"""What the desktop calls each in its own settings."""
_DECLINED = "The desktop has not allowed this hotkey."
_UNBOUND = "The desktop has bound no keys to this."

_Shortcuts = Sequence[tuple[str, Mapping[str, tuple[str, Any]]]]


class PortalHotkeys(QObject):
    """Lives on the running loop; one wish is carried out after the other, and only the last one counts."""

    pressed = Signal(str)
    answered = Signal(dict)

    def __init__(self) -> None:
        super().__init__()
        self._wanted: dict[str, Chord] = {}
        self._bus: Bus | None = None
        self._session = ""
        self._binding: asyncio.Future[None] | None = None

    def bind(self, wanted: Mapping[str, Chord]) -> None:
        """Wish for these keys and no others; returns at once."""
        self._wanted = dict(wanted)
        self._begin()

    async def release(self) -> None:
        """Give all keys back: the desktop does so when our connection ends."""
        if self._binding is not None:
            self._binding.cancel()
            with suppress(asyncio.CancelledError):
                await self._binding
        if self._bus is not None:
            await self._bus.close()

    def _begin(self) -> None:
        before, self._binding = self._binding, None
        if before is not None:
            before.cancel()
        self._binding = asyncio.ensure_future(self._bind(before))

    async def _bind(self, before: "asyncio.Future[None] | None") -> None:
        if before is not None:
            with suppress(asyncio.CancelledError):
                await before
        try:
            outcomes = await self._bound()
        except portal.Declined:
            outcomes = {name: by_command(name, _DECLINED) for name in self._wanted}
        except BusTrouble:
            outcomes = {name: by_command(name, NO_PORTAL) for name in self._wanted}
        self.answered.emit(outcomes)

    async def _bound(self) -> dict[str, Outcome]:
        await self._end_session()
        if not self._wanted:
            return {}
        bus = await self._connected()
        # Before it is there: a newer wish can come meanwhile, and must end this one to have the name.
        self._session = portal.session_path(bus, _SESSION_NAME)
        await portal.ask(
            bus, _INTERFACE, "CreateSession", "",
            options={"session_handle_token": ("s", _SESSION_NAME)}, patience=PATIENCE,
        )  # fmt: skip
        shortcuts = [(name, _wish(name, chord)) for name, chord in self._wanted.items()]
        # A person may be asked, and take their time.
        bound = await portal.ask(
            bus, _INTERFACE, "BindShortcuts", "oa(sa{sv})s", self._session, shortcuts, "", options={}
        )
        return self._outcomes(bound.get("shortcuts", ()))

    async def _connected(self) -> Bus:
        if self._bus is None:
            bus = await Bus.open()
            await bus.hear(_PLACE, "Activated", self._activated)
            await bus.hear(_PLACE, "ShortcutsChanged", self._changed)
            await bus.hear(BUS, "NameOwnerChanged", self._owner_changed)
            self._bus = bus
        return self._bus

    async def _end_session(self) -> None:
        session, self._session = self._session, ""
        if session and self._bus is not None:
            with suppress(BusTrouble):  # it may have gone with its portal
                await self._bus.call(Place(portal.NAME, session, _SESSION), "Close")

    def _outcomes(self, shortcuts: _Shortcuts) -> dict[str, Outcome]:
        keys = {name: str(fields.get("trigger_description", ("s", ""))[1]) for name, fields in shortcuts}
        return {
            name: Outcome(keys=keys[name]) if keys.get(name) else by_command(name, _UNBOUND)
            for name in self._wanted
        }

    def _activated(self, session: str, name: str, *_: object) -> None:
        if session == self._session and name in self._wanted:
            self.pressed.emit(name)

    def _changed(self, session: str, shortcuts: _Shortcuts) -> None:
        if session == self._session:
            self.answered.emit(self._outcomes(shortcuts))

    def _owner_changed(self, name: str, _: str, owner: str) -> None:
        if name != portal.NAME or not self._wanted:
            return
        self._session = ""
        if owner:
            self._begin()
        else:
            self.answered.emit({wish: by_command(wish, NO_PORTAL) for wish in self._wanted})


def _wish(name: str, chord: Chord) -> dict[str, tuple[str, str]]:
    return {"description": ("s", MEANINGS[name]), "preferred_trigger": ("s", trigger(chord))}


def trigger(chord: Chord) -> str:
    """Return a chord as the XDG shortcuts specification writes it: `CTRL+ALT+space`."""
    key = _KEYSYMS.get(chord.key, chord.key.lower() if len(chord.key) == 1 else chord.key)
    return "+".join([*(_HELD[name] for name in chord.held), key])
