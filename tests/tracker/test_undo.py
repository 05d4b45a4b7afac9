"""Undo and redo: every step, also after a restart, and beside what others have changed meanwhile."""

from pathlib import Path

import pytest
from tests.clock import NOON, Clock
from tests.tracker.conftest import BERLIN, HOUR, added, listed

from tabkeeper.model.entry import Draft
from tabkeeper.model.refusal import NothingToDo, Refused
from tabkeeper.store import changes
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker


def test_each_step_is_taken_back_and_done_again_in_turn(tracker: Tracker) -> None:
    entry = added(tracker, "one")
    changed = tracker.edit(entry.id, description="two")
    tracker.delete([entry.id])
    seen = [listed(tracker)]
    for _ in range(3):
        tracker.undo()
        seen.append(listed(tracker))
    assert seen == [[], [changed], [entry], []]
    for expected in ([entry], [changed], []):
        tracker.redo()
        assert listed(tracker) == expected


def test_a_step_says_what_was_done_and_to_what(tracker: Tracker) -> None:
    entry = added(tracker, "Standup")
    tracker.edit(entry.id, description="Retro")
    tracker.names.add_project("Acme")
    undone = [tracker.undo() for _ in range(3)]
    assert [(step.action, step.subject) for step in undone] == [
        ("add project", "Acme"),
        ("edit", "Retro"),
        ("add", "Standup"),
    ]
    assert tracker.redo() == undone[-1]
    assert tracker.redoable() == undone[-2]


def test_there_is_nothing_to_undo_at_the_beginning_and_nothing_to_redo_at_the_end(tracker: Tracker) -> None:
    with pytest.raises(NothingToDo, match="nothing to undo"):
        tracker.undo()
    added(tracker, "x")
    with pytest.raises(NothingToDo, match="nothing to do again"):
        tracker.redo()
    assert len(listed(tracker)) == 1


def test_undo_reaches_back_over_a_restart(tracker: Tracker, store: Store, path: Path, clock: Clock) -> None:
    entry = added(tracker, "kept")
    tracker.delete([entry.id])
    tracker.undo()
    store.close()
    again = Store.open(path, clock=clock)
    later = Tracker(again, BERLIN, clock)
    later.redo()
    assert listed(later) == []
    later.undo()
    later.undo()
    assert later.undoable() is None
    again.close()


def test_a_new_step_ends_what_could_be_done_again(tracker: Tracker) -> None:
    added(tracker, "gone")
    tracker.undo()
    added(tracker, "new")
    assert tracker.redoable() is None
    assert [entry.description for entry in listed(tracker)] == ["new"]


def test_what_another_process_did_can_be_undone_here(tracker: Tracker, elsewhere: Tracker) -> None:
    added(elsewhere, "there")
    assert tracker.undo().subject == "there"
    assert listed(elsewhere) == []


def test_a_field_that_changed_otherwise_since_stays_when_a_step_is_undone(
    tracker: Tracker, store: Store
) -> None:
    entry = added(tracker, "mine")
    tracker.edit(entry.id, description="changed", billable=True)
    with store.transaction() as server:  # as a sync writes what a server knows: no step of a person
        server.put(tracker.entry(entry.id)._replace(description="from the server"))
    tracker.undo()
    assert tracker.entry(entry.id) == entry._replace(description="from the server")


def test_a_project_that_something_else_is_on_by_now_outlives_the_undo_of_what_made_it(
    tracker: Tracker, store: Store
) -> None:
    entry = tracker.start(Draft("mine"), project="Website")
    with store.transaction() as server:
        server.put(entry._replace(id="theirs", stop=entry.start, remote_id="7"))
    tracker.undo()
    [theirs] = listed(tracker)
    assert tracker.catalogue().projects[theirs.project_id or ""].name == "Website"


def test_an_undo_that_would_let_two_timers_run_is_refused_and_stays_possible(
    tracker: Tracker, store: Store
) -> None:
    entry = tracker.start(Draft("mine"), NOON - HOUR)
    tracker.stop()
    with store.transaction() as server:
        server.put(entry._replace(id="theirs", remote_id="7"))
    step = tracker.undoable()
    with pytest.raises(Refused, match="Another timer is running already"):
        tracker.undo()
    assert tracker.undoable() == step
    assert [running.id for running in listed(tracker) if running.running] == ["theirs"]


def test_observers_are_told_of_a_change_and_of_its_undo_but_not_of_a_refusal(tracker: Tracker) -> None:
    told: list[int] = []
    tracker.subscribe(lambda: told.append(len(listed(tracker))))
    added(tracker, "x")
    with pytest.raises(Refused):
        tracker.start(Draft("x" * 3_000))
    tracker.undo()
    tracker.redo()
    assert told == [1, 0, 1]


def test_as_many_steps_as_the_history_holds_can_be_undone(
    tracker: Tracker, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(changes, "HISTORY_LIMIT", 20)
    entry = added(tracker, "0")
    for number in range(1, 21):
        tracker.edit(entry.id, description=str(number))
    for _ in range(20):
        tracker.undo()
    with pytest.raises(NothingToDo):
        tracker.undo()
    assert listed(tracker) == [entry]
