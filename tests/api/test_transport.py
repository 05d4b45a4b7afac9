"""The rules of the wire: where the token goes, what is trusted, how much is read, and what failed how."""

import gzip
import tracemalloc
import zlib
from datetime import timedelta
from pathlib import Path

import pytest
from tests.api.certificates import Authority
from tests.api.conftest import HeldClock
from tests.api.http2_server import http2_server
from tests.api.scripted_server import HANG_UP, SILENCE, Reply, ScriptedServer, as_json, reply
from tests.api.test_reader import ME

from tabkeeper.api import (
    ApiFailure,
    BrokenOff,
    Client,
    Conflict,
    FeatureGated,
    Forbidden,
    InternalError,
    NotFound,
    Offline,
    Patience,
    RateLimited,
    Refused,
    TimedOut,
    Unauthorized,
    UnexpectedAnswer,
    ValidationError,
    server_address,
    wire,
)

ONCE = Patience(attempts=1)


async def me(server: ScriptedServer, token: str, patience: Patience = ONCE) -> wire.Me:
    async with Client(server.address, token, patience=patience) as client:
        return await client.me()


async def failure(server: ScriptedServer, token: str, patience: Patience = ONCE) -> ApiFailure:
    with pytest.raises(ApiFailure) as caught:
        await me(server, token, patience)
    return caught.value


# Requests


async def test_every_request_has_the_token_and_asks_for_json(scripted: ScriptedServer, token: str) -> None:
    scripted.script = [as_json(ME)]
    await me(scripted, token)
    asked = scripted.asked[0]
    assert asked.headers["authorization"] == f"Bearer {token}"
    assert (asked.headers["accept"], asked.headers["accept-encoding"]) == ("application/json", "gzip")
    assert asked.headers["user-agent"].startswith("tabkeeper/")


async def test_the_connection_is_kept_for_the_next_call(scripted: ScriptedServer, token: str) -> None:
    scripted.script = [as_json(ME)]
    async with Client(scripted.address, token) as client:
        for _ in range(5):
            await client.me()
    assert (len(scripted.asked), scripted.connections) == (5, 1)


async def test_an_id_is_one_part_of_the_path_whatever_is_in_it(scripted: ScriptedServer, token: str) -> None:
    scripted.script = [reply(b"", 204)]
    async with Client(scripted.address, token) as client:
        await client.entries.delete("a/../b?c=d#e %")
        for outside in ("", ".", ".."):
            with pytest.raises(ValueError, match="id"):
                await client.entries.delete(outside)
    assert [asked.target for asked in scripted.asked] == ["/api/v1/entries/a%2F..%2Fb%3Fc%3Dd%23e%20%25"]


@pytest.mark.parametrize("path", ["/a\nb", "/" + "x" * 70_000])
async def test_a_path_that_is_no_address_is_a_value_error_and_nothing_is_sent(
    scripted: ScriptedServer, token: str, path: str
) -> None:
    async with Client(scripted.address, token) as client:
        with pytest.raises(ValueError, match="cannot be asked"):
            await client.request("GET", path)
    assert scripted.asked == []


async def test_cookies_are_not_sent_back(scripted: ScriptedServer, token: str) -> None:
    scripted.script = [as_json(ME, set_cookie="session=somebody; Path=/")]
    async with Client(scripted.address, token) as client:
        await client.me()
        await client.me()
    assert "cookie" not in scripted.asked[1].headers


async def test_a_netrc_of_the_person_has_no_say(
    scripted: ScriptedServer, token: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login somebody password else\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(netrc))
    scripted.script = [as_json(ME)]
    await me(scripted, token)
    assert scripted.asked[0].headers["authorization"] == f"Bearer {token}"


async def test_what_stays_on_this_computer_goes_through_no_proxy(
    scripted: ScriptedServer, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    scripted.script = [as_json(ME)]
    assert (await me(scripted, token)).user.id == "u-1"


async def test_the_systems_proxy_is_used_for_everything_else(
    scripted: ScriptedServer, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = scripted.address.removesuffix("/api/v1")
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, proxy)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    scripted.script = [reply(b"", 403)]
    async with Client("https://time.example.org", token, patience=ONCE) as client:
        with pytest.raises(Offline):
            await client.me()
    asked = scripted.asked[0]
    assert (asked.method, asked.target) == ("CONNECT", "time.example.org:443")
    assert token not in str(asked.headers)


async def test_a_proxy_of_a_kind_we_cannot_use_is_said_to_be_one(
    token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "socks4a://127.0.0.1:1")
    async with Client("https://time.example.org", token, patience=ONCE) as client:
        with pytest.raises(Offline, match="proxy"):
            await client.me()


# Addresses


@pytest.mark.parametrize(
    "address",
    [
        "http://time.example.org",
        "http://127.0.0.1.example.org",
        "http://localhost.example.org",
        "https://ada:secret@example.org",
        "https://example.org/?token=1",
        "https://example.org/#x",
        "ftp://example.org",
        "https://",
        "https:/time.example.org",
        "http:/time.example.org",
        "",
    ],
)
def test_no_token_is_sent_to_an_address_that_is_not_safe(address: str, token: str) -> None:
    with pytest.raises(ValueError, match=r"\w") as caught:
        Client(address, token)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("https://Time.Example.org", "https://time.example.org/api/v1"),
        (" https://example.org:443/api/v1/ ", "https://example.org/api/v1"),
        ("https://example.org/time/api/v1", "https://example.org/time/api/v1"),
        ("example.org", "https://example.org/api/v1"),
        ("example.org:8443/time/api/v1", "https://example.org:8443/time/api/v1"),
        ("http://localhost:8080", "http://localhost:8080/api/v1"),
        ("http://127.1.2.3:8080/", "http://127.1.2.3:8080/api/v1"),
        ("http://[::1]:8080", "http://[::1]:8080/api/v1"),
    ],
)
def test_an_address_has_one_form(written: str, used: str) -> None:
    assert server_address(written) == used


# Redirects


async def test_a_redirect_within_the_origin_is_followed(scripted: ScriptedServer, token: str) -> None:
    scripted.script = [reply(b"", 308, location="/api/v1/me/"), as_json(ME)]
    assert (await me(scripted, token)).user.id == "u-1"
    assert scripted.asked[1].target == "/api/v1/me/"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_to_another_origin_is_never_followed(
    scripted: ScriptedServer, token: str, status: int
) -> None:
    async with ScriptedServer([as_json(ME)]) as elsewhere:
        scripted.script = [reply(b"", status, location=f"{elsewhere.address}/me")]
        error = await failure(scripted, token)
    assert isinstance(error, UnexpectedAnswer)
    assert elsewhere.asked == []


async def test_a_post_is_not_turned_into_something_else_by_a_redirect(
    scripted: ScriptedServer, token: str
) -> None:
    scripted.script = [reply(b"", 302, location="/api/v1/entries"), as_json({"data": [], "total": 0})]
    async with Client(scripted.address, token, patience=ONCE) as client:
        with pytest.raises(UnexpectedAnswer, match="sent on as GET"):
            await client.entries.stop()
    assert len(scripted.asked) == 1


async def test_a_redirect_in_circles_comes_to_an_end(scripted: ScriptedServer, token: str) -> None:
    scripted.script = [reply(b"", 307, location="/api/v1/me")]
    assert isinstance(await failure(scripted, token), UnexpectedAnswer)
    assert len(scripted.asked) < 10


# Bodies


async def test_a_compressed_answer_is_read(scripted: ScriptedServer, token: str) -> None:
    scripted.script = [reply(gzip.compress(as_json(ME).data.split(b"\r\n\r\n")[1]), content_encoding="gzip")]
    assert (await me(scripted, token)).user.id == "u-1"


async def test_more_than_eight_mebibytes_are_refused(scripted: ScriptedServer, token: str) -> None:
    scripted.script = [reply(b" " * (8 * 1024 * 1024 + 1))]
    error = await failure(scripted, token)
    assert isinstance(error, UnexpectedAnswer)
    assert "8 MiB" in str(error)


async def test_exactly_eight_mebibytes_are_read(scripted: ScriptedServer, token: str) -> None:
    body = as_json(ME).data.split(b"\r\n\r\n")[1]
    scripted.script = [reply(body + b" " * (8 * 1024 * 1024 - len(body)))]
    assert (await me(scripted, token)).user.id == "u-1"


async def test_an_endless_body_is_refused_while_it_streams(scripted: ScriptedServer, token: str) -> None:
    endless = Reply(
        b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n" + b" " * (9 * 1024 * 1024), after="hang"
    )
    scripted.script = [endless]
    assert "8 MiB" in str(await failure(scripted, token))


async def test_a_compression_bomb_is_refused_before_it_goes_off(scripted: ScriptedServer, token: str) -> None:
    scripted.script = [reply(gzip.compress(b" " * (64 * 1024 * 1024)), content_encoding="gzip")]
    tracemalloc.start()
    try:
        error = await failure(scripted, token)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert "8 MiB" in str(error)
    assert peak < 32 * 1024 * 1024


async def test_damaged_compression_is_an_unexpected_answer(scripted: ScriptedServer, token: str) -> None:
    scripted.script = [reply(b"not gzip at all", content_encoding="gzip")]
    assert isinstance(await failure(scripted, token), UnexpectedAnswer)


@pytest.mark.parametrize("coding", ["br", "deflate", "gzip, gzip"])
async def test_an_encoding_nobody_asked_for_is_an_unexpected_answer(
    scripted: ScriptedServer, token: str, coding: str
) -> None:
    scripted.script = [reply(zlib.compress(b"{}"), content_encoding=coding)]
    assert isinstance(await failure(scripted, token), UnexpectedAnswer)


@pytest.mark.parametrize(
    "broken",
    [
        reply(b'{"user"', content_length="500"),
        reply(gzip.compress(b"{}" * 1000)[:20], content_encoding="gzip"),
    ],
)
async def test_an_answer_cut_short_broke_off(scripted: ScriptedServer, token: str, broken: Reply) -> None:
    scripted.script = [Reply(broken.data, after="close")]
    error = await failure(scripted, token)
    assert isinstance(error, BrokenOff)
    assert error.may_have_been_done


async def test_a_login_page_is_an_unexpected_answer(scripted: ScriptedServer, token: str) -> None:
    scripted.script = [reply(b"<!DOCTYPE html><p>Welcome to our hotel", content_type="text/html")]
    error = await failure(scripted, token)
    assert isinstance(error, UnexpectedAnswer)
    assert "login" in str(error)
    assert "hotel" not in str(error)


# Failures


async def test_nobody_listening_is_offline(token: str) -> None:
    async with Client("http://127.0.0.1:1", token, patience=ONCE) as client:
        with pytest.raises(Offline, match=r"127\.0\.0\.1"):
            await client.me()


async def test_a_connection_closed_without_an_answer_is_offline(scripted: ScriptedServer, token: str) -> None:
    scripted.script = [HANG_UP]
    error = await failure(scripted, token)
    assert isinstance(error, Offline)
    assert error.may_have_been_done


async def test_what_is_no_http_is_offline(scripted: ScriptedServer, token: str) -> None:
    scripted.script = [Reply(b"SSH-2.0-OpenSSH_9.2\r\n\r\n", after="close")]
    assert isinstance(await failure(scripted, token), Offline)


async def test_a_server_that_says_nothing_is_timed_out(scripted: ScriptedServer, token: str) -> None:
    scripted.script = [SILENCE]
    assert isinstance(await failure(scripted, token, Patience(attempts=1, seconds=0.2)), TimedOut)


async def test_a_server_that_stops_in_the_middle_is_timed_out(scripted: ScriptedServer, token: str) -> None:
    scripted.script = [Reply(reply(b"{", content_length="500").data, after="hang")]
    assert isinstance(await failure(scripted, token, Patience(attempts=1, seconds=0.2)), TimedOut)


@pytest.mark.parametrize(
    ("code", "status", "kind"),
    [
        ("unauthorized", 401, Unauthorized),
        ("forbidden", 403, Forbidden),
        ("not_found", 404, NotFound),
        ("validation_error", 400, ValidationError),
        ("conflict", 409, Conflict),
        ("rate_limited", 429, RateLimited),
        ("feature_gated", 403, FeatureGated),
        ("feature_gated", 402, FeatureGated),
        ("internal_error", 500, InternalError),
    ],
)
async def test_each_documented_code_has_its_class_with_the_servers_words(
    scripted: ScriptedServer, token: str, code: str, status: int, kind: type[Refused]
) -> None:
    scripted.script = [
        as_json({"error": {"code": code, "message": "The server's words."}}, status, x_request_id="r-1")
    ]
    error = await failure(scripted, token)
    assert type(error) is kind
    assert (str(error), error.code, error.status, error.request_id, error.endpoint) == (
        "The server's words.",
        code,
        status,
        "r-1",
        "GET /me",
    )


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, ValidationError),
        (401, Unauthorized),
        (402, FeatureGated),
        (403, Forbidden),
        (404, NotFound),
        (405, ValidationError),
        (408, TimedOut),
        (407, UnexpectedAnswer),
        (409, Conflict),
        (410, NotFound),
        (413, ValidationError),
        (422, ValidationError),
        (429, RateLimited),
        (500, InternalError),
        (502, InternalError),
        (503, InternalError),
        (599, InternalError),
        (304, UnexpectedAnswer),
    ],
)
@pytest.mark.parametrize("body", [b"", b"<html><h1>nginx</h1>"])
async def test_an_error_without_an_envelope_is_judged_by_its_status(
    scripted: ScriptedServer, token: str, status: int, kind: type[ApiFailure], body: bytes
) -> None:
    scripted.script = [reply(b"" if status == 304 else body, status, content_type="text/html")]
    error = await failure(scripted, token)
    assert type(error) is kind
    assert getattr(error, "code", None) is None
    assert "nginx" not in str(error)


async def test_a_failing_server_is_one_whatever_code_it_gives(scripted: ScriptedServer, token: str) -> None:
    scripted.script = [as_json({"error": {"code": "not_found", "message": "?"}}, 500)]
    assert isinstance(await failure(scripted, token), InternalError)


async def test_details_name_the_fields(scripted: ScriptedServer, token: str) -> None:
    details = [{"field": "stop", "message": "is before start"}]
    scripted.script = [
        as_json({"error": {"code": "validation_error", "message": "No.", "details": details}}, 400)
    ]
    error = await failure(scripted, token)
    assert isinstance(error, ValidationError)
    assert error.details == (wire.ErrorDetail(field="stop", message="is before start"),)


# The server's clock


async def test_the_skew_of_the_clocks_is_measured_from_the_date(
    scripted: ScriptedServer, token: str, clock: HeldClock
) -> None:
    scripted.script = [as_json(ME, date="Sun, 24 May 2026 14:10:00 GMT", x_request_id="r-7")]
    async with Client(scripted.address, token, timing=clock.timing) as client:
        assert client.last_exchange is None
        await client.me()
        exchange = client.last_exchange
    assert exchange is not None
    assert exchange.skew == timedelta(minutes=10, milliseconds=500)
    assert exchange.skew_uncertainty == timedelta(milliseconds=500)
    assert exchange.request_id == "r-7"


@pytest.mark.parametrize("date", ["", "today", "Sun, 24 May 2026"])
async def test_without_a_date_there_is_no_skew(scripted: ScriptedServer, token: str, date: str) -> None:
    scripted.script = [as_json(ME, date=date)]
    async with Client(scripted.address, token) as client:
        await client.me()
        assert client.last_exchange is not None
        assert client.last_exchange.skew is None


# TLS


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return Authority(tmp_path)


async def test_a_certificate_the_system_does_not_know_is_refused(authority: Authority, token: str) -> None:
    async with ScriptedServer([as_json(ME)], tls=authority.server_context("localhost")) as server:
        error = await failure(server, token)
        assert isinstance(error, Offline)
        assert "certificate" in str(error)
        assert server.asked == []


async def test_what_the_system_trusts_is_trusted(
    authority: Authority, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate_file))
    async with ScriptedServer([as_json(ME)], tls=authority.server_context("localhost")) as server:
        assert (await me(server, token)).user.id == "u-1"


async def test_a_certificate_for_another_name_is_refused(
    authority: Authority, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate_file))
    async with ScriptedServer([as_json(ME)], tls=authority.server_context("elsewhere")) as server:
        assert isinstance(await failure(server, token), Offline)


async def test_http_2_is_spoken_where_it_is_offered(
    authority: Authority, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.certificate_file))
    body = as_json(ME).data.split(b"\r\n\r\n")[1]
    async with (
        http2_server(authority.server_context("localhost"), body) as address,
        Client(address, token, patience=ONCE) as client,
    ):
        answer = await client.request("GET", "/me")
    assert (answer.protocol, answer.body) == ("HTTP/2", body)
