"""What stands below the columns of a chart, and what its scale ends at."""

from datetime import UTC, date, datetime, timedelta

import pytest

from tabkeeper.model.catalogue import EMPTY_CATALOGUE
from tabkeeper.model.report import Question
from tabkeeper.model.summing import Reading, summed
from tabkeeper.ui.reports.chart_scale import labels, nice_hours


def named(first: date, last: date, first_weekday: int = 0) -> list[str]:
    """Return the names below the columns of an empty report."""
    start, stop = (datetime(day.year, day.month, day.day, tzinfo=UTC) for day in (first, last))
    question = Question(start, stop + timedelta(days=1))
    report = summed(question, Reading((), None, EMPTY_CATALOGUE, start), UTC)
    return [text for _, text in labels(report.columns, report.unit, first_weekday)]


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        (date(2026, 11, 23), date(2026, 11, 29), ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]),
        (date(2026, 11, 23), date(2026, 11, 23), ["Mon 23 Nov"]),
        (date(2026, 11, 1), date(2026, 11, 30), ["2 Nov", "9 Nov", "16 Nov", "23 Nov", "30 Nov"]),
        (date(2026, 12, 1), date(2026, 12, 31), ["1 Dec", "7 Dec", "14 Dec", "21 Dec", "28 Dec"]),
        (date(2026, 1, 1), date(2026, 3, 31), ["Jan", "Feb", "Mar"]),
        (date(2021, 12, 1), date(2026, 11, 30), ["2022", "2023", "2024", "2025", "2026"]),
        (date(2021, 3, 1), date(2023, 11, 30), ["2021", "2022", "2023"]),
    ],
)
def test_a_column_is_named_where_a_day_week_month_or_year_begins(
    first: date, last: date, names: list[str]
) -> None:
    assert named(first, last) == names


def test_of_a_months_days_those_are_named_on_which_the_persons_weeks_begin() -> None:
    sundays = ["1 Nov", "8 Nov", "15 Nov", "22 Nov", "29 Nov"]
    assert named(date(2026, 11, 1), date(2026, 11, 30), first_weekday=6) == sundays


@pytest.mark.parametrize(
    ("seconds", "hours"), [(0, 1), (3600, 1), (3601, 2), (8 * 3600, 8), (101 * 3600, 120)]
)
def test_the_scale_ends_at_a_round_number_of_hours(seconds: int, hours: int) -> None:
    assert nice_hours(seconds) == hours
