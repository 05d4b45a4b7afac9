"""A tiny HTTP server on loopback that answers what a test wrote down, for what our own server never sends.

Real sockets, real bytes: broken connections, odd shapes, other people's redirects. It knows no endpoint.
"""

import asyncio
import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self


@dataclass(frozen=True)
class Asked:
    """One request as it came over the socket; header names are in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Reply:
    """Bytes to answer with; after them the connection is kept, closed, or left hanging."""

    data: bytes
    after: str = "keep"


SILENCE = Reply(b"", after="hang")
HANG_UP = Reply(b"", after="close")

Script = Reply | Callable[[Asked], Reply]


def reply(body: bytes = b"", status: int = 200, **headers: str) -> Reply:
    """A complete answer; `content_type="…"` and the like become headers."""
    named = {"content_type": "application/json", "content_length": str(len(body))} | headers
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in named.items())
    return Reply(f"HTTP/1.1 {status} Scripted\r\n{head}\r\n".encode() + body)


def as_json(value: object, status: int = 200, **headers: str) -> Reply:
    """A complete answer with `value` as its JSON."""
    return reply(json.dumps(value).encode(), status, **headers)


@dataclass
class ScriptedServer:
    """Gives its replies in order, the last one again and again; `asked` has every request."""

    script: list[Script] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    connections: int = 0
    tls: ssl.SSLContext | None = None

    @property
    def address(self) -> str:
        """The base address for a client."""
        scheme, host = ("https", "localhost") if self.tls else ("http", "127.0.0.1")
        return f"{scheme}://{host}:{self._port}/api/v1"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self.tls)
        self._port = self._server.sockets[0].getsockname()[1]
        self._open: set[asyncio.StreamWriter] = set()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for writer in self._open:
            writer.transport.abort()
        await self._server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        self._open.add(writer)
        try:
            while await self._answer(await self._read(reader), writer):
                pass
            writer.close()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.transport.abort()

    async def _read(self, reader: asyncio.StreamReader) -> Asked:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, _ = head[0].split(" ")
        headers = {
            name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)
        }
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        asked = Asked(method, target, headers, body)
        self.asked.append(asked)
        return asked

    async def _answer(self, asked: Asked, writer: asyncio.StreamWriter) -> bool:
        script = self.script[min(len(self.asked), len(self.script)) - 1]
        answer = script if isinstance(script, Reply) else script(asked)
        writer.write(answer.data)
        await writer.drain()
        if answer.after == "hang":
            await asyncio.Event().wait()
        return answer.after == "keep"
