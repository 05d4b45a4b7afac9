"""The reference's and the contract's sentences about `PATCH` and `DELETE /entries/{id}`."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.server_process import ServerProcess, Team

EIGHT, NINE, TEN, ELEVEN = (f"2024-03-04T{hour:02}:00:00Z" for hour in (8, 9, 10, 11))


def test_patches_fields_on_an_existing_entry(team: Team) -> None:
    project = team.owner.made("/projects", name="Retainer")
    entry = team.owner.entry(EIGHT, TEN, description="Draft", tags=["a"])
    patch = {
        "description": "Draft (revised)",
        "billable": True,
        "project_id": project["id"],
        "tags": ["b", "a"],
        "start": NINE,
        "stop": ELEVEN,
    }
    answer = team.owner.patch(f"/entries/{entry['id']}", patch)
    assert answer.status_code == 200
    changed = answer.json()
    assert changed == {**entry, **patch, "duration": 7200, "updated_at": changed["updated_at"]}
    before, after = (datetime.fromisoformat(each["updated_at"]) for each in (entry, changed))
    assert before < after
    assert team.owner.listed() == [changed]


@pytest.mark.parametrize(
    "patch",
    [{"description": "x"}, {"billable": True}, {"tags": []}, {"start": NINE}, {"stop": ELEVEN}, {}],
)
def test_a_field_left_out_is_unchanged(team: Team, patch: dict[str, Any]) -> None:
    project = team.owner.made("/projects", name="Retainer")
    entry = team.owner.entry(EIGHT, TEN, description="Draft", tags=["a"], project_id=project["id"])
    changed = team.owner.patch(f"/entries/{entry['id']}", patch).json()
    derived = {"updated_at", "duration"}
    assert {field for field in entry if entry[field] != changed[field]} - derived == patch.keys()


def test_project_id_null_clears_it(team: Team) -> None:
    project = team.owner.made("/projects", name="Retainer")
    entry = team.owner.entry(EIGHT, TEN, project_id=project["id"])
    assert team.owner.patch(f"/entries/{entry['id']}", {"project_id": None}).json()["project_id"] is None


def test_stop_null_resumes_an_entry(team: Team) -> None:
    entry = team.owner.entry(EIGHT, NINE)
    resumed = team.owner.patch(f"/entries/{entry['id']}", {"stop": None}).json()
    assert (resumed["stop"], resumed["duration"]) == (None, None)
    assert team.owner.get("/entries/current").json() == resumed


def test_resuming_stops_what_began_earlier_at_the_resumed_entrys_start(team: Team) -> None:
    entry = team.owner.entry(NINE, TEN)
    running = team.owner.entry(EIGHT)
    assert team.owner.patch(f"/entries/{entry['id']}", {"stop": None}).json()["stop"] is None
    assert team.owner.get("/entries/current").json()["id"] == entry["id"]
    stopped = next(each for each in team.owner.listed() if each["id"] == running["id"])
    assert stopped["stop"] == NINE


def test_resuming_what_began_before_the_running_entry_ends_it_where_that_began(team: Team) -> None:
    entry = team.owner.entry(EIGHT, NINE)
    running = team.owner.entry(TEN)
    resumed = team.owner.patch(f"/entries/{entry['id']}", {"stop": None}).json()
    assert (resumed["stop"], resumed["duration"]) == (TEN, 7200)
    assert team.owner.get("/entries/current").json() == running


def test_an_admin_who_resumes_a_members_entry_stops_the_members_timer_not_their_own(team: Team) -> None:
    own = team.admin.entry(EIGHT)
    entry = team.member.entry(TEN, ELEVEN)
    team.member.entry(NINE)
    team.admin.patch(f"/entries/{entry['id']}", {"stop": None})
    assert team.member.get("/entries/current").json()["id"] == entry["id"]
    assert team.admin.get("/entries/current").json() == own


def test_a_running_entry_can_be_stopped_and_moved(team: Team) -> None:
    running = team.owner.entry(NINE)
    moved = team.owner.patch(f"/entries/{running['id']}", {"start": EIGHT}).json()
    assert (moved["start"], moved["stop"]) == (EIGHT, None)
    stopped = team.owner.patch(f"/entries/{running['id']}", {"stop": TEN}).json()
    assert stopped["duration"] == 7200
    assert team.owner.get("/entries/current").json() is None


@pytest.mark.parametrize(
    ("patch", "field"),
    [
        ({"stop": "2024-03-04T07:59:59.999Z"}, "stop"),
        ({"start": "2024-03-04T10:00:00.001Z"}, "stop"),
        ({"start": None}, "start"),
        ({"start": "soon"}, "start"),
        ({"billable": None}, "billable"),
        ({"billable": "yes"}, "billable"),
        ({"description": 5}, "description"),
        ({"description": "x" * 2001}, "description"),
        ({"description": "a\0b"}, "description"),
        ({"tags": [" "]}, "tags"),
        ({"tags": {"a": "b"}}, "tags"),
        ({"project_id": "nothing"}, "project_id"),
        ({"idempotency_key": "x"}, "idempotency_key"),
        ({"user_id": "x"}, "user_id"),
        (["not an object"], "body"),
    ],
)
def test_a_patch_that_makes_no_sense_is_a_validation_error_naming_the_field(
    team: Team, patch: Any, field: str
) -> None:
    entry = team.owner.entry(EIGHT, TEN, tags=["a"])
    answer = team.owner.patch(f"/entries/{entry['id']}", patch)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["code"], error["details"][0]["field"]) == ("validation_error", field)
    assert team.owner.listed() == [entry]


@pytest.mark.parametrize("field", ["start", "stop"])
def test_more_than_24_hours_ahead_is_a_validation_error(team: Team, field: str) -> None:
    entry = team.owner.entry(EIGHT)
    ahead = (datetime.now(UTC) + timedelta(hours=24, minutes=5)).isoformat()
    answer = team.owner.patch(f"/entries/{entry['id']}", {field: ahead})
    assert answer.json()["error"]["details"][0]["field"] == field


def test_members_can_only_update_their_own_entries(team: Team) -> None:
    mine, theirs = team.member.entry(EIGHT, NINE), team.other_member.entry(EIGHT, NINE)
    assert team.member.patch(f"/entries/{mine['id']}", {"description": "x"}).status_code == 200
    refused = team.member.patch(f"/entries/{theirs['id']}", {"description": "x"})
    assert refused.status_code == 403
    assert refused.json()["error"]["code"] == "forbidden"
    assert team.other_member.listed() == [theirs]


@pytest.mark.parametrize("role", ["owner", "admin"])
def test_admins_and_owners_can_update_any_entry_in_the_workspace(team: Team, role: str) -> None:
    entry = team.member.entry(EIGHT, NINE)
    answer = getattr(team, role).patch(f"/entries/{entry['id']}", {"description": role})
    assert (answer.status_code, answer.json()["user_id"]) == (200, team.member.id)
    assert team.member.listed()[0]["description"] == role


def test_an_entry_of_another_workspace_is_not_found(server: ServerProcess) -> None:
    here, there = server.team(), server.team()
    entry = there.owner.entry(EIGHT, NINE)
    assert here.owner.patch(f"/entries/{entry['id']}", {}).status_code == 404
    assert here.owner.delete(f"/entries/{entry['id']}").status_code == 404
    assert there.owner.listed() == [entry]


def test_an_entry_that_does_not_exist_is_not_found(team: Team) -> None:
    for answer in (team.member.patch("/entries/nothing", {}), team.member.delete("/entries/nothing")):
        assert answer.status_code == 404
        assert answer.json()["error"]["code"] == "not_found"


def test_a_project_that_is_hidden_from_a_member_is_forbidden(team: Team) -> None:
    project = team.owner.made("/projects", name="Secret")
    team.restrict("Secret", team.other_member)
    entry = team.member.entry(EIGHT, NINE)
    assert team.member.patch(f"/entries/{entry['id']}", {"project_id": project["id"]}).status_code == 403
    assert team.owner.patch(f"/entries/{entry['id']}", {"project_id": project["id"]}).status_code == 200
    # And what is on it already may stay there.
    kept = team.member.patch(f"/entries/{entry['id']}", {"project_id": project["id"], "billable": True})
    assert kept.status_code == 200


def test_deletes_an_entry_permanently(team: Team) -> None:
    entry = team.owner.entry(EIGHT, NINE, tags=["a"], idempotency_key="x")
    answer = team.owner.delete(f"/entries/{entry['id']}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert team.owner.get("/entries").json()["total"] == 0
    assert team.owner.delete(f"/entries/{entry['id']}").status_code == 404
    assert team.owner.patch(f"/entries/{entry['id']}", {}).status_code == 404
    assert [tag["name"] for tag in team.owner.listed("/tags")] == ["a"]


def test_a_running_entry_can_be_deleted(team: Team) -> None:
    entry = team.owner.entry(EIGHT)
    assert team.owner.delete(f"/entries/{entry['id']}").status_code == 204
    assert team.owner.get("/entries/current").json() is None


def test_delete_has_the_same_access_rules_as_update(team: Team) -> None:
    mine, theirs = team.member.entry(EIGHT, NINE), team.other_member.entry(EIGHT, NINE)
    refused = team.member.delete(f"/entries/{theirs['id']}")
    assert refused.status_code == 403
    assert refused.json()["error"]["code"] == "forbidden"
    assert team.member.delete(f"/entries/{mine['id']}").status_code == 204
    assert team.admin.delete(f"/entries/{theirs['id']}").status_code == 204
    assert team.owner.get("/entries").json()["total"] == 0
