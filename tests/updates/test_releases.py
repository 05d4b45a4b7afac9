"""The question for the newest release over a real socket: what it says, and what it takes for an answer."""

import asyncio
import socket
import ssl
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.api.certificates import Authority
from tests.api.scripted_server import HANG_UP, Reply, ScriptedServer, as_json, reply

from tabkeeper.updates import releases
from tabkeeper.updates.releases import NoAnswer, NotReached, newest

NEWEST = {"tag_name": "v1.10.0", "draft": False, "prerelease": False, "name": "<b>Buy now</b>"}


async def answer(*script: Reply, tls: ssl.SSLContext | None = None) -> tuple[Any, ScriptedServer]:
    """Return what is made of a server's answers: the numbers, or the refusal."""
    async with ScriptedServer(list(script), tls=tls) as server:
        try:
            return await asyncio.to_thread(newest, server.address), server
        except (NoAnswer, NotReached) as refusal:
            return refusal, server


async def answer_over_tls(authority: Authority, *script: Reply) -> tuple[Any, ScriptedServer]:
    return await answer(*script, tls=authority.server_context("localhost"))


async def test_the_newest_release_is_three_numbers() -> None:
    assert (await answer(as_json(NEWEST)))[0] == (1, 10, 0)
    assert releases.version("1.10.0") > releases.version("1.9.0")  # type: ignore[operator]


async def test_the_question_says_nothing_of_who_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABKEEPER_TOKEN", "tta_secret")
    _, server = await answer(as_json(NEWEST))
    [asked] = server.asked
    assert (asked.method, asked.body) == ("GET", b"")
    assert asked.headers | {"host": ""} == {
        "host": "",
        "user-agent": "Tabkeeper",
        "accept": "application/json",
        "accept-encoding": "identity",
        "connection": "close",
    }


@pytest.mark.parametrize(
    "nonsense",
    [
        NEWEST | {"prerelease": True},
        NEWEST | {"draft": True},
        *(NEWEST | {"tag_name": tag} for tag in (
            "v1.10.0-rc.1", "1.10.0rc1", "v1.10", "1.10.0\n", "nightly", "v1.10.0; rm -rf ~", "٣.٠.٠",
            "9999999.0.0", "1.2.3.4", 110, None, ["v1.10.0"],
        )),
        {}, [], [NEWEST], None, True, "v1.10.0", 1.10,
    ],
)  # fmt: skip
async def test_what_is_no_release_is_no_answer(nonsense: object) -> None:
    assert isinstance((await answer(as_json(nonsense)))[0], NoAnswer)


@pytest.mark.parametrize(
    "hostile",
    [
        reply(b"<html>Sign in to this network</html>", content_type="text/html"),
        reply(b""),
        reply(b"\xff\xfe\x00"),
        reply(b"[" * 200_000),
        reply(b'{"tag_name": "v1.10.0", "body": "' + b"x" * 600_000 + b'"}'),
        Reply(reply(b'{"tag_name": "v1.1', content_length="4000").data, after="close"),
        reply(b"{}", status=404),
        reply(b"{}", status=403),
        reply(b"{}", status=500),
        reply(b"", status=302, location="file:///etc/passwd"),
        reply(b"", status=302, location="::::"),
        HANG_UP,
        Reply(b"SSH-2.0-OpenSSH_9.2\r\n\r\n", after="close"),
        Reply(b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 500 + b"\r\n", after="close"),
    ],
)
async def test_a_hostile_answer_is_no_answer_and_no_error(hostile: Reply) -> None:
    assert isinstance((await answer(hostile))[0], NoAnswer)


async def test_an_answer_that_never_ends_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(releases, "_PATIENCE", 0.2)
    assert isinstance((await answer(Reply(b"HTTP/1.1 200 OK\r\n", after="hang")))[0], NoAnswer)
    monkeypatch.setattr(releases, "_WHOLE_PATIENCE", 0.0)
    assert isinstance((await answer(as_json(NEWEST)))[0], NoAnswer)


async def test_a_project_that_has_moved_is_followed() -> None:
    moved = reply(b"", status=301, location="/repositories/1/releases/latest")
    found, server = await answer(moved, as_json(NEWEST))
    assert found == (1, 10, 0)
    assert server.asked[1].target == "/repositories/1/releases/latest"


async def test_who_cannot_prove_to_be_the_server_is_not_asked(tmp_path: Path) -> None:
    found, server = await answer_over_tls(Authority(tmp_path), as_json(NEWEST))
    assert isinstance(found, NotReached)
    assert server.asked == []


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="elsewhere the system alone says whom to trust"
)
async def test_a_server_is_not_followed_from_https_to_http(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate_file))
    assert (await answer_over_tls(authority, as_json(NEWEST)))[0] == (1, 10, 0)
    async with ScriptedServer([as_json(NEWEST)]) as plain:
        away = reply(b"", status=302, location=plain.address)
        assert isinstance((await answer_over_tls(authority, away))[0], NoAnswer)
        assert plain.asked == []


async def test_nobody_there_is_no_network_and_not_an_answer() -> None:
    with socket.socket() as deaf:
        # Bound, so that nobody else gets the port, and not listening.
        deaf.bind(("127.0.0.1", 0))
        with pytest.raises(NotReached):
            await asyncio.to_thread(newest, f"http://127.0.0.1:{deaf.getsockname()[1]}/")
    with pytest.raises(NotReached):
        await asyncio.to_thread(newest, "http://nowhere.invalid/")


def test_the_address_is_https_and_that_of_the_project_file() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    repository = project["project"]["urls"]["Repository"]
    name = repository.removeprefix("https://github.com/")
    assert name == releases.PROJECT
    assert f"{repository}/releases/latest" == releases.PAGE
    assert f"https://api.github.com/repos/{name}/releases/latest" == releases.FEED
