"""The reference's sentences about `GET /entries`."""

from typing import Any

import pytest
from tests.server_process import Person, ServerProcess, Team

MORNING, NOON, EVENING = "2024-03-04T08:00:00Z", "2024-03-04T12:00:00Z", "2024-03-04T18:00:00Z"


def descriptions(person: Person, **query: Any) -> list[str]:
    return [entry["description"] for entry in person.listed(**query)]


@pytest.fixture
def day(team: Team) -> Person:
    """The owner, who worked three times on one day."""
    for description, start in (("noon", NOON), ("morning", MORNING), ("evening", EVENING)):
        team.owner.entry(start, start, description=description)
    return team.owner


def test_returns_time_entries_scoped_to_the_tokens_workspace(server: ServerProcess) -> None:
    here, there = server.team(), server.team()
    here.owner.entry(MORNING, NOON, description="here")
    there.owner.entry(MORNING, NOON, description="there")
    assert descriptions(here.owner) == ["here"]
    assert here.owner.get("/entries").json()["total"] == 1


def test_ordering_is_newest_first_by_start(day: Person) -> None:
    assert descriptions(day) == ["evening", "noon", "morning"]


def test_entries_of_one_start_come_in_one_order_on_every_page(team: Team) -> None:
    for number in range(7):
        team.owner.entry(MORNING, NOON, description=str(number))
    whole = descriptions(team.owner)
    paged = [name for offset in range(7) for name in descriptions(team.owner, limit=1, offset=offset)]
    assert paged == whole
    assert sorted(whole) == list("0123456")


def test_members_see_only_their_own_entries(team: Team) -> None:
    team.owner.entry(MORNING, NOON, description="the owner's")
    team.other_member.entry(MORNING, NOON, description="another member's")
    team.member.entry(MORNING, NOON, description="mine")
    assert descriptions(team.member) == ["mine"]
    assert team.member.get("/entries").json()["total"] == 1


@pytest.mark.parametrize("role", ["owner", "admin"])
def test_admins_and_owners_see_all_workspace_entries(team: Team, role: str) -> None:
    team.owner.entry(EVENING, EVENING, description="the owner's")
    team.member.entry(NOON, NOON, description="the member's")
    team.admin.entry(MORNING, MORNING, description="the admin's")
    boss = getattr(team, role)
    assert descriptions(boss) == ["the owner's", "the member's", "the admin's"]
    assert boss.get("/entries").json()["total"] == 3


def test_from_is_an_inclusive_lower_bound_on_start(day: Person) -> None:
    assert descriptions(day, **{"from": NOON}) == ["evening", "noon"]
    assert descriptions(day, **{"from": "2024-03-04T12:00:00.001Z"}) == ["evening"]


def test_to_is_an_exclusive_upper_bound_on_start(day: Person) -> None:
    assert descriptions(day, to=NOON) == ["morning"]
    assert descriptions(day, to="2024-03-04T12:00:00.001Z") == ["noon", "morning"]


def test_a_bound_may_have_any_offset(day: Person) -> None:
    assert descriptions(day, **{"from": "2024-03-04T13:00:00+01:00"}) == ["evening", "noon"]


def test_an_offset_whose_plus_was_not_escaped_is_understood(day: Person) -> None:
    answer = day.ask("GET", "/entries?from=2024-03-04T13:00:00+01:00")
    assert [entry["description"] for entry in answer.json()["data"]] == ["evening", "noon"]


def test_an_entry_belongs_to_a_range_by_its_start_also_when_it_crosses_the_end(team: Team) -> None:
    team.owner.entry(MORNING, EVENING, description="long")
    assert descriptions(team.owner, **{"from": MORNING, "to": NOON}) == ["long"]
    assert descriptions(team.owner, **{"from": NOON, "to": EVENING}) == []


def test_project_id_filters_to_a_single_project(team: Team) -> None:
    project = team.owner.made("/projects", name="Shop")
    team.owner.entry(MORNING, NOON, description="shop", project_id=project["id"])
    team.owner.entry(MORNING, NOON, description="other")
    answer = team.owner.get("/entries", project_id=project["id"]).json()
    assert [entry["description"] for entry in answer["data"]] == ["shop"]
    assert answer["total"] == 1


def test_a_project_that_does_not_exist_is_404(team: Team) -> None:
    assert team.owner.get("/entries", project_id="nothing").status_code == 404


def test_a_project_that_is_hidden_from_a_member_is_404(team: Team) -> None:
    project = team.owner.made("/projects", name="Secret")
    team.restrict("Secret", team.other_member)
    assert team.member.get("/entries", project_id=project["id"]).status_code == 404
    assert team.other_member.get("/entries", project_id=project["id"]).status_code == 200


def test_billable_filters_to_billable_or_non_billable(team: Team) -> None:
    team.owner.entry(MORNING, NOON, description="paid", billable=True)
    team.owner.entry(MORNING, NOON, description="unpaid", billable=False)
    assert descriptions(team.owner, billable="true") == ["paid"]
    assert descriptions(team.owner, billable="false") == ["unpaid"]
    assert team.owner.get("/entries", billable="false").json()["total"] == 1


def test_user_id_filters_to_a_specific_user_for_admins_and_owners(team: Team) -> None:
    team.owner.entry(MORNING, NOON, description="the owner's")
    team.member.entry(MORNING, NOON, description="the member's")
    for boss in (team.owner, team.admin):
        answer = boss.get("/entries", user_id=team.member.id).json()
        assert [entry["description"] for entry in answer["data"]] == ["the member's"]
        assert answer["total"] == 1


def test_user_id_is_ignored_for_members(team: Team) -> None:
    team.owner.entry(MORNING, NOON, description="the owner's")
    team.member.entry(MORNING, NOON, description="mine")
    answer = team.member.get("/entries", user_id=team.owner.id).json()
    assert [entry["description"] for entry in answer["data"]] == ["mine"]
    assert answer["total"] == 1


def test_user_id_reaches_nobody_of_another_workspace(server: ServerProcess) -> None:
    here, there = server.team(), server.team()
    there.owner.entry(MORNING, NOON)
    answer = here.owner.get("/entries", user_id=there.owner.id).json()
    assert (answer["data"], answer["total"]) == ([], 0)


def test_limit_is_50_by_default_and_at_most_200(team: Team) -> None:
    for _ in range(51):
        team.owner.entry(MORNING, NOON)
    answer = team.owner.get("/entries").json()
    assert (len(answer["data"]), answer["limit"], answer["offset"], answer["total"]) == (50, 50, 0, 51)
    assert len(team.owner.listed(limit=200)) == 51
    refused = team.owner.get("/entries", limit=201)
    assert refused.status_code == 400
    assert refused.json()["error"]["details"][0]["field"] == "limit"


def test_offset_is_for_pagination(day: Person) -> None:
    assert descriptions(day, limit=2, offset=0) == ["evening", "noon"]
    answer = day.get("/entries", limit=2, offset=2).json()
    assert [entry["description"] for entry in answer["data"]] == ["morning"]
    assert (answer["total"], answer["limit"], answer["offset"]) == (3, 2, 2)
    assert descriptions(day, offset=2**63 - 1) == []


def test_filters_narrow_the_result_together(team: Team) -> None:
    project = team.owner.made("/projects", name="Shop")
    for start in (MORNING, NOON, EVENING):
        for billable in (True, False):
            team.member.entry(start, start, project_id=project["id"], billable=billable)
    query = {"from": NOON, "to": EVENING, "project_id": project["id"], "billable": "true"}
    answer = team.owner.get("/entries", user_id=team.member.id, **query).json()
    assert [(entry["start"], entry["billable"]) for entry in answer["data"]] == [(NOON, True)]
    assert answer["total"] == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("limit", "0"),
        ("limit", "-1"),
        ("limit", "many"),
        ("limit", "1.5"),
        ("limit", ""),
        ("offset", "-1"),
        ("offset", str(2**63)),
        ("billable", "perhaps"),
        ("from", "2024-03-04"),
        ("from", "2024-03-04T12:00:00"),
        ("from", "yesterday"),
        ("from", "20240304"),
        ("from", "1709553600"),
        ("to", "2024-02-30T00:00:00Z"),
        ("to", ""),
    ],
)
def test_a_query_that_makes_no_sense_is_a_validation_error_naming_the_field(
    bystanders: Team, field: str, value: str
) -> None:
    answer = bystanders.owner.get("/entries", **{field: value})
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["code"], error["details"][0]["field"]) == ("validation_error", field)


def test_a_range_that_ends_before_it_begins_is_a_validation_error(bystanders: Team) -> None:
    answer = bystanders.owner.get("/entries", **{"from": NOON, "to": MORNING})
    assert answer.status_code == 400
    assert answer.json()["error"]["details"][0]["field"] == "to"


def test_the_total_still_counts_after_deletions(day: Person) -> None:
    day.delete(f"/entries/{day.listed()[0]['id']}")
    assert day.get("/entries").json()["total"] == 2
