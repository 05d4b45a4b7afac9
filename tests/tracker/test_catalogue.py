"""Projects, clients, tags and favourites: made, changed, archived, and refused where a name is taken."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from tests.clock import NOON
from tests.tracker.conftest import HOUR, added, listed

from tabkeeper.model.catalogue import PROJECT_COLOURS
from tabkeeper.model.entry import Draft
from tabkeeper.model.refusal import Refused
from tabkeeper.store import sync_state
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker
from tabkeeper_server.services.projects import RATE_MAX


def test_a_project_holds_what_it_was_given(tracker: Tracker, elsewhere: Tracker) -> None:
    project = tracker.names.add_project(
        " Website ", client="Acme", billable=True, hourly_rate=Decimal("80.50"), currency="eur"
    )
    assert (project.name, project.hourly_rate, project.currency) == ("Website", Decimal("80.50"), "EUR")
    assert elsewhere.catalogue() == tracker.catalogue()
    assert elsewhere.catalogue().project_label(project.id) == "Website · Acme"


def test_new_projects_are_coloured_in_turn(tracker: Tracker) -> None:
    colours = [
        tracker.names.add_project(f"Project {number}").color for number in range(len(PROJECT_COLOURS) + 1)
    ]
    assert colours == [*PROJECT_COLOURS, PROJECT_COLOURS[0]]


def test_a_project_is_changed_archived_and_brought_back_by_undo(tracker: Tracker) -> None:
    project = tracker.names.add_project("Website")
    changed = tracker.names.edit_project(project.id, name="Shop", color="#112233", archived=True)
    assert tracker.catalogue().projects == {project.id: changed}
    assert not tracker.catalogue().active_projects()
    tracker.undo()
    assert tracker.catalogue().projects == {project.id: project}


def test_a_project_with_the_highest_rate_that_our_server_takes_can_be_archived(tracker: Tracker) -> None:
    project = tracker.names.add_project("Website", hourly_rate=RATE_MAX)
    assert tracker.names.edit_project(project.id, archived=True).hourly_rate == RATE_MAX


def test_a_name_is_taken_once_for_each_client_whatever_its_case(tracker: Tracker) -> None:
    tracker.names.add_project("Straße", client="Acme")
    with pytest.raises(Refused, match='There is a project "Straße" already'):
        tracker.names.add_project("STRASSE", client="Acme")
    tracker.names.add_project("Straße", client="Other")
    old = tracker.names.add_project("Straße")
    tracker.names.edit_project(old.id, archived=True)
    tracker.names.add_project("Straße")
    with pytest.raises(Refused, match="already"):
        tracker.names.edit_project(old.id, archived=False)


@pytest.mark.parametrize(
    "fields",
    [{"name": ""}, {"name": "x" * 201}, {"color": "red"}, {"hourly_rate": Decimal(-1)}, {"currency": "Euro"}],
)
def test_an_impossible_project_is_refused_and_stays_as_it_was(
    tracker: Tracker, fields: dict[str, object]
) -> None:
    project = tracker.names.add_project("Website")
    with pytest.raises(Refused):
        tracker.names.edit_project(project.id, **fields)
    assert tracker.catalogue().projects == {project.id: project}


def test_a_client_is_renamed_and_archived(tracker: Tracker) -> None:
    client = tracker.names.add_client("Acme")
    project = tracker.names.add_project("Website", client="Acme")
    tracker.names.edit_client(client.id, name="Acme Ltd")
    assert tracker.catalogue().project_label(project.id) == "Website · Acme Ltd"
    tracker.names.edit_client(client.id, archived=True)
    assert tracker.names.add_client("Acme Ltd").id != client.id


def test_a_client_s_name_is_taken_once(tracker: Tracker) -> None:
    tracker.names.add_client("Acme")
    other = tracker.names.add_client("Other")
    for refused in (
        lambda: tracker.names.add_client("ACME"),
        lambda: tracker.names.edit_client(other.id, name="acme"),
    ):
        with pytest.raises(Refused, match='There is a client "Acme" already'):
            refused()


def test_a_tag_is_renamed_on_every_entry_that_carries_it_in_one_step(tracker: Tracker) -> None:
    tag = tracker.names.add_tag("#bug")
    carrying = [added(tracker, "x", NOON - number * HOUR, tags=("a", "bug")) for number in (1, 2)]
    other = added(tracker, "y", NOON - 3 * HOUR, tags=("bug report",))
    tracker.names.rename_tag(tag.id, "fix")
    assert listed(tracker) == [*(entry._replace(tags=("a", "fix")) for entry in carrying), other]
    tracker.undo()
    assert listed(tracker) == [*carrying, other]
    assert tracker.catalogue().tags[tag.id].name == "bug"


def test_an_archived_tag_stays_on_its_entries_and_comes_back(tracker: Tracker) -> None:
    tag = tracker.names.add_tag("bug")
    entry = added(tracker, "x", tags=("bug",))
    assert tracker.names.archive_tag(tag.id).archived
    assert tracker.entry(entry.id).tags == ("bug",)
    assert not tracker.names.archive_tag(tag.id, archived=False).archived


def test_a_tag_s_name_is_taken_once(tracker: Tracker) -> None:
    tracker.names.add_tag("bug")
    other = tracker.names.add_tag("other")
    for refused in (lambda: tracker.names.add_tag("BUG"), lambda: tracker.names.rename_tag(other.id, "Bug")):
        with pytest.raises(Refused, match='There is a tag "bug" already'):
            refused()


def test_what_is_gone_meanwhile_is_refused_with_a_sentence(tracker: Tracker) -> None:
    project, client, tag = (
        tracker.names.add_project("x"),
        tracker.names.add_client("x"),
        tracker.names.add_tag("x"),
    )
    for _ in range(3):
        tracker.undo()
    for what, refused in {
        "project": lambda: tracker.names.edit_project(project.id, name="y"),
        "client": lambda: tracker.names.edit_client(client.id, name="y"),
        "tag": lambda: tracker.names.rename_tag(tag.id, "y"),
        "favourite": lambda: tracker.unpin("x"),
    }.items():
        with pytest.raises(Refused, match=f"This {what} does not exist any more"):
            refused()


def test_what_is_pinned_stays_in_its_order_and_is_pinned_once(tracker: Tracker) -> None:
    drafts = [Draft("Review"), Draft("Standup", tags=("daily",)), Draft("Review", billable=True)]
    pinned = [tracker.pin(draft) for draft in drafts]
    assert tracker.pin(drafts[0]) == pinned[0]
    assert tracker.favourites() == tuple(pinned)
    tracker.unpin(pinned[1].id)
    assert [favourite.draft for favourite in tracker.favourites()] == [drafts[0], drafts[2]]
    tracker.undo()
    assert tracker.favourites() == tuple(pinned)


def test_what_is_pinned_by_two_processes_is_pinned_once(tracker: Tracker, elsewhere: Tracker) -> None:
    assert tracker.pin(Draft("Review")) == elsewhere.pin(Draft("Review"))
    assert len(tracker.favourites()) == 1


@pytest.fixture
def member(store: Store) -> None:
    """The file is that of an account whose role may not make projects."""
    with store.transaction(), store.reading() as connection:
        sync_state.bind(connection, ("https://time.test", "u1", "w1"), 0)
        sync_state.put(connection, "role", "member")


@pytest.mark.usefixtures("member")
@pytest.mark.parametrize(
    "change",
    [
        lambda tracker: tracker.names.add_project("New"),
        lambda tracker: tracker.names.add_client("New"),
        lambda tracker: tracker.start(Draft("Drafting"), project="New"),
        lambda tracker: tracker.add(Draft("Drafting"), NOON - HOUR, NOON, project="New"),
    ],
    ids=["project", "client", "start", "add"],
)
def test_what_the_role_does_not_allow_is_refused_before_a_server_has_to(
    tracker: Tracker, change: Callable[[Tracker], object]
) -> None:
    with pytest.raises(Refused, match="your role may not make a"):
        change(tracker)
    assert tracker.entries(None, None) == []
    assert not tracker.catalogue().may_grow


def test_what_is_there_can_be_used_whatever_the_role(tracker: Tracker, store: Store) -> None:
    project = tracker.names.add_project("Billing", client="Acme")
    with store.transaction(), store.reading() as connection:
        sync_state.put(connection, "role", "member")
    assert tracker.start(Draft("Drafting", tags=("new",)), project="billing").project_id == project.id
    assert tracker.names.edit_project(project.id, color="#123456").color == "#123456"


@pytest.mark.parametrize("role", ["owner", "admin"])
def test_owners_and_admins_make_what_they_want(tracker: Tracker, store: Store, role: str) -> None:
    with store.transaction(), store.reading() as connection:
        sync_state.put(connection, "role", role)
    tracker.names.add_project("New", client="Also new")
    assert tracker.catalogue().may_grow
