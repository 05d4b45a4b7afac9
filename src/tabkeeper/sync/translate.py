"""From the wire to the rows of this file, and back; projects and clients go by the ids of each side."""

import json
import sqlite3
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec

from tabkeeper.api import UnexpectedAnswer, wire
from tabkeeper.model.identity import new_id
from tabkeeper.model.instants import from_milliseconds, to_milliseconds
from tabkeeper.store import agreement, sync_state
from tabkeeper.store.agreement import Known
from tabkeeper.store.outbox import Fields
from tabkeeper.store.rows import tags_text

_FIRST, _LAST = datetime(2, 1, 1, tzinfo=UTC), datetime(9998, 12, 31, tzinfo=UTC)
_SHORT = 40
"""Letters of an id that a sentence has room for, whatever a server takes for one."""
HIDDEN_PROJECT = "(hidden project)"


class Arrival(NamedTuple):
    """An entry as the server has it, in the terms of this file.

    `made` and `version` are when it was made there and changed last, by the server's clock.
    """

    remote_id: str
    made: int | None
    version: int | None
    fields: Fields


class NotThereYet(Exception):  # noqa: N818 - a state, no fault
    """The server does not know the project of an entry; the entry waits for it."""


def arrival(connection: sqlite3.Connection, entry: wire.Entry) -> Arrival:
    """Return an entry in the terms of this file. Raises `UnexpectedAnswer` where it cannot be."""
    if entry.stop is not None and entry.stop < entry.start:
        raise UnexpectedAnswer("/entries", f"The server's entry {entry.id[:_SHORT]} ends before it starts.")
    fields = {
        "start": to_milliseconds(_shown_everywhere(entry.start)),
        "stop": None if entry.stop is None else to_milliseconds(_shown_everywhere(entry.stop)),
        "description": entry.description,
        "project_id": local_id(connection, "project", entry.project_id),
        "tags": tags_text(entry.tags),
        "billable": int(entry.billable),
    }
    return Arrival(entry.id, _milliseconds(entry.created_at), _milliseconds(entry.updated_at), fields)


def _shown_everywhere(instant: datetime) -> datetime:
    """Return the instant, away from the calendar's ends to where each zone and week has a date for it."""
    return min(max(instant, _FIRST), _LAST)


def same_entry(remote_id: str, entry: wire.Entry) -> wire.Entry:
    """Return an answer that is about the entry it was asked for; raises `UnexpectedAnswer`."""
    if entry.id != remote_id:
        raise UnexpectedAnswer(
            "PATCH /entries", f"Asked for {remote_id}, the server answered {entry.id[:_SHORT]}."
        )
    return entry


def local_id(connection: sqlite3.Connection, kind: str, remote_id: str | None) -> str | None:
    """Return the id that a project or client of the server has here.

    One that the server's list does not show (to this person, or yet) gets a row without its name.
    """
    known = agreement.by_remote_id(connection, kind, remote_id)
    if known is not None or remote_id is None:
        return known.id if known is not None else None
    sync_state.put(connection, sync_state.NAMELESS, True)
    here = new_id()
    fields: dict[str, Any] = {"name": HIDDEN_PROJECT, "archived": 1}
    agreement.insert(
        connection, kind, here, fields | ({"billable": 0} if kind == "project" else {}), remote_id
    )
    return here


def remote_id(connection: sqlite3.Connection, kind: str, here: str | None) -> str | None:
    """Return the id that the server has for a project or client of ours. Raises `NotThereYet`."""
    known = agreement.by_id(connection, kind, here)
    if known is not None and known.remote_id is None:
        raise NotThereYet(here)
    return None if known is None else known.remote_id


def creation(connection: sqlite3.Connection, known: Known) -> str:
    """Return the body that creates an entry, to be sent byte for byte. Raises `NotThereYet`."""
    wanted = wire.EntryCreate(**_wired(connection, known.fields), idempotency_key=known.key)
    return wire.to_json(wanted).decode()


def with_an_end(body: str, stop: datetime) -> str:
    """Return the body that creates the same entry, not running but ended."""
    start = msgspec.json.decode(body, type=wire.EntryCreate)
    return wire.to_json(msgspec.structs.replace(start, stop=stop)).decode()


def sent_fields(connection: sqlite3.Connection, body: str) -> Fields:
    """Return what a body that creates an entry says, in the terms of this file."""
    said = json.loads(body)
    stop = said.get("stop")
    return {
        "start": to_milliseconds(wire.parse_instant(said["start"])),
        "stop": None if stop is None else to_milliseconds(wire.parse_instant(stop)),
        "description": said.get("description", ""),
        "project_id": local_id(connection, "project", said.get("project_id")),
        "tags": tags_text(tuple(said.get("tags", ()))),
        "billable": int(said["billable"]),
    }


def edit(connection: sqlite3.Connection, changed: Fields) -> wire.EntryPatch:
    """Return the request that brings changed fields to the server. Raises `NotThereYet`."""
    return wire.EntryPatch(**_wired(connection, changed))


def _wired(connection: sqlite3.Connection, fields: Fields) -> dict[str, Any]:
    values = dict(fields)
    for name in ("start", "stop"):
        if values.get(name) is not None:
            values[name] = from_milliseconds(values[name])
    if "tags" in values:
        values["tags"] = tuple(json.loads(values["tags"]))
    if "billable" in values:
        values["billable"] = bool(values["billable"])
    if "project_id" in values:
        values["project_id"] = remote_id(connection, "project", values["project_id"])
    return values


def _milliseconds(instant: datetime | None) -> int | None:
    return None if instant is None else to_milliseconds(instant)
