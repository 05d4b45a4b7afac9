"""Every refusal and failure is in the reference's envelope, with a code of its table."""

import socket
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.server_process import ServerProcess, Team, serving

from tabkeeper.api.wire import ErrorCode


def error_of(answer: httpx.Response) -> dict[str, Any]:
    body = answer.json()
    assert body.keys() == {"error"}
    assert body["error"].keys() == {"code", "message", "details"}
    assert body["error"]["code"] in {code.value for code in ErrorCode}
    assert body["error"]["message"]
    return dict(body["error"])


@pytest.mark.parametrize("path", ["/nowhere", "/me/", "/entries/x/y", "/../me", "/ENTRIES"])
def test_an_unknown_route_is_not_found(bystanders: Team, path: str) -> None:
    answer = bystanders.owner.get(path)
    if path == "/me/":  # a slash at the end names the same thing
        assert answer.status_code == 200
        return
    assert answer.status_code == 404
    assert error_of(answer)["code"] == "not_found"


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/entries", {"GET", "POST", "OPTIONS"}),
        ("DELETE", "/me", {"GET", "OPTIONS"}),
        ("GET", "/entries/stop", {"POST", "DELETE", "PATCH", "OPTIONS"}),
        ("POST", "/reports/summary", {"GET", "OPTIONS"}),
    ],
)
def test_a_method_that_is_not_answered_is_405_with_a_code_of_the_table(
    bystanders: Team, method: str, path: str, allowed: set[str]
) -> None:
    answer = bystanders.owner.ask(method, path)
    assert answer.status_code == 405
    # Not `not_found`, which a client takes for "deleted elsewhere".
    assert error_of(answer)["code"] == "validation_error"
    assert set(answer.headers["Allow"].split(", ")) <= allowed


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/me", "GET, OPTIONS"),
        ("/entries", "GET, OPTIONS, POST"),
        ("/entries/x", "DELETE, OPTIONS, PATCH"),
        ("/projects", "GET, OPTIONS, POST"),
    ],
)
def test_options_names_every_method_of_an_address(bystanders: Team, path: str, allowed: str) -> None:
    answer = bystanders.owner.ask("OPTIONS", path)
    assert (answer.status_code, answer.headers["Allow"]) == (204, allowed)


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/entries"), ("POST", "/entries/start"), ("POST", "/entries/stop"), ("PATCH", "/entries/x"),
     ("POST", "/projects"), ("POST", "/clients")],
)  # fmt: skip
def test_a_body_over_64_kib_is_413(bystanders: Team, method: str, path: str) -> None:
    answer = bystanders.owner.ask(method, path, content=b'{"name": "' + b"x" * 65536 + b'"}')
    assert answer.status_code == 413
    error = error_of(answer)
    assert (error["code"], error["details"][0]["field"]) == ("validation_error", "body")


def test_a_body_over_64_kib_is_413_also_when_its_length_is_not_told(team: Team) -> None:
    pieces = (b"x" * 1024 for _ in range(65))
    assert team.owner.ask("POST", "/clients", content=pieces).status_code == 413


def test_a_body_of_64_kib_is_read(team: Team) -> None:
    body = b'{"name": "LVC"}'
    answer = team.owner.ask("POST", "/clients", content=body + b" " * (65536 - len(body)))
    assert answer.status_code == 201


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"nothing", b'{"name": "x"', b'{"name": "\xff"}', b'{"name": "\\ud800"}', b'{"a": 1}}',
     b"[" * 30_000, b'"name"', b"5", b"null", b"[]", b"name=x"],
)  # fmt: skip
@pytest.mark.parametrize(
    ("method", "path"), [("POST", "/clients"), ("POST", "/entries"), ("PATCH", "/entries/x")]
)
def test_malformed_json_is_a_validation_error_about_the_body(
    bystanders: Team, method: str, path: str, body: bytes
) -> None:
    answer = bystanders.owner.ask(method, path, content=body)
    assert answer.status_code == 400
    assert error_of(answer)["code"] == "validation_error"


def test_any_content_type_is_read_as_json(team: Team) -> None:
    for number, kind in enumerate(("application/x-www-form-urlencoded", "text/plain", "multipart/form-data")):
        body = f'{{"name": "Client {number}"}}'
        answer = team.owner.ask("POST", "/clients", content=body, headers={"Content-Type": kind})
        assert answer.status_code == 201


def test_an_unknown_field_is_named(team: Team) -> None:
    error = error_of(team.owner.post("/clients", {"name": "LVC", "nickname": "L"}))
    assert (error["code"], error["details"][0]["field"]) == ("validation_error", "nickname")


def test_a_field_within_a_list_is_named(team: Team) -> None:
    error = error_of(team.owner.post("/entries", {"start": "2024-03-04T08:00:00Z", "tags": ["a", 5]}))
    assert error["details"] == [{"field": "tags", "message": "Expected `str`, got `int`"}]


@pytest.mark.parametrize(
    ("method", "path", "field"),
    [
        ("GET", "/entries?limit=5&project_id=%00", "project_id"),
        ("GET", "/projects?client_id=a%00", "client_id"),
        ("GET", "/entries?a%00b=5", "ab"),
        ("PATCH", "/entries/%00", "path"),
    ],
)
def test_a_nul_in_the_address_is_refused_by_field(
    bystanders: Team, method: str, path: str, field: str
) -> None:
    answer = bystanders.owner.ask(method, path)
    assert answer.status_code == 400
    assert error_of(answer)["details"][0]["field"] == field


def test_an_odd_address_is_answered_in_the_envelope(bystanders: Team) -> None:
    for path in (
        "/entries?%",
        "/entries?limit",
        "/entries?=&&",
        "/entries/%ED%A0%80",
        "/entries?user_id=%ff",
        "/é",
    ):
        answer = bystanders.owner.get(path)
        assert answer.status_code < 500
        if answer.status_code != 200:
            error_of(answer)


@pytest.mark.parametrize(
    "path", ["/", "/favicon.ico", "/schema/nowhere", "/schema/nowhere.json", "/api/v2/me"]
)
def test_an_address_outside_the_api_is_not_found_in_the_envelope_too(bystanders: Team, path: str) -> None:
    answer = bystanders.server.http.get(f"{bystanders.server.url}{path}")
    assert answer.status_code == 404
    assert error_of(answer)["code"] == "not_found"


def raw_answer(server: ServerProcess, *parts: bytes) -> bytes:
    """Send bytes as they are, each part once something came back for the one before; return all that came."""
    address = httpx.URL(server.url)
    with socket.create_connection((address.host, address.port or 80), timeout=60) as connection:
        received = b""
        for part in parts[:-1]:
            connection.sendall(part)
            received += connection.recv(65536)
        connection.sendall(parts[-1])
        while chunk := connection.recv(65536):
            received += chunk
    return received


CHUNKED = (
    b"POST /api/v1/clients HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n"
)


@pytest.mark.parametrize(
    "sent",
    [b"GARBAGE\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n", b"GET /api/v1/me HTTP/1.1\r\n\r\n",
     b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n", CHUNKED + b"ZZ\r\n"],
    ids=["no request", "TLS", "no host", "no length", "no chunk"],
)  # fmt: skip
def test_what_is_no_http_is_a_validation_error_with_the_headers_of_every_answer(
    bystanders: Team, sent: bytes
) -> None:
    received = raw_answer(bystanders.server, sent.replace(b"%s", bystanders.owner.token.encode()))
    head, _, body = received.partition(b"\r\n\r\n")
    status, *headers = head.decode().lower().split("\r\n")
    assert status == "http/1.1 400 bad request"
    assert {"content-type: application/json", "connection: close"} < set(headers)
    assert {"date", "x-request-id"} < {header.partition(":")[0] for header in headers}
    assert error_of(httpx.Response(400, content=body))["code"] == "validation_error"


def test_what_goes_wrong_on_the_other_end_is_no_failure_of_the_server(team: Team) -> None:
    before = len(team.server.lines())
    post = CHUNKED.replace(b"%s", team.owner.token.encode() + b"\r\nX-Request-Id: %s")
    # A body that is refused for its length, and breaks off in its next chunk.
    too_long = post.replace(b"%s", b"too-long") + b"11170\r\n" + b"x" * 70_000 + b"\r\n"
    assert raw_answer(team.server, too_long, b"ZZ\r\n").startswith(b"HTTP/1.1 413 ")
    raw_answer(team.server, post.replace(b"%s", b"no-chunk") + b"ZZ\r\n")
    for request_id in ("too-long", "no-chunk"):
        assert team.server.lines_about(request_id)
    team.owner.get("/me")  # what else is said of them is said by then
    logged = team.server.lines()[before:]
    assert {line["level"] for line in logged} == {"info"}, logged


@pytest.fixture
def damaged(tmp_path: Path) -> Any:
    """A team on a server of its own, whose database loses a table behind its back."""
    with serving(tmp_path) as server:
        team = server.team()
        with closing(sqlite3.connect(tmp_path / "server.sqlite")) as database:
            database.execute("DROP TABLE entry_tags")
            database.execute("DROP TABLE tags")
        yield team


def test_a_mistake_of_the_server_is_an_internal_error_that_tells_nothing_but_where_to_look(
    damaged: Team,
) -> None:
    damaged.owner.post("/entries", {"start": "2024-03-04T08:00:00Z", "tags": ["a private matter"]})
    answer = damaged.owner.get("/tags")
    assert answer.status_code == 500
    error = error_of(answer)
    assert error["code"] == "internal_error"
    assert answer.headers["X-Request-Id"] in error["message"]
    assert "sqlite" not in answer.text.lower()
    assert "tags" not in answer.text
    logged = damaged.server.log.read_text(encoding="utf-8")
    assert "no such table: tags" in logged
    assert damaged.owner.get("/me").status_code == 200
    assert damaged.owner.token not in logged
    assert "FROM tags" in logged
    assert "private" not in logged


def test_a_create_that_fails_half_way_changes_nothing(damaged: Team, tmp_path: Path) -> None:
    damaged.owner.entry("2024-03-04T08:00:00Z", description="runs")
    answer = damaged.owner.post("/entries", {"start": "2024-03-04T09:00:00Z", "tags": ["a"]})
    assert answer.status_code == 500
    with closing(sqlite3.connect(tmp_path / "server.sqlite")) as database:
        assert database.execute("SELECT description, stop FROM entries").fetchall() == [("runs", None)]
        assert database.execute("SELECT entry_count FROM users").fetchall() == [(1,)]
