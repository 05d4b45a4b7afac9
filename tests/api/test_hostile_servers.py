"""Servers and networks that are broken or mean harm: whatever they do is one `ApiFailure`, and soon."""

import asyncio
import gzip
import os
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.api.certificates import Authority
from tests.api.http2_server import http2_server
from tests.api.scripted_server import Reply, ScriptedServer, as_json, reply
from tests.api.test_reader import ENTRY

from tabkeeper.api import ApiFailure, BrokenOff, Client, Offline, Patience, UnexpectedAnswer, server_address
from tabkeeper.api.raw import each_row

ONCE = Patience(attempts=1, seconds=5)
LAST_INSTANT = "9999-12-31T23:59:59.999Z"


async def failure_at(address: str, token: str) -> ApiFailure:
    async with Client(address, token, patience=ONCE) as client:
        with pytest.raises(ApiFailure) as caught:
            await client.me()
    return caught.value


# Redirects


@pytest.mark.parametrize(
    "location", ["mailto:x@y", "data:text/html,x", "http://[::1", "http://127.0.0.1:99999999/", "//"]
)
async def test_a_redirect_to_what_is_no_address_is_a_failure_of_the_call(
    scripted: ScriptedServer, token: str, location: str
) -> None:
    scripted.script = [reply(b"", 302, location=location)]
    assert isinstance(await failure_at(scripted.address, token), UnexpectedAnswer | Offline)


# Connections


@asynccontextmanager
async def tls_server(context: ssl.SSLContext, then: Callable[[ssl.SSLSocket], None]) -> AsyncIterator[str]:
    """Complete the handshake and read the request, then do `then`; gives the base address."""

    def serve() -> None:
        with listener:
            connection, _ = listener.accept()
        with context.wrap_socket(connection, server_side=True) as secured:
            secured.recv(65536)
            then(secured)

    listener = socket.create_server(("127.0.0.1", 0))
    serving = asyncio.create_task(asyncio.to_thread(serve))
    yield f"https://localhost:{listener.getsockname()[1]}/api/v1"
    await serving


def unsecured(secured: ssl.SSLSocket, data: bytes) -> None:
    """Write past the encryption, as a network that meddles does."""
    with socket.socket(fileno=os.dup(secured.fileno())) as plain:
        plain.sendall(data)


def nonsense_instead_of_an_answer(secured: ssl.SSLSocket) -> None:
    unsecured(secured, b"\x17\x03\x03\x00\x20" + bytes(32))


def plain_http_instead_of_an_answer(secured: ssl.SSLSocket) -> None:
    unsecured(secured, b"HTTP/1.1 302 Found\r\nLocation: http://login.example.org/\r\n\r\n")


def nonsense_within_an_answer(secured: ssl.SSLSocket) -> None:
    secured.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{")
    unsecured(secured, b"nonsense")


@pytest.mark.parametrize(
    ("then", "kind"),
    [
        (nonsense_instead_of_an_answer, Offline),
        (plain_http_instead_of_an_answer, Offline),
        (nonsense_within_an_answer, BrokenOff),
    ],
)
async def test_an_encrypted_connection_that_is_damaged_counts_as_broken(
    token: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    then: Callable[[ssl.SSLSocket], None],
    kind: type[ApiFailure],
) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate_file))
    async with tls_server(authority.server_context("localhost"), then) as address:
        error = await failure_at(address, token)
    assert type(error) is kind
    assert error.worth_retrying


async def test_a_status_that_is_no_number_is_not_blamed_on_the_proxy(
    token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate_file))
    async with http2_server(authority.server_context("localhost"), b"", status="fine") as address:
        error = await failure_at(address, token)
    assert isinstance(error, UnexpectedAnswer)
    assert "status" in str(error)


async def test_a_proxy_setting_that_is_no_address_is_said_to_be_none_without_its_password(
    token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, "http://somebody:p#ssword@proxy.example.org")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    error = await failure_at("https://time.example.org", token)
    assert isinstance(error, Offline)
    assert "proxy" in str(error)
    assert "'p'" not in str(error)


@pytest.mark.parametrize("address", ["https://localhost:65536", "https://xn--a", "https://999.1.1.1"])
def test_an_address_that_cannot_be_is_refused_in_words_for_people(address: str) -> None:
    with pytest.raises(ValueError, match="cannot be read; it should look like"):
        server_address(address)


# Bodies


@pytest.mark.parametrize(
    "compressed",
    [
        pytest.param(gzip.compress(b"{}") + bytes(9 * 1024 * 1024), id="more after its end"),
        pytest.param(gzip.compress(b"")[:10] + b"\0\0\0\xff\xff" * 2_000_000, id="parts of nothing"),
    ],
)
async def test_a_compressed_body_is_bounded_as_it_is_sent_too(
    scripted: ScriptedServer, token: str, compressed: bytes
) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 99999999999\r\n\r\n"
    scripted.script = [Reply(head + compressed, after="hang")]
    assert "8 MiB" in str(await failure_at(scripted.address, token))


async def test_a_token_that_comes_back_as_the_request_id_is_not_passed_on(
    scripted: ScriptedServer, token: str
) -> None:
    refusal = {"error": {"code": "forbidden", "message": "No."}}
    scripted.script = [as_json(refusal, 403, x_request_id=f"id-{token}")]
    async with Client(scripted.address, token, patience=ONCE) as client:
        with pytest.raises(ApiFailure) as caught:
            await client.me()
        assert token not in repr(client.last_exchange)
    assert token not in repr(vars(caught.value))
    assert "id-[token]" in repr(vars(caught.value))


# Lists


def page(start: str) -> dict[str, Any]:
    return {"data": [{**ENTRY, "start": start, "stop": None, "duration": None}], "total": 2}


async def test_the_last_instant_there_is_does_not_stop_a_list_from_being_read(
    scripted: ScriptedServer, token: str
) -> None:
    scripted.script = [as_json(page(LAST_INSTANT)), as_json({"data": [], "total": 1})]
    async with Client(scripted.address, token, patience=ONCE) as client:
        assert len([entry async for entry in client.entries.each()]) == 1


@pytest.mark.parametrize("start", [LAST_INSTANT, "0001-01-01T00:00:00+14:00", "soon"])
async def test_rows_are_read_on_after_a_start_that_nothing_can_be_before(
    scripted: ScriptedServer, token: str, start: str
) -> None:
    scripted.script = [as_json(page(start)), as_json({"data": [], "total": 1})]
    async with Client(scripted.address, token, patience=ONCE) as client:
        assert len([row async for row in each_row(client, "/entries")]) == 1
    assert "offset=1" in scripted.asked[1].target
