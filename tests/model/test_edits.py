"""Edits of an entry: the sensible other stays, and impossible times are refused."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tabkeeper.model.days import local_day
from tabkeeper.model.edits import (
    EntryEdit,
    checked_times,
    edited,
    with_day,
    with_duration,
    with_start,
    with_stop,
)
from tabkeeper.model.entry import Entry
from tabkeeper.model.refusal import Refused

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
NOW = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).astimezone(UTC)


DONE = Entry("e", at("2026-11-24 09:00"), at("2026-11-24 10:00"), "Review", tags=("a",))
RUNNING = Entry("r", at("2026-11-24 13:00"))
OVERNIGHT = Entry("o", at("2026-11-23 22:00"), at("2026-11-23 23:00"))


def test_an_edit_of_nothing_changes_nothing() -> None:
    assert edited(DONE, EntryEdit(), NOW) == DONE


def test_an_edit_changes_what_it_names_and_cleans_it() -> None:
    changed = edited(DONE, EntryEdit(description=" a\nb ", tags=("#x", "X"), billable=True), NOW)
    assert changed == DONE._replace(description="a b", tags=("x",), billable=True)


def test_none_takes_the_project_away_and_lets_an_entry_run_again() -> None:
    with_project = DONE._replace(project_id="p")
    assert edited(with_project, EntryEdit(project_id=None), NOW).project_id is None
    assert edited(with_project, EntryEdit(stop=None), NOW).running


def test_times_that_were_impossible_before_do_not_keep_an_entry_from_being_renamed() -> None:
    ahead = Entry("x", NOW + HOUR)  # the clock was set back
    assert edited(ahead, EntryEdit(description="y"), NOW).description == "y"
    with pytest.raises(Refused, match="future"):
        edited(DONE, EntryEdit(start=NOW + HOUR, stop=None), NOW)


def test_a_new_start_leaves_the_stop() -> None:
    assert with_start(DONE, at("2026-11-24 08:30"), BERLIN) == DONE._replace(start=at("2026-11-24 08:30"))


def test_a_start_after_the_stop_is_refused() -> None:
    with pytest.raises(Refused, match="The start is 1 h after the stop"):
        with_start(DONE, at("2026-11-24 11:00"), BERLIN)


def test_a_late_start_of_an_entry_after_midnight_is_the_evening_before() -> None:
    early = Entry("e", at("2026-11-24 00:10"), at("2026-11-24 01:00"))
    assert with_start(early, at("2026-11-24 23:50"), BERLIN).start == at("2026-11-23 23:50")


def test_a_late_start_of_a_timer_after_midnight_is_the_evening_before_too() -> None:
    timer = Entry("e", at("2026-11-24 00:10"))
    changed = with_start(timer, at("2026-11-24 23:50"), BERLIN, at("2026-11-24 00:30"))
    assert changed == timer._replace(start=at("2026-11-23 23:50"))


def test_a_timer_cannot_be_given_a_start_in_the_future() -> None:
    with pytest.raises(Refused, match="future"):
        with_start(RUNNING, NOW + HOUR, BERLIN, NOW)


def test_a_start_with_a_date_of_its_own_is_not_moved() -> None:
    with pytest.raises(Refused, match="after the stop"):
        with_start(DONE, at("2026-11-25 09:00"), BERLIN)


def test_a_new_stop_leaves_the_start() -> None:
    assert with_stop(DONE, at("2026-11-24 12:00"), BERLIN) == DONE._replace(stop=at("2026-11-24 12:00"))


def test_a_stop_before_the_start_is_the_next_morning_where_that_is_a_night_s_work() -> None:
    assert with_stop(OVERNIGHT, at("2026-11-23 01:00"), BERLIN).stop == at("2026-11-24 01:00")
    assert with_stop(OVERNIGHT, at("2026-11-23 10:00"), BERLIN).stop == at("2026-11-24 10:00")


@pytest.mark.parametrize(
    ("stop", "by"),
    [
        ("2026-11-23 10:01", "11 h 59 min"),
        ("2026-11-23 21:59", "1 min"),
        ("2026-11-22 23:00", "23 h"),
    ],
)
def test_any_other_stop_before_the_start_is_refused(stop: str, by: str) -> None:
    with pytest.raises(Refused, match=f"The stop is {by} before the start"):
        with_stop(OVERNIGHT, at(stop), BERLIN)


def test_a_duration_moves_the_stop_of_a_stopped_entry_and_the_start_of_a_running_one() -> None:
    assert with_duration(DONE, 600, NOW) == DONE._replace(stop=at("2026-11-24 09:10"))
    changed = with_duration(RUNNING, 600, NOW + timedelta(milliseconds=900))
    assert changed.start == at("2026-11-24 13:50")
    assert changed.seconds(NOW + timedelta(milliseconds=900)) == 600


@given(st.integers(0, 10**6), st.sampled_from([DONE, RUNNING]))
def test_an_entry_has_the_duration_it_was_given(seconds: int, entry: Entry) -> None:
    assert with_duration(entry, seconds, NOW).seconds(NOW) == seconds


@pytest.mark.parametrize("entry", [DONE, RUNNING])
def test_a_duration_beyond_the_calendar_is_refused(entry: Entry) -> None:
    with pytest.raises(Refused, match="beyond"):
        with_duration(entry, 10**12, NOW)


def test_another_day_keeps_the_times_of_the_clock() -> None:
    summer = with_day(DONE, date(2026, 7, 1), BERLIN)
    assert (summer.start, summer.stop) == (at("2026-07-01 09:00"), at("2026-07-01 10:00"))


def test_another_day_keeps_the_length_where_the_clocks_would_turn_it_round() -> None:
    night = Entry("n", at("2026-11-24 02:30"), at("2026-11-24 03:10"))
    moved = with_day(night, date(2026, 3, 29), BERLIN)
    assert moved.start == at("2026-03-29 03:30")
    assert moved.seconds(NOW) == 2400


@given(
    st.datetimes(datetime(2011, 12, 1), datetime(2012, 2, 1), timezones=st.just(UTC)),
    st.integers(0, 86_400),
    st.dates(date(2010, 1, 1), date(2027, 1, 1)),
    st.sampled_from(ZONES),
)
def test_an_entry_moved_to_a_day_is_on_that_day_and_never_ends_before_it_begins(
    start: datetime, length: int, day: date, zone: ZoneInfo
) -> None:
    assume(day != date(2011, 12, 30) or zone.key != "Pacific/Apia")  # that day never was there
    moved = with_day(Entry("m", start, start + timedelta(seconds=length)), day, zone)
    assert local_day(moved.start, zone) == day
    assert moved.stop is not None
    assert moved.stop >= moved.start


@pytest.mark.parametrize(
    ("start", "stop", "why"),
    [
        (NOW, NOW - HOUR, "1 h before the start"),
        (NOW + timedelta(seconds=1), None, "future"),
        (NOW, NOW + timedelta(hours=24, seconds=1), "24 hours"),
        (datetime(1969, 12, 31, tzinfo=UTC), NOW, "1970"),
        (datetime.max.replace(tzinfo=UTC), None, "9999"),
    ],
)
def test_impossible_times_are_refused(start: datetime, stop: datetime | None, why: str) -> None:
    with pytest.raises(Refused, match=why):
        checked_times(start, stop, NOW)


@pytest.mark.parametrize(
    ("start", "stop"), [(NOW, None), (NOW, NOW), (NOW - HOUR, NOW), (NOW + HOUR, NOW + timedelta(hours=24))]
)
def test_possible_times_come_back_as_they_are(start: datetime, stop: datetime | None) -> None:
    assert checked_times(start, stop, NOW) == (start, stop)
