"""`tabkeeper report`, run as a person and as a script run it."""

import csv
import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from tests.cli.conftest import CommandLine

from tabkeeper.accounts import Account, Accounts
from tabkeeper.cli.answers import print_csv
from tabkeeper.cli.report_table import table
from tabkeeper.model.report import Group, Question, Report, Sums
from tabkeeper.paths import find_paths

TODAY = datetime.now(ZoneInfo("Europe/Berlin")).date()
"""Where the commands run, which may be a day and a week further than the machine's own zone."""
MONDAY = TODAY - timedelta(days=TODAY.weekday() + 7)
"""The first day of last week: no timer of today reaches into it."""


@pytest.fixture
def filled(tabkeeper: CommandLine) -> CommandLine:
    add = "projects", "add"
    tabkeeper.run(*add, "Shop", "--client", "Acme", "--rate", "90", "--currency", "EUR", "--billable")
    tabkeeper.run(*add, "Site", "--client", "Acme", "--rate", "100", "--currency", "USD", "--billable")
    for day, hours, words in (
        (0, 2, ("Checkout", "-p", "Shop", "-t", "bug", "-t", "review")),
        (1, 3, ("Landing page", "-p", "Site")),
        (2, 1, ("Inbox",)),
    ):
        at = f"{MONDAY + timedelta(days=day)} 9:00"
        done = tabkeeper.run("add", *words, "--from", at, "--duration", f"{hours}h")
        assert done.returncode == 0, done.stderr
    return tabkeeper


def test_the_table_shows_groups_shares_amounts_and_the_total(filled: CommandLine) -> None:
    done = filled.run("report", "--last-week")
    lines = [line.split("  ") for line in done.stdout.splitlines()]
    cells = [[cell.strip() for cell in line if cell.strip()] for line in lines]
    assert cells[2:] == [
        ["Project", "Share", "Time", "Billable", "Amount"],
        ["Site · Acme", "50 %", "3:00", "3:00", "$ 300.00"],
        ["Shop · Acme", "33 %", "2:00", "2:00", "€ 180.00"],
        ["No project", "17 %", "1:00", "0:00", "–"],
        cells[-2],
        ["Total", "6:00", "5:00", "€ 180.00 + $ 300.00"],
    ]
    assert done.stdout.startswith(f"Mon {MONDAY} – Sun {MONDAY + timedelta(days=6)}\n")


def test_json_is_the_shape_of_the_summary_with_amounts_as_text(filled: CommandLine) -> None:
    summary = filled.ask("report", "--last-week", "--by", "client")
    assert summary["group_by"] == "client"
    assert summary["currency"] == "EUR"
    assert summary["total"] == {"seconds": 21600, "billable_seconds": 18000, "billable_amount": "180.00"}
    acme, nobody = summary["groups"]
    assert (acme["label"], acme["seconds"], acme["billable_amount"], acme["entries"]) == (
        "Acme",
        18000,
        "180.00",
        2,
    )
    assert acme["other_currencies"] == [{"currency": "USD", "billable_amount": "300.00"}]
    assert (nobody["key"], nobody["label"], nobody["billable_amount"]) == (None, "No client", "0.00")
    assert "other_currencies" not in nobody


@pytest.mark.parametrize(
    ("words", "seconds"),
    [
        (("--billable", "yes"), 18000),
        (("--billable", "no"), 3600),
        (("-p", "shop"), 7200),
        (("-p", "shop", "-p", "site"), 18000),
        (("-c", "Acme", "-t", "bug"), 7200),
        (("--text", "PAGE"), 10800),
        (("--text", "nothing"), 0),
    ],
)
def test_filters_leave_out_what_was_not_asked_for(filled: CommandLine, words, seconds: int) -> None:
    assert filled.ask("report", "--last-week", *words)["total"]["seconds"] == seconds


def test_days_are_given_by_name_or_by_their_ends(filled: CommandLine) -> None:
    tuesday = MONDAY + timedelta(days=1)
    days = ("--from", str(tuesday), "--to", str(tuesday))
    assert filled.ask("report", *days)["total"]["seconds"] == 10800
    assert filled.ask("report", "--from", str(MONDAY))["total"]["seconds"] == 21600
    assert filled.ask("report", "--from", f"{tuesday} 9:00", "--by", "day")["groups"][0]["key"] == str(
        tuesday
    )
    assert filled.ask("report")["total"]["seconds"] == 0
    assert filled.refusal("report", "--to", "monday")[0] == 2
    assert filled.refusal("report", "--week", "--month")[0] == 2


def test_an_end_before_the_beginning_is_refused_and_a_beginning_to_come_is_not(filled: CommandLine) -> None:
    code, said = filled.refusal("report", "--from", str(MONDAY + timedelta(days=1)), "--to", str(MONDAY))
    assert (code, said.startswith("--to is before --from.")) == (2, True)
    assert filled.ask("report", "--from", "2031-01-01")["total"]["seconds"] == 0


@pytest.mark.parametrize("end", ["9999-12-31", "9999-12-31 10:00"])
def test_a_range_may_end_where_calendars_do_but_not_begin_there(filled: CommandLine, end: str) -> None:
    assert filled.ask("report", "--from", str(MONDAY), "--to", end)["total"]["seconds"] == 21600
    for words in ["9999-01-01", "--to", end], [end]:
        assert filled.refusal("report", "--from", *words) == (1, "Reports are of days up to 9998-12-31.")


def test_a_small_share_is_told_as_in_the_window(tabkeeper: CommandLine) -> None:
    for words, length in (("Long",), "10h"), (("Short", "-t", "bug"), "1m"):
        tabkeeper.run("add", *words, "--from", f"{MONDAY} 6:00", "--duration", length)
    assert "< 1 %" in tabkeeper.run("report", "--last-week", "--by", "tag").stdout


WIDTHS = {"Shop": 4, "漢字": 4, "ดี": 1, "e\u0301\u0301": 1, "zero\u200bwidth": 9, "\ufeffMark": 4}


def test_figures_stand_below_one_another_after_names_of_any_script() -> None:
    start = datetime(2026, 11, 23, tzinfo=UTC)
    groups = tuple(Group(name, name, "", None, Sums(3600), ()) for name in WIDTHS)
    whole = Sums(3600 * len(groups))
    report = Report(Question(start, start + timedelta(days=1)), start, whole, groups, "day", (), None)
    lines = list(table(report, UTC))[3:-2]
    columns = [
        WIDTHS[name] + line.index("17 %") - len(name) for name, line in zip(WIDTHS, lines, strict=True)
    ]
    assert len(set(columns)) == 1, columns


def test_weeks_begin_on_the_day_that_the_settings_say(filled: CommandLine) -> None:
    filled.run("add", "Sunday", "--from", f"{MONDAY - timedelta(days=1)} 9:00", "--duration", "1h")
    assert filled.ask("report", "--last-week")["total"]["seconds"] == 21600
    (filled.home / "settings.toml").write_text('[time]\nweek_starts = "sunday"\n')
    assert filled.ask("report", "--last-week")["total"]["seconds"] == 25200


def test_csv_keeps_its_line_ends_where_the_system_writes_others(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    windows = io.TextIOWrapper(written, encoding="utf-8", newline="\r\n")
    monkeypatch.setattr("sys.stdout", windows)
    print_csv("Project,Time\r\nShop,1:00:00\r\n")
    windows.flush()
    assert written.getvalue() == b"Project,Time\r\nShop,1:00:00\r\n"


def test_csv_has_a_line_for_each_group_and_a_column_for_each_currency(filled: CommandLine) -> None:
    rows = list(csv.reader(io.StringIO(filled.run("report", "--last-week", "--csv").stdout, newline="")))
    assert rows[0] == [
        *("Project", "Client", "Time", "Hours", "Billable time", "Billable hours"),
        *("Amount EUR", "Amount USD", "Entries"),
    ]
    assert rows[1] == ["Site", "Acme", "3:00:00", "3.0000", "3:00:00", "3.0000", "0.00", "300.00", "1"]
    assert [row[0] for row in rows[1:]] == ["Site", "Shop", "No project"]


def test_csv_and_json_say_the_same(filled: CommandLine) -> None:
    rows = csv.DictReader(io.StringIO(filled.run("report", "--last-week", "--csv").stdout, newline=""))
    groups = filled.ask("report", "--last-week")["groups"]
    for row, group in zip(rows, groups, strict=True):
        hours, minutes, seconds = map(int, row["Time"].split(":"))
        assert hours * 3600 + minutes * 60 + seconds == group["seconds"]
        assert round(Decimal(row["Hours"]) * 3600) == group["seconds"]
        assert row["Amount EUR"] == group["billable_amount"]


def test_a_running_timer_is_counted_and_said_to_be(filled: CommandLine) -> None:
    filled.run("start", "Now", "--ago", "1h")
    assert "A timer runs; it counts up to " in filled.run("report", "--from", "1h30m ago").stdout


def test_an_empty_range_says_so_and_is_no_failure(filled: CommandLine) -> None:
    done = filled.run("report", "--from", "2031-01-01", "--to", "2031-01-31")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "No entries.\n")


def test_what_is_not_known_is_refused_with_what_may_be_meant(filled: CommandLine) -> None:
    code, said = filled.refusal("report", "-p", "Shoop")
    assert code == 1
    assert "There is no project" in said
    assert "Shop" in said
    assert filled.refusal("report", "--json", "--csv")[0] == 2


def test_a_project_without_a_currency_is_priced_in_the_accounts_own(tabkeeper: CommandLine) -> None:
    accounts = Accounts(find_paths({"TABKEEPER_HOME": str(tabkeeper.home)}))
    account = Account("https://time.acme.test/api/v1", "u1", "w1", currency="CHF")
    tabkeeper.run("projects", "add", "Shop", "--rate", "90", "--billable")
    tabkeeper.run("add", "Work", "-p", "Shop", "--from", "yesterday 9:00", "--duration", "1h")
    assert tabkeeper.run("report", "--yesterday").stdout.splitlines()[-1].split()[-1] == "90.00"
    accounts.keep(account)
    accounts.choose(account)
    tabkeeper.run("projects", "add", "Shop", "--rate", "90", "--billable")
    tabkeeper.run("add", "Work", "-p", "Shop", "--from", "yesterday 9:00", "--duration", "1h")
    summary = tabkeeper.ask("report", "--yesterday")
    assert (summary["currency"], summary["total"]["billable_amount"]) == ("CHF", "90.00")
    assert "CHF 90.00" in tabkeeper.run("report", "--yesterday").stdout
