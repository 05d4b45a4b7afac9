"""Reports for other programs: CSV that no spreadsheet runs, and the text that is copied."""

import csv
import io
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabkeeper.model.catalogue import EMPTY_CATALOGUE, Catalogue, Project
from tabkeeper.model.report import Group, Question, Report, Sums
from tabkeeper.model.report_forms import as_csv, as_summary, as_text, main_currency, percent, total_text

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
QUESTION = Question(NOW, NOW)
SUMS = Sums(5025, 3600, 2, {"EUR": Decimal("90.00"), "JPY": Decimal(1200)})


def report_of(*names: tuple[str, str], sums: Sums = SUMS) -> Report:
    groups = tuple(Group(name, name, client, None, sums, ()) for name, client in names)
    return Report(QUESTION, NOW, sums, groups, "day", (), None)


def read_back(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize(
    "name",
    ["=1+1", "+49 30 1", "-2", "@SUM(A1)", "=HYPERLINK(\"https://x\",\"y\")", "=cmd|' /C calc'!A0",
     "＝1", "  =1", "\t=1", "\r=1", "\n=1", "%x", "|x"],
)  # fmt: skip
def test_no_name_is_a_formula_to_a_spreadsheet(name: str) -> None:
    for cell in (
        read_back(as_csv(report_of((name, ""))))[1][0],
        read_back(as_csv(report_of(("", name))))[1][1],
        as_text(report_of((name, "")), report_of((name, "")).groups).split("\t")[0],
    ):
        assert cell.startswith("'")


names = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@given(st.lists(st.tuples(names, names), max_size=5))
def test_csv_reads_back_as_it_was_written_line_for_line(things: list[tuple[str, str]]) -> None:
    written = as_csv(report_of(*things))
    rows = read_back(written)
    assert len(rows) == 1 + len(things)
    assert written.endswith("\r\n")
    assert {len(row) for row in rows} == {9}
    for row, (name, client) in zip(rows[1:], things, strict=True):
        for cell, text in zip(row, (name, client), strict=False):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            kept = "".join(text.split())
            assert "".join(cell.split()).removeprefix("'")[:1] in kept or not kept


def test_names_with_commas_quotes_and_letters_of_other_scripts_survive() -> None:
    wild = 'He said "no, never"; Größe عربي 漢字'
    assert read_back(as_csv(report_of((wild, "A, B"))))[1][:2] == [wild, "A, B"]


def test_numbers_are_numbers_to_the_second_and_the_minor_unit() -> None:
    head, row = read_back(as_csv(report_of(("Shop", "Acme"))))
    assert dict(zip(head, row, strict=True)) == {
        "Project": "Shop",
        "Client": "Acme",
        "Time": "1:23:45",
        "Hours": "1.3958",
        "Billable time": "1:00:00",
        "Billable hours": "1.0000",
        "Amount EUR": "90.00",
        "Amount JPY": "1200",
        "Entries": "2",
    }


def test_what_is_copied_has_tabs_between_columns_and_a_total() -> None:
    report = report_of(("Shop", "Acme"))
    assert as_text(report, report.groups) == "Shop\tAcme\t1:23\t1:00\t€ 90.00 + ¥ 1,200"
    assert total_text(report) == "Total\t\t1:23\t1:00\t€ 90.00 + ¥ 1,200"


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [(0, 0, "0 %"), (0, 9, "0 %"), (1, 201, "< 1 %"), (1, 200, "< 1 %"), (1, 199, "1 %"), (1, 3, "33 %"),
     (7, 7, "100 %")],
)  # fmt: skip
def test_a_share_that_is_there_is_never_none(part: int, whole: int, text: str) -> None:
    assert percent(part, whole) == text


def test_the_main_currency_is_the_one_that_most_projects_with_a_rate_have() -> None:
    projects = {
        name: Project(name, name, hourly_rate=rate, currency=currency)
        for name, rate, currency in (
            ("a", Decimal(1), "USD"),
            ("b", Decimal(1), "EUR"),
            ("c", Decimal(1), "EUR"),
            ("d", None, "JPY"),
            ("e", None, "JPY"),
            ("f", None, "JPY"),
        )
    }
    assert main_currency(Catalogue(projects, {}, {})) == "EUR"
    assert main_currency(EMPTY_CATALOGUE) == ""


def test_a_summary_names_what_other_currencies_there_are_apart() -> None:
    summary = as_summary(
        report_of(("x", ""))._replace(question=QUESTION._replace(currency="EUR")), EMPTY_CATALOGUE
    )
    assert summary["total"]["billable_amount"] == "90.00"
    assert summary["groups"][0]["other_currencies"] == [{"currency": "JPY", "billable_amount": "1200"}]
