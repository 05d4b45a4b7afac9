"""The reference's and the contract's sentences about `GET /reports/summary`."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from tests.server_process import Person, ServerProcess, Team

YEAR = {"from": "2024-01-01T00:00:00Z", "to": "2025-01-01T00:00:00Z"}


def summary(person: Person, **query: Any) -> dict[str, Any]:
    """Return a summary, its amounts as the decimals that were written."""
    answer = person.get("/reports/summary", **{**YEAR, **query})
    assert answer.status_code == 200, answer.text
    return dict(msgspec.json.Decoder(float_hook=Decimal).decode(answer.content))


def seconds(person: Person, **query: Any) -> dict[str | None, int]:
    return {group["label"]: group["seconds"] for group in summary(person, **query)["groups"]}


def by_key(person: Person, **query: Any) -> dict[str | None, int]:
    return {group["key"]: group["seconds"] for group in summary(person, **query)["groups"]}


def work(person: Person, start: str, for_seconds: int = 3600, **fields: Any) -> dict[str, Any]:
    began = datetime.fromisoformat(start)
    return person.entry(start, (began + timedelta(seconds=for_seconds)).isoformat(), **fields)


def test_aggregates_time_entries_in_the_given_date_range_grouped_by_the_chosen_dimension(team: Team) -> None:
    project = team.owner.made("/projects", name="Shop", hourly_rate=100, billable=True, color="#3B82F6")
    work(team.owner, "2024-03-04T08:00:00Z", 3600, project_id=project["id"])
    work(team.owner, "2024-03-05T08:00:00Z", 1800, project_id=project["id"], billable=False)
    work(team.owner, "2024-03-06T08:00:00Z", 600)
    assert summary(team.owner, group_by="project") == {
        **YEAR,
        "group_by": "project",
        "currency": "USD",
        "total": {"seconds": 6000, "billable_seconds": 3600, "billable_amount": Decimal("100.00")},
        "groups": [
            {
                "key": project["id"],
                "label": "Shop",
                "color": "#3B82F6",
                "seconds": 5400,
                "billable_seconds": 3600,
                "billable_amount": Decimal("100.00"),
                "entries": 2,
            },
            {
                "key": None,
                "label": "No project",
                "color": None,
                "seconds": 600,
                "billable_seconds": 0,
                "billable_amount": Decimal("0.00"),
                "entries": 1,
            },
        ],
    }


def test_project_is_the_default_dimension(team: Team) -> None:
    work(team.owner, "2024-03-04T08:00:00Z")
    assert summary(team.owner) == summary(team.owner, group_by="project")


def test_a_range_without_entries_is_all_zero(team: Team) -> None:
    for group_by in ("project", "tag", "day", "week"):
        empty = summary(team.owner, group_by=group_by)
        assert empty["groups"] == []
        assert empty["total"] == {"seconds": 0, "billable_seconds": 0, "billable_amount": Decimal("0.00")}


def test_from_is_inclusive_and_to_exclusive_and_entries_count_whole(team: Team) -> None:
    work(team.owner, "2024-03-04T08:00:00Z", 7200)
    bounds = {"from": "2024-03-04T08:00:00Z", "to": "2024-03-04T08:00:00.001Z"}
    assert summary(team.owner, **bounds)["total"]["seconds"] == 7200
    before = {"from": "2024-03-04T00:00:00Z", "to": "2024-03-04T08:00:00Z"}
    assert summary(team.owner, **before)["total"]["seconds"] == 0
    after = {"from": "2024-03-04T08:00:00.001Z", "to": "2024-03-04T09:00:00Z"}
    assert summary(team.owner, **after)["total"]["seconds"] == 0


@pytest.mark.parametrize("missing", ["from", "to"])
def test_from_and_to_are_required(team: Team, missing: str) -> None:
    query = {name: value for name, value in YEAR.items() if name != missing}
    answer = team.owner.get("/reports/summary", **query)
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["code"], error["details"][0]["field"]) == ("validation_error", missing)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("from", "2024-03-04"),
        ("to", "x"),
        ("to", "2023-01-01T00:00:00Z"),
        ("group_by", "moon"),
        ("billable", "x"),
    ],
)
def test_a_question_that_makes_no_sense_is_a_validation_error_naming_the_field(
    bystanders: Team, field: str, value: str
) -> None:
    answer = bystanders.owner.get("/reports/summary", **{**YEAR, field: value})
    assert answer.status_code == 400
    error = answer.json()["error"]
    assert (error["code"], error["details"][0]["field"]) == ("validation_error", field)


def test_billable_filters_to_billable_or_non_billable(team: Team) -> None:
    work(team.owner, "2024-03-04T08:00:00Z", 60, billable=True)
    work(team.owner, "2024-03-04T09:00:00Z", 6, billable=False)
    assert summary(team.owner, billable="true")["total"]["seconds"] == 60
    assert summary(team.owner, billable="false")["total"]["seconds"] == 6
    assert summary(team.owner)["total"]["seconds"] == 66


def test_members_are_told_of_their_own_entries_and_admins_of_all(team: Team) -> None:
    work(team.owner, "2024-03-04T08:00:00Z", 1)
    work(team.member, "2024-03-04T08:00:00Z", 10)
    work(team.other_member, "2024-03-04T08:00:00Z", 100)
    assert summary(team.member)["total"]["seconds"] == 10
    assert summary(team.owner)["total"]["seconds"] == 111
    assert summary(team.admin)["total"]["seconds"] == 111


def test_nothing_of_another_workspace_is_counted(server: ServerProcess) -> None:
    here, there = server.team(), server.team()
    work(there.owner, "2024-03-04T08:00:00Z")
    assert summary(here.owner)["groups"] == []


# Each dimension


def test_grouped_by_client(team: Team) -> None:
    client = team.owner.made("/clients", name="LVC")
    one = team.owner.made("/projects", name="One", client_id=client["id"])
    two = team.owner.made("/projects", name="Two", client_id=client["id"])
    own = team.owner.made("/projects", name="Own")
    for number, project in enumerate((one, two, own)):
        work(team.owner, "2024-03-04T08:00:00Z", 10**number, project_id=project["id"])
    work(team.owner, "2024-03-04T08:00:00Z", 1000)
    assert by_key(team.owner, group_by="client") == {None: 1100, client["id"]: 11}
    assert seconds(team.owner, group_by="client") == {"No client": 1100, "LVC": 11}


def test_grouped_by_user(team: Team) -> None:
    work(team.owner, "2024-03-04T08:00:00Z", 1)
    work(team.member, "2024-03-04T08:00:00Z", 10)
    assert by_key(team.owner, group_by="user") == {team.member.id: 10, team.owner.id: 1}
    assert seconds(team.owner, group_by="user") == {"member": 10, "owner": 1}


def test_an_entry_with_several_tags_counts_in_each_tags_group_and_once_in_the_total(team: Team) -> None:
    project = team.owner.made("/projects", name="Shop", hourly_rate=36, billable=True)
    work(team.owner, "2024-03-04T08:00:00Z", 100, tags=["a", "b"], project_id=project["id"])
    work(team.owner, "2024-03-04T09:00:00Z", 10, tags=["b"], project_id=project["id"])
    work(team.owner, "2024-03-04T10:00:00Z", 1)
    report = summary(team.owner, group_by="tag")
    assert {group["label"]: group["seconds"] for group in report["groups"]} == {
        "b": 110,
        "a": 100,
        "No tags": 1,
    }
    assert {group["label"]: group["entries"] for group in report["groups"]} == {"b": 2, "a": 1, "No tags": 1}
    assert report["total"] == {
        "seconds": 111,
        "billable_seconds": 110,
        "billable_amount": Decimal("1.10"),
    }
    ids = {tag["name"]: tag["id"] for tag in team.owner.listed("/tags")}
    assert {group["key"] for group in report["groups"]} == {ids["a"], ids["b"], None}


def test_grouped_by_billable(team: Team) -> None:
    work(team.owner, "2024-03-04T08:00:00Z", 60, billable=True)
    work(team.owner, "2024-03-04T09:00:00Z", 6)
    assert by_key(team.owner, group_by="billable") == {"true": 60, "false": 6}
    assert seconds(team.owner, group_by="billable") == {"Billable": 60, "Not billable": 6}


def test_days_are_those_of_the_token_users_zone(server: ServerProcess) -> None:
    team = server.team(timezone="Pacific/Auckland")
    abroad = team.join("abroad@team.test", "admin", timezone="America/Los_Angeles")
    work(team.owner, "2024-03-04T10:59:59Z", 1)
    work(team.owner, "2024-03-04T11:00:00Z", 10)
    work(team.owner, "2024-03-05T08:00:00Z", 100)
    assert by_key(team.owner, group_by="day") == {"2024-03-04": 1, "2024-03-05": 110}
    assert by_key(abroad, group_by="day") == {"2024-03-04": 11, "2024-03-05": 100}


def test_days_of_23_and_25_hours_begin_and_end_where_they_do(server: ServerProcess) -> None:
    team = server.team(timezone="Europe/Zurich")
    for number, start in enumerate(
        (
            "2024-03-30T22:59:59Z",  # the last second of Saturday, at +01:00
            "2024-03-30T23:00:00Z",
            "2024-03-31T21:59:59Z",  # the last second of a Sunday of 23 hours, at +02:00
            "2024-03-31T22:00:00Z",
            "2024-10-26T21:59:59Z",  # the last second of Saturday, at +02:00
            "2024-10-26T22:00:00Z",
            "2024-10-27T22:59:59Z",  # the last second of a Sunday of 25 hours, at +01:00
            "2024-10-27T23:00:00Z",
        )
    ):
        work(team.owner, start, 2**number)
    assert by_key(team.owner, group_by="day") == {
        "2024-03-30": 1,
        "2024-03-31": 2 + 4,
        "2024-04-01": 8,
        "2024-10-26": 16,
        "2024-10-27": 32 + 64,
        "2024-10-28": 128,
    }


@pytest.mark.parametrize(
    ("week_start", "expected"),
    [
        ("monday", {"2024-02-26": 1, "2024-03-04": 10 + 100 + 1000}),
        ("sunday", {"2024-03-03": 1 + 10 + 100, "2024-03-10": 1000}),
        ("saturday", {"2024-03-02": 1 + 10, "2024-03-09": 100 + 1000}),
    ],
)
def test_weeks_begin_on_the_workspaces_week_start(
    server: ServerProcess, week_start: str, expected: dict[str, int]
) -> None:
    owner = server.team(week_start=week_start).owner
    work(owner, "2024-03-03T12:00:00Z", 1)  # a Sunday
    work(owner, "2024-03-04T00:00:00Z", 10)  # a Monday
    work(owner, "2024-03-09T23:59:59Z", 100)  # a Saturday
    work(owner, "2024-03-10T00:00:00Z", 1000)  # a Sunday
    assert by_key(owner, group_by="week") == expected


def test_a_week_is_labelled_with_its_first_and_last_day(team: Team) -> None:
    work(team.owner, "2024-02-28T12:00:00Z")
    assert list(seconds(team.owner, group_by="week")) == ["2024-02-26 – 2024-03-03"]


def test_days_come_in_their_order_and_other_groups_with_most_time_first(team: Team) -> None:
    work(team.owner, "2024-03-05T12:00:00Z", 1, tags=["least"])
    work(team.owner, "2024-03-04T12:00:00Z", 3, tags=["most"])
    work(team.owner, "2024-03-06T12:00:00Z", 2, tags=["middle"])
    assert list(by_key(team.owner, group_by="day")) == ["2024-03-04", "2024-03-05", "2024-03-06"]
    assert list(seconds(team.owner, group_by="tag")) == ["most", "middle", "least"]


def test_days_long_before_and_around_1970_are_days_too(team: Team) -> None:
    for start in (
        "1969-12-31T23:59:59Z",
        "1970-01-01T00:00:00Z",
        "1900-03-01T00:00:00Z",
        "0001-01-01T00:00:00Z",
    ):
        work(team.owner, start, 1)
    query = {"from": "0001-01-01T00:00:00Z", "group_by": "day"}
    assert list(by_key(team.owner, **query)) == ["0001-01-01", "1900-03-01", "1969-12-31", "1970-01-01"]
    assert by_key(team.owner, **{**query, "group_by": "week"})["1969-12-29"] == 2


@pytest.mark.parametrize("zone", ["America/New_York", "Pacific/Kiritimati"])
def test_the_first_day_of_the_calendar_is_a_day_in_every_zone(server: ServerProcess, zone: str) -> None:
    owner = server.team(timezone=zone).owner
    work(owner, "0001-01-01T00:00:00Z", 1)
    query = {"from": "0001-01-01T00:00:00Z", "to": "9999-12-31T23:59:59Z"}
    assert by_key(owner, group_by="day", **query) == {"0001-01-01": 1}
    assert by_key(owner, group_by="week", **query) == {"0001-01-01": 1}


def test_the_running_entry_counts_up_to_the_servers_now(team: Team) -> None:
    began = datetime.now(UTC) - timedelta(hours=1)
    team.owner.entry(began.isoformat())
    query = {"from": (began - timedelta(hours=1)).isoformat(), "to": (began + timedelta(hours=2)).isoformat()}
    counted = summary(team.owner, **query)["total"]["seconds"]
    assert 3600 <= counted <= (datetime.now(UTC) - began).total_seconds()


def test_a_running_entry_that_begins_ahead_of_the_clock_counts_nothing(team: Team) -> None:
    ahead = datetime.now(UTC) + timedelta(hours=1)
    team.owner.entry(ahead.isoformat())
    query = {"from": (ahead - timedelta(hours=1)).isoformat(), "to": (ahead + timedelta(hours=1)).isoformat()}
    (group,) = summary(team.owner, **query)["groups"]
    assert (group["seconds"], group["entries"]) == (0, 1)


def test_seconds_are_the_sum_of_the_entries_durations(team: Team) -> None:
    for _ in range(3):
        team.owner.entry("2024-03-04T08:00:00Z", "2024-03-04T08:00:01.900Z")
    assert summary(team.owner)["total"]["seconds"] == sum(entry["duration"] for entry in team.owner.listed())


# Money


def amounts(report: dict[str, Any]) -> dict[str, Decimal]:
    return {group["label"]: group["billable_amount"] for group in report["groups"]}


@pytest.mark.parametrize(
    ("currency", "rate", "for_seconds", "amount"),
    [
        ("USD", "1.00", 18, "0.00"),  # exactly half a cent: to the even neighbour
        ("USD", "1.00", 54, "0.02"),  # one and a half cents
        ("USD", "1.00", 90, "0.02"),  # two and a half cents
        ("USD", "1.00", 19, "0.01"),
        ("USD", "175", 5400, "262.50"),
        ("USD", "0.07", 1, "0.00"),
        ("JPY", "1", 1800, "0"),
        ("JPY", "1", 5400, "2"),
        ("KWD", "0.1", 18, "0.000"),
        ("KWD", "0.1", 54, "0.002"),
    ],
)
def test_an_amount_is_seconds_times_rate_rounded_half_even_to_the_minor_unit(
    server: ServerProcess, currency: str, rate: str, for_seconds: int, amount: str
) -> None:
    owner = server.team(currency=currency).owner
    project = owner.made("/projects", name="Shop", billable=True, hourly_rate=rate)
    work(owner, "2024-03-04T08:00:00Z", for_seconds, project_id=project["id"])
    answer = owner.get("/reports/summary", **YEAR)
    assert answer.text.count(f'"billable_amount":{amount}') == 2


def test_rounding_is_done_once_per_group(team: Team) -> None:
    client = team.owner.made("/clients", name="LVC")
    for name in ("One", "Two", "Three"):
        project = team.owner.made(
            "/projects", name=name, billable=True, hourly_rate=1, client_id=client["id"]
        )
        work(team.owner, "2024-03-04T08:00:00Z", 12, project_id=project["id"])  # a third of a cent each
    assert amounts(summary(team.owner)) == dict.fromkeys(("One", "Two", "Three"), Decimal("0.00"))
    assert amounts(summary(team.owner, group_by="client")) == {"LVC": Decimal("0.01")}
    assert summary(team.owner)["total"]["billable_amount"] == Decimal("0.01")


def test_sums_of_many_odd_rates_are_exact(team: Team) -> None:
    rates = [Decimal(number) / 1000 + Decimal("33.333") for number in range(7)]
    for number, rate in enumerate(rates):
        project = team.owner.made("/projects", name=str(number), billable=True, hourly_rate=str(rate))
        work(team.owner, "2024-03-04T08:00:00Z", 3599, project_id=project["id"])
    expected = (sum(rates, Decimal()) * 3599 / 3600).quantize(Decimal("0.01"))
    assert summary(team.owner)["total"]["billable_amount"] == expected


def test_projects_priced_in_another_currency_contribute_seconds_but_no_amount(team: Team) -> None:
    client = team.owner.made("/clients", name="LVC")
    for name, currency in (("Home", None), ("Dollars", "USD"), ("Euros", "EUR"), ("Yen", "JPY")):
        fields = {"hourly_rate": 10, "billable": True, "client_id": client["id"], "currency": currency}
        project = team.owner.made("/projects", name=name, **fields)
        work(team.owner, "2024-03-04T08:00:00Z", 3600, project_id=project["id"])
    report = summary(team.owner, group_by="client")
    assert report["total"] == {
        "seconds": 4 * 3600,
        "billable_seconds": 4 * 3600,
        "billable_amount": Decimal("20.00"),
    }
    (group,) = report["groups"]
    assert group["billable_amount"] == Decimal("20.00")
    assert group["other_currencies"] == [
        {"currency": "EUR", "billable_amount": Decimal("10.00")},
        {"currency": "JPY", "billable_amount": Decimal(10)},
    ]


def test_other_currencies_are_left_out_where_there_are_none(team: Team) -> None:
    project = team.owner.made("/projects", name="Euros", currency="EUR", hourly_rate=10)
    work(team.owner, "2024-03-04T08:00:00Z", project_id=project["id"], billable=False)
    (group,) = summary(team.owner)["groups"]
    assert "other_currencies" not in group


def test_only_billable_seconds_of_projects_with_a_rate_earn(team: Team) -> None:
    rated = team.owner.made("/projects", name="Rated", hourly_rate=10)
    unrated = team.owner.made("/projects", name="Unrated")
    for project in (rated, unrated):
        for billable in (True, False):
            work(team.owner, "2024-03-04T08:00:00Z", project_id=project["id"], billable=billable)
    assert amounts(summary(team.owner)) == {"Rated": Decimal("10.00"), "Unrated": Decimal("0.00")}
    assert summary(team.owner)["total"]["billable_seconds"] == 7200
