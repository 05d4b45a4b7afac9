"""Times of day and instants as people type them, on days that are odd too."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabkeeper.model.refusal import Refused
from tabkeeper.model.typed_time import format_time, parse_ago, parse_instant, parse_time_of_day

BERLIN = ZoneInfo("Europe/Berlin")
ZONES = [
    ZoneInfo(name)
    for name in (
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "Africa/Casablanca",
    )
]
zones = st.sampled_from(ZONES)
instants = st.datetimes(datetime(2000, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
NEARLY = st.text(st.sampled_from("0123456789:.,+-apmhtz TZago/"), max_size=26) | st.from_regex(
    r"\A(today|yesterday|mon|2026-1?\d-\d\d|\d{4}-\d\d-\d\d)[T ]\d\d?:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?( ago)?\Z"
)
NOW = datetime(2026, 11, 24, 13, 0, 30, tzinfo=UTC)  # a Tuesday, 14:00:30 in Berlin


def local(instant: datetime, zone: ZoneInfo = BERLIN) -> str:
    return instant.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("9", "09:00:00"),
        ("0", "00:00:00"),
        ("21", "21:00:00"),
        ("930", "09:30:00"),
        ("0930", "09:30:00"),
        ("2359", "23:59:00"),
        ("9:30", "09:30:00"),
        ("9.30", "09:30:00"),
        ("9,30", "09:30:00"),
        ("9:30:15", "09:30:15"),
        ("21h30", "21:30:00"),
        ("21h", "21:00:00"),
        ("9am", "09:00:00"),
        ("9 PM", "21:00:00"),
        ("9p", "21:00:00"),
        ("9 p.m.", "21:00:00"),
        ("9:30 pm", "21:30:00"),
        ("930pm", "21:30:00"),
        ("12am", "00:00:00"),
        ("12:15 am", "00:15:00"),
        ("12pm", "12:00:00"),
        ("٩:٣٠", "09:30:00"),
        (" 9:30 ", "09:30:00"),
    ],
)
def test_a_time_of_day_is_on_the_local_day_of_its_reference(typed: str, clock: str) -> None:
    # Already the 25th in Berlin while it is the 24th in UTC.
    reference = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)
    assert local(parse_time_of_day(typed, reference, BERLIN)) == f"2026-11-25 {clock}"


def test_twenty_four_o_clock_is_the_end_of_the_day() -> None:
    assert local(parse_time_of_day("24:00", NOW, BERLIN)) == "2026-11-25 00:00:00"


@pytest.mark.parametrize(("typed", "seconds"), [("-5m", -300), ("+15m", 900), ("+1h20", 4800), ("-90s", -90)])
def test_a_signed_duration_moves_the_reference_itself(typed: str, seconds: int) -> None:
    moved = parse_time_of_day(typed, NOW, BERLIN, not_before=NOW - timedelta(days=1))
    assert moved == NOW + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    "typed",
    ["", "now", "25", "24:01", "9:60", "9:5", "13pm", "0am", "9:30:60", "12345", "9-10", "nine", "9:30 xm",
     "9" * 500, "9:30\n10"],
)  # fmt: skip
def test_what_no_clock_shows_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(Refused, match="9:30 pm"):
        parse_time_of_day(typed, NOW, BERLIN)


def test_a_time_in_the_spring_gap_moves_forward() -> None:
    night = datetime(2026, 3, 29, 6, 0, tzinfo=UTC)
    assert local(parse_time_of_day("2:30", night, BERLIN)) == "2026-03-29 03:30:00"


def test_a_time_that_comes_twice_is_the_first_one() -> None:
    night = datetime(2026, 10, 25, 6, 0, tzinfo=UTC)
    assert parse_time_of_day("2:30", night, BERLIN) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_a_stop_in_the_doubled_hour_is_the_second_one_where_the_first_is_before_the_start() -> None:
    start = datetime(2026, 10, 25, 0, 45, tzinfo=UTC)  # 2:45 for the first time
    stop = parse_time_of_day("2:30", start, BERLIN, not_before=start)
    assert stop == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_a_stop_is_on_the_day_of_its_start_whenever_the_reference_is() -> None:
    start = datetime(2026, 11, 20, 16, 0, tzinfo=UTC)  # a timer forgotten over the weekend
    assert local(parse_time_of_day("17:30", NOW, BERLIN, not_before=start)) == "2026-11-20 17:30:00"


@pytest.mark.parametrize(
    ("typed", "when"),
    [
        ("now", "2026-11-24 14:00:30"),
        ("10m ago", "2026-11-24 13:50:30"),
        ("1h20 ago", "2026-11-24 12:40:30"),
        ("15 ago", "2026-11-24 13:45:30"),
        ("-5m", "2026-11-24 13:55:30"),
        ("+15m", "2026-11-24 14:15:30"),
        ("9:30", "2026-11-24 09:30:00"),
        ("16:30", "2026-11-24 16:30:00"),
        ("today", "2026-11-24 00:00:00"),
        ("Yesterday", "2026-11-23 00:00:00"),
        ("yesterday 16:30", "2026-11-23 16:30:00"),
        ("tomorrow", "2026-11-25 00:00:00"),
        ("tuesday", "2026-11-24 00:00:00"),
        ("mon", "2026-11-23 00:00:00"),
        ("wednesday 9am", "2026-11-18 09:00:00"),
        ("2026-11-20", "2026-11-20 00:00:00"),
        ("2026-1-2", "2026-01-02 00:00:00"),
        ("2026-11-20 09:30", "2026-11-20 09:30:00"),
        ("2026-11-20T09:30", "2026-11-20 09:30:00"),
        ("2026-11-20T09:30:15", "2026-11-20 09:30:15"),
        ("2026-11-20 9pm", "2026-11-20 21:00:00"),
        ("2026-11-20T09:30:00Z", "2026-11-20 10:30:00"),
        ("2026-11-20t09:30z", "2026-11-20 10:30:00"),
        ("2026-11-20 09:30-05:00", "2026-11-20 15:30:00"),
        ("2026-11-20T09:30:00.123456789Z", "2026-11-20 10:30:00"),
    ],
)
def test_an_instant_is_read_as_people_type_it(typed: str, when: str) -> None:
    found = parse_instant(typed, NOW, BERLIN)
    assert local(found) == when
    assert found.tzinfo is UTC


@pytest.mark.parametrize(
    "typed",
    ["", "soon", "2026-13-01", "2026-02-30", "24.11.2026", "11/24/2026", "2026-11-24 25:00", "2026-11-24 -5m",
     "yesterday soon", "0000-01-01", "2026-11-24T09:61:00Z", "2026-11-24T09:30+99:00", "noon",
     "9:30 yesterday"],
)  # fmt: skip
def test_what_is_no_instant_is_refused_with_examples(typed: str) -> None:
    with pytest.raises(Refused, match="yesterday 16:30"):
        parse_instant(typed, NOW, BERLIN)


def test_a_date_whose_day_was_skipped_begins_with_the_next_one() -> None:
    apia = ZoneInfo("Pacific/Apia")
    assert local(parse_instant("2011-12-30", NOW, apia), apia) == "2011-12-31 00:00:00"
    assert local(parse_instant("2011-12-30 09:00", NOW, apia), apia) == "2011-12-31 09:00:00"


@pytest.mark.parametrize(
    ("typed", "seconds"), [("10m", 600), ("10", 600), ("1h20", 4800), ("10 min ago", 600)]
)
def test_how_long_ago_is_a_duration(typed: str, seconds: int) -> None:
    assert parse_ago(typed) == seconds


@pytest.mark.parametrize("typed", ["", "ago", "-5m", "+5m", "soon"])
def test_how_long_ago_has_no_sign(typed: str) -> None:
    with pytest.raises(Refused):
        parse_ago(typed)


@pytest.mark.parametrize(
    ("typed", "day", "half"),
    [("14:02", "14:02", "2:02 PM"), ("0:05", "00:05", "12:05 AM"), ("12:00", "12:00", "12:00 PM"),
     ("11:59:59", "11:59", "11:59 AM")],
)  # fmt: skip
def test_a_time_is_shown_by_either_clock(typed: str, day: str, half: str) -> None:
    instant = parse_time_of_day(typed, NOW, BERLIN)
    assert format_time(instant, BERLIN) == day
    assert format_time(instant, BERLIN, twelve_hour=True) == half


@given(instants, zones, st.booleans())
def test_a_time_that_is_shown_reads_back_to_the_same_minute_or_its_twin(
    instant: datetime, zone: ZoneInfo, twelve_hour: bool
) -> None:
    found = parse_time_of_day(format_time(instant, zone, twelve_hour), instant, zone)
    shown = instant.astimezone(zone).replace(second=0, microsecond=0)
    assert found.astimezone(zone).replace(tzinfo=None) == shown.replace(tzinfo=None)
    assert found <= instant


@given(instants, st.integers(0, 43_200), zones)
def test_a_stop_that_is_shown_reads_back_after_its_start(
    start: datetime, length: int, zone: ZoneInfo
) -> None:
    start = start.replace(second=0, microsecond=0)
    stop = start + timedelta(seconds=length // 60 * 60)
    if start.astimezone(zone).date() == stop.astimezone(zone).date():
        assert parse_time_of_day(format_time(stop, zone), stop, zone, not_before=start) >= start


@given(st.text() | NEARLY, instants, zones)
def test_any_text_is_a_time_or_is_refused(text: str, now: datetime, zone: ZoneInfo) -> None:
    for parse in (parse_time_of_day, parse_instant):
        with suppress(Refused):
            assert parse(text, now, zone).tzinfo is UTC
    with suppress(Refused):
        assert parse_ago(text) >= 0
