"""One month of one person, in three currencies: window, command line, CSV, server and curl tell the same.

`-s` prints the table.
"""

import csv
import io
import json
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from pytestqt.qtbot import QtBot
from tests.cli.conftest import CommandLine
from tests.server.test_same_numbers import with_text
from tests.server_process import ServerProcess, Team
from tests.ui.reports.conftest import ReportBench
from tests.ui.window.conftest import ZONE

from tabkeeper.accounts import Accounts
from tabkeeper.model.durations import clock
from tabkeeper.model.entry import Draft
from tabkeeper.model.money import money
from tabkeeper.model.periods import Period, Range
from tabkeeper.model.report import Grouping
from tabkeeper.paths import find_paths
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker

# On its last day the clocks of Berlin go forward; the server takes nothing of the future.
MONTH = Range(date(2024, 3, 1), date(2024, 3, 31))
ENDS = {"from": "2024-02-29T23:00:00Z", "to": "2024-03-31T22:00:00Z"}
DAYS = ("--from", str(MONTH.first), "--to", str(MONTH.last))


class Line(NamedTuple):
    """What a group comes to, whoever says it: times to the second, and amounts of each currency."""

    time: str
    billable: str
    amounts: Mapping[str, str]
    entries: int


def work(tracker: Tracker) -> None:
    """Fill the month: across midnight, over the change of the clocks, unbillable, on what is archived."""
    rated: dict[str, Any] = {"billable": True, "client": "Acme"}
    shop = tracker.names.add_project("Shop", hourly_rate=Decimal("87.50"), currency="EUR", **rated).id
    site = tracker.names.add_project("Site", hourly_rate=Decimal("33.3333"), currency="USD", **rated).id
    game = tracker.names.add_project("Game", hourly_rate=Decimal(7001), currency="JPY", billable=True).id
    for name, project, tags, day, hours, seconds in (
        ("Checkout", shop, ("bug", "review"), 1, 0, 5 * 3600 + 17),
        ("Vouchers", shop, ("bug",), 12, 22, 4 * 3600 + 59),
        ("Landing page", site, (), 12, 9, 7 * 3600 + 1201),
        ("Level one", game, ("review",), 31, 1, 3 * 3600),
        ("Level two", game, (), 31, 22, 3 * 3600 + 7),
        ("Inbox", None, ("admin",), 18, 8, 1800),
    ):
        start = datetime(2024, 3, day, hours, tzinfo=ZONE)
        tracker.add(Draft(name, project, tags, name != "Vouchers"), start, start + timedelta(seconds=seconds))
    tracker.add(
        Draft("The day before", shop), *(datetime(2024, 2, 29, hour, tzinfo=ZONE) for hour in (8, 23))
    )
    tracker.names.edit_project(site, archived=True)


@pytest.fixture
def team(server: ServerProcess) -> Team:
    return server.team(owner_name="Ada", currency="EUR", timezone="Europe/Berlin", week_start="monday")


@pytest.fixture
def computer(team: Team, tmp_path: Path) -> CommandLine:
    """A computer on which the month was tracked, and from which it was sent."""
    home, owner = tmp_path / "home", team.owner
    account = {"TABKEEPER_TOKEN": owner.token, "TABKEEPER_SERVER": team.server.api}
    computer = CommandLine(home, os.environ | account | {"TABKEEPER_HOME": str(home), "TZ": "Europe/Berlin"})
    assert computer.run("login").returncode == 0
    store = Store.open(file_of(computer))
    work(Tracker(store, ZONE))
    store.close()
    for _ in range(2):  # what tags are called on the server is only known once entries have made them
        assert computer.run("sync").returncode == 0
    return computer


def file_of(computer: CommandLine) -> Path:
    accounts = Accounts(find_paths(computer.environment))
    return accounts.database(accounts.current().account)


@pytest.fixture
def window(qtbot: QtBot, computer: CommandLine, tmp_path: Path) -> Iterator[ReportBench]:
    """The window of that computer, on its report of the month."""
    bench = ReportBench(qtbot, tmp_path, file_of(computer))
    bench.begin()
    bench.page._choose_period(Period(own=MONTH))
    bench.settle()
    yield bench
    bench.window.frame.hide()
    bench.reads.close()
    bench.desk.close()


def of_summary(summary: dict[str, Any]) -> dict[str, Line]:
    """Return the lines of a summary, its amounts as text."""
    return {
        group["label"]: Line(
            clock(group["seconds"]),
            clock(group["billable_seconds"]),
            {
                currency: amount
                for currency, amount in (
                    (summary["currency"], group["billable_amount"]),
                    *((it["currency"], it["billable_amount"]) for it in group.get("other_currencies", ())),
                )
                if Decimal(amount)
            },
            group["entries"],
        )
        for group in summary["groups"]
    }


def of_csv(text: str) -> dict[str, Line]:
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return {row[next(iter(row))]: _line_of(row) for row in rows}


def _line_of(row: dict[str, str]) -> Line:
    amounts = {name.removeprefix("Amount "): row[name] for name in row if name.startswith("Amount ")}
    worth = {currency: amount for currency, amount in amounts.items() if Decimal(amount)}
    return Line(row["Time"], row["Billable time"], worth, int(row["Entries"]))


def by_curl(team: Team, query: Mapping[str, str]) -> str:
    """Ask as the reference shows it, but say the token where no list of processes shows it."""
    words = [word for name, value in query.items() for word in ("-d", f"{name}={value}")]
    done = subprocess.run(
        ("curl", "-sSG", f"{team.server.api}/reports/summary", *words, "-H", "@-"),
        input=f"Authorization: Bearer {team.owner.token}\n",
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def as_text(answer: str) -> dict[str, Any]:
    """Return a summary of the server with its amounts as text, as our programs write them."""
    return dict(with_text(json.loads(answer, parse_float=Decimal)))


def words_of(label: str, line: Line) -> set[str]:
    """Return what is read of a line in the window."""
    hours, minutes, _ = line.time.split(":")
    worth = " + ".join(money(Decimal(amount), currency) for currency, amount in line.amounts.items())
    entries = "1 entry" if line.entries == 1 else f"{line.entries} entries"
    return {label, f"{hours}:{minutes}", entries, *([worth] if worth else [])}


def table(sides: Mapping[str, Mapping[str, Line]]) -> Iterator[str]:
    """Yield what all sides say, side by side."""
    yield " | ".join(("", *sides))
    for label in next(iter(sides.values())):
        lines = (lines[label] for lines in sides.values())
        yield " | ".join(
            (label, *(f"{it.time} {' '.join(map(' '.join, it.amounts.items()))}" for it in lines))
        )


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
@pytest.mark.parametrize("by", ["project", "tag"])
def test_one_month_is_the_same_wherever_it_is_asked_for(
    window: ReportBench, computer: CommandLine, team: Team, tmp_path: Path, by: Grouping
) -> None:
    window.page._choose_grouping(by)
    window.settle()
    saved = tmp_path / "month.csv"
    window.page.saving.write(saved, window.report, window.snapshot.catalogue, "csv")
    window.qtbot.waitUntil(partial(saved.exists))
    mine, theirs = (
        computer.ask("report", *DAYS, "--by", by, "--source", it) for it in ("local", "workspace")
    )
    curled = as_text(by_curl(team, {**ENDS, "group_by": by}))
    sides = {
        "window, saved as CSV": of_csv(saved.read_text("utf-8-sig")),
        "command line, CSV": of_csv(computer.run("report", *DAYS, "--by", by, "--csv").stdout),
        "command line, mine": of_summary(mine),
        "command line, workspace": of_summary(theirs),
        "server": of_summary(as_text(team.owner.get("/reports/summary", **ENDS, group_by=by).text)),
        "curl": of_summary(curled),
    }
    print(*table(sides), sep="\n")
    for lines in sides.values():
        assert lines == sides["curl"]
    assert mine == theirs == curled
    for row, (label, line) in zip(window.groups(), sides["curl"].items(), strict=True):
        assert words_of(label, line) <= {*row.split(", ")}
