"""What waits for the server: noted in the same transaction as each change, with what both had agreed on."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from tests.clock import NOON
from tests.store.conftest import ACCOUNT, sign_in

from tabkeeper.model.entry import Draft
from tabkeeper.model.instants import to_milliseconds
from tabkeeper.model.refusal import Refused
from tabkeeper.store import agreement, backup, outbox, sync_state
from tabkeeper.store.file import Store
from tabkeeper.store.outbox import Waiting
from tabkeeper.tracker import Tracker

HOUR = timedelta(hours=1)


@pytest.fixture
def tracker(store: Store) -> Tracker:
    return Tracker(store, UTC, lambda: NOON)


@contextmanager
def writing(store: Store) -> Iterator[sqlite3.Connection]:
    with store.transaction(), store.reading() as connection:
        yield connection


def waiting(store: Store) -> list[Waiting]:
    with store.reading() as connection:
        return list(outbox.waiting(connection))


def agreed(store: Store, entry_id: str, remote_id: str) -> None:
    """Let the server have an entry as it is."""
    with writing(store) as connection:
        agreement.tie(connection, "entry", entry_id, remote_id)
        outbox.settle(connection, "entry", entry_id)


def test_without_an_account_nothing_waits(tracker: Tracker, store: Store) -> None:
    tracker.start(Draft("x"), project="Acme")
    assert waiting(store) == []


def test_what_was_tracked_before_signing_in_waits_from_then_on(tracker: Tracker, store: Store) -> None:
    entry = tracker.start(Draft("x"), project="Acme")
    sign_in(store)
    project = tracker.catalogue().project_named("Acme")
    assert project is not None
    assert [(one.kind, one.row_id, one.base) for one in waiting(store)] == [
        ("project", project.id, None),
        ("entry", entry.id, None),
    ]


def test_a_file_is_never_given_to_another_account(tracker: Tracker, store: Store) -> None:
    sign_in(store)
    for other in (("https://other.test", *ACCOUNT[1:]), (*ACCOUNT[:2], "other"), (ACCOUNT[0], "other", "")):
        with pytest.raises(sync_state.AnotherAccount, match="another account"), writing(store) as connection:
            sync_state.bind(connection, other, 0)


def test_an_entry_gone_before_it_was_sent_waits_no_longer(tracker: Tracker, store: Store) -> None:
    sign_in(store)
    entry = tracker.start(Draft("x"))
    tracker.delete([entry.id])
    assert waiting(store) == []
    tracker.undo()
    assert [one.row_id for one in waiting(store)] == [entry.id]


def test_an_entry_that_may_have_been_sent_still_waits_when_it_is_gone(tracker: Tracker, store: Store) -> None:
    sign_in(store)
    entry = tracker.start(Draft("x"))
    with writing(store) as connection:
        outbox.begin(connection, "entry", entry.id, "POST", "{}", 0)
    tracker.delete([entry.id])
    assert [one.row_id for one in waiting(store)] == [entry.id]


def test_the_first_change_keeps_what_both_had_agreed_on_and_later_ones_leave_it(
    tracker: Tracker, store: Store
) -> None:
    sign_in(store)
    entry = tracker.add(Draft("agreed"), NOON - HOUR, NOON)
    agreed(store, entry.id, "7")
    tracker.edit(entry.id, description="first")
    tracker.edit(entry.id, description="second")
    tracker.delete([entry.id])
    [one] = waiting(store)
    assert one.base is not None
    assert one.base["description"] == "agreed"


def test_an_undo_and_a_redo_wait_like_any_change_and_leave_the_tie_alone(
    tracker: Tracker, store: Store
) -> None:
    sign_in(store)
    entry = tracker.add(Draft("x"), NOON - HOUR, NOON)
    agreed(store, entry.id, "7")
    tracker.undo()
    assert [one.row_id for one in waiting(store)] == [entry.id]
    tracker.redo()
    assert tracker.entry(entry.id).remote_id == "7"


def test_an_edit_of_what_was_refused_is_another_try(tracker: Tracker, store: Store) -> None:
    sign_in(store)
    entry = tracker.add(Draft("x"), NOON - HOUR, NOON)
    with writing(store) as connection:
        outbox.refuse(connection, "entry", entry.id, "The project is archived", "validation_error")
        assert outbox.counts(connection) == (0, 1)
    tracker.edit(entry.id, description="y")
    with store.reading() as connection:
        assert outbox.counts(connection) == (1, 0)


def test_an_undo_of_an_edit_does_not_bring_back_what_was_deleted_elsewhere(
    tracker: Tracker, store: Store
) -> None:
    entry = tracker.add(Draft("x"), NOON - HOUR, NOON)
    tracker.edit(entry.id, description="y")
    with writing(store) as connection:
        agreement.delete(connection, "entry", entry.id, 0)
    tracker.undo()
    assert tracker.entries(None, None) == []


def test_an_undo_that_would_end_an_entry_before_it_starts_is_refused(tracker: Tracker, store: Store) -> None:
    entry = tracker.add(Draft("x"), NOON - 3 * HOUR, NOON)
    tracker.edit(entry.id, start=NOON - 4 * HOUR)
    stop = NOON - 3.5 * HOUR
    with writing(store) as connection:
        agreement.write(connection, "entry", entry.id, {"stop": to_milliseconds(stop)})
    with pytest.raises(Refused, match="changed elsewhere"):
        tracker.undo()
    assert (tracker.entry(entry.id).start, tracker.entry(entry.id).stop) == (NOON - 4 * HOUR, stop)


def test_a_restored_file_remembers_that_it_was(tracker: Tracker, store: Store, path: Path) -> None:
    sign_in(store)
    copy = backup.back_up(store.connection, path, NOON)
    backup.restore(path, copy, NOON)
    with store.reading() as connection:
        assert sync_state.get(connection, "restored") is not None
        assert outbox.belongs_to_an_account(connection)


def test_the_key_of_a_create_is_the_id_and_what_the_server_lost_has_the_same_key_on_every_computer(
    tracker: Tracker, store: Store
) -> None:
    entry = tracker.start(Draft("x"))
    keys = []
    for remote_id in ("7", "8"):
        with writing(store) as connection:
            known = agreement.by_id(connection, "entry", entry.id)
            assert known is not None
            keys.append(known.key)
            agreement.tie(connection, "entry", entry.id, remote_id)
            agreement.untie(connection, entry.id)
    assert keys == [entry.id, "after-7"]
