"""How long a connection may take to send a request: on real sockets, with nothing of the API behind them."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest
import uvicorn
from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, Scope
from uvicorn.server import ServerState

from tabkeeper_server import protocol

HALF_A_HEAD = b"GET / HTTP/1.1\r\nHost: x\r\n"
HALF_A_BODY = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nhalf"
WHOLE = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"


class Slow:
    """An application that answers only once it is let."""

    def __init__(self) -> None:
        self.may_answer = asyncio.Event()

    async def __call__(self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        await self.may_answer.wait()
        await send({"type": "http.response.start", "status": 204, "headers": [], "trailers": False})
        await send({"type": "http.response.body", "body": b"", "more_body": False})


@pytest.fixture
def application() -> Slow:
    return Slow()


@pytest.fixture
async def port(application: Slow, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    monkeypatch.setattr(protocol, "REQUEST_SECONDS", 0.2)
    config, state = uvicorn.Config(application, lifespan="off"), ServerState()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: protocol.EnvelopeProtocol(config, state, {}), host="127.0.0.1", port=0
    )
    async with server:
        yield server.sockets[0].getsockname()[1]


async def asking(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect with a whole request, which is there before the server can begin to wait for it."""
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(WHOLE)
    return await asyncio.open_connection(sock=connection)


@pytest.mark.parametrize("sent", [b"", HALF_A_HEAD, HALF_A_BODY])
async def test_a_connection_on_which_no_request_arrives_is_closed(port: int, sent: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    assert await asyncio.wait_for(reader.read(), timeout=30) == b""
    writer.close()


async def test_dripping_does_not_keep_a_connection_open(port: int) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(HALF_A_HEAD)
    ended = asyncio.create_task(reader.read())
    async with asyncio.timeout(30):
        while not ended.done():
            writer.write(b"x-drip: drop\r\n")
            await asyncio.wait([ended], timeout=0.02)
    # Where a drop was on its way as the server closed, the system says so by a reset.
    assert isinstance(ended.exception(), ConnectionResetError | None)
    writer.close()


async def test_a_request_that_has_arrived_is_answered_however_long_that_takes(
    port: int, application: Slow
) -> None:
    reader, writer = await asking(port)
    later, silent = await asyncio.open_connection("127.0.0.1", port)
    assert await asyncio.wait_for(later.read(), timeout=30) == b""
    application.may_answer.set()
    assert (await reader.readline()).startswith(b"HTTP/1.1 204")
    for open_still in (writer, silent):
        open_still.close()


async def test_the_next_request_of_a_kept_connection_must_arrive_too(port: int, application: Slow) -> None:
    application.may_answer.set()
    reader, writer = await asking(port)
    assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 204")
    writer.write(HALF_A_HEAD)
    assert await asyncio.wait_for(reader.read(), timeout=30) == b""
    writer.close()
