"""Local days in zones whose days are odd, and the list of entries by days."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabkeeper.model.days import (
    Day,
    Line,
    days,
    from_local,
    local_day,
    local_midnight,
    moved,
    week_start,
)
from tabkeeper.model.entry import Entry
from tabkeeper.model.refusal import Refused

BERLIN = ZoneInfo("Europe/Berlin")
NEW_YORK = ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")
APIA = ZoneInfo("Pacific/Apia")
CASABLANCA = ZoneInfo("Africa/Casablanca")
HAVANA = ZoneInfo("America/Havana")  # clocks changed at midnight, until 2025
ZONES = (BERLIN, NEW_YORK, LORD_HOWE, APIA, CASABLANCA, HAVANA, UTC)
SKIPPED_IN_APIA = date(2011, 12, 30)
zones = st.sampled_from(ZONES)
some_days = st.dates(date(1971, 1, 1), date(2040, 1, 1))
NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def entry(start: str, stop: str | None = None, description: str = "Review", *tags: str) -> Entry:
    return Entry(start, utc(start), utc(stop) if stop else None, description, tags=tags)


@pytest.mark.parametrize(
    ("zone", "day", "hours"),
    [
        (BERLIN, date(2026, 11, 24), 24),
        (BERLIN, date(2026, 3, 29), 23),
        (BERLIN, date(2026, 10, 25), 25),
        (NEW_YORK, date(2026, 3, 8), 23),
        (NEW_YORK, date(2026, 11, 1), 25),
        (LORD_HOWE, date(2026, 4, 5), 24.5),
        (LORD_HOWE, date(2026, 10, 4), 23.5),
        (CASABLANCA, date(2026, 2, 15), 25),
        (CASABLANCA, date(2026, 3, 22), 23),
        (HAVANA, date(2024, 3, 10), 23),
        (HAVANA, date(2024, 11, 3), 25),
        (APIA, SKIPPED_IN_APIA, 0),
        (APIA, date(2011, 12, 31), 24),
    ],
)
def test_a_day_is_as_long_as_its_zone_has_it(zone: ZoneInfo, day: date, hours: float) -> None:
    length = local_midnight(day + timedelta(days=1), zone) - local_midnight(day, zone)
    assert length == timedelta(hours=hours)


def test_a_day_without_a_midnight_begins_at_one() -> None:
    begins = local_midnight(date(2024, 3, 10), HAVANA)
    assert begins.astimezone(HAVANA).hour == 1
    assert local_day(begins - timedelta(seconds=1), HAVANA) == date(2024, 3, 9)


@given(some_days, zones)
def test_a_day_begins_with_its_midnight_and_the_moment_before_is_another_day(
    day: date, zone: ZoneInfo
) -> None:
    midnight = local_midnight(day, zone)
    assert midnight.tzinfo is UTC
    if zone is APIA and day == SKIPPED_IN_APIA:
        assert midnight == local_midnight(day + timedelta(days=1), zone)
    else:
        assert local_day(midnight, zone) == day
    assert local_day(midnight - timedelta(microseconds=1), zone) < day


@given(some_days, st.integers(0, 86_399), zones, st.booleans())
def test_a_local_time_is_found_or_moved_forward_by_what_was_skipped(
    day: date, seconds: int, zone: ZoneInfo, second: bool
) -> None:
    wall = datetime.combine(day, datetime.min.time()) + timedelta(seconds=seconds)
    first = from_local(day, timedelta(seconds=seconds), zone)
    shown = first.astimezone(zone).replace(tzinfo=None)
    assert shown == wall or wall < shown <= wall + timedelta(days=1)
    if shown == wall:
        assert from_local(day, timedelta(seconds=seconds), zone, second=second) >= first


def test_the_time_that_comes_twice_is_the_first_unless_the_second_is_asked_for() -> None:
    day, clock = date(2026, 10, 25), timedelta(hours=2, minutes=30)
    assert from_local(day, clock, BERLIN) == utc("2026-10-25 00:30")
    assert from_local(day, clock, BERLIN, second=True) == utc("2026-10-25 01:30")


def test_half_past_two_in_the_spring_gap_is_half_past_three() -> None:
    assert from_local(date(2026, 3, 29), timedelta(hours=2.5), BERLIN).astimezone(BERLIN).hour == 3


def test_the_ends_of_the_calendar_are_refused() -> None:
    with pytest.raises(Refused, match="beyond"):
        local_midnight(date.min, BERLIN)
    with pytest.raises(Refused, match="beyond"):
        from_local(date.max, timedelta(hours=20), NEW_YORK)
    for seconds in (-(10**12), 10**12):
        with pytest.raises(Refused, match="beyond"):
            moved(NOW, seconds)


@given(some_days, st.integers(0, 6))
def test_a_week_begins_at_most_six_days_before_on_its_first_weekday(day: date, first: int) -> None:
    start = week_start(day, first)
    assert start.weekday() == first
    assert 0 <= (day - start).days <= 6


def test_the_week_begins_on_monday_unless_told_otherwise() -> None:
    assert week_start(date(2026, 11, 24)) == date(2026, 11, 23)
    assert week_start(date(2026, 11, 24), 6) == date(2026, 11, 22)


def test_same_named_entries_of_a_day_are_one_line_with_their_sum() -> None:
    newest, other, oldest = (
        entry("2026-11-24 12:00", "2026-11-24 13:00"),
        entry("2026-11-24 11:00", "2026-11-24 11:30", "Stand-up"),
        entry("2026-11-24 09:00", "2026-11-24 09:10"),
    )
    assert days([newest, other, oldest], BERLIN, NOW) == [
        Day(date(2026, 11, 24), 6000, (Line((newest, oldest), 4200), Line((other,), 1800)))
    ]


def test_the_running_entry_has_a_line_of_its_own_and_counts_up_to_now() -> None:
    running, done = entry("2026-11-24 13:00"), entry("2026-11-24 09:00", "2026-11-24 09:10")
    [day] = days([running, done], BERLIN, NOW)
    assert day.lines == (Line((running,), 3600), Line((done,), 600))


def test_tags_in_another_order_are_the_same_tags() -> None:
    both = [
        entry("2026-11-24 12:00", "2026-11-24 13:00", "x", "a", "b"),
        entry("2026-11-24 09:00", "2026-11-24 10:00", "x", "b", "a"),
    ]
    [day] = days(both, BERLIN, NOW)
    assert len(day.lines) == 1


@pytest.mark.parametrize(
    "change",
    [{"description": "b"}, {"project_id": "p"}, {"tags": ("t",)}, {"billable": True}],
    ids=lambda change: next(iter(change)),
)
def test_what_differs_in_content_does_not_fold(change: dict[str, Any]) -> None:
    one = entry("2026-11-24 12:00", "2026-11-24 13:00")
    other = entry("2026-11-24 09:00", "2026-11-24 10:00")._replace(**change)
    [day] = days([one, other], BERLIN, NOW)
    assert len(day.lines) == 2


def test_an_entry_across_midnight_belongs_whole_to_the_day_it_began_on() -> None:
    across = entry("2026-11-23 22:30", "2026-11-24 00:30")  # 23:30 to 1:30 in Berlin
    assert [(day.date, day.seconds) for day in days([across], BERLIN, NOW)] == [(date(2026, 11, 23), 7200)]
    assert days([across], ZoneInfo("Asia/Tokyo"), NOW)[0].date == date(2026, 11, 24)


entries = st.builds(
    lambda start, length, description, tags: Entry(
        str(start),
        start,
        None if length is None else start + timedelta(seconds=length),
        description,
        tags=tags,
    ),
    st.datetimes(datetime(2011, 12, 28), datetime(2012, 1, 2), timezones=st.just(UTC)),
    st.none() | st.integers(0, 90_000),
    st.sampled_from(["a", "b"]),
    st.sampled_from([(), ("x",), ("x", "y"), ("y", "x")]),
)


@given(st.lists(entries, max_size=20), zones)
def test_the_list_by_days_loses_nothing_and_keeps_the_order(found: list[Entry], zone: ZoneInfo) -> None:
    found.sort(key=lambda one: one.start, reverse=True)
    listed = days(found, zone, NOW)
    shown = [one for day in listed for line in day.lines for one in line.entries]
    assert sorted(shown, key=id) == sorted(found, key=id)
    assert [day.date for day in listed] == sorted({local_day(one.start, zone) for one in found}, reverse=True)
    for day in listed:
        newest = [line.entries[0].start for line in day.lines]
        assert newest == sorted(newest, reverse=True)
        assert day.seconds == sum(one.seconds(NOW) for line in day.lines for one in line.entries)


def test_no_entries_are_no_days() -> None:
    assert days([], BERLIN, NOW) == []
