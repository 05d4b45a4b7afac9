"""Starting, stopping, toggling and continuing the timer."""

import pytest
from tests.clock import NOON, Clock
from tests.tracker.conftest import HOUR, MINUTE, added, listed

from tabkeeper.model.entry import Draft
from tabkeeper.model.refusal import NothingToDo, Refused
from tabkeeper.tracker import Tracker


def test_a_timer_starts_now_with_what_was_said(tracker: Tracker, elsewhere: Tracker) -> None:
    entry = tracker.start(Draft("  Review \n the draft ", tags=("#Legal", "legal", "urgent")))
    assert (entry.start, entry.stop, entry.running) == (NOON, None, True)
    assert (entry.description, entry.tags) == ("Review the draft", ("Legal", "urgent"))
    assert tracker.running() == elsewhere.running() == entry


def test_what_the_clock_shows_is_cut_to_its_second(tracker: Tracker, clock: Clock) -> None:
    clock.now = NOON.replace(microsecond=999_999)
    assert tracker.start(Draft("x")).start == NOON


def test_a_timer_can_have_begun_earlier(tracker: Tracker) -> None:
    assert tracker.start(Draft("x"), NOON - 10 * MINUTE).seconds(NOON) == 600


def test_a_start_stops_the_timer_that_runs_in_the_same_step(tracker: Tracker, clock: Clock) -> None:
    first = tracker.start(Draft("first"))
    clock.now += HOUR
    second = tracker.start(Draft("second"))
    assert listed(tracker) == [second, first._replace(stop=NOON + HOUR)]
    tracker.undo()
    assert listed(tracker) == [first]


def test_a_start_in_the_past_stops_the_timer_that_ran_then(tracker: Tracker) -> None:
    first = tracker.start(Draft("first"), NOON - HOUR)
    tracker.start(Draft("second"), NOON - 10 * MINUTE)
    assert tracker.entry(first.id).stop == NOON - 10 * MINUTE


def test_what_began_before_the_timer_that_runs_ends_where_that_one_begins(tracker: Tracker) -> None:
    running = tracker.start(Draft("runs"), NOON - HOUR)
    earlier = tracker.start(Draft("earlier"), NOON - 2 * HOUR)
    assert earlier.stop == running.start
    assert tracker.running() == running


def test_a_stop_ends_the_timer_now_or_when_it_is_said(tracker: Tracker, clock: Clock) -> None:
    tracker.start(Draft("now"))
    clock.now += HOUR
    assert tracker.stop().stop == clock.now
    tracker.start(Draft("then"))
    clock.now += HOUR
    assert tracker.stop(clock.now - 5 * MINUTE).seconds(clock.now) == 55 * 60
    assert tracker.running() is None


def test_stopping_nothing_changes_nothing_and_says_so(tracker: Tracker) -> None:
    with pytest.raises(NothingToDo, match=r"No timer is running\."):
        tracker.stop()
    assert tracker.undoable() is None


def test_toggle_stops_what_runs_and_otherwise_goes_on_with_the_last_thing(
    tracker: Tracker, clock: Clock
) -> None:
    first = tracker.start(Draft("Review", tags=("legal",)), NOON - HOUR)
    assert tracker.toggle() == first._replace(stop=NOON)
    clock.now += HOUR
    again = tracker.toggle()
    assert (again.draft, again.start) == (first.draft, clock.now)
    assert again.id != first.id


def test_continuing_takes_the_newest_thing_that_has_ended(tracker: Tracker) -> None:
    with pytest.raises(NothingToDo, match="nothing to continue yet"):
        tracker.continue_last()
    added(tracker, "older", NOON - 2 * HOUR)
    added(tracker, "newer", NOON - HOUR)
    added(tracker, "planned", NOON + HOUR)
    assert tracker.continue_last().description == "newer"


def test_continuing_while_a_timer_runs_goes_back_to_the_thing_before_it(tracker: Tracker) -> None:
    tracker.start(Draft("first"), NOON - 2 * HOUR)
    tracker.start(Draft("second"), NOON - HOUR)
    assert tracker.continue_last().description == "first"


def test_an_entry_is_continued_from_now(tracker: Tracker) -> None:
    old = added(tracker, "old", NOON - 50 * HOUR, tags=("a",), billable=True)
    again = tracker.continue_entry(old.id)
    assert (again.draft, again.start, again.stop) == (old.draft, NOON, None)


def test_a_project_that_is_named_is_found_whatever_its_case_or_made(tracker: Tracker) -> None:
    made = tracker.start(Draft("x"), project="Acme")
    assert tracker.start(Draft("y"), project=" ACME ").project_id == made.project_id
    assert [project.name for project in tracker.catalogue().projects.values()] == ["Acme"]


def test_a_project_made_by_a_start_goes_with_its_undo(tracker: Tracker) -> None:
    tracker.start(Draft("x"), project="Acme")
    tracker.undo()
    assert not tracker.catalogue().projects
    tracker.redo()
    running = tracker.running()
    assert running is not None
    assert tracker.catalogue().project_label(running.project_id) == "Acme"


def test_an_entry_is_billable_as_its_project_is_unless_it_says_otherwise(tracker: Tracker) -> None:
    project = tracker.names.add_project("Acme", billable=True)
    assert tracker.start(Draft("as the project", project.id)).billable
    assert not tracker.start(Draft("not this one", project.id, billable=False)).billable
    assert not tracker.start(Draft("without a project")).billable
    assert tracker.start(Draft("by itself", billable=True)).billable


def test_a_tag_is_written_as_it_was_first_and_made_by_being_used(tracker: Tracker) -> None:
    tracker.start(Draft("x", tags=("Légal",)))
    assert tracker.start(Draft("y", tags=("LÉGAL", "new"))).tags == ("Légal", "new")
    assert sorted(tag.name for tag in tracker.catalogue().tags.values()) == ["Légal", "new"]


@pytest.mark.parametrize(
    "draft",
    [
        Draft("x" * 2_001),
        Draft(tags=tuple(map(str, range(51)))),
        Draft(tags=("#",)),
        Draft(tags=("x" * 101,)),
    ],
    ids=["long", "many tags", "no tag", "long tag"],
)
def test_a_refused_start_leaves_the_timer_that_runs(tracker: Tracker, draft: Draft) -> None:
    running = tracker.start(Draft("runs"))
    with pytest.raises(Refused):
        tracker.start(draft, project="New")
    assert tracker.running() == running
    assert not tracker.catalogue().projects
    assert not tracker.catalogue().tags
    tracker.undo()
    assert tracker.undoable() is None
