"""Asks whether the session bus answers before Qt asks it anything, for Qt waits and shows nothing meanwhile.

It waits without end for a bus that takes connections and says nothing, and half a minute or more for the
services of screen readers and of tray icons, and in a Flatpak for the portal. The bus is spoken to by hand:
the icon waits for this, and a library takes longer to load.
"""

import os
import socket
import struct
import sys
from collections.abc import Iterator, Mapping
from time import monotonic, sleep
from urllib.parse import unquote_to_bytes

from tabkeeper.desktop.sandbox import SANDBOX

PATIENCE = 2.0
"""Seconds for all answers together, which take less than a millisecond where nothing is wrong."""
BUS, SCREEN_READERS = "The session bus", "The service of screen readers"
TRAY, PORTAL = "The desktop's tray", "The desktop's portal"
_NO_AUTO_START = 2
_METHOD_RETURN, _ERROR = 2, 3
_HEAD = 16
"""Bytes of a message before its fields."""


def who_is_silent(environment: Mapping[str, str], patience: float | None = None) -> str:
    """Return who does not answer, in words for people, or nothing.

    A bus that refuses, or is none of this computer's, is nobody: Qt is told so at once, or is asked as ever.
    Waits no longer than `patience`, in seconds.
    """
    if not sys.platform.startswith("linux"):
        return ""
    patience = PATIENCE if patience is None else patience
    until = monotonic() + patience
    for place in _places(environment):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as bus:
            bus.settimeout(patience)
            try:
                _connect(bus, place, until)
            except BlockingIOError:
                return BUS
            except OSError:
                continue
            return _silent_there(bus, os.getuid(), until)
    return ""


def _connect(bus: socket.socket, place: bytes, until: float) -> None:
    """Connect; wait where there is a queue, which at a session's start is of all that begins with it."""
    while True:
        try:
            return bus.connect(place)
        except BlockingIOError:
            if monotonic() >= until:
                raise
            sleep(min(max(until - monotonic(), 0.0) / 100, 1.0))


def _silent_there(bus: socket.socket, user: int, until: float) -> str:
    try:
        bus.sendall(b"\0AUTH EXTERNAL " + str(user).encode().hex().encode() + b"\r\n")
        welcome = b""
        while b"\r\n" not in welcome:
            welcome += _part(bus, until)
        if not welcome.startswith(b"OK "):
            return ""
        bus.sendall(b"BEGIN\r\n")
        return _silent_among_asked(bus, until)
    except TimeoutError:
        return BUS
    except (OSError, EOFError):
        return ""


def _silent_among_asked(bus: socket.socket, until: float) -> str:
    heard = b""
    for number, (who, question) in enumerate(_ASKED if SANDBOX.exists() else _ASKED[:-1], 1):
        bus.sendall(question)
        try:
            while _answers(heard) < number:
                heard += _part(bus, until)
        except TimeoutError:
            return who
    return ""


def _part(bus: socket.socket, until: float) -> bytes:
    left = until - monotonic()
    if left <= 0:
        raise TimeoutError
    bus.settimeout(left)
    part = bus.recv(4096)
    if not part:
        raise EOFError
    return part


def _places(environment: Mapping[str, str]) -> Iterator[bytes]:
    """Yield where the socket of the bus may be, in the order of trying, up to one that is no such socket."""
    runtime = os.fsencode(environment.get("XDG_RUNTIME_DIR", "")) + b"/bus"
    address = environment.get("DBUS_SESSION_BUS_ADDRESS") or "unix:runtime=yes"
    for entry in os.fsencode(address).split(b";"):
        kind, _, words = entry.partition(b":")
        values = dict(word.split(b"=", 1) for word in words.split(b",") if b"=" in word)
        if kind != b"unix":
            return
        if b"path" in values:
            yield unquote_to_bytes(values[b"path"])
        elif b"abstract" in values:
            yield b"\0" + unquote_to_bytes(values[b"abstract"])
        elif b"runtime" in values:
            yield runtime


def _answers(heard: bytes) -> int:
    """Count the answers among messages; the last one may not be all there."""
    count = 0
    while len(heard) >= _HEAD:
        count += heard[1] in (_METHOD_RETURN, _ERROR)
        body, _, fields = struct.unpack_from(f"{'<' if heard[:1] == b'l' else '>'}III", heard, 4)
        heard = heard[_HEAD + _padded(fields) + body :]
    return count


def _call(serial: int, place: tuple[str, str, str], method: str, *texts: str) -> bytes:
    """Return a message that calls a method with texts, and begins no service for it."""
    path, owner, interface = place
    body = b""
    for text in texts:
        body += bytes(-len(body) % 4) + _text(text)
    fields = b""
    named = ((1, b"o", path), (6, b"s", owner), (2, b"s", interface), (3, b"s", method))
    for number, kind, text in named:
        fields += bytes(-len(fields) % 8) + bytes((number, 1)) + kind + b"\0" + _text(text)
    if texts:
        signature = b"s" * len(texts)
        fields += bytes(-len(fields) % 8) + bytes((8, 1)) + b"g\0" + bytes((len(texts),)) + signature + b"\0"
    head = b"l" + bytes((1, _NO_AUTO_START, 1)) + struct.pack("<III", len(body), serial, len(fields))
    return head + fields + bytes(-len(fields) % 8) + body


def _text(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode() + b"\0"


def _padded(length: int) -> int:
    return length + -length % 8


_PROPERTIES = "org.freedesktop.DBus.Properties"
_WATCHER = "org.kde.StatusNotifierWatcher"
_PORTAL = "org.freedesktop.portal"
_ASKED = (
    (BUS, _call(1, ("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus"), "Hello")),
    (
        SCREEN_READERS,
        _call(2, ("/org/a11y/bus", "org.a11y.Bus", _PROPERTIES), "Get", "org.a11y.Status", "IsEnabled"),
    ),
    (
        TRAY,
        _call(
            3,
            ("/StatusNotifierWatcher", _WATCHER, _PROPERTIES),
            "Get",
            _WATCHER,
            "IsStatusNotifierHostRegistered",
        ),
    ),
    (
        PORTAL,
        _call(
            4,
            ("/org/freedesktop/portal/desktop", f"{_PORTAL}.Desktop", _PROPERTIES),
            "Get",
            f"{_PORTAL}.FileChooser",
            "version",
        ),
    ),
)
"""For whom Qt would wait, with what it asks them; for the last one only in a sandbox."""
