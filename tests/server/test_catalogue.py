"""The reference's sentences about projects, clients and tags."""

from typing import Any

import pytest
from tests.server_process import Person, ServerProcess, Team


def names(person: Person, path: str, **query: Any) -> list[str]:
    return [thing["name"] for thing in person.listed(path, **query)]


# Projects


def test_creates_a_new_project_in_the_workspace(team: Team) -> None:
    client = team.owner.made("/clients", name="Dr. Rafii")
    fields = {
        "name": "Dr. Rafii — Q2 Retainer",
        "client_id": client["id"],
        "color": "#3B82F6",
        "billable": True,
        "hourly_rate": 175,
        "currency": "USD",
    }
    project = team.owner.made("/projects", **fields)
    kept = {"id": project["id"], "archived": False, "created_at": project["created_at"]}
    assert project == {**fields, **kept}
    assert team.owner.listed("/projects") == [project]


def test_a_project_needs_only_a_name(team: Team) -> None:
    project = team.owner.made("/projects", name=" Shop ")
    assert (project["name"], project["client_id"], project["billable"]) == ("Shop", None, False)
    assert (project["hourly_rate"], project["currency"]) == (None, None)
    assert project["color"].startswith("#")


@pytest.mark.parametrize("path", ["/projects", "/clients"])
def test_creating_requires_admin_or_owner_role(team: Team, path: str) -> None:
    refused = team.member.post(path, {"name": "Mine"})
    assert refused.status_code == 403
    assert refused.json()["error"]["code"] == "forbidden"
    assert names(team.owner, path) == []
    assert team.admin.post(path, {"name": "The admin's"}).status_code == 201
    assert team.owner.post(path, {"name": "The owner's"}).status_code == 201


def test_returns_projects_visible_to_the_user(server: ServerProcess) -> None:
    here, there = server.team(), server.team()
    here.owner.made("/projects", name="B")
    here.owner.made("/projects", name="A")
    there.owner.made("/projects", name="Theirs")
    assert names(here.member, "/projects") == ["A", "B"]
    answer = here.member.get("/projects").json()
    assert (answer["total"], answer["offset"]) == (2, 0)


def test_if_any_members_are_listed_only_those_members_plus_admins_and_owners_see_it(team: Team) -> None:
    team.owner.made("/projects", name="Secret")
    everybody = (team.owner, team.admin, team.member, team.other_member)
    assert [names(person, "/projects") for person in everybody] == [["Secret"]] * 4
    team.restrict("Secret", team.member)
    assert [names(person, "/projects") for person in everybody] == [["Secret"]] * 3 + [[]]
    team.server.say("project", "members", "Secret", "--workspace", team.name, "--remove", team.member.email)
    assert [names(person, "/projects") for person in everybody] == [["Secret"]] * 4


def test_client_id_filters_to_projects_under_a_single_client(team: Team) -> None:
    client = team.owner.made("/clients", name="LVC")
    team.owner.made("/projects", name="Under", client_id=client["id"])
    team.owner.made("/projects", name="Outside")
    assert names(team.member, "/projects", client_id=client["id"]) == ["Under"]
    assert team.member.get("/projects", client_id="nobody").status_code == 404


def test_archived_includes_archived_projects(team: Team) -> None:
    team.owner.made("/projects", name="Old")
    team.owner.made("/projects", name="New")
    team.server.say("project", "archive", "Old", "--workspace", team.name)
    assert names(team.owner, "/projects") == ["New"]
    assert names(team.owner, "/projects", archived="false") == ["New"]
    assert names(team.owner, "/projects", archived="true") == ["New", "Old"]
    assert [thing["archived"] for thing in team.owner.listed("/projects", archived="true")] == [False, True]
    team.server.say("project", "archive", "Old", "--workspace", team.name, "--restore")
    assert names(team.owner, "/projects") == ["New", "Old"]


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("175", "175"),
        ("0", "0"),
        ("99.95", "99.95"),
        ("0.000001", "0.000001"),
        ('"120.50"', "120.5"),
        ("1e3", "1000"),
        ("-0.0", "0"),
    ],
)
def test_a_rate_is_kept_exactly(team: Team, sent: str, kept: str) -> None:
    body = f'{{"name": "Rated", "hourly_rate": {sent}}}'
    answer = team.owner.ask("POST", "/projects", content=body)
    assert answer.status_code == 201
    assert f'"hourly_rate":{kept},' in answer.text
    assert f'"hourly_rate":{kept},' in team.owner.get("/projects").text


@pytest.mark.parametrize("rate", ["1e400", "-1e400", "1" + "0" * 5000, "1e-999999999"])
def test_a_rate_beyond_all_numbers_is_a_validation_error_naming_it(bystanders: Team, rate: str) -> None:
    answer = bystanders.owner.ask("POST", "/projects", content=f'{{"name": "Shop", "hourly_rate": {rate}}}')
    assert answer.status_code == 400
    assert answer.json()["error"]["details"][0]["field"] == "hourly_rate"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "  "),
        ("name", "x" * 201),
        ("name", None),
        ("name", "a\0b"),
        ("client_id", "nobody"),
        ("client_id", 5),
        ("color", "blue"),
        ("color", "#3B82F6\n"),
        ("billable", "yes"),
        ("hourly_rate", -1),
        ("hourly_rate", "a lot"),
        ("hourly_rate", "NaN"),
        ("hourly_rate", "1e31"),
        ("hourly_rate", 1_000_000_001),
        ("hourly_rate", 0.0000001),
        ("currency", "usd"),
        ("currency", "QQQ"),
        ("rate", 5),
    ],
)
def test_a_project_that_makes_no_sense_is_a_validation_error_naming_the_field(
    bystanders: Team, field: str, value: Any
) -> None:
    answer = bystanders.owner.post("/projects", {"name": "Shop", field: value})
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["code"], error["details"][0]["field"]) == ("validation_error", field)


def test_a_client_of_another_workspace_is_a_validation_error(server: ServerProcess) -> None:
    here, there = server.team(), server.team()
    client = there.owner.made("/clients", name="Theirs")
    answer = here.owner.post("/projects", {"name": "Shop", "client_id": client["id"]})
    assert answer.json()["error"]["details"][0]["field"] == "client_id"


def test_two_projects_of_one_client_cannot_share_a_name(team: Team) -> None:
    client = team.owner.made("/clients", name="LVC")
    for fields in ({"name": "Shop"}, {"name": "Shop", "client_id": client["id"]}):
        assert team.owner.post("/projects", fields).status_code == 201
        again = team.owner.post("/projects", fields)
        assert again.status_code == 409
        assert again.json()["error"]["code"] == "conflict"
    assert names(team.owner, "/projects") == ["Shop", "Shop"]


# Clients


def test_creates_a_new_client(team: Team) -> None:
    client = team.owner.made("/clients", name="LVC Beverly Hills")
    assert client == {
        "id": client["id"],
        "name": "LVC Beverly Hills",
        "archived": False,
        "created_at": client["created_at"],
    }


def test_returns_clients_in_the_workspace(server: ServerProcess) -> None:
    here, there = server.team(), server.team()
    here.owner.made("/clients", name="B")
    here.owner.made("/clients", name="A")
    there.owner.made("/clients", name="Theirs")
    assert names(here.member, "/clients") == ["A", "B"]


def test_archived_includes_archived_clients(team: Team) -> None:
    team.owner.made("/clients", name="Old")
    team.owner.made("/clients", name="New")
    team.server.say("client", "archive", "Old", "--workspace", team.name)
    assert names(team.owner, "/clients") == ["New"]
    assert names(team.owner, "/clients", archived="true") == ["New", "Old"]
    assert team.owner.get("/clients", archived="perhaps").status_code == 400


def test_two_clients_cannot_share_a_name(team: Team) -> None:
    team.owner.made("/clients", name="LVC")
    assert team.owner.post("/clients", {"name": " LVC"}).status_code == 409


@pytest.mark.parametrize("body", [{}, {"name": ""}, {"name": " "}, {"name": 5}, {"name": "x" * 201}])
def test_a_client_that_makes_no_sense_is_a_validation_error_naming_the_field(
    bystanders: Team, body: Any
) -> None:
    answer = bystanders.owner.post("/clients", body)
    assert answer.status_code == 400
    assert answer.json()["error"]["details"][0]["field"] == "name"


# Tags


def test_returns_all_tags_in_the_workspace(server: ServerProcess) -> None:
    here, there = server.team(), server.team()
    here.owner.entry("2024-03-04T08:00:00Z", tags=["writing"])
    here.member.entry("2024-03-04T08:00:00Z", tags=["admin", "writing"])
    there.owner.entry("2024-03-04T08:00:00Z", tags=["theirs"])
    assert names(here.other_member, "/tags") == ["admin", "writing"]
    answer = here.other_member.get("/tags").json()
    assert answer["total"] == 2
    assert all(tag.keys() == {"id", "name"} for tag in answer["data"])
