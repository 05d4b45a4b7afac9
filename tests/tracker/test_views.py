"""What the tracker shows: pages of whole days, recents, suggestions, totals, how things stand."""

from datetime import datetime, timedelta
from itertools import count

import pytest
from tests.clock import NOON, Clock
from tests.tracker.conftest import BERLIN, DAY, HOUR, MINUTE, added, listed

from tabkeeper.model.days import local_day
from tabkeeper.model.entry import Draft
from tabkeeper.model.periods import Period
from tabkeeper.model.report import Question
from tabkeeper.store import sync_state
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker


def test_entries_are_those_that_begin_in_the_range_newest_first(tracker: Tracker) -> None:
    first, second, third = (added(tracker, name, NOON - 4 * HOUR + n * HOUR) for n, name in enumerate("abc"))
    assert tracker.entries(first.start, third.start) == [second, first]
    assert tracker.entries(second.start, None) == [third, second]
    assert tracker.entries(None, None, limit=1) == [third]


def test_pages_are_whole_days_and_together_they_are_everything(tracker: Tracker) -> None:
    for number in range(25):
        added(tracker, str(number), NOON - number * 5 * HOUR)
    seen, before = [], None
    while True:
        page = tracker.page(before, 4)
        assert len({local_day(entry.start, tracker.zone) for entry in page.entries}) >= 1
        seen += page.entries
        if not page.more:
            break
        before = local_day(page.entries[-1].start, tracker.zone)
    assert seen == listed(tracker)


def test_a_page_of_fewer_than_asked_is_the_last_one(tracker: Tracker) -> None:
    assert tracker.page(None, 5) == ([], False)
    entry = added(tracker, "x")
    assert tracker.page(None, 1) == ([entry], False)


def test_recents_are_what_was_done_last_each_thing_once(tracker: Tracker) -> None:
    project = tracker.names.add_project("Acme")
    for number, (name, key) in enumerate(
        [("a", None), ("b", None), ("a", None), ("", None), ("", project.id), ("a", project.id)]
    ):
        added(tracker, name, NOON - number * HOUR, project_id=key)
    seen = [(draft.description, draft.project_id) for draft in tracker.recents()]
    assert seen == [("a", None), ("b", None), ("", project.id), ("a", project.id)]
    assert len(tracker.recents(2)) == 2


def test_suggestions_hold_what_is_typed_newest_first_with_all_their_content(tracker: Tracker) -> None:
    old = added(tracker, "Write the report", NOON - 3 * HOUR, tags=("writing",), billable=True)
    new = added(tracker, "Send the REPORT", NOON - HOUR)
    added(tracker, "Standup", NOON - 2 * HOUR)
    assert tracker.suggestions("report") == (new.draft, old.draft)
    assert tracker.suggestions("report", limit=1) == (new.draft,)


def test_what_was_deleted_is_neither_recent_nor_suggested(tracker: Tracker) -> None:
    tracker.delete([added(tracker, "Secret").id])
    assert tracker.recents() == tracker.suggestions("Secret") == ()


def test_today_and_this_week_count_what_began_there_the_running_one_up_to_now(
    tracker: Tracker, clock: Clock
) -> None:
    added(tracker, "last week", NOON - 3 * DAY)
    added(tracker, "monday", NOON - DAY)
    added(tracker, "today", NOON - 2 * HOUR)
    running = tracker.start(Draft("runs"), NOON - 10 * MINUTE)
    assert tracker.today_seconds() == 40 * 60
    weeks = [tracker.snapshot(first_weekday).week_seconds for first_weekday in (0, 6, 1)]
    assert weeks == [60 * 60, 60 * 60, 30 * 60]
    for first_weekday, stopped in zip((0, 6, 1), weeks, strict=True):
        days = Period("week").range(local_day(NOON, BERLIN), first_weekday)
        report = tracker.report(Question(*days.instants(BERLIN)))
        assert report.total.seconds == stopped + running.seconds(NOON)
    clock.now += HOUR
    assert tracker.today_seconds() == 100 * 60


def test_this_week_counts_what_is_planned_for_tomorrow_where_that_is_the_same_week(tracker: Tracker) -> None:
    added(tracker, "tomorrow", NOON + DAY - HOUR)
    for first_weekday in range(7):
        days = Period("week").range(local_day(NOON, BERLIN), first_weekday)
        reported = tracker.report(Question(*days.instants(BERLIN))).total.seconds
        snapshot = tracker.snapshot(first_weekday)
        assert snapshot.week_seconds == reported
        assert reported == (0 if first_weekday == local_day(NOON + DAY, BERLIN).weekday() else 30 * 60)
        assert snapshot.today_seconds == tracker.today_seconds() == 0


@pytest.mark.parametrize("hours_ago", [1, 20, 30, 200])
def test_a_snapshot_leaves_the_running_entry_to_the_clock(tracker: Tracker, hours_ago: int) -> None:
    added(tracker, "today")
    running = tracker.start(Draft("runs"), NOON - hours_ago * HOUR)
    snapshot = tracker.snapshot()
    assert snapshot.running == running
    assert (snapshot.today_seconds, snapshot.week_seconds) == (30 * 60, 30 * 60)


@pytest.mark.parametrize(("hours_ago", "today", "week"), [(1, 2.0, 2.0), (20, 0.5, 21.0), (200, 0.5, 0.5)])
def test_what_runs_is_counted_by_the_clock_where_it_began(
    tracker: Tracker, hours_ago: int, today: float, week: float
) -> None:
    added(tracker, "today", NOON - 3 * HOUR)
    tracker.start(Draft("runs"), NOON - hours_ago * HOUR)
    snapshot, later = tracker.snapshot(), NOON + HOUR / 2
    counted = (snapshot.today_seconds_by(later), snapshot.week_seconds_by(later))
    assert counted == (today * 3600, week * 3600)
    assert snapshot.today_seconds_by(NOON) == tracker.today_seconds()


def test_a_second_that_passes_while_a_snapshot_is_taken_is_not_counted_twice(store: Store) -> None:
    passing = count()
    tracker = Tracker(store, BERLIN, lambda: NOON + next(passing) * timedelta(seconds=1))
    tracker.start(Draft("runs"), NOON - 10 * MINUTE)
    snapshot = tracker.snapshot()
    assert (snapshot.today_seconds, snapshot.week_seconds) == (0, 0)


def test_a_snapshot_is_of_one_moment_although_somebody_else_writes(store: Store, elsewhere: Tracker) -> None:
    def clock_of_a_busy_moment() -> datetime:
        if elsewhere.running() is not None:
            elsewhere.stop()
        return NOON

    elsewhere.start(Draft("runs"), NOON - 10 * MINUTE)
    snapshot = Tracker(store, BERLIN, clock_of_a_busy_moment).snapshot()
    assert (snapshot.running is None) == (snapshot.last is not None)


def test_a_snapshot_says_how_things_stand(tracker: Tracker) -> None:
    last = added(tracker, "Review")
    pinned = tracker.pin(Draft("Standup"))
    tracker.names.add_tag("gone")
    tracker.undo()
    snapshot = tracker.snapshot()
    assert (snapshot.running, snapshot.last, snapshot.recents) == (None, last, (last.draft,))
    assert (snapshot.favourites, snapshot.catalogue) == ((pinned,), tracker.catalogue())
    assert snapshot.undoable == tracker.undoable()
    assert snapshot.redoable == tracker.redoable()
    assert snapshot.redoable is not None


def test_changes_elsewhere_are_noticed_once_and_own_ones_never(tracker: Tracker, elsewhere: Tracker) -> None:
    added(tracker, "here")
    assert not tracker.changed_elsewhere()
    added(elsewhere, "there")
    assert tracker.changed_elsewhere()
    assert not tracker.changed_elsewhere()


def test_what_no_server_has_seen_is_counted_each_thing_once(tracker: Tracker, store: Store) -> None:
    with store.transaction(), store.reading() as connection:
        sync_state.bind(connection, ("https://acme.test/api/v1", "user", "workspace"), 0)
    entry = tracker.start(Draft("x"), project="Acme")
    tracker.edit(entry.id, description="y")
    assert tracker.sync_status().waiting == 2
    tracker.delete([entry.id])
    assert tracker.sync_status().waiting == 1
