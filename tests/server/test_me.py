"""The reference's sentences about getting started and `GET /me`."""

import pytest
from tests.server_process import Person, ServerProcess, Team


def test_get_the_authenticated_user_and_workspace(team: Team) -> None:
    answer = team.owner.get("/me")
    assert answer.status_code == 200
    user, workspace = answer.json()["user"], answer.json()["workspace"]
    assert user == {
        "id": user["id"],
        "name": "owner",
        "email": "owner@team.test",
        "role": "owner",
        "timezone": "UTC",
    }
    assert workspace == {
        "id": workspace["id"],
        "name": team.name,
        "currency": "USD",
        "week_start": "monday",
        "plan": "self-hosted",
    }


def test_returns_the_user_and_workspace_associated_with_the_bearer_token(server: ServerProcess) -> None:
    here, there = server.team(), server.team(currency="CHF", week_start="sunday", timezone="Europe/Zurich")
    member = here.join("someone@team.test", name="Some One", timezone="America/New_York")
    assert member.get("/me").json()["user"]["name"] == "Some One"
    assert member.get("/me").json()["user"]["role"] == "member"
    assert member.get("/me").json()["user"]["timezone"] == "America/New_York"
    assert member.get("/me").json()["workspace"]["name"] == here.name
    elsewhere = there.owner.get("/me").json()
    assert elsewhere["workspace"]["name"] == there.name
    assert elsewhere["workspace"]["currency"] == "CHF"
    assert elsewhere["workspace"]["week_start"] == "sunday"
    assert elsewhere["user"]["timezone"] == "Europe/Zurich"


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer tta_YOUR_TOKEN",
        "Bearer tta_" + "A" * 43,
        "Basic dXNlcjpwYXNzd29yZA==",
        "Bearer tta_ü",
    ],
)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/me"),
        ("GET", "/entries"),
        ("POST", "/entries"),
        ("GET", "/entries/current"),
        ("POST", "/entries/start"),
        ("POST", "/entries/stop"),
        ("PATCH", "/entries/x"),
        ("DELETE", "/entries/x"),
        ("GET", "/projects"),
        ("POST", "/projects"),
        ("GET", "/clients"),
        ("POST", "/clients"),
        ("GET", "/tags"),
        ("GET", "/reports/summary"),
    ],
)
def test_missing_or_invalid_token_is_401(
    server: ServerProcess, method: str, path: str, header: str | None
) -> None:
    headers = [] if header is None else [(b"Authorization", header.encode())]
    answer = server.http.request(method, f"{server.api}{path}", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "unauthorized"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_a_token_that_differs_in_its_last_character_is_not_a_token(team: Team) -> None:
    last = "A" if team.owner.token[-1] != "A" else "B"
    almost = Person(team.server, team.owner.email, team.owner.token[:-1] + last)
    assert almost.get("/me").status_code == 401


def test_half_a_token_is_told_from_none_at_all(team: Team) -> None:
    half = Person(team.server, team.owner.email, team.owner.token[:20])
    assert "no whole token" in half.get("/me").json()["error"]["message"]
    none = team.server.http.get(f"{team.server.api}/me")
    assert "Send a token" in none.json()["error"]["message"]


def test_all_responses_are_json(team: Team) -> None:
    for path in ("/me", "/entries", "/entries/current", "/projects", "/clients", "/tags", "/nowhere"):
        answer = team.owner.get(path)
        assert answer.headers["Content-Type"] == "application/json"
        answer.json()


def test_errors_return_error_with_code_and_message(team: Team) -> None:
    answer = team.owner.post("/entries/stop")
    assert answer.json() == {"error": {"code": "not_found", "message": "No timer is running.", "details": []}}


def test_every_answer_carries_date_and_a_request_id(team: Team) -> None:
    answers = [
        team.owner.get("/me"),
        team.owner.post("/entries/stop"),
        team.owner.get("/nowhere"),
        team.owner.ask("PUT", "/me"),
        team.server.http.get(f"{team.server.url}/healthz"),
    ]
    assert all(answer.headers["Date"].endswith("GMT") for answer in answers)
    assert len({answer.headers["X-Request-Id"] for answer in answers}) == len(answers)


def test_a_request_id_that_came_with_the_request_is_kept_unless_it_is_strange(team: Team) -> None:
    def answered(request_id: str) -> str:
        return team.owner.ask("GET", "/me", headers={"X-Request-Id": request_id}).headers["X-Request-Id"]

    assert answered("proxy-4711.a_b") == "proxy-4711.a_b"
    assert answered('"},{"forged":"') != '"},{"forged":"'
    assert len(answered("x" * 65)) == 36
