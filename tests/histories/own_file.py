"""What a computer's file shows and keeps, and how its person answers what waits there for them."""

import random
from contextlib import suppress
from typing import Any

from tabkeeper.model.entry import Entry
from tabkeeper.model.instants import rfc3339
from tabkeeper.model.refusal import Refused
from tabkeeper.store import outbox, parked, sync_state
from tabkeeper.store.file import Store
from tabkeeper.store.overruled import Overruled, latest
from tabkeeper.sync.absorb import GONE_WORDS
from tabkeeper.tracker import Tracker


def shown(tracker: Tracker) -> dict[str, dict[str, Any]]:
    """Return the entries as this computer shows them."""
    projects = tracker.catalogue().projects
    return {entry.id: _fields(entry, projects) for entry in tracker.entries(None, None)}


def tied(tracker: Tracker) -> dict[str, str | None]:
    """Return the server's id of each entry that this computer shows."""
    return {entry.id: entry.remote_id for entry in tracker.entries(None, None)}


def overruled(store: Store) -> list[Overruled]:
    """Return what the records hold, with projects by their names."""
    with store.reading() as connection:
        found = latest(connection, 1000)
        rows = connection.execute("SELECT id, name FROM project").fetchall()
    names: dict[Any, str | None] = {None: None, **{row["id"]: row["name"] for row in rows}}
    for record in found:
        if "project_id" in record.fields:
            record.fields["project"] = names[record.fields.pop("project_id")]
    return found


def waiting(store: Store) -> list[outbox.Waiting]:
    """Return what the server has not been told of yet."""
    with store.reading() as connection:
        return list(outbox.waiting(connection))


def needs_the_person(store: Store) -> bool:
    """Whether something waits for an answer."""
    with store.reading() as connection:
        return sync_state.status(connection).needs_you > 0


def answer(store: Store, how: random.Random, *, patiently: bool) -> set[str]:
    """Answer what waits for the person; returns the words of the entries that were given up or kept.

    Who is patient tries again, too.
    """
    touched: set[str] = set()
    with store.reading() as connection:
        refused = parked.parked(connection)
    for one in refused:
        choices = [parked.discard, parked.keep]
        if one.can_keep and one.words != GONE_WORDS:
            choices.pop()  # who keeps what the server says it has already wants it twice
        choice = how.choice([*choices, parked.try_again] if patiently else choices)
        if choice is not parked.try_again:
            touched.add(one.subject.partition(" ")[0])
        with suppress(Refused), store.transaction(), store.reading() as connection:
            choice(connection, one.kind, one.id, 0)
    with store.transaction(), store.reading() as connection:
        held = connection.execute(
            "SELECT description FROM entry JOIN absent ON absent.row_id = entry.id WHERE held ORDER BY id"
        ).fetchall()
        touched |= {row["description"].partition(" ")[0] for row in held}
        how.choice([parked.remove_held, parked.keep_held])(connection, 0)
    return touched


def _fields(entry: Entry, projects: Any) -> dict[str, Any]:
    project = projects.get(entry.project_id)
    return {
        "description": entry.description,
        "start": rfc3339(entry.start),
        "stop": None if entry.stop is None else rfc3339(entry.stop),
        "billable": entry.billable,
        "tags": tuple(entry.tags),
        "project": None if project is None else project.name,
    }
