"""Entries that are brought into an account: matched by name, brought once, and left where they cannot go."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.clock import NOON, Clock
from tests.tracker.conftest import BERLIN, HOUR, listed

from tabkeeper.model.catalogue import EMPTY_CATALOGUE, Catalogue, Client, Project, Tag
from tabkeeper.model.entry import Draft
from tabkeeper.store import outbox, sync_state
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker, moving

THEIRS = Catalogue(
    {
        "p1": Project("p1", "billing", "c1", "#000000", remote_id="p1"),
        "p2": Project("p2", "Billing", "c2", "#000000", remote_id="p2"),
        "p3": Project("p3", "Internal", None, "#000000", remote_id="p3"),
    },
    {"c1": Client("c1", "ACME", remote_id="c1"), "c2": Client("c2", "Northwind", remote_id="c2")},
    {"t1": Tag("t1", "Code-Review", remote_id="t1")},
)
ROOT = Path(__file__).parents[2]
Bring = Callable[..., moving.Brought]


@pytest.fixture
def account_store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    """The file of an account, in which nothing has happened yet."""
    store = Store.open(tmp_path / "account.db", clock=clock)
    with store.transaction(), store.reading() as connection:
        sync_state.bind(connection, ("https://time.test", "u1", "w1"), 0)
    yield store
    store.close()


@pytest.fixture
def account(account_store: Store, clock: Clock) -> Tracker:
    return Tracker(account_store, BERLIN, clock)


@pytest.fixture
def bring(store: Store, account_store: Store) -> Bring:
    def bring(heard: Catalogue = THEIRS, *, may_make: bool = True) -> moving.Brought:
        with moving.bringing(store, account_store, heard, may_make=may_make) as brought:
            return brought

    return bring


def waiting(store: Store) -> list[tuple[str, str]]:
    with store.reading() as connection:
        return [(each.kind, each.row_id) for each in outbox.waiting(connection)]


def add(tracker: Tracker, description: str, project: str | None = None, *tags: str) -> str:
    return tracker.add(Draft(description, tags=tags), NOON - HOUR, NOON, project=project).id


def test_entries_come_with_their_ids_times_and_texts_and_wait_to_be_sent(
    tracker: Tracker, account: Tracker, account_store: Store, bring: Bring
) -> None:
    entries = [add(tracker, "Drafting"), add(tracker, "Review")]
    before = listed(tracker)
    assert bring().entries == 2
    assert listed(account) == before
    assert listed(tracker) == []
    assert {("entry", each) for each in entries} <= set(waiting(account_store))


def test_projects_are_matched_by_name_and_client_whatever_their_letters(
    tracker: Tracker, account: Tracker, account_store: Store, bring: Bring
) -> None:
    tracker.names.add_project("Billing", client="Acme")
    add(tracker, "Invoices", "Billing")
    brought = bring()
    (entry,) = listed(account)
    assert account.catalogue().project(entry.project_id).remote_id == "p1"
    assert brought.made == ()
    assert waiting(account_store) == [("entry", entry.id)]


def test_a_project_without_a_client_is_matched_where_only_one_has_the_name(
    tracker: Tracker, account: Tracker, bring: Bring
) -> None:
    add(tracker, "Planning", "INTERNAL")
    add(tracker, "Invoices", "Billing")
    brought = bring()
    found = {entry.description: account.catalogue().project(entry.project_id) for entry in listed(account)}
    assert found["Planning"].remote_id == "p3"
    assert found["Invoices"].remote_id is None
    assert brought.made == ("Billing",)


def test_what_the_server_lacks_is_made_client_first_where_the_role_allows(
    tracker: Tracker, account: Tracker, account_store: Store, bring: Bring
) -> None:
    tracker.names.add_project("Retainer", client="Rafii", billable=True)
    add(tracker, "Renewal", "Retainer")
    assert bring().made == ("Retainer · Rafii",)
    (entry,) = listed(account)
    assert account.catalogue().project_label(entry.project_id) == "Retainer · Rafii"
    assert [kind for kind, _ in waiting(account_store)] == ["client", "project", "entry"]


def test_projects_that_nothing_was_tracked_on_come_too(
    tracker: Tracker, account: Tracker, bring: Bring
) -> None:
    tracker.names.add_project("Unused")
    tracker.names.add_client("Prospect")
    bring()
    assert account.catalogue().project_named("Unused")
    assert account.catalogue().client_named("Prospect")
    assert tracker.catalogue() == EMPTY_CATALOGUE


def test_a_member_keeps_what_is_on_projects_that_the_server_lacks(
    tracker: Tracker, account: Tracker, bring: Bring
) -> None:
    tracker.names.add_project("Retainer", client="Rafii")
    tracker.names.add_project("Unused")
    add(tracker, "Renewal", "Retainer")
    add(tracker, "Planning", "Internal")
    tracker.pin(listed(tracker)[0].draft)
    brought = bring(may_make=False)
    assert (brought.entries, brought.staying, brought.lacking) == (1, 1, ("Retainer · Rafii",))
    assert [entry.description for entry in listed(account)] == ["Planning"]
    assert [entry.description for entry in listed(tracker)] == ["Renewal"]
    assert tracker.catalogue().project_label(listed(tracker)[0].project_id) == "Retainer · Rafii"
    assert tracker.catalogue().project_named("Unused")
    assert tracker.catalogue().project_named("Internal") is None


def test_tags_take_the_accounts_spelling(tracker: Tracker, account: Tracker, bring: Bring) -> None:
    add(tracker, "Review", None, "code-review", "mine")
    add(tracker, "Again", None, "mine")
    bring()
    assert listed(account)[0].tags in (("Code-Review", "mine"), ("mine",))
    assert sorted(tag.name for tag in account.catalogue().tags.values()) == ["mine"]


def test_what_is_pinned_comes_after_what_is_pinned_there(
    tracker: Tracker, account: Tracker, bring: Bring
) -> None:
    for pinned, where in (("Here", tracker), ("Both", tracker), ("Both", account)):
        where.pin(Draft(pinned))
    bring()
    assert [favourite.draft.description for favourite in account.favourites()] == ["Both", "Here"]
    assert tracker.favourites() == ()


def test_a_running_timer_runs_on(tracker: Tracker, account: Tracker, bring: Bring) -> None:
    started = tracker.start(Draft("Drafting"))
    bring()
    assert account.running() == started
    assert tracker.running() is None


@pytest.mark.parametrize("earlier", ["here", "there"])
def test_of_two_running_timers_the_newer_one_runs_on(
    tracker: Tracker, account: Tracker, bring: Bring, clock: Clock, earlier: str
) -> None:
    first, second = (tracker, account) if earlier == "here" else (account, tracker)
    first.start(Draft("First"))
    clock.now += timedelta(minutes=10)
    second.start(Draft("Second"))
    bring()
    newer, older = listed(account)
    assert (newer.description, newer.stop) == ("Second", None)
    assert (older.description, older.stop) == ("First", newer.start)


def test_what_was_broken_off_and_is_begun_again_brings_nothing_twice(
    tracker: Tracker, account: Tracker, store: Store, account_store: Store, bring: Bring
) -> None:
    tracker.names.add_project("Retainer", client="Rafii")
    add(tracker, "Renewal", "Retainer")
    with (
        pytest.raises(OSError, match="gone"),
        moving.bringing(store, account_store, THEIRS, may_make=True),
    ):
        raise OSError("gone")
    assert len(listed(tracker)) == len(listed(account)) == 1
    bring()
    assert listed(tracker) == []
    assert len(listed(account)) == 1
    assert [project.name for project in account.catalogue().projects.values()].count("Retainer") == 1


def test_others_go_on_with_the_local_file_while_many_are_copied_and_what_they_do_comes_along(
    tracker: Tracker,
    account: Tracker,
    store: Store,
    account_store: Store,
    bring: Bring,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(moving, "AT_ONCE", 3)
    changed, deleted, *_ = (add(tracker, f"Thing {number}") for number in range(10))
    tracker.start(Draft("Ran on"))
    commits = iter(range(1, 100))
    another = Store.open(store.path, clock=clock)

    def go_on(statement: str) -> None:
        if statement == "COMMIT" and next(commits) == 4:
            beside = Tracker(another, BERLIN, clock)
            beside.edit(changed, description="Changed meanwhile")
            beside.delete([deleted])
            beside.stop(clock.now + HOUR)
            clock.now += 2 * HOUR
            beside.start(Draft("Started meanwhile"), project="New")

    account_store.connection.set_trace_callback(go_on)
    brought = bring()
    another.close()
    assert next(commits) > 4, "it was no longer copying"
    found = {entry.description: entry for entry in listed(account)}
    assert {"Changed meanwhile", "Ran on", "Started meanwhile"} <= set(found)
    assert brought.entries == len(listed(account)) == 11
    assert deleted not in {entry.id for entry in listed(account)}
    assert (found["Ran on"].stop, found["Started meanwhile"].stop) == (NOON + HOUR, None)
    assert account.catalogue().project_label(found["Started meanwhile"].project_id) == "New"
    assert listed(tracker) == []


def test_what_is_done_in_the_local_file_while_it_is_emptied_is_done_in_the_account(
    tracker: Tracker,
    account: Tracker,
    store: Store,
    account_store: Store,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(moving, "AT_ONCE", 3)
    things = sorted(add(tracker, f"Thing {number}", "Internal") for number in range(10))
    chosen, another = iter([False]), Store.open(store.path, clock=clock)

    def go_on(statement: str) -> None:
        if statement == "BEGIN IMMEDIATE" and next(chosen, None):
            beside = Tracker(another, BERLIN, clock)
            beside.start(Draft("Started late"), project="Internal")
            beside.edit(things[0], description="Changed late")
            beside.delete([things[1]])

    store.connection.set_trace_callback(go_on)
    with moving.bringing(store, account_store, THEIRS, may_make=False):
        chosen = iter([False, True])
    another.close()
    running = account.running()
    assert running is not None
    assert (running.description, len(listed(account))) == ("Started late", 10)
    assert account.entry(things[0]).description == "Changed late"
    assert things[1] not in {entry.id for entry in listed(account)}
    assert (listed(tracker), tracker.catalogue().projects) == ([], {})


def test_what_was_broken_off_while_it_was_copied_comes_as_it_is_by_then(
    tracker: Tracker, account: Tracker, bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving, "AT_ONCE", 1)
    for name in ("a", "b", "c", "d"):
        add(tracker, name)
    write, left = moving._put_entry, iter(range(2))

    def break_off(*words: Any) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        write(*words)

    with monkeypatch.context() as patch:
        patch.setattr(moving, "_put_entry", break_off)
        with pytest.raises(KeyboardInterrupt):
            bring()
    came = listed(account)
    assert len(came) == 2
    assert len(listed(tracker)) == 4
    tracker.delete([came[0].id])
    tracker.edit(came[1].id, description="changed")
    bring()
    names = {"a", "b", "c", "d"} - {entry.description for entry in came} | {"changed"}
    assert {entry.description for entry in listed(account)} == names
    assert listed(tracker) == []


def test_what_was_brought_and_deleted_there_is_not_brought_again(
    tracker: Tracker, account: Tracker, store: Store, account_store: Store, bring: Bring
) -> None:
    entry = add(tracker, "Mistake")
    with (
        pytest.raises(OSError, match="gone"),
        moving.bringing(store, account_store, THEIRS, may_make=True),
    ):
        raise OSError("gone")
    account.delete([entry])
    bring()
    assert listed(account) == []


def test_an_undo_brings_nothing_back_that_was_brought(
    tracker: Tracker, account: Tracker, bring: Bring
) -> None:
    entry = add(tracker, "Drafting")
    tracker.edit(entry, description="Drafting the renewal")
    bring()
    tracker.undo()
    assert listed(tracker) == []


def test_starting_clean_takes_everything_away_and_an_undo_brings_it_back(
    tracker: Tracker, store: Store
) -> None:
    tracker.names.add_project("Retainer", client="Rafii")
    add(tracker, "Renewal", "Retainer", "writing")
    tracker.pin(Draft("Stand-up"))
    before = listed(tracker), tracker.catalogue(), tracker.favourites()
    assert moving.take_away(store) == 1
    assert (listed(tracker), tracker.catalogue(), tracker.favourites()) == ([], EMPTY_CATALOGUE, ())
    tracker.undo()
    assert (listed(tracker), tracker.catalogue(), tracker.favourites()) == before


@pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes as POSIX systems do")
def test_killed_at_any_step_nothing_is_lost_and_another_try_brings_each_entry_once(
    tmp_path: Path,
) -> None:
    words = (sys.executable, "-m", "tests.tracker.killed_moves", str(tmp_path))
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    outcomes = json.loads(done.stdout)
    everything = ["one", "three", "two"]
    assert len(outcomes) > 15
    for (local, account), after in outcomes:
        assert local == everything or account == everything
        assert after == [[], everything]
    assert any(local and account for (local, account), _ in outcomes), "never between the two files"


def test_a_project_that_came_and_was_renamed_there_since_keeps_its_new_name(
    tracker: Tracker, account: Tracker, store: Store, account_store: Store, bring: Bring
) -> None:
    project = tracker.names.add_project("Retainer", client="Rafii")
    add(tracker, "Renewal", "Retainer")
    with (
        pytest.raises(OSError, match="gone"),
        moving.bringing(store, account_store, THEIRS, may_make=True),
    ):
        raise OSError("gone")
    account.names.edit_project(project.id, name="Q2 Retainer")
    bring()
    assert account.catalogue().project_label(listed(account)[0].project_id) == "Q2 Retainer · Rafii"
