"""Time that passed while nobody was there is taken out of the timer, or becomes an entry of its own."""

import pytest
from tests.clock import NOON, Clock
from tests.tracker.conftest import HOUR, MINUTE, listed

from tabkeeper.model.entry import Draft
from tabkeeper.model.refusal import NothingToDo, Refused
from tabkeeper.tracker import Tracker

SINCE, UNTIL = NOON - 42 * MINUTE, NOON - MINUTE


def test_the_timer_ends_where_the_person_went_and_goes_on_where_they_came_back(tracker: Tracker) -> None:
    project = tracker.names.add_project("Billing", billable=True)
    began = tracker.start(Draft("Review", project.id, ("bug",)), NOON - HOUR)
    running = tracker.take_out((SINCE, UNTIL))
    assert listed(tracker) == [running, began._replace(stop=SINCE)]
    assert (running.start, running.stop, running.draft) == (UNTIL, None, began.draft)


def test_the_span_can_be_an_entry_of_its_own_on_a_project_made_for_it(tracker: Tracker) -> None:
    tracker.start(Draft("Review"), NOON - HOUR)
    tracker.take_out((SINCE, UNTIL), Draft("Lunch", tags=("break",)), project="Rest")
    again, lunch, before = listed(tracker)
    assert (again.description, again.running) == ("Review", True)
    assert (lunch.description, lunch.tags, lunch.start, lunch.stop) == ("Lunch", ("break",), SINCE, UNTIL)
    assert tracker.catalogue().project_label(lunch.project_id) == "Rest"
    assert (before.description, before.stop) == ("Review", SINCE)


def test_it_is_one_step_that_can_be_undone(tracker: Tracker) -> None:
    began = tracker.start(Draft("Review"), NOON - HOUR)
    tracker.take_out((SINCE, UNTIL), Draft("Lunch"))
    assert tracker.undo().subject == "Review"
    assert listed(tracker) == [began]


def test_where_no_timer_runs_any_more_there_is_nothing_to_take_it_out_of(tracker: Tracker) -> None:
    with pytest.raises(NothingToDo):
        tracker.take_out((SINCE, UNTIL))


def test_a_timer_that_was_not_meant_is_left_alone(tracker: Tracker) -> None:
    asked_about = tracker.start(Draft("Review"), NOON - 3 * HOUR)
    other = tracker.start(Draft("Elsewhere"), NOON - 2 * HOUR)
    with pytest.raises(NothingToDo, match="does not run any more"):
        tracker.stop(SINCE, entry_id=asked_about.id)
    with pytest.raises(NothingToDo, match="does not run any more"):
        tracker.take_out((SINCE, UNTIL), entry_id=asked_about.id)
    assert tracker.running() == other


def test_a_timer_that_began_later_is_left_alone(tracker: Tracker, clock: Clock) -> None:
    began = tracker.start(Draft("Review"), SINCE + MINUTE)
    with pytest.raises(Refused):
        tracker.take_out((SINCE, UNTIL), Draft("Lunch"), project="Rest")
    assert listed(tracker) == [began]
    assert not tracker.catalogue().projects
