"""Asks a server the same thing over several connections at once, and says how many answers a second it gave.

The asking is as cheap as Python can make it: what is measured is the server, on a machine that both share.
"""

import asyncio
import re
import time
from collections.abc import Callable

CONNECTIONS = 8
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)\r\n", re.IGNORECASE)

Request = Callable[[], bytes]


def request(method: str, path: str, token: str = "", body: bytes = b"") -> bytes:
    """Return a request as it goes over the wire."""
    head = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Authorization: Bearer {token}"]
    head += ["Content-Type: application/json", f"Content-Length: {len(body)}"] if body else []
    return "\r\n".join((*head, "", "")).encode() + body


def answers_a_second(port: int, asked: Request, status: int, number: int) -> float:
    """Return how many answers of this status came a second, of `number` of them."""
    return asyncio.run(_answers_a_second(port, asked, status, number))


def one_answer(port: int, asked: bytes) -> tuple[int, bytes]:
    """Return status and body of one answer."""

    async def ask() -> tuple[int, bytes]:
        connection = await asyncio.open_connection("127.0.0.1", port)
        try:
            return await _exchange(*connection, asked)
        finally:
            connection[1].close()

    return asyncio.run(ask())


async def _answers_a_second(port: int, asked: Request, status: int, number: int) -> float:
    connections = [await asyncio.open_connection("127.0.0.1", port) for _ in range(CONNECTIONS)]
    left = iter(range(number))

    async def ask_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for _ in left:
            answered, body = await _exchange(reader, writer, asked())
            assert answered == status, body

    began = time.perf_counter()
    await asyncio.gather(*(ask_on(*connection) for connection in connections))
    seconds = time.perf_counter() - began
    for _, writer in connections:
        writer.close()
    return number / seconds


async def _exchange(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, asked: bytes
) -> tuple[int, bytes]:
    writer.write(asked)
    head = await reader.readuntil(b"\r\n\r\n")
    length = _LENGTH.search(head)
    assert length, head
    return int(head.split(b" ", 2)[1]), await reader.readexactly(int(length[1]))
