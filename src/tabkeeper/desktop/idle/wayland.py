"""Idle time under Wayland, where the compositor tells it: `ext-idle-notify-v1` (KDE, Sway, Hyprland, …).

A client of its own with five requests, so that no library is needed; every message is a row of 32-bit
numbers: whose object, how long and of what kind, then the arguments.
"""

import asyncio
import os
import struct
import sys
import time
from collections.abc import Mapping
from contextlib import suppress

from tabkeeper.desktop.idle.door import Idle, Unknown

assert sys.platform != "win32", "Windows has no Wayland, nor asyncio the sockets of Unix there"
_SAYS_AFTER = 5.0
"""Seconds without input after which the compositor speaks; what is less counts as none."""
_PATIENCE = 5.0
_DISPLAY, _REGISTRY, _SYNC, _SEAT, _NOTIFIER, _NOTIFICATION = 1, 2, 3, 4, 5, 6
_GET_REGISTRY, _SYNCHRONISE, _BIND, _GET_NOTIFICATION = 1, 0, 0, 1
_ERROR, _GLOBAL, _DONE, _IDLED = 0, 0, 0, 0
_INTERFACES = {"wl_seat": _SEAT, "ext_idle_notifier_v1": _NOTIFIER}


class WaylandIdle:
    """Asks the compositor, and `otherwise` where that does not tell."""

    def __init__(self, otherwise: Idle, environment: Mapping[str, str] = os.environ) -> None:
        self._otherwise = otherwise
        self._path = os.path.join(
            environment.get("XDG_RUNTIME_DIR", ""), environment.get("WAYLAND_DISPLAY", "wayland-0")
        )
        self._tells: bool | None = None
        self._turn = asyncio.Lock()
        self._idle_since: float | None = None
        self._listening: asyncio.Task[None] | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def seconds(self) -> float:
        """Return for how many seconds nobody has touched keyboard or pointer; raises `Unknown`."""
        async with self._turn:
            if self._tells is None:
                self._tells = await self._connect()
        if not self._tells:
            return await self._otherwise.seconds()
        return 0.0 if self._idle_since is None else time.monotonic() - self._idle_since

    async def release(self) -> None:
        """End the connection."""
        if self._listening is not None:
            self._listening.cancel()
            with suppress(asyncio.CancelledError):
                await self._listening
        self._hang_up()
        await self._otherwise.release()

    def _hang_up(self) -> None:
        if self._writer is not None:
            self._writer.close()

    async def _connect(self) -> bool:
        """Return whether the compositor tells the idle time, which it does from then on."""
        try:
            reader, self._writer = await asyncio.open_unix_connection(self._path)
            async with asyncio.timeout(_PATIENCE):
                names = await self._globals(reader, self._writer)
        except (OSError, EOFError, TimeoutError, Unknown):
            names = {}
        if names.keys() != _INTERFACES.keys():
            self._hang_up()
            return False
        for interface, number in _INTERFACES.items():
            version = 1
            self._send(_REGISTRY, _BIND, names[interface], interface, version, number)
        self._send(_NOTIFIER, _GET_NOTIFICATION, _NOTIFICATION, int(_SAYS_AFTER * 1_000), _SEAT)
        self._listening = asyncio.ensure_future(self._listen(reader))
        return True

    async def _globals(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> dict[str, int]:
        """Return what the compositor offers of what is needed, by the numbers it has there."""
        self._send(_DISPLAY, _GET_REGISTRY, _REGISTRY)
        self._send(_DISPLAY, _SYNCHRONISE, _SYNC)
        found: dict[str, int] = {}
        while True:
            sender, kind, body = await _read(reader)
            if (sender, kind) == (_SYNC, _DONE):
                return found
            if (sender, kind) == (_REGISTRY, _GLOBAL):
                name, length = struct.unpack_from("=II", body)
                interface = body[8 : 8 + length - 1].decode()
                if interface in _INTERFACES:
                    found.setdefault(interface, name)

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        with suppress(OSError, EOFError, Unknown):
            while True:
                sender, kind, _ = await _read(reader)
                if sender == _NOTIFICATION:
                    self._idle_since = time.monotonic() - _SAYS_AFTER if kind == _IDLED else None
        self._tells, self._idle_since = False, None

    def _send(self, receiver: int, kind: int, *arguments: int | str) -> None:
        assert self._writer is not None
        body = b"".join(_written(argument) for argument in arguments)
        self._writer.write(struct.pack("=II", receiver, (len(body) + 8) << 16 | kind) + body)


async def _read(reader: asyncio.StreamReader) -> tuple[int, int, bytes]:
    """Return whose event it is, of what kind, and what it says; raises `Unknown` where it is a complaint."""
    sender, size_and_kind = struct.unpack("=II", await reader.readexactly(8))
    body = await reader.readexactly((size_and_kind >> 16) - 8)
    if (sender, size_and_kind & 0xFFFF) == (_DISPLAY, _ERROR):
        raise Unknown("The compositor has ended the connection")
    return sender, size_and_kind & 0xFFFF, body


def _written(argument: int | str) -> bytes:
    if isinstance(argument, int):
        return struct.pack("=I", argument)
    text = argument.encode() + b"\0"
    return struct.pack("=I", len(text)) + text.ljust(-(-len(text) // 4) * 4, b"\0")
