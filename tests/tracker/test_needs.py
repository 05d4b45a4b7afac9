"""What waits for the person is listed with its entry, and each answer does what it says, in one step."""

import pytest
from tests.tracker.conftest import added, listed

from tabkeeper.model.entry import Entry
from tabkeeper.model.refusal import Refused
from tabkeeper.store import agreement, outbox, sync_state
from tabkeeper.store.file import Store
from tabkeeper.store.outbox import GONE_THERE
from tabkeeper.tracker import Tracker
from tabkeeper.tracker.needs import Answer, Parked


@pytest.fixture(autouse=True)
def signed_in(store: Store) -> None:
    with store.transaction(), store.reading() as connection:
        sync_state.bind(connection, ("https://time.test", "u1", "w1"), 0)


def refused(tracker: Tracker, store: Store, words: str, code: str = "ValidationError") -> Entry:
    """Add an entry, which the server has refused."""
    entry = added(tracker, "Drafting")
    with store.transaction(), store.reading() as connection:
        outbox.refuse(connection, "entry", entry.id, words, code)
    return entry


def synced(tracker: Tracker, store: Store, description: str) -> Entry:
    """Add an entry, which the server has too."""
    entry = added(tracker, description)
    with store.transaction(), store.reading() as connection:
        agreement.tie(connection, "entry", entry.id, f"remote-{entry.id}")
        outbox.settle(connection, "entry", entry.id)
    return entry


def only(tracker: Tracker) -> Parked:
    (change,) = tracker.needs.all().parked
    return change


def test_a_refused_change_is_listed_with_its_words_and_its_entry(tracker: Tracker, store: Store) -> None:
    entry = refused(tracker, store, "Project is archived.")
    needs = tracker.needs.all()
    (change,) = needs.parked
    assert (change.subject, change.words, change.can_keep) == ("Drafting", "Project is archived.", False)
    assert needs.entries == {entry.id: entry}
    assert tracker.snapshot().sync.needs_you == 1


def test_what_waits_for_the_server_alone_is_not_looked_at(tracker: Tracker, store: Store) -> None:
    refused(tracker, store, "Project is archived.")
    asked: list[list[str]] = []
    for _ in range(2):
        asked.append([])
        store.connection.set_trace_callback(asked[-1].append)
        only(tracker)
        store.connection.set_trace_callback(None)
        for name in ("Reading", "Writing"):
            added(tracker, name)
    assert asked[0] == asked[1]


def test_trying_again_lets_it_wait_for_the_server_once_more(tracker: Tracker, store: Store) -> None:
    refused(tracker, store, "Too busy.")
    tracker.needs.answer(only(tracker), "try again")
    assert tracker.needs.all().parked == ()
    assert (tracker.sync_status().waiting, tracker.sync_status().needs_you) == (1, 0)


def test_an_edit_is_worth_another_try_by_itself(tracker: Tracker, store: Store) -> None:
    entry = refused(tracker, store, "Project is archived.")
    tracker.edit(entry.id, project_id=None, description="Drafting again")
    assert tracker.needs.all().parked == ()


def test_discarding_what_no_server_has_takes_it_away_and_keeps_a_record(
    tracker: Tracker, store: Store
) -> None:
    refused(tracker, store, "Project is archived.")
    tracker.needs.answer(only(tracker), "discard")
    assert listed(tracker) == []
    (lost,) = tracker.needs.all().overruled
    assert (lost.subject, lost.fields["description"]) == ("Drafting", "Drafting")


def test_discarding_an_edit_brings_back_what_the_server_has(tracker: Tracker, store: Store) -> None:
    entry = synced(tracker, store, "Theirs")
    tracker.edit(entry.id, description="Mine")
    with store.transaction(), store.reading() as connection:
        outbox.refuse(connection, "entry", entry.id, "No.", "ValidationError")
    tracker.needs.answer(only(tracker), "discard")
    assert [entry.description for entry in listed(tracker)] == ["Theirs"]


def test_what_was_deleted_elsewhere_can_be_kept_and_is_sent_as_a_new_entry(
    tracker: Tracker, store: Store
) -> None:
    entry = synced(tracker, store, "Theirs")
    tracker.edit(entry.id, description="Mine")
    with store.transaction(), store.reading() as connection:
        outbox.refuse(connection, "entry", entry.id, "It was deleted elsewhere.", GONE_THERE)
    assert only(tracker).can_keep
    tracker.needs.answer(only(tracker), "keep")
    (kept,) = listed(tracker)
    assert (kept.description, kept.remote_id) == ("Mine", None)
    assert tracker.sync_status().waiting == 1


@pytest.mark.parametrize("answer", ["try again", "keep", "discard"])
def test_what_was_answered_elsewhere_since_is_left_alone(
    tracker: Tracker, elsewhere: Tracker, store: Store, answer: Answer
) -> None:
    refused(tracker, store, "No.")
    change = only(tracker)
    elsewhere.needs.answer(change, "try again")
    tracker.needs.answer(change, answer)
    assert len(listed(tracker)) == 1
    assert tracker.sync_status().waiting == 1


def held(tracker: Tracker, store: Store) -> None:
    for name in ("One", "Two"):
        entry = synced(tracker, store, name)
        with store.transaction(), store.reading() as connection:
            agreement.note_absent(connection, entry.id, 0)
    with store.transaction(), store.reading() as connection:
        agreement.hold_absent(connection)


def test_entries_that_are_held_can_be_sent_again(tracker: Tracker, store: Store) -> None:
    held(tracker, store)
    assert tracker.needs.all().held == 2
    assert tracker.needs.keep_held() == 2
    assert len(listed(tracker)) == 2
    assert (tracker.sync_status().held, tracker.sync_status().waiting) == (0, 2)


def test_entries_that_are_held_can_be_removed_and_a_record_stays(tracker: Tracker, store: Store) -> None:
    held(tracker, store)
    assert tracker.needs.remove_held() == 2
    assert listed(tracker) == []
    assert {lost.subject for lost in tracker.needs.all().overruled} == {"One", "Two"}


def test_an_answer_is_heard_by_who_watches(tracker: Tracker, store: Store) -> None:
    refused(tracker, store, "No.")
    heard: list[bool] = []
    tracker.subscribe(lambda: heard.append(True))
    tracker.needs.answer(only(tracker), "try again")
    assert heard == [True]


def test_discarding_does_not_make_a_second_timer_run(tracker: Tracker, store: Store) -> None:
    entry = synced(tracker, store, "Theirs")
    with store.transaction(), store.reading() as connection:
        agreement.write(connection, "entry", entry.id, {"stop": None})
    tracker.stop()
    with store.transaction(), store.reading() as connection:
        outbox.refuse(connection, "entry", entry.id, "No.", "ValidationError")
    added(tracker, "Other")
    tracker.start(entry.draft)
    with pytest.raises(Refused, match="Another timer is running"):
        tracker.needs.answer(only(tracker), "discard")
