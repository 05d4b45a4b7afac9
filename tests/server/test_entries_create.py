"""The reference's and the contract's sentences about `POST /entries`."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.server_process import Person, ServerProcess, Team

EIGHT, NINE, TEN, ELEVEN = (f"2024-03-04T{hour:02}:00:00Z" for hour in (8, 9, 10, 11))


def from_now(**delta: float) -> str:
    return (datetime.now(UTC) + timedelta(**delta)).isoformat(timespec="seconds").replace("+00:00", "Z")


def refused_field(person: Person, body: Any) -> str:
    answer = person.post("/entries", body)
    assert answer.status_code == 400, answer.text
    assert answer.json()["error"]["code"] == "validation_error"
    return str(answer.json()["error"]["details"][0]["field"])


def test_creates_a_time_entry(team: Team) -> None:
    project = team.owner.made("/projects", name="Retainer")
    entry = team.owner.entry(
        EIGHT,
        "2024-03-04T09:30:00.500Z",
        description="Drafting",
        project_id=project["id"],
        tags=["client-work", "writing"],
        billable=True,
        idempotency_key="draft",
    )
    assert entry == {
        "id": entry["id"],
        "user_id": team.owner.id,
        "project_id": project["id"],
        "description": "Drafting",
        "tags": ["client-work", "writing"],
        "start": EIGHT,
        "stop": "2024-03-04T09:30:00.500Z",
        "duration": 5400,
        "billable": True,
        "created_at": entry["created_at"],
        "updated_at": entry["created_at"],
    }
    assert team.owner.listed() == [entry]


def test_only_start_is_required(team: Team) -> None:
    entry = team.owner.entry(EIGHT)
    assert (entry["description"], entry["project_id"], entry["tags"]) == ("", None, [])
    assert (entry["billable"], entry["duration"]) == (False, None)
    assert refused_field(team.owner, {"description": "x"}) == "start"


def test_if_stop_is_omitted_this_becomes_the_currently_running_entry(team: Team) -> None:
    entry = team.owner.entry(EIGHT)
    assert entry["stop"] is None
    assert team.owner.get("/entries/current").json() == entry


def test_a_stop_of_null_is_a_stop_that_is_omitted(team: Team) -> None:
    entry = team.owner.made("/entries", start=EIGHT, stop=None)
    assert team.owner.get("/entries/current").json() == entry


def test_any_existing_running_entry_is_stopped_at_start_of_the_new_one(team: Team) -> None:
    old = team.owner.entry(EIGHT)
    new = team.owner.entry(TEN)
    assert team.owner.get("/entries/current").json()["id"] == new["id"]
    stopped = team.owner.listed()[1]
    assert (stopped["id"], stopped["stop"], stopped["duration"]) == (old["id"], TEN, 7200)
    assert stopped["updated_at"] == new["created_at"]


def test_a_finished_entry_leaves_the_running_one_alone(team: Team) -> None:
    running = team.owner.entry(EIGHT)
    team.owner.entry(NINE, TEN)
    assert team.owner.get("/entries/current").json() == running


def test_another_persons_running_entry_is_left_alone(team: Team) -> None:
    running = team.member.entry(EIGHT)
    team.owner.entry(NINE)
    assert team.member.get("/entries/current").json() == running


def test_a_start_that_comes_late_is_stopped_where_the_running_entry_began(team: Team) -> None:
    running = team.owner.entry(TEN)
    late = team.owner.entry(NINE)
    assert (late["stop"], late["duration"]) == (TEN, 3600)
    assert team.owner.get("/entries/current").json() == running


def test_a_start_at_the_running_entrys_own_start_is_empty(team: Team) -> None:
    running = team.owner.entry(TEN)
    same = team.owner.entry(TEN)
    assert (same["stop"], same["duration"]) == (TEN, 0)
    assert team.owner.get("/entries/current").json() == running


def test_a_stop_before_start_is_a_validation_error(team: Team) -> None:
    assert refused_field(team.owner, {"start": TEN, "stop": NINE}) == "stop"


def test_a_stop_equal_to_start_is_allowed(team: Team) -> None:
    assert team.owner.entry(TEN, TEN)["duration"] == 0


@pytest.mark.parametrize("field", ["start", "stop"])
def test_more_than_24_hours_ahead_is_a_validation_error(team: Team, field: str) -> None:
    body = {"start": EIGHT, field: from_now(hours=24, minutes=5)}
    assert refused_field(team.owner, body) == field
    assert team.owner.listed() == []


def test_up_to_24_hours_ahead_is_allowed(team: Team) -> None:
    soon = from_now(hours=23, minutes=55)
    assert team.owner.entry(EIGHT, soon)["stop"] == soon
    assert team.owner.entry(soon)["start"] == soon


def test_a_refused_create_does_not_stop_what_is_running(team: Team) -> None:
    running = team.owner.entry(EIGHT)
    assert refused_field(team.owner, {"start": NINE, "project_id": "nothing"}) == "project_id"
    assert team.owner.get("/entries/current").json() == running


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("2024-03-04T09:00:00+01:00", "2024-03-04T08:00:00Z"),
        ("2024-03-04T08:00:00.5Z", "2024-03-04T08:00:00.500Z"),
        ("2024-03-04T08:00:00.123987Z", "2024-03-04T08:00:00.123Z"),
        ("2024-03-04T08:00:00.123456789Z", "2024-03-04T08:00:00.123Z"),
        ("1969-12-31T23:59:59.999Z", "1969-12-31T23:59:59.999Z"),
    ],
)
def test_any_offset_and_any_digits_are_read_and_written_as_utc_milliseconds(
    team: Team, sent: str, kept: str
) -> None:
    assert team.owner.entry(sent)["start"] == kept
    assert team.owner.listed()[0]["start"] == kept


@pytest.mark.parametrize("start", ["2024-03-04", "2024-03-04T08:00:00", "now", "", 1709539200, None, ["x"]])
def test_a_start_that_is_no_instant_is_a_validation_error(bystanders: Team, start: Any) -> None:
    assert refused_field(bystanders.owner, {"start": start}) == "start"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("description", 5),
        ("description", None),
        ("description", "x" * 2001),
        ("description", "a\0b"),
        ("project_id", 5),
        ("project_id", "no-such-project"),
        ("project_id", "a\0b"),
        ("tags", "writing"),
        ("tags", [5]),
        ("tags", [""]),
        ("tags", ["  "]),
        ("tags", ["x" * 101]),
        ("tags", [str(number) for number in range(51)]),
        ("tags", ["a\0b"]),
        ("stop", "later"),
        ("billable", "true"),
        ("billable", 1),
        ("idempotency_key", 5),
        ("idempotency_key", ""),
        ("idempotency_key", "x" * 201),
        ("idempotency_key", "a\0b"),
        ("duration", 5),
        ("user_id", "somebody"),
    ],
)
def test_a_body_that_makes_no_sense_is_a_validation_error_naming_the_field(
    bystanders: Team, field: str, value: Any
) -> None:
    assert refused_field(bystanders.owner, {"start": EIGHT, field: value}) == field
    assert bystanders.owner.listed() == []


def test_what_is_just_within_the_limits_is_kept(team: Team) -> None:
    tags = [f"{number:0100}" for number in range(50)]
    entry = team.owner.entry(EIGHT, description="ü" * 2000, tags=tags, idempotency_key="ü" * 200)
    assert entry["description"] == "ü" * 2000
    assert team.owner.listed()[0]["tags"] == tags


def test_tags_come_into_being_by_being_used_once_each_and_in_their_order(team: Team) -> None:
    entry = team.owner.entry(EIGHT, tags=[" writing ", "admin", "writing", "Admin"])
    assert entry["tags"] == ["writing", "admin", "Admin"]
    assert team.owner.listed()[0]["tags"] == ["writing", "admin", "Admin"]
    assert {tag["name"] for tag in team.owner.listed("/tags")} == {"writing", "admin", "Admin"}


def test_blanks_around_a_description_are_not_kept(team: Team) -> None:
    assert team.owner.entry(EIGHT, description="  two  words\n")["description"] == "two  words"


def test_billable_left_out_is_as_the_project_says(team: Team) -> None:
    paid = team.owner.made("/projects", name="Paid", billable=True)
    unpaid = team.owner.made("/projects", name="Unpaid")
    assert team.owner.entry(EIGHT, EIGHT, project_id=paid["id"])["billable"] is True
    assert team.owner.entry(EIGHT, EIGHT, project_id=unpaid["id"])["billable"] is False
    assert team.owner.entry(EIGHT, EIGHT, project_id=paid["id"], billable=False)["billable"] is False


def test_a_project_of_another_workspace_is_a_validation_error(server: ServerProcess) -> None:
    here, there = server.team(), server.team()
    project = there.owner.made("/projects", name="Theirs")
    assert refused_field(here.owner, {"start": EIGHT, "project_id": project["id"]}) == "project_id"


def test_a_project_that_is_hidden_from_a_member_is_a_validation_error(team: Team) -> None:
    project = team.owner.made("/projects", name="Secret")
    team.restrict("Secret", team.other_member)
    body = {"start": EIGHT, "project_id": project["id"]}
    assert refused_field(team.member, body) == "project_id"
    assert team.other_member.post("/entries", body).status_code == 201


# Idempotency

DRAFT = {"start": EIGHT, "stop": NINE, "description": "Draft", "tags": ["a", "b"], "idempotency_key": "key"}


def test_duplicate_keys_return_the_original_entry(team: Team) -> None:
    original = team.owner.made("/entries", **DRAFT)
    again = team.owner.post("/entries", DRAFT)
    assert again.status_code == 201
    assert again.json() == original
    assert team.owner.get("/entries").json()["total"] == 1


def test_a_retry_does_not_stop_what_was_started_since(team: Team) -> None:
    first = {"start": EIGHT, "idempotency_key": "first"}
    original = team.owner.made("/entries", **first)
    running = team.owner.entry(NINE)
    again = team.owner.made("/entries", **first)
    assert (again["id"], again["stop"]) == (original["id"], NINE)
    assert team.owner.get("/entries/current").json() == running


@pytest.mark.parametrize(
    "change",
    [
        {"start": "2024-03-04T09:00:00+01:00"},
        {"start": "2024-03-04T08:00:00.000Z"},
        {"description": " Draft "},
        {"tags": ["b", "a", "b"]},
        {"project_id": None},
    ],
)
def test_the_same_body_spelled_otherwise_is_the_same_body(team: Team, change: dict[str, Any]) -> None:
    original = team.owner.made("/entries", **DRAFT)
    assert team.owner.made("/entries", **{**DRAFT, **change})["id"] == original["id"]


@pytest.mark.parametrize(
    "change",
    [
        {"start": "2024-03-04T08:00:01Z"},
        {"stop": None},
        {"description": "draft"},
        {"tags": ["a"]},
        {"billable": False},
    ],
)
def test_the_same_key_with_another_body_is_an_idempotency_conflict(
    team: Team, change: dict[str, Any]
) -> None:
    original = team.owner.made("/entries", **DRAFT)
    answer = team.owner.post("/entries", {**DRAFT, **change})
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "conflict"
    assert team.owner.listed() == [original]


def test_a_retry_after_an_edit_returns_the_entry_as_it_is_now(team: Team) -> None:
    original = team.owner.made("/entries", **DRAFT)
    team.owner.patch(f"/entries/{original['id']}", {"description": "Edited"})
    assert team.owner.made("/entries", **DRAFT)["description"] == "Edited"


def test_a_retry_after_the_deletion_is_a_conflict_that_says_so(team: Team) -> None:
    original = team.owner.made("/entries", **DRAFT)
    team.owner.delete(f"/entries/{original['id']}")
    answer = team.owner.post("/entries", DRAFT)
    assert answer.status_code == 409
    assert "deleted" in answer.json()["error"]["message"]
    assert team.owner.listed() == []


def test_a_key_is_scoped_to_the_user(team: Team) -> None:
    mine, theirs = team.owner.made("/entries", **DRAFT), team.member.made("/entries", **DRAFT)
    assert mine["id"] != theirs["id"]


def test_a_key_is_not_used_up_by_a_create_that_was_refused(team: Team) -> None:
    assert refused_field(team.owner, {**DRAFT, "project_id": "nothing"}) == "project_id"
    assert team.owner.made("/entries", **DRAFT)["description"] == "Draft"


def test_a_retry_is_answered_also_when_its_project_is_hidden_since(team: Team) -> None:
    project = team.owner.made("/projects", name="Soon secret")
    body = {**DRAFT, "project_id": project["id"]}
    original = team.member.made("/entries", **body)
    team.restrict("Soon secret", team.other_member)
    assert team.member.made("/entries", **body) == original


def test_the_key_is_not_echoed(team: Team) -> None:
    assert "idempotency_key" not in team.owner.made("/entries", **DRAFT)
    assert "idempotency_key" not in team.owner.listed()[0]
