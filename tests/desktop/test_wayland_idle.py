"""Idle time by a compositor's word, spoken over its own protocol; the real KWin is in `tests/wayland`."""

import asyncio
import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from tests.reflexes.conftest import SaidIdle, until

from tabkeeper.desktop.idle.wayland import WaylandIdle

REGISTRY, NOTIFICATION, SYNC = 2, 6, 3


class Compositor:
    """Offers `interfaces`, and says what the test wants it to."""

    def __init__(self, interfaces: dict[int, str]) -> None:
        self.interfaces = interfaces
        self.asked: list[tuple[int, int, bytes]] = []
        self.left = False
        self.writer: asyncio.StreamWriter

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.writer = writer
        while not reader.at_eof():
            try:
                receiver, size_and_kind = struct.unpack("=II", await reader.readexactly(8))
            except asyncio.IncompleteReadError:
                self.left = True
                return
            body = await reader.readexactly((size_and_kind >> 16) - 8)
            self.asked.append((receiver, size_and_kind & 0xFFFF, body))
            if (receiver, size_and_kind & 0xFFFF) == (1, 0):
                for name, interface in self.interfaces.items():
                    text = interface.encode() + b"\0"
                    padded = text.ljust(-(-len(text) // 4) * 4, b"\0")
                    self.say(REGISTRY, 0, struct.pack("=II", name, len(text)) + padded + struct.pack("=I", 1))
                self.say(SYNC, 0, struct.pack("=I", 1))

    def say(self, sender: int, kind: int, body: bytes = b"") -> None:
        self.writer.write(struct.pack("=II", sender, (len(body) + 8) << 16 | kind) + body)


class Bench:
    """An idle time, a compositor, and what is asked where that does not tell."""

    def __init__(self, folder: Path, interfaces: dict[int, str]) -> None:
        self.compositor = Compositor(interfaces)
        self.otherwise = SaidIdle()
        self.otherwise.idle = 77.0
        self.path = folder / "wl-test"
        self.idle = WaylandIdle(
            self.otherwise, {"XDG_RUNTIME_DIR": str(folder), "WAYLAND_DISPLAY": "wl-test"}
        )

    async def begin(self) -> None:
        self.server = await asyncio.start_unix_server(self.compositor.serve, self.path)


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    bench = Bench(tmp_path, {7: "wl_compositor", 12: "wl_seat", 31: "ext_idle_notifier_v1"})
    await bench.begin()
    yield bench
    await bench.idle.release()
    bench.server.close()


async def test_the_compositor_says_when_somebody_goes_and_comes_back(bench: Bench) -> None:
    assert await bench.idle.seconds() == 0.0
    await until(lambda: bench.compositor.asked[-1][0] == 5, "the request")
    assert struct.unpack("=III", bench.compositor.asked[-1][2]) == (NOTIFICATION, 5_000, 4)
    bench.compositor.say(NOTIFICATION, 0)
    await until(lambda: bench.idle._idle_since, "the word")
    assert 5.0 <= await bench.idle.seconds() < 60.0
    bench.compositor.say(NOTIFICATION, 1)
    await until(lambda: bench.idle._idle_since is None, "the word")
    assert await bench.idle.seconds() == 0.0


async def test_several_who_ask_at_once_are_answered_over_one_connection(bench: Bench) -> None:
    assert [*await asyncio.gather(bench.idle.seconds(), bench.idle.seconds())] == [0.0, 0.0]
    await until(lambda: bench.compositor.asked[-1][0] == 5, "the request")
    assert [asked[:2] for asked in bench.compositor.asked].count((1, 1)) == 1


async def test_a_compositor_that_does_not_tell_leaves_it_to_the_bus(tmp_path: Path) -> None:
    bench = Bench(tmp_path, {12: "wl_seat"})
    await bench.begin()
    assert await bench.idle.seconds() == 77.0
    await until(lambda: bench.compositor.left, "the end of a connection that is of no use")
    await bench.idle.release()
    bench.server.close()


async def test_without_a_compositor_the_bus_is_asked(tmp_path: Path) -> None:
    assert await Bench(tmp_path, {}).idle.seconds() == 77.0


@pytest.mark.parametrize("complains", [True, False])
async def test_a_compositor_that_goes_or_complains_leaves_it_to_the_bus(
    bench: Bench, complains: bool
) -> None:
    await bench.idle.seconds()
    if complains:
        bench.compositor.say(1, 0, struct.pack("=II", 6, 1))
    else:
        bench.compositor.writer.close()
    await until(lambda: bench.idle._tells is False, "the loss")
    assert await bench.idle.seconds() == 77.0
