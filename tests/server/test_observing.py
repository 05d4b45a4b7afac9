"""`/healthz` and the log: a line of JSON a request, and nothing secret in it."""

import signal
from pathlib import Path

from sqlalchemy.engine import make_url
from tests.server_process import ServerProcess, Team, serving


def test_the_log_begins_with_which_database_is_served(server: ServerProcess) -> None:
    first = server.lines()[0]
    password = make_url(server.database).password
    assert first["message"] == "started"
    assert str(first["database"]).endswith(str(make_url(server.database).database))
    assert password is None or str(password) not in first["database"]


def test_healthz_says_ok_without_a_token(server: ServerProcess) -> None:
    answer = server.http.get(f"{server.url}/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_each_request_is_one_line_of_json(team: Team) -> None:
    answer = team.owner.get("/entries", limit=5)
    (line,) = team.server.lines_about(answer.headers["X-Request-Id"])
    assert line == {
        "at": line["at"],
        "level": "info",
        "message": "request",
        "request_id": answer.headers["X-Request-Id"],
        "client": "127.0.0.1",
        "method": "GET",
        "path": "/api/v1/entries",
        "status": 200,
        "milliseconds": line["milliseconds"],
        "token": team.owner.token[:12],
        "user_id": team.owner.id,
    }
    assert line["milliseconds"] > 0


def test_refused_requests_are_logged_too(team: Team) -> None:
    unknown = team.server.http.get(f"{team.server.api}/me", headers={"Authorization": "Bearer tta_wrong"})
    nowhere = team.owner.get("/nowhere")
    (refused,) = team.server.lines_about(unknown.headers["X-Request-Id"])
    assert (refused["status"], refused["token"], refused["user_id"]) == (401, None, None)
    (missed,) = team.server.lines_about(nowhere.headers["X-Request-Id"])
    assert missed["status"] == 404


def test_nothing_secret_is_logged(team: Team) -> None:
    wrong = "tta_" + "W" * 43
    team.owner.entry("2024-03-04T08:00:00Z", description="a private matter", tags=["private-tag"])
    team.owner.get("/entries", user_id="private-filter")
    last = team.server.http.get(f"{team.server.api}/me", headers={"Authorization": f"Bearer {wrong}"})
    assert team.server.lines_about(last.headers["X-Request-Id"])
    logged = team.server.log.read_text(encoding="utf-8")
    for secret in (team.owner.token, wrong, "private"):
        assert secret not in logged


def test_an_answer_that_is_long_is_compressed_for_who_asks(team: Team) -> None:
    for number in range(20):
        team.owner.made("/clients", name=f"Client {number}")
    plain = team.owner.ask("GET", "/clients", headers={"Accept-Encoding": "identity"})
    packed = team.owner.ask("GET", "/clients", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.headers["Vary"] == "Accept-Encoding"
    assert packed.json() == plain.json()
    assert int(packed.headers["Content-Length"]) < len(plain.content) / 3
    short = team.owner.ask("GET", "/me", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in short.headers


def test_a_signal_ends_the_server_after_what_it_was_doing(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        server.team().owner.entry("2024-03-04T08:00:00Z")
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(timeout=30)
        assert [path.name for path in tmp_path.glob("server.sqlite*")] == ["server.sqlite"]
        assert not [line for line in server.lines() if line["level"] == "error"]
