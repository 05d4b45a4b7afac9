"""Reports of the workspace, from our real server: by the command line, and what is said where it fails."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from tests.api.scripted_server import ScriptedServer, as_json
from tests.server_process import Person, ServerProcess, Team

from tabkeeper.model.filters import Filter
from tabkeeper.model.refusal import Refused
from tabkeeper.model.report import OF_THIS_COMPUTER, NotGrouped, Question
from tabkeeper.workspace import groupings_for, workspace_report

MONDAY = datetime(2024, 3, 4, tzinfo=UTC)
QUESTION = Question(MONDAY, MONDAY + timedelta(days=7))
DAYS = ("--from", "2024-03-04T00:00:00Z", "--to", "2024-03-11T00:00:00Z")
Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def busy(team: Team) -> Team:
    """A week of two people in two currencies."""
    client = team.owner.made("/clients", name="Acme")
    shop, site = (
        team.owner.made("/projects", name=name, hourly_rate=90, currency=currency, client_id=client["id"])
        for name, currency in (("Shop", "EUR"), ("Site", "USD"))
    )

    def work(person: Person, hours: int, **fields: Any) -> None:
        start = MONDAY + timedelta(hours=9)
        person.entry(start.isoformat(), (start + timedelta(hours=hours)).isoformat(), **fields)

    work(team.owner, 2, project_id=shop["id"], billable=True, tags=["bug", "call"])
    work(team.owner, 1, project_id=site["id"], billable=True)
    work(team.member, 4, description="=1+1")
    return team


@pytest.fixture
def command(busy: Team) -> Command:
    """Runs the command in a process of its own, as somebody with a token in the environment."""

    def run(*words: str, as_: Person = busy.owner, **variables: str) -> "subprocess.CompletedProcess[str]":
        environment = os.environ | {"TABKEEPER_TOKEN": as_.token, "TABKEEPER_SERVER": busy.server.api}
        return subprocess.run(
            [sys.executable, "-m", "tabkeeper", "report", "--source", "workspace", *words],
            env=environment | {"TZ": "UTC"} | variables,
            capture_output=True,
            text=True,
        )

    return run


@pytest.mark.parametrize("by", [*OF_THIS_COMPUTER, "user"])
@pytest.mark.parametrize("billable", [(), ("--billable", "yes"), ("--billable", "no")])
def test_the_command_prints_what_the_server_says(
    command: Command, busy: Team, by: str, billable: tuple[str, ...]
) -> None:
    done = command(*DAYS, "--by", by, *billable, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    query = {"from": DAYS[1], "to": DAYS[3], "group_by": by}
    query |= {"billable": {"yes": "true", "no": "false"}[billable[1]]} if billable else {}
    theirs = json.loads(busy.owner.get("/reports/summary", **query).text, parse_float=str)
    assert json.loads(done.stdout) == theirs


def test_the_table_is_the_one_of_this_computer_and_adds_no_currencies(command: Command) -> None:
    lines = [line.split() for line in command(*DAYS, "--by", "client").stdout.splitlines()]
    assert ["Acme", "43", "%", "3:00", "3:00", "€", "180.00", "+", "$", "90.00"] in lines
    assert ["Total", "7:00", "3:00", "€", "180.00"] in lines
    assert lines[-1][-1] == "USD."


def test_csv_of_the_workspace_is_as_safe(command: Command) -> None:
    rows = command(*DAYS, "--by", "project", "--csv").stdout.splitlines()
    assert rows[0].startswith("Project,Client,Time,Hours,")
    assert rows[1].startswith("No project,,4:00:00,4.0000,")


def test_csv_of_the_workspace_has_the_amounts_that_the_server_adds_up_no_total_of(command: Command) -> None:
    head, acme = (command(*DAYS, "--by", "client", "--csv").stdout.splitlines()[place] for place in (0, 2))
    cells = dict(zip(head.split(","), acme.split(","), strict=True))
    assert (cells["Client"], cells["Amount EUR"], cells["Amount USD"]) == ("Acme", "180.00", "90.00")


def test_a_member_gets_their_own_as_the_server_decides(command: Command, busy: Team) -> None:
    done = command(*DAYS, "--json", as_=busy.member)
    assert json.loads(done.stdout)["total"]["seconds"] == 4 * 3600


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("-p", "Shop"), 2, "Of the filters, the server knows --billable only."),
        (("--text", "x"), 2, "Of the filters, the server knows --billable only."),
    ],
)
def test_words_that_the_server_does_not_know_are_refused(
    command: Command, words: tuple[str, ...], code: int, said: str
) -> None:
    done = command(*words)
    assert done.returncode == code
    assert said in done.stderr


def test_by_user_is_for_the_workspace(command: Command) -> None:
    done = command("--source", "local", "--by", "user")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--source workspace" in done.stderr


def test_a_token_that_is_not_taken_is_said_and_not_shown(command: Command) -> None:
    done = command(*DAYS, TABKEEPER_TOKEN="tta_0123456789wrong")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "The server does not take this token any more. Sign in again.\n"


async def test_the_window_gets_columns_and_the_range_before(busy: Team) -> None:
    before = (MONDAY - timedelta(days=7), MONDAY)
    question = QUESTION._replace(before=before, first_weekday=0)
    report = await workspace_report(busy.server.api, busy.owner.token, question, UTC, with_chart=True)
    assert [column.seconds // 3600 for column in report.columns] == [7, 0, 0, 0, 0, 0, 0]
    assert report.seconds_before == 0
    shop = next(group for group in report.groups if group.label == "Shop")
    assert shop.sums.amounts == {"EUR": Decimal("180.00")}
    assert report.total.seconds == 7 * 3600


@pytest.mark.parametrize(("theirs", "ours"), [("monday", 6), ("sunday", 0), ("sunday", 6), ("saturday", 0)])
async def test_each_hour_is_in_its_week_of_the_chart_on_whatever_day_the_servers_weeks_begin(
    server: ServerProcess, theirs: str, ours: int
) -> None:
    owner = server.team(timezone="UTC", week_start=theirs).owner
    tracked = [MONDAY + timedelta(days=days, hours=9) for days in (0, 5, 6, 7, 59)]
    for hours, start in enumerate(tracked, 1):
        owner.entry(start.isoformat(), (start + timedelta(hours=hours)).isoformat())
    question = Question(MONDAY, MONDAY + timedelta(days=60), first_weekday=ours)
    report = await workspace_report(server.api, owner.token, question, UTC, with_chart=True)
    columns = {(column.first, column.last): column.seconds // 3600 for column in report.columns}
    assert len(columns) < 12, "weeks, not days"
    assert columns == {
        (first, last): sum(hours for hours, start in enumerate(tracked, 1) if first <= start.date() <= last)
        for first, last in columns
    }
    assert sum(columns.values()) * 3600 == report.total.seconds == 15 * 3600


async def test_billable_or_not_is_asked_of_the_server(busy: Team) -> None:
    question = QUESTION._replace(filters=(Filter(billable=False),))
    report = await workspace_report(busy.server.api, busy.owner.token, question, UTC, with_chart=True)
    assert report.total.seconds == sum(column.seconds for column in report.columns) == 4 * 3600


@pytest.mark.parametrize(
    ("status", "code", "message", "headers", "said"),
    [
        (
            403,
            "forbidden",
            "Reports are not for you",
            {},
            "does not allow this report: Reports are not for you",
        ),
        (402, "feature_gated", "Reports need Pro", {}, "does not allow this report: Reports need Pro"),
        (429, "rate_limited", "Slow", {"retry_after": "90"}, "asks to wait 90 seconds"),
        (400, "validation_error", "from is too old", {}, "from is too old. Your own report"),
    ],
)
async def test_a_refusal_is_told_in_words_that_say_what_to_do(
    scripted: ScriptedServer, status: int, code: str, message: str, headers: dict[str, str], said: str
) -> None:
    scripted.script = [as_json({"error": {"code": code, "message": message}}, status, **headers)]
    with pytest.raises(Refused) as refusal:
        await workspace_report(scripted.address, "tta_token", QUESTION, UTC)
    assert said in str(refusal.value)
    assert "tta_token" not in str(refusal.value)


async def test_a_grouping_that_the_server_does_not_know_is_told_apart(scripted: ScriptedServer) -> None:
    error = {"code": "validation_error", "message": "group_by must be one of project, client"}
    scripted.script = [as_json({"error": error}, 400)]
    with pytest.raises(NotGrouped, match="does not group by tag"):
        await workspace_report(scripted.address, "tta_token", QUESTION._replace(by="tag"), UTC)


def test_only_who_sees_everybody_is_offered_users() -> None:
    assert "user" in groupings_for("admin")
    assert "user" in groupings_for("owner")
    assert "user" not in groupings_for("member")
    assert "user" not in groupings_for("")
