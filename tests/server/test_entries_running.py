"""The reference's sentences about the running entry: current, start and stop."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from tests.server_process import Team

from tabkeeper_server.database import Database
from tabkeeper_server.settings import database_url
from tabkeeper_server.tables import entries


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_returns_the_users_currently_running_entry(team: Team) -> None:
    running = team.member.entry("2024-03-04T08:00:00Z", tags=["b", "a"])
    team.owner.entry("2024-03-04T09:00:00Z")
    assert team.member.get("/entries/current").json() == running


def test_returns_null_if_no_timer_is_running(team: Team) -> None:
    team.owner.entry("2024-03-04T08:00:00Z", "2024-03-04T09:00:00Z")
    answer = team.owner.get("/entries/current")
    assert (answer.status_code, answer.content) == (200, b"null")


def test_starts_a_new_timer_for_the_authenticated_user(team: Team) -> None:
    project = team.owner.made("/projects", name="Reviews", billable=True)
    before = datetime.now(UTC) - timedelta(milliseconds=1)
    answer = team.member.post("/entries/start", {"description": "Code review", "project_id": project["id"]})
    assert answer.status_code == 201
    entry = answer.json()
    assert before <= instant(entry["start"]) <= datetime.now(UTC)
    assert (entry["description"], entry["project_id"]) == ("Code review", project["id"])
    assert (entry["user_id"], entry["stop"], entry["billable"]) == (team.member.id, None, True)
    assert team.member.get("/entries/current").json() == entry
    assert team.owner.get("/entries/current").json() is None


def test_atomically_stops_any_existing_running_timer_at_the_new_entrys_start_time(team: Team) -> None:
    old = team.owner.made("/entries/start")
    new = team.owner.made("/entries/start")
    entries = {entry["id"]: entry for entry in team.owner.listed()}
    assert entries[old["id"]]["stop"] == new["start"]
    assert entries[new["id"]]["stop"] is None


def test_start_is_equivalent_to_a_create_without_stop_also_for_keys(team: Team) -> None:
    body = {"description": "Call", "idempotency_key": "call"}
    original = team.owner.made("/entries/start", **body)
    assert team.owner.made("/entries/start", **body) == original
    conflict = team.owner.post("/entries/start", {**body, "description": "Another call"})
    assert conflict.status_code == 409
    other_endpoint = team.owner.post("/entries", {**body, "start": original["start"]})
    assert other_endpoint.status_code == 409


def test_a_timer_that_was_started_ahead_of_the_clock_goes_on(team: Team) -> None:
    ahead = (datetime.now(UTC) + timedelta(hours=1)).isoformat(timespec="seconds")
    running = team.owner.entry(ahead)
    started = team.owner.made("/entries/start")
    assert started["stop"] == running["start"]
    assert team.owner.get("/entries/current").json() == running


async def test_a_timer_starts_although_the_servers_clock_was_set_back_since_the_last_one(team: Team) -> None:
    before = team.owner.made("/entries/start")
    # As if it had been started by a clock that was an hour ahead.
    hour = 3_600_000
    database = Database(database_url(team.server.database))
    async with database.writing() as connection:
        later = {"start": entries.c.start + hour, "created_at": entries.c.created_at + hour}
        await connection.execute(update(entries).where(entries.c.id == before["id"]).values(later))
    await database.close()
    started = team.owner.made("/entries/start")
    assert team.owner.get("/entries/current").json() == started
    (ended,) = [entry for entry in team.owner.listed() if entry["id"] == before["id"]]
    assert (ended["stop"], ended["duration"]) == (ended["start"], 0)


@pytest.mark.parametrize("body", [None, {}])
def test_a_timer_needs_no_description(team: Team, body: Any) -> None:
    answer = team.owner.ask("POST", "/entries/start", **({} if body is None else {"json": body}))
    assert answer.status_code == 201
    assert answer.json()["description"] == ""


@pytest.mark.parametrize(
    "field", [{"stop": "2024-03-04T08:00:00Z"}, {"start": "2024-03-04T08:00:00Z"}, {"stop": None}]
)
def test_neither_stop_nor_start_may_be_in_the_body_of_start(team: Team, field: dict[str, Any]) -> None:
    answer = team.owner.post("/entries/start", field)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["code"], error["details"][0]["field"]) == ("validation_error", *field)


def test_stops_the_currently_running_entry(team: Team) -> None:
    started = team.owner.made("/entries/start", description="Call", tags=["phone"])
    answer = team.owner.post("/entries/stop")
    assert answer.status_code == 200
    stopped = answer.json()
    assert instant(started["start"]) <= instant(stopped["stop"]) <= datetime.now(UTC)
    assert stopped["updated_at"] == stopped["stop"]
    assert (stopped["id"], stopped["tags"]) == (started["id"], ["phone"])
    assert team.owner.get("/entries/current").json() is None
    assert team.owner.listed() == [stopped]


def test_stop_returns_404_if_no_timer_is_running(team: Team) -> None:
    team.member.made("/entries/start")
    answer = team.owner.post("/entries/stop")
    assert answer.status_code == 404
    assert answer.json()["error"]["code"] == "not_found"
    assert team.member.get("/entries/current").json() is not None


def test_stop_needs_no_body_and_takes_none(team: Team) -> None:
    team.owner.made("/entries/start")
    refused = team.owner.post("/entries/stop", {"stop": "2024-03-04T08:00:00Z"})
    assert refused.json()["error"]["details"][0]["field"] == "stop"
    assert team.owner.ask("POST", "/entries/stop").status_code == 200


def test_a_timer_that_was_started_ahead_of_the_clock_stops_where_it_began(team: Team) -> None:
    ahead = (datetime.now(UTC) + timedelta(hours=1)).isoformat(timespec="seconds")
    running = team.owner.entry(ahead)
    stopped = team.owner.post("/entries/stop").json()
    assert (stopped["stop"], stopped["duration"]) == (running["start"], 0)
