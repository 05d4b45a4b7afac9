"""Many entries in one step, the entry a step was about, and clients that a project names."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tabkeeper.model.entry import Draft
from tabkeeper.model.refusal import Refused
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def tracker(tmp_path: Path) -> Iterator[Tracker]:
    store = Store.open(tmp_path / "tabkeeper.db")
    yield Tracker(store, UTC, lambda: NOON)
    store.close()


def test_many_entries_are_one_step(tracker: Tracker) -> None:
    added = tracker.add_all(
        (Draft(f"Talk {hour}", tags=("Call", "call")), NOON - hour * HOUR, NOON - hour * HOUR + HOUR)
        for hour in range(1, 6)
    )
    assert tracker.entries(None, None) == added
    assert [tag.name for tag in tracker.catalogue().tags.values()] == ["Call"]
    assert tracker.undo().subject == "Talk 1 (+4)"
    assert tracker.entries(None, None) == []
    assert tracker.undoable() is None


def test_many_entries_are_added_whole_or_not_at_all(tracker: Tracker) -> None:
    with pytest.raises(Refused, match="before the start"):
        tracker.add_all([(Draft("good"), NOON - HOUR, NOON), (Draft("bad"), NOON, NOON - HOUR)])
    assert tracker.entries(None, None) == []
    assert tracker.undoable() is None


def test_a_step_leads_to_the_entry_it_was_about(tracker: Tracker) -> None:
    tracker.start(Draft("first"), NOON - HOUR)
    second = tracker.start(Draft("second"))
    step = tracker.undoable()
    assert step is not None
    assert tracker.entry_of(step) == second
    assert tracker.entry_of(tracker.undo()) == tracker.running()
    tracker.names.add_client("Acme")
    step = tracker.undoable()
    assert step is not None
    assert tracker.entry_of(step) is None


def test_a_project_names_its_client_which_is_made_where_it_is_new(tracker: Tracker) -> None:
    first = tracker.names.add_project("Site", client="Acme")
    second = tracker.names.edit_project(tracker.names.add_project("Shop").id, client=" acme ")
    assert first.client_id == second.client_id
    assert [client.name for client in tracker.catalogue().clients.values()] == ["Acme"]
    assert tracker.names.edit_project(first.id, client_id=None).client_id is None


def test_a_refused_project_leaves_no_client_behind(tracker: Tracker) -> None:
    with pytest.raises(Refused, match="no colour"):
        tracker.names.add_project("Site", client="Acme", color="blue")
    assert not tracker.catalogue().clients
