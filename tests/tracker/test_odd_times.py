"""Nights when the clocks change, midnights, clocks that are set back, and times that cannot be."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.clock import NOON, Clock
from tests.tracker.conftest import BERLIN, DAY, HOUR, MINUTE, added, listed

from tabkeeper.model.days import days, local_midnight
from tabkeeper.model.entry import Draft
from tabkeeper.model.refusal import Refused
from tabkeeper.tracker import Tracker


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", 23), ("2026-10-25", 25), ("2026-11-24", 24)])
def test_a_day_holds_the_hours_it_really_has(tracker: Tracker, clock: Clock, day: str, hours: int) -> None:
    begin = local_midnight(date.fromisoformat(day), BERLIN)
    tracker.start(Draft("the day before"), begin - MINUTE)  # belongs to the day before, whole
    tracker.start(Draft("all day"), begin)
    clock.now = local_midnight(date.fromisoformat(day) + timedelta(days=1), BERLIN) - timedelta(seconds=1)
    assert tracker.today_seconds() == hours * 3600 - 1
    clock.now += timedelta(seconds=1)
    assert tracker.today_seconds() == 0
    tracker.stop()
    found = days(listed(tracker), BERLIN, clock.now)
    assert [(each.date.isoformat(), each.seconds) for each in found[:1]] == [(day, hours * 3600)]


@pytest.fixture
def clock_at(clock: Clock) -> Clock:
    clock.now = datetime(2026, 12, 1, tzinfo=UTC)
    return clock


@pytest.mark.usefixtures("clock_at")
def test_a_timer_over_a_night_of_changing_clocks_counts_what_has_passed(tracker: Tracker) -> None:
    for day, hours in (("2026-03-28", 7), ("2026-10-24", 9)):
        evening = datetime.fromisoformat(f"{day}T23:00").replace(tzinfo=BERLIN)
        morning = (evening + DAY).replace(hour=7)
        entry = tracker.add(Draft("Night"), evening.astimezone(UTC), morning.astimezone(UTC))
        assert entry.seconds(morning) == hours * 3600


def test_an_entry_over_midnight_belongs_whole_to_the_day_it_began(tracker: Tracker, clock: Clock) -> None:
    midnight = local_midnight(date(2026, 11, 24), BERLIN)
    clock.now = midnight + HOUR
    entry = tracker.start(Draft("late"), midnight - HOUR)
    assert (tracker.today_seconds(), tracker.snapshot().today_seconds) == (0, 0)
    assert entry.seconds(clock.now) == 7200
    tracker.stop()
    [day] = days(listed(tracker), BERLIN, clock.now)
    assert (day.date, day.seconds) == (date(2026, 11, 23), 7200)


def test_a_stop_before_its_start_is_refused_and_the_timer_runs_on(tracker: Tracker) -> None:
    running = tracker.start(Draft("x"), NOON - 30 * MINUTE)
    with pytest.raises(Refused, match=r"The stop is 15 min before the start\. Type a later stop"):
        tracker.stop(NOON - 45 * MINUTE)
    assert tracker.running() == running


@pytest.mark.parametrize("ahead", [timedelta(seconds=1), DAY, 365 * DAY])
def test_a_start_in_the_future_is_refused_and_what_runs_runs_on(tracker: Tracker, ahead: timedelta) -> None:
    running = tracker.start(Draft("x"))
    with pytest.raises(Refused, match=r"cannot start in the future\. Type a time that has passed"):
        tracker.start(Draft("later"), NOON + ahead)
    assert listed(tracker) == [running]


def test_a_stop_may_lie_a_day_ahead_and_no_further(tracker: Tracker) -> None:
    tracker.start(Draft("until tonight"))
    with pytest.raises(Refused, match="at most 24 hours from now"):
        tracker.stop(NOON + DAY + MINUTE)
    assert tracker.stop(NOON + DAY).seconds(NOON) == 86_400


@pytest.mark.parametrize("back", [MINUTE, HOUR, 3 * DAY, 4_000 * DAY])
def test_with_a_clock_that_was_set_back_a_timer_shows_nothing_and_ends_where_it_began(
    tracker: Tracker, clock: Clock, back: timedelta
) -> None:
    running = tracker.start(Draft("x"))
    clock.now -= back
    assert running.seconds(tracker.now()) == 0
    assert tracker.today_seconds() == 0
    snapshot = tracker.snapshot()
    assert (snapshot.today_seconds, snapshot.week_seconds) == (0, 0)
    assert tracker.stop() == running._replace(stop=running.start)
    assert tracker.running() is None


@pytest.mark.parametrize("earlier", [timedelta(0), 10 * MINUTE])
def test_with_a_clock_that_was_set_back_the_next_start_runs(
    tracker: Tracker, clock: Clock, earlier: timedelta
) -> None:
    first = tracker.start(Draft("first"))
    clock.now -= HOUR
    second = tracker.start(Draft("second"), clock.now - earlier)
    assert tracker.running() == second
    assert tracker.entry(first.id).stop == first.start


def test_with_a_clock_that_was_set_back_an_entry_is_still_renamed_and_put_right(
    tracker: Tracker, clock: Clock
) -> None:
    entry = tracker.start(Draft("x"))
    clock.now -= HOUR
    assert tracker.edit(entry.id, description="y").running
    assert tracker.edit(entry.id, start=clock.now - MINUTE).seconds(clock.now) == 60


def test_a_clock_that_jumps_ahead_and_back_leaves_undo_as_it_was(tracker: Tracker, clock: Clock) -> None:
    entry = added(tracker, "x")
    clock.now += 365 * DAY
    tracker.delete([entry.id])
    clock.now = NOON
    tracker.undo()
    assert listed(tracker) == [entry]


@pytest.mark.parametrize(
    "text", ["", "مرحبا بالعالم", "עברית\u202e", "👩‍🚀🎉", "x" * 2_000, "é\u0301", "\u0130ı"]
)
def test_a_description_is_kept_as_it_was_written(tracker: Tracker, elsewhere: Tracker, text: str) -> None:
    entry = tracker.start(Draft(text))
    assert entry.description == text
    assert elsewhere.running() == entry
    assert [draft.description for draft in tracker.suggestions(text[:3])] == [text] * bool(text)


def test_a_description_that_is_too_long_is_refused_with_both_numbers(tracker: Tracker) -> None:
    message = r"up to 2,000 characters; this one has 10,000\. Shorten it and try again"
    with pytest.raises(Refused, match=message):
        tracker.start(Draft("x" * 10_000))
    assert listed(tracker) == []
