"""What there is to be reminded of follows from the settings, the timer and the hours of work."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tabkeeper.model.entry import Entry
from tabkeeper.reflexes.reminding import Reminder, Situation, reminders
from tabkeeper.settings import Settings

BERLIN = ZoneInfo("Europe/Berlin")
NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)  # 12:00 of a Tuesday in Berlin
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
NOTHING = Settings(remind_long_hours=0.0)


def running(since: datetime) -> Situation:
    return Situation(Entry("1", since, None, "Review"), since)


def due(situation: Situation, settings: Settings, now: datetime = NOON) -> list[Reminder]:
    return reminders(situation, settings, BERLIN, now)


def test_by_default_only_a_timer_that_runs_for_very_long_is_spoken_of() -> None:
    assert due(Situation(None, NOON - 8 * HOUR), Settings()) == []
    assert due(running(NOON), Settings()) == [Reminder("long", NOON + 10 * HOUR, "1")]
    assert due(running(NOON - 3 * DAY), Settings()) == [Reminder("long", NOON - 3 * DAY + 10 * HOUR, "1")]


def test_switched_off_nothing_is_said() -> None:
    assert due(running(NOON - DAY), NOTHING) == []


def test_not_tracking_is_spoken_of_in_working_hours_from_when_there_was_nothing_to_track() -> None:
    settings = NOTHING._replace(remind_not_tracking=15.0)
    first, *_ = due(Situation(None, NOON), settings)
    assert (first.kind, first.at) == ("not_tracking", NOON + 15 * MINUTE)
    at_nine, *_ = due(Situation(None, NOON - 20 * HOUR), settings, NOON - 4 * HOUR)
    assert at_nine.at == datetime(2026, 11, 24, 8, 15, tzinfo=UTC)
    tomorrow, *_ = due(Situation(None, NOON), settings, NOON + 5 * HOUR)
    assert tomorrow.at == datetime(2026, 11, 25, 8, 15, tzinfo=UTC)


def test_work_that_ends_before_it_begins_goes_through_the_night() -> None:
    settings = NOTHING._replace(
        remind_not_tracking=15.0, remind_end_of_day=True, work_starts="22:00", work_ends="06:00"
    )
    evening, midnight = NOON + 10 * HOUR, NOON + 12 * HOUR
    first, *_ = due(Situation(None, NOON), settings)
    assert (first.kind, first.at) == ("not_tracking", evening + 15 * MINUTE)
    after_midnight, *_ = due(Situation(None, midnight + HOUR), settings, midnight + 2 * HOUR)
    assert after_midnight.at == midnight + HOUR + 15 * MINUTE
    morning, *_ = due(running(evening), settings, midnight + 2 * HOUR)
    assert (morning.kind, morning.at) == ("end_of_day", midnight + 6 * HOUR)


def test_not_tracking_on_a_day_off_is_nobody_s_business() -> None:
    settings = NOTHING._replace(remind_not_tracking=15.0, work_days="mon")
    next_monday = datetime(2026, 11, 30, 8, 15, tzinfo=UTC)
    assert due(Situation(None, NOON - HOUR), settings)[0].at == next_monday
    assert due(Situation(None, NOON - HOUR), settings._replace(work_days="")) == []
    assert due(running(NOON), settings) == []


def test_after_work_and_over_a_weekend_the_next_day_of_work_is_waited_for() -> None:
    settings = NOTHING._replace(remind_not_tracking=15.0, remind_end_of_day=True)
    friday_evening, monday = datetime(2026, 11, 27, 19, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC)
    first, *_ = due(Situation(None, friday_evening), settings, friday_evening)
    assert (first.kind, first.at) == ("not_tracking", monday + 8 * HOUR + 15 * MINUTE)
    left_running, *_ = due(running(friday_evening), settings, friday_evening)
    assert (left_running.kind, left_running.at) == ("end_of_day", monday + 16 * HOUR)


def test_the_end_of_the_day_is_spoken_of_while_a_timer_runs_that_began_before() -> None:
    settings = NOTHING._replace(remind_end_of_day=True, work_ends="12:30")
    assert due(running(NOON - HOUR), settings)[0] == Reminder("end_of_day", NOON + HOUR / 2, "2026-11-24")
    tomorrow = Reminder("end_of_day", NOON + DAY + HOUR / 2, "2026-11-25")
    assert due(running(NOON + HOUR), settings, NOON + 2 * HOUR)[0] == tomorrow
    # Who comes back hours later has noticed.
    assert due(running(NOON - HOUR), settings, NOON + 3 * HOUR)[0] == tomorrow


@pytest.mark.parametrize("minutes", [25.0, 50.0])
def test_a_break_is_proposed_after_the_time_of_work_and_ends_after_the_time_of_rest(minutes: float) -> None:
    settings = NOTHING._replace(pomodoro_work=minutes, pomodoro_break=5.0)
    assert due(running(NOON), settings) == [Reminder("break", NOON + minutes * MINUTE, "1")]
    resting = Situation(None, NOON, break_since=NOON)
    assert [reminder.kind for reminder in due(resting, settings)] == ["back"]
    assert due(resting, settings)[0].at == NOON + 5 * MINUTE


def test_a_break_that_nobody_comes_back_from_becomes_tracking_nothing() -> None:
    settings = NOTHING._replace(pomodoro_work=25.0, pomodoro_break=5.0, remind_not_tracking=15.0)
    resting = Situation(None, NOON, break_since=NOON)
    back, first, *_ = due(resting, settings)
    assert (back.kind, back.at) == ("back", NOON + 5 * MINUTE)
    assert (first.kind, first.at) == ("not_tracking", NOON + 20 * MINUTE)
    tomorrow, *_ = due(resting, settings, NOON + 5 * HOUR)
    assert (tomorrow.kind, tomorrow.at) == ("not_tracking", datetime(2026, 11, 25, 8, 15, tzinfo=UTC))


def test_the_first_one_comes_first() -> None:
    settings = Settings(pomodoro_work=25.0, remind_end_of_day=True)
    kinds = [reminder.kind for reminder in due(running(NOON), settings)]
    assert kinds[:3] == ["break", "end_of_day", "long"]
