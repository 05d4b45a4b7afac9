"""The workspace's report in the window: from our real server, and never mixed up with one's own."""

import asyncio
import threading
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.server_process import ServerProcess, Team
from tests.ui.reports.conftest import HOUR, ReportBench, week
from tests.ui.window.conftest import NOW, ZONE

from tabkeeper.model.filters import Filter
from tabkeeper.model.periods import Period, Range
from tabkeeper.model.refusal import Refused
from tabkeeper.model.report import GROUPINGS, OF_THIS_COMPUTER, NotGrouped, Question, Report
from tabkeeper.ui.reports.workspace_reads import Workspace, WorkspaceReads
from tabkeeper.workspace import workspace_report

# The server does not take entries of the future, so the tests look at a week that has passed anywhere.
PAST = NOW - timedelta(weeks=52 * 2)
DAY = PAST.date()
OWN = Period(own=Range(DAY - timedelta(days=1), DAY + timedelta(days=5)))


@pytest.fixture
def team(server: ServerProcess) -> Team:
    team = server.team(currency="EUR", timezone="Europe/Berlin")
    shop = team.owner.made("/projects", name="Theirs", hourly_rate=100, color="#3B82F6")
    for person, hours, fields in (
        (team.owner, 2, {"project_id": shop["id"], "billable": True}),
        (team.member, 5, {}),
    ):
        person.entry(PAST.isoformat(), (PAST + hours * HOUR).isoformat(), **fields)
    return team


def workspace(team: Team, groupings=GROUPINGS) -> Workspace:
    token = team.owner.token
    return Workspace(
        token,
        "Acme Inc",
        groupings,
        lambda q: workspace_report(team.server.api, token, q, ZONE, with_chart=True),
    )


def failing(error: Exception, identity: str = "x") -> Workspace:
    async def ask(question: Question) -> Report:
        raise error

    return Workspace(identity, "Acme Inc", GROUPINGS, ask)


def at_the_workspace(bench: ReportBench, there: Workspace) -> None:
    """Go to the workspace's report of the week that the server has something of."""
    bench.begin(week)
    bench.page.offer_workspace(there)
    bench.page._choose_period(OWN)
    bench.page.range.sources.choose("workspace")
    answered(bench)


def answered(bench: ReportBench) -> None:
    bench.qtbot.waitUntil(lambda: "asking" not in bench.page.source_row.text, timeout=10_000)
    bench.settle()


def test_without_an_account_there_is_only_ones_own(bench: ReportBench) -> None:
    bench.begin(week)
    assert bench.page.range.sources.isHidden()
    assert bench.page.source_row.isHidden()


def test_the_workspace_is_shown_as_its_server_counts_it(bench: ReportBench, team: Team) -> None:
    at_the_workspace(bench, workspace(team))
    assert bench.figures() == ["7:00", "2:00", "€ 200.00"]
    assert bench.names() == ["No project", "Theirs"]
    assert [column.seconds // 3600 for column in bench.overview.chart.columns] == [0, 7, 0, 0, 0, 0, 0]
    assert bench.page.source_row.text.startswith("Acme Inc, as its server counts it · as of ")
    assert "No project" not in bench.overview.chart.accessibleName()


def test_going_from_one_source_to_the_other_leaves_nothing_of_it_behind(
    bench: ReportBench, team: Team
) -> None:
    at_the_workspace(bench, workspace(team))
    bench.page.range.sources.choose("mine")
    assert bench.figures()[0] == "–", "a figure of the workspace stands under Mine"
    assert bench.overview.model.rowCount() == 0
    bench.settle()
    assert (bench.figures()[0], bench.page.source_row.isHidden()) == ("0:00", True)
    bench.page.range.sources.choose("workspace")
    assert bench.figures()[0] == "–"
    answered(bench)
    assert bench.figures()[0] == "7:00"


def test_users_are_a_grouping_for_who_may_see_them_and_only_of_the_workspace(
    bench: ReportBench, team: Team
) -> None:
    at_the_workspace(bench, workspace(team))
    assert bench.overview.groupings.segments._buttons["user"].isVisibleTo(bench.overview.groupings.segments)
    bench.overview.groupings.segments.choose("user")
    answered(bench)
    assert sorted(group.sums.seconds for group in bench.report.groups) == [7200, 18000]
    bench.page.range.sources.choose("mine")
    bench.settle()
    assert bench.page.choice.by == "project"
    assert not bench.overview.groupings.segments._buttons["user"].isVisibleTo(
        bench.overview.groupings.segments
    )
    bench.page.offer_workspace(workspace(team, OF_THIS_COMPUTER)._replace(identity="member"))
    bench.page.range.sources.choose("workspace")
    assert not bench.overview.groupings.segments._buttons["user"].isVisibleTo(
        bench.overview.groupings.segments
    )


def test_only_billable_or_not_filters_the_workspace(bench: ReportBench, team: Team) -> None:
    bench.begin(week)
    bench.page.offer_workspace(workspace(team))
    bench.page._choose_period(OWN)
    bench.page._choose_filter(Filter(text="Checkout", billable=True))
    bench.page.range.sources.choose("workspace")
    answered(bench)
    assert bench.page.choice.only == Filter(billable=True)
    assert bench.figures()[0] == "2:00"
    bench.overview.begin_filter()
    bench.press(Qt.Key.Key_Down)
    offers = [offer.text for offer in bench.overview.filter_line.field.offers]
    assert offers
    assert "Shop" not in offers


def test_rows_of_the_workspace_open_nothing_that_is_not_on_this_computer(
    bench: ReportBench, team: Team
) -> None:
    at_the_workspace(bench, workspace(team))
    bench.click_row(0)
    bench.click_column(1)
    assert not bench.is_behind()


def test_a_change_on_this_computer_does_not_ask_the_server_again(bench: ReportBench) -> None:
    asked: list[Question] = []

    async def ask(question: Question) -> Report:
        asked.append(question)
        raise Refused("Not today.")

    at_the_workspace(bench, Workspace("x", "Acme Inc", GROUPINGS, ask))
    assert len(asked) == 1
    bench.desk.change(lambda tracker: tracker.start(week_draft()))
    bench.settle()
    bench.pass_by(minutes=2)
    assert len(asked) == 1
    bench.page.source_row.again.click()
    answered(bench)
    assert len(asked) == 2


def week_draft():
    from tabkeeper.model.entry import Draft

    return Draft("More")


def test_what_the_server_refuses_is_said_in_place_of_the_rows(bench: ReportBench) -> None:
    at_the_workspace(bench, failing(Refused("The server asks to wait 90 seconds. Try again then.")))
    assert bench.overview.empty.text() == "The server asks to wait 90 seconds. Try again then."
    assert bench.overview.again.isVisible()
    assert bench.page.report is None
    bench.page.range.sources.choose("mine")
    bench.settle()
    assert not bench.overview.again.isVisible()


def test_a_grouping_that_the_server_does_not_know_is_offered_no_more(bench: ReportBench, team: Team) -> None:
    real = workspace(team)

    async def ask(question: Question) -> Report:
        if question.by == "tag":
            raise NotGrouped("This server does not group by tag.")
        return await real.ask(question)

    said: list[str] = []
    at_the_workspace(bench, real._replace(ask=ask))
    bench.page.told.connect(said.append)
    bench.overview.groupings.segments.choose("tag")
    bench.qtbot.waitUntil(lambda: bench.page.choice.by == "project")
    answered(bench)
    assert said == ["This server does not group by tag."]
    segments = bench.overview.groupings.segments
    assert not segments._buttons["tag"].isVisibleTo(segments)
    assert bench.names() == ["No project", "Theirs"]


def test_asking_can_be_given_up_and_the_server_hears_no_more(bench: ReportBench) -> None:
    begun, ended = threading.Event(), threading.Event()

    async def ask(question: Question) -> Report:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()
        raise AssertionError

    bench.begin(week)
    bench.page.offer_workspace(Workspace("x", "Acme Inc", GROUPINGS, ask))
    bench.page.range.sources.choose("workspace")
    assert begun.wait(30)
    assert bench.page.source_row.text.endswith("asking…")
    bench.page.source_row.stop.click()
    assert ended.wait(30)
    assert bench.overview.empty.text().startswith("You stopped asking.")


def test_a_newer_question_to_the_server_cancels_the_older(bench: ReportBench, team: Team) -> None:
    real, begun, ended = workspace(team), threading.Event(), threading.Event()

    async def ask(question: Question) -> Report:
        if question.by == "client":
            begun.set()
            try:
                await asyncio.Event().wait()
            finally:
                ended.set()
        return await real.ask(question)

    at_the_workspace(bench, real._replace(ask=ask))
    bench.overview.groupings.segments.choose("client")
    assert begun.wait(30)
    bench.overview.groupings.segments.choose("billable")
    assert ended.wait(30)
    answered(bench)
    assert bench.names() == ["Not billable", "Billable"]


def test_figures_of_one_week_do_not_stand_under_the_name_of_another_while_the_server_is_asked(
    bench: ReportBench, team: Team
) -> None:
    real = workspace(team)

    async def ask(question: Question) -> Report:
        if question.start > PAST:
            await asyncio.sleep(60)
        return await real.ask(question)

    at_the_workspace(bench, real._replace(ask=ask))
    bench.page.refresh()
    bench.page._lose_patience()
    assert bench.figures()[0] == "7:00"  # of the same week, and asked for again
    bench.page.range.step(1)
    bench.qtbot.waitUntil(lambda: bench.figures()[0] == "–")
    assert "asking" in bench.page.source_row.text
    assert bench.page.report is None


def test_an_answer_that_was_on_its_way_when_it_was_given_up_is_not_shown(qtbot: QtBot) -> None:
    reads, heard = WorkspaceReads(), []
    question = Question(PAST, PAST + HOUR)
    for given_up in (True, False):
        reads.ask(failing(Refused("No")), question, heard.append, heard.append)
        for thread in threading.enumerate():
            if thread.name == "workspace":
                thread.join(30)
        if given_up:
            reads.cancel()
        QApplication.processEvents()
        assert bool(heard) is not given_up


def test_signing_out_goes_back_to_ones_own(bench: ReportBench, team: Team) -> None:
    at_the_workspace(bench, workspace(team))
    bench.page.offer_workspace(None)
    bench.page._choose_period(Period("week"))
    bench.settle()
    assert bench.page.range.sources.isHidden()
    assert bench.figures()[0] == "6:00"


def test_the_workspace_is_remembered_and_shown_once_there_is_an_account(
    bench: ReportBench, team: Team
) -> None:
    at_the_workspace(bench, workspace(team))
    assert bench.memory.state.report["source"] == "workspace"
    bench.page.offer_workspace(None)
    bench.settle()
    assert bench.page.choice.source == "mine"
    bench.page.offer_workspace(workspace(team))
    answered(bench)
    assert (bench.page.choice.source, bench.figures()[0]) == ("workspace", "7:00")


def test_a_workspace_that_is_there_at_last_takes_ones_own_entries_from_view(
    bench: ReportBench, team: Team
) -> None:
    at_the_workspace(bench, workspace(team))
    bench.page.offer_workspace(None)
    bench.page._choose_period(Period("week"))
    bench.settle()
    bench.click_row(0)
    assert bench.is_behind()
    bench.page.offer_workspace(workspace(team))
    assert not bench.is_behind()
    assert bench.page.report is None  # so there is nothing to copy or save under the other's name
    bench.page._choose_period(OWN)
    answered(bench)
    assert (bench.figures()[0], bench.is_behind()) == ("7:00", False)


def test_what_is_saved_of_the_workspace_is_the_servers_own_answer(
    bench: ReportBench, team: Team, tmp_path: Path
) -> None:
    import json

    at_the_workspace(bench, workspace(team))
    path = tmp_path / "theirs.json"
    bench.page.saving.write(path, bench.report, None, "json")
    bench.qtbot.waitUntil(partial(path.exists))
    kept = json.loads(path.read_text(encoding="utf-8"))
    query = {"from": kept["from"], "to": kept["to"]}
    assert kept == json.loads(team.owner.get("/reports/summary", **query).text, parse_float=str)
