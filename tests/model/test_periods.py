"""Ranges by name: what days they have, what comes before and after them, and what they are compared with."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabkeeper.model.periods import (
    FIRST_DAY,
    LAST_DAY,
    UNITS,
    Period,
    Range,
    chart_unit,
    compared_with,
    unit_end,
    unit_start,
)

BERLIN = ZoneInfo("Europe/Berlin")
WEDNESDAY = date(2026, 11, 25)
SUNDAY_FIRST = 6


@pytest.mark.parametrize(
    ("unit", "ago", "first", "last"),
    [
        ("day", 0, "2026-11-25", "2026-11-25"),
        ("day", 1, "2026-11-24", "2026-11-24"),
        ("week", 0, "2026-11-23", "2026-11-29"),
        ("week", 1, "2026-11-16", "2026-11-22"),
        ("week", -1, "2026-11-30", "2026-12-06"),
        ("month", 0, "2026-11-01", "2026-11-30"),
        ("month", 9, "2026-02-01", "2026-02-28"),
        ("quarter", 0, "2026-10-01", "2026-12-31"),
        ("quarter", 3, "2026-01-01", "2026-03-31"),
        ("year", 0, "2026-01-01", "2026-12-31"),
        ("year", 2, "2024-01-01", "2024-12-31"),
    ],
)
def test_a_period_has_the_days_of_the_calendar(unit, ago: int, first: str, last: str) -> None:
    assert Period(unit, ago).range(WEDNESDAY) == Range(date.fromisoformat(first), date.fromisoformat(last))


def test_a_week_begins_on_the_persons_own_first_day() -> None:
    assert Period("week").range(WEDNESDAY, SUNDAY_FIRST) == Range(date(2026, 11, 22), date(2026, 11, 28))


days = st.dates(date(2011, 1, 1), date(9980, 1, 1))
periods = st.builds(Period, st.sampled_from(UNITS), st.integers(-3, 40), st.none())
weekdays = st.integers(0, 6)


@given(days, periods, weekdays)
def test_periods_follow_one_another_without_a_gap(today: date, period: Period, weekday: int) -> None:
    this = period.range(today, weekday)
    after = period.stepped(1).range(today, weekday)
    assert after.first == this.last + timedelta(days=1)
    assert period.stepped(1).stepped(-1) == period


@given(days, st.sampled_from(UNITS), weekdays)
def test_the_present_period_holds_today(today: date, unit, weekday: int) -> None:
    this = Period(unit).range(today, weekday)
    assert this.first <= today <= this.last
    assert (this.first, this.last) == (unit_start(today, unit, weekday), unit_end(today, unit, weekday))


def test_days_of_ones_own_step_by_their_own_length() -> None:
    own = Period(own=Range(date(2026, 11, 3), date(2026, 11, 12)))
    assert own.stepped(-1).range(WEDNESDAY) == Range(date(2026, 10, 24), date(2026, 11, 2))


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("steps", [-200_000, 200_000])
def test_nothing_is_beyond_the_calendar(unit, steps: int) -> None:
    days = Period(unit).stepped(steps).range(WEDNESDAY)
    assert FIRST_DAY <= days.first <= days.last <= LAST_DAY
    begin, end = days.instants(BERLIN)
    assert begin < end


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("period", "now", "begin", "end"),
    [
        # As far as the week has got, by the clock on the wall.
        (Period("week"), "2026-11-24 15:00", "2026-11-16 00:00", "2026-11-17 15:00"),
        (Period("week", 1), "2026-11-24 15:00", "2026-11-09 00:00", "2026-11-16 00:00"),
        (Period("day"), "2026-11-24 15:00", "2026-11-23 00:00", "2026-11-23 15:00"),
        (Period("month"), "2026-03-31 12:00", "2026-02-01 00:00", "2026-03-01 00:00"),
        (Period("month"), "2026-03-15 12:00", "2026-02-01 00:00", "2026-02-15 12:00"),
        # Of the clocks going forward and back nothing is felt.
        (Period("week"), "2026-03-30 09:00", "2026-03-23 00:00", "2026-03-23 09:00"),
        (Period("week"), "2026-10-26 09:00", "2026-10-19 00:00", "2026-10-19 09:00"),
        (Period("day"), "2026-03-30 02:30", "2026-03-29 00:00", "2026-03-29 03:30"),
    ],
)
def test_a_period_is_compared_with_the_one_before_as_far_as_it_has_got(
    period: Period, now: str, begin: str, end: str
) -> None:
    assert compared_with(period, local(now), BERLIN) == (local(begin), local(end))


def test_what_is_still_to_come_is_compared_with_nothing() -> None:
    assert compared_with(Period("week", -1), local("2026-11-24 15:00"), BERLIN) is None


@given(st.integers(1, 4_000_000))
def test_a_chart_of_any_range_has_a_unit_with_few_columns(days: int) -> None:
    length = {"day": 1, "week": 7, "month": 28, "year": 365}[chart_unit(days)]
    assert days / length < 160 or length == 365
