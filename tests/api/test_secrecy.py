"""The token is in the `Authorization` header and nowhere else: no repr, log, exception, traceback or copy."""

import copy
import logging
import pickle
import traceback
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from hpack import Encoder
from tests.api.certificates import Authority
from tests.api.http2_server import http2_server
from tests.api.scripted_server import HANG_UP, SILENCE, Reply, ScriptedServer, as_json, reply
from tests.api.test_reader import ME

from tabkeeper.api import ApiFailure, Client, Patience
from tabkeeper.api._token import Token

ONCE, BRIEFLY = Patience(attempts=1), Patience(attempts=1, seconds=0.3)


def told_with_locals(error: BaseException) -> str:
    """The most talkative traceback there is: every frame with its variables, and all that is chained."""
    lines: list[str] = []
    while error is not None:
        lines += traceback.TracebackException.from_exception(error, capture_locals=True).format()
        lines.append(repr(vars(error)))
        error = error.__cause__ or error.__context__  # type: ignore[assignment]
    return "".join(lines)


def test_no_repr_shows_the_token(token: str) -> None:
    client = Client("http://127.0.0.1:1", token)
    assert token not in repr(client) + str(client) + repr(vars(client))
    assert token not in repr(Token(token)) + str(Token(token)) + f"{Token(token)}"


def test_a_token_is_neither_pickled_nor_copied(token: str) -> None:
    for take in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="not to be"):
            take(Token(token))


@pytest.mark.parametrize("broken", ["two words", "tta_\n", "tta_x\r\nHost: elsewhere", "tta_ключ", "", " "])
def test_what_is_no_token_is_refused_without_being_repeated(broken: str) -> None:
    text = broken if broken.strip() == "" else f"SECRET{broken}SECRET"
    with pytest.raises(ValueError, match="not a token") as caught:
        Client("http://127.0.0.1:1", text)
    assert "SECRET" not in str(caught.value)


def test_a_pasted_token_may_have_space_around_it() -> None:
    assert Token(" tta_1\n").authorization() == "Bearer tta_1"


async def _refused(client: Client) -> None:
    await client.me()


@pytest.mark.parametrize(
    "answer",
    [
        HANG_UP,
        SILENCE,
        Reply(b"nonsense\r\n\r\n", after="close"),
        Reply(reply(b"{", content_length="9").data, after="close"),
        reply(b"<html>"),
        reply(b"", 401),
        reply(b"", 302, location="https://elsewhere.example.org/"),
        reply(b"x", content_encoding="gzip"),
    ],
)
async def test_no_failure_shows_the_token_even_with_the_variables_of_every_frame(
    scripted: ScriptedServer, token: str, answer: Reply
) -> None:
    scripted.script = [answer]
    patience = BRIEFLY if answer is SILENCE else ONCE
    async with Client(scripted.address, token, patience=patience) as client:
        with pytest.raises(ApiFailure) as caught:
            await _refused(client)
    # The frames of this test hold the token themselves.
    trace = caught.value.__traceback__
    while trace is not None and trace.tb_frame.f_code is not _refused.__code__:
        trace = trace.tb_next
    assert trace is not None
    told = told_with_locals(caught.value.with_traceback(trace))
    assert "_refused" in told
    assert token not in told
    # Which frames below hold a header changes with every version of the libraries: none is handed on.
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    files = {frame.f_code.co_filename for frame, _ in traceback.walk_tb(trace)}
    assert all("tabkeeper/api" in file or file == __file__ for file in files)


async def test_a_server_that_repeats_the_token_back_is_not_passed_on(
    scripted: ScriptedServer, token: str
) -> None:
    said = {"code": token, "message": f"Bad token {token}", "details": [{"field": token, "message": token}]}
    scripted.script = [as_json({"error": said}, 400)]
    async with Client(scripted.address, token, patience=ONCE) as client:
        with pytest.raises(ApiFailure) as caught:
            await client.me()
    assert str(caught.value) == "Bad token [token]"
    assert token not in repr(vars(caught.value))


async def _logged(caplog: pytest.LogCaptureFixture, call: Callable[[], Awaitable[object]]) -> str:
    with caplog.at_level(logging.DEBUG):
        for name in list(logging.root.manager.loggerDict):
            caplog.set_level(logging.DEBUG, logger=name)
        await call()
    return "".join(record.getMessage() + repr(record.__dict__) for record in caplog.records)


async def test_debug_logs_of_http_1_do_not_have_the_token(
    scripted: ScriptedServer, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    scripted.script = [as_json(ME)]
    async with Client(scripted.address, token) as client:
        logged = await _logged(caplog, client.me)
    assert "httpcore" in logged
    assert token not in logged


async def test_debug_logs_of_http_2_do_not_have_the_token_in_any_encoding(
    token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate_file))
    body = as_json(ME).data.split(b"\r\n\r\n")[1]
    async with (
        http2_server(authority.server_context("localhost"), body) as address,
        Client(address, token) as client,
    ):
        await client.me()
        logged = await _logged(caplog, client.me)
    in_huffman_code = repr(Encoder().huffman_coder.encode(f"Bearer {token}".encode()))[2:-1]
    assert "send_request_headers" in logged
    assert token not in logged
    assert in_huffman_code[8:-8] not in logged
