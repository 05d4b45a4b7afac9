"""Asks whether the session bus answers before Qt asks it anything, for Qt waits and shows nothing meanwhile.

It waits without end for a bus that takes connections and says nothing, and most of a minute for the service
of screen readers. The bus is spoken to by hand: the icon waits for this, and a library takes longer to load.
"""

import os
import socket
import struct
import sys
from collections.abc import Mapping
from time import monotonic
from urllib.parse import unquote_to_bytes

PATIENCE = 2.0
"""Seconds for all answers together, which take less than a millisecond where nothing is wrong."""
BUS, SCREEN_READERS = "The session bus", "The service of screen readers"
_NO_AUTO_START = 2
_METHOD_RETURN, _ERROR = 2, 3
_HEAD = 16
"""Bytes of a message before its fields."""


def who_is_silent(environment: Mapping[str, str]) -> str:
    """Return who does not answer, in words for people, or nothing.

    A bus that refuses, or is none of this computer's, is nobody: Qt is told so at once, or is asked as ever.
    """
    place = _place(environment)
    if not sys.platform.startswith("linux") or place is None:
        return ""
    until = monotonic() + PATIENCE
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as bus:
        bus.settimeout(PATIENCE)
        try:
            bus.connect(place)
            bus.sendall(b"\0AUTH EXTERNAL " + str(os.getuid()).encode().hex().encode() + b"\r\n")
            welcome = b""
            while b"\r\n" not in welcome:
                welcome += _part(bus, until)
            if not welcome.startswith(b"OK "):
                return ""
            bus.sendall(b"BEGIN\r\n" + _HELLO + _SCREEN_READERS_ASKED)
            return _silent_among_asked(bus, until)
        except (TimeoutError, BlockingIOError):  # the latter is a long queue before a bus that has stopped
            return BUS
        except (OSError, EOFError):
            return ""


def _silent_among_asked(bus: socket.socket, until: float) -> str:
    heard = b""
    while _answers(heard) < 2:
        try:
            heard += _part(bus, until)
        except TimeoutError:
            return SCREEN_READERS if _answers(heard) else BUS
    return ""


def _part(bus: socket.socket, until: float) -> bytes:
    bus.settimeout(max(until - monotonic(), 0.001))
    part = bus.recv(4096)
    if not part:
        raise EOFError
    return part


def _place(environment: Mapping[str, str]) -> bytes | None:
    """Return where the socket of the bus is; None where it is none of this computer's."""
    runtime = environment.get("XDG_RUNTIME_DIR", "")
    address = environment.get("DBUS_SESSION_BUS_ADDRESS") or f"unix:path={runtime}/bus"
    kind, _, words = address.partition(";")[0].partition(":")
    values = dict(word.split("=", 1) for word in words.split(",") if "=" in word)
    if kind != "unix":
        return None
    if "path" in values:
        return unquote_to_bytes(values["path"])
    if "abstract" in values:
        return b"\0" + unquote_to_bytes(values["abstract"])
    return os.fsencode(f"{runtime}/bus") if "runtime" in values else None


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


_HELLO = _call(1, ("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus"), "Hello")
_SCREEN_READERS_ASKED = _call(
    2,
    ("/org/a11y/bus", "org.a11y.Bus", "org.freedesktop.DBus.Properties"),
    "Get",
    "org.a11y.Status",
    "IsEnabled",
)
