"""Adding, changing, splitting, duplicating and deleting entries."""

import pytest
from tests.clock import NOON, Clock
from tests.tracker.conftest import DAY, HOUR, MINUTE, added, listed

from tabkeeper.model.entry import Draft
from tabkeeper.model.refusal import Refused
from tabkeeper.tracker import Tracker


def test_past_time_is_added_beside_the_timer_that_runs(tracker: Tracker) -> None:
    running = tracker.start(Draft("runs"))
    entry = tracker.add(Draft("Standup"), NOON - 2 * HOUR, NOON - HOUR, project="Acme")
    assert tracker.catalogue().project_label(entry.project_id) == "Acme"
    assert listed(tracker) == [running, entry]


def test_an_edit_changes_what_it_names(tracker: Tracker) -> None:
    entry = added(tracker, "Standup", tags=("daily",))
    changed = tracker.edit(
        entry.id, description="Retro", tags=("weekly",), billable=True, stop=NOON, project="Acme"
    )
    project = tracker.catalogue().project_named("Acme")
    assert project is not None
    assert changed == entry._replace(
        description="Retro", tags=("weekly",), billable=True, stop=NOON, project_id=project.id
    )
    assert listed(tracker) == [changed]
    assert tracker.edit(entry.id, project_id=None).project_id is None


def test_an_edit_that_changes_nothing_is_no_step_and_nobody_is_told(tracker: Tracker) -> None:
    entry = added(tracker, "Standup")
    before, told = tracker.undoable(), []
    tracker.subscribe(lambda: told.append(True))
    tracker.edit(entry.id, description="Standup")
    assert tracker.undoable() == before
    assert not told


def test_a_running_entry_is_edited_and_runs_on(tracker: Tracker) -> None:
    entry = tracker.start(Draft("x"))
    changed = tracker.edit(entry.id, start=NOON - HOUR, description="y")
    assert tracker.running() == changed == entry._replace(start=NOON - HOUR, description="y")


def test_an_entry_that_is_let_run_again_stops_the_one_that_runs(tracker: Tracker) -> None:
    old = added(tracker, "old")
    running = tracker.start(Draft("runs"), NOON - MINUTE)
    tracker.edit(old.id, stop=None)
    assert listed(tracker) == [running._replace(stop=NOON), old._replace(stop=None)]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"start": NOON}, "The stop is 30 min before the start"),
        ({"stop": NOON - 2 * HOUR}, "The stop is 1 h before the start"),
        ({"stop": NOON + 2 * DAY}, "at most 24 hours from now"),
        ({"start": NOON + HOUR, "stop": None}, "cannot start in the future"),
        ({"description": "x" * 10_000}, "up to 2,000 characters; this one has 10,000"),
    ],
)
def test_an_impossible_edit_is_refused_and_changes_nothing(
    tracker: Tracker, fields: dict[str, object], words: str
) -> None:
    entry = added(tracker, "Standup")
    with pytest.raises(Refused, match=words):
        tracker.edit(entry.id, project="New", **fields)
    assert listed(tracker) == [entry]
    assert not tracker.catalogue().projects


def test_a_split_gives_two_entries_that_add_up_to_the_one(tracker: Tracker) -> None:
    entry = added(tracker, "Meeting", tags=("call",))
    first, second = tracker.split(entry.id, entry.start + 10 * MINUTE)
    assert listed(tracker) == [second, first]
    assert (first.id, first.start, first.stop) == (entry.id, entry.start, entry.start + 10 * MINUTE)
    assert (second.draft, second.start, second.stop) == (entry.draft, first.stop, entry.stop)
    assert first.seconds(NOON) + second.seconds(NOON) == entry.seconds(NOON)
    tracker.undo()
    assert listed(tracker) == [entry]


def test_a_running_entry_is_split_and_its_second_part_runs(tracker: Tracker) -> None:
    entry = tracker.start(Draft("x"), NOON - HOUR)
    first, second = tracker.split(entry.id, NOON - 10 * MINUTE)
    assert first.stop == second.start == NOON - 10 * MINUTE
    assert tracker.running() == second


@pytest.mark.parametrize("minutes", [-1, 0, 30, 31])
def test_an_entry_is_split_only_inside_itself(tracker: Tracker, minutes: int) -> None:
    entry = added(tracker, "Meeting")
    with pytest.raises(Refused, match="only between its start and its end"):
        tracker.split(entry.id, entry.start + minutes * MINUTE)
    assert listed(tracker) == [entry]


def test_a_duplicate_is_the_same_entry_under_an_id_of_its_own(tracker: Tracker) -> None:
    entry = added(tracker, "Meeting", tags=("call",), billable=True)
    [copy] = tracker.duplicate([entry.id])
    assert copy == entry._replace(id=copy.id)
    assert copy.id != entry.id
    assert len(listed(tracker)) == 2


def test_a_duplicate_of_the_running_entry_has_ended_and_the_timer_runs_on(
    tracker: Tracker, clock: Clock
) -> None:
    running = tracker.start(Draft("x"))
    clock.now += HOUR
    assert tracker.duplicate([running.id])[0].stop == clock.now
    assert tracker.running() == running


def test_duplicating_several_is_one_step(tracker: Tracker) -> None:
    entries = [added(tracker, f"entry {number}", NOON - number * HOUR) for number in (1, 2)]
    assert len(tracker.duplicate(entry.id for entry in entries)) == 2
    assert len(listed(tracker)) == 4
    assert tracker.undo().subject == "entry 1 (+1)"
    assert listed(tracker) == entries


def test_deleting_is_one_step_and_takes_nothing_where_one_is_not_known(tracker: Tracker) -> None:
    entries = [added(tracker, f"entry {number}", NOON - number * HOUR) for number in (1, 2, 3)]
    with pytest.raises(Refused, match=r'There is no entry "00000000"\.'):
        tracker.delete([entries[0].id, "00000000"])
    assert listed(tracker) == entries
    assert tracker.delete(entry.id for entry in entries[:2]) == entries[:2]
    assert listed(tracker) == entries[2:]
    assert tracker.undo().subject == "entry 1 (+1)"
    assert listed(tracker) == entries


def test_deleting_the_running_entry_leaves_no_timer(tracker: Tracker) -> None:
    running = tracker.start(Draft("x"))
    tracker.delete([running.id])
    assert tracker.running() is None
    tracker.undo()
    assert tracker.running() == running


def test_an_entry_is_known_by_the_begin_or_the_end_of_its_id(tracker: Tracker) -> None:
    entry = added(tracker, "x")
    assert tracker.entry(entry.id) == tracker.entry(entry.id[-8:]) == tracker.entry(entry.id[:30]) == entry
    assert tracker.entry(entry.id[-8:].upper()) == entry


def test_a_part_that_several_ids_have_is_refused(tracker: Tracker) -> None:
    first = added(tracker, "x")
    added(tracker, "y")
    with pytest.raises(Refused, match=r"Several entries have .* Give more of it\."):
        tracker.entry(first.id[:4])


@pytest.mark.parametrize("word", ["", "*", "?", "-", "%", "zzz", "[0-9]"])
def test_what_is_no_part_of_an_id_names_no_entry(tracker: Tracker, word: str) -> None:
    added(tracker, "x")
    with pytest.raises(Refused, match="There is no entry"):
        tracker.entry(word)


def test_a_deleted_entry_is_not_known_by_its_id(tracker: Tracker) -> None:
    entry = added(tracker, "x")
    tracker.delete([entry.id])
    with pytest.raises(Refused):
        tracker.edit(entry.id, description="y")
