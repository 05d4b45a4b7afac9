"""Writing entries: create, start, stop, update, delete, each in a transaction under the person's lock."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec import UNSET
from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tabkeeper.api.wire import Entry, EntryCreate, EntryPatch, EntryStart
from tabkeeper_server import clock
from tabkeeper_server.access import Caller
from tabkeeper_server.database import Database
from tabkeeper_server.errors import forbidden, invalid, not_found
from tabkeeper_server.ids import new_id
from tabkeeper_server.services.idempotency import digest_of, entry_made_with, remember
from tabkeeper_server.services.projects import visible_project
from tabkeeper_server.services.running import lock_timer, make_room, running_entry
from tabkeeper_server.services.tags import add_tags, replace_tags, tags_of
from tabkeeper_server.tables import Kept, entries, users

AHEAD_MAX = timedelta(hours=24)
_NO_SUCH_ENTRY = "There is no such time entry."
_INSERT = insert(entries)
_COUNT = (
    update(users)
    .where(users.c.id == bindparam("of"))
    .values(entry_count=users.c.entry_count + bindparam("change"))
)


def to_entry(row: Kept, tags: Sequence[str]) -> Entry:
    """Make the wire's entry of a row and its tags."""
    stop = row["stop"]
    return Entry(
        id=row["id"],
        user_id=row["user_id"],
        project_id=row["project_id"],
        description=row["description"],
        tags=tuple(tags),
        start=clock.from_milliseconds(row["start"]),
        stop=None if stop is None else clock.from_milliseconds(stop),
        duration=None if stop is None else (stop - row["start"]) // 1000,
        billable=row["billable"],
        created_at=clock.from_milliseconds(row["created_at"]),
        updated_at=clock.from_milliseconds(row["updated_at"]),
    )


async def create_entry(database: Database, caller: Caller, wanted: EntryCreate | EntryStart) -> Entry:
    """Create an entry; without a stop it becomes the running one. An `EntryStart` begins now.

    Raises `validation_error`, or `conflict` about the idempotency key.
    """
    wanted = msgspec.structs.replace(wanted, **_tidied(wanted))
    key, digest = wanted.idempotency_key, digest_of(wanted)
    async with database.writing() as connection:
        await lock_timer(connection, caller.user_id)
        if key is not None and (known := await entry_made_with(connection, caller.user_id, key, digest)):
            return await _entry(connection, known)
        # Taken under the lock, so that of two starts at once the later one is the later one.
        now = clock.now()
        if isinstance(wanted, EntryCreate):
            start, stop = wanted.start, wanted.stop
            _check_instants(start, stop, now)
        else:
            start, stop = now, None
        values = await _values(connection, caller, wanted, start, stop, now)
        await connection.execute(_INSERT, values)
        await _count(connection, caller.user_id, +1)
        await add_tags(connection, caller.workspace_id, values["id"], wanted.tags)
        if key is not None:
            await remember(connection, caller.user_id, key, digest, values["id"], values["created_at"])
        return to_entry(values, wanted.tags)


async def stop_running(database: Database, caller: Caller) -> Entry:
    """Stop what the caller has running, now. Raises `not_found` if nothing is.

    An entry that was started ahead of the server's clock ends where it began.
    """
    async with database.writing() as connection:
        await lock_timer(connection, caller.user_id)
        current = await running_entry(connection, caller.user_id)
        if current is None:
            raise not_found("No timer is running.")
        now = clock.to_milliseconds(clock.now())
        changes = {"stop": max(now, current["start"]), "updated_at": now}
        await connection.execute(update(entries).where(entries.c.id == current["id"]).values(changes))
        return await _entry(connection, current["id"])


async def update_entry(database: Database, caller: Caller, entry_id: str, patch: EntryPatch) -> Entry:
    """Change the fields of an entry that `patch` names; a stop of None resumes it.

    Raises `validation_error`, `forbidden` for another person's entry, `not_found`.
    """
    tidied = _tidied(patch)
    async with database.writing() as connection:
        before = await _locked_row(connection, caller, entry_id)
        changes = await _changes(connection, caller, before, msgspec.structs.replace(patch, **tidied))
        if changes:
            await connection.execute(update(entries).where(entries.c.id == entry_id).values(changes))
        if "tags" in tidied:
            await replace_tags(connection, caller.workspace_id, entry_id, tidied["tags"])
        return await _entry(connection, entry_id)


async def delete_entry(database: Database, caller: Caller, entry_id: str) -> None:
    """Delete an entry permanently. Raises `forbidden` for another person's entry, `not_found`."""
    async with database.writing() as connection:
        row = await _locked_row(connection, caller, entry_id)
        await connection.execute(delete(entries).where(entries.c.id == entry_id))
        await _count(connection, row["user_id"], -1)


async def _values(
    connection: AsyncConnection,
    caller: Caller,
    wanted: EntryCreate | EntryStart,
    start: datetime,
    stop: datetime | None,
    now: datetime,
) -> dict[str, Any]:
    """Return the row of a new entry, and make room for it if it is to run."""
    project = await visible_project(connection, caller, wanted.project_id) if wanted.project_id else None
    if wanted.project_id is not None and project is None:
        raise invalid("project_id", "there is no such project")
    billable = wanted.billable
    if not isinstance(billable, bool):
        billable = project is not None and project["billable"]
    began, moment = clock.to_milliseconds(start), clock.to_milliseconds(now)
    if stop is not None:
        ended: int | None = clock.to_milliseconds(stop)
    else:
        begins_now = isinstance(wanted, EntryStart)
        ended = await make_room(connection, caller.user_id, began, moment, begins_now=begins_now)
    return {
        "id": new_id(),
        "workspace_id": caller.workspace_id,
        "user_id": caller.user_id,
        "project_id": wanted.project_id,
        "description": wanted.description,
        "start": began,
        "stop": ended,
        "billable": billable,
        "created_at": moment,
        "updated_at": moment,
    }


async def _changes(
    connection: AsyncConnection, caller: Caller, before: Kept, patch: EntryPatch
) -> dict[str, Any]:
    """Return the columns a patch changes, and make room if the entry is to run."""
    now = clock.now()
    changes: dict[str, Any] = {}
    if patch.project_id is not UNSET and patch.project_id != before["project_id"]:
        if patch.project_id is not None:
            await _require_project(connection, caller, str(patch.project_id))
        changes["project_id"] = patch.project_id
    if patch.description is not UNSET:
        changes["description"] = patch.description
    if patch.billable is not UNSET:
        changes["billable"] = patch.billable
    if patch.start is not UNSET or patch.stop is not UNSET:
        changes["start"], changes["stop"] = await _changed_times(connection, before, patch, now)
    if changes or patch.tags is not UNSET:
        changes["updated_at"] = clock.to_milliseconds(now)
    return changes


async def _changed_times(
    connection: AsyncConnection, before: Kept, patch: EntryPatch, now: datetime
) -> tuple[int, int | None]:
    """Return start and stop as a patch wants them, and make room if the entry is to run."""
    start = patch.start if isinstance(patch.start, datetime) else clock.from_milliseconds(before["start"])
    stop = patch.stop if isinstance(patch.stop, datetime) else None
    if patch.stop is UNSET and before["stop"] is not None:
        stop = clock.from_milliseconds(before["stop"])
    _check_instants(start, stop, now)
    began, moment = clock.to_milliseconds(start), clock.to_milliseconds(now)
    if stop is not None:
        return began, clock.to_milliseconds(stop)
    return began, await make_room(connection, before["user_id"], began, moment, besides=before["id"])


def _tidied(wanted: EntryCreate | EntryStart | EntryPatch) -> dict[str, Any]:
    """Return description and tags, where given, as they are kept: without outer blanks, each tag once."""
    tidied: dict[str, Any] = {}
    if isinstance(wanted.description, str):
        tidied["description"] = wanted.description.strip()
    if isinstance(wanted.tags, tuple):
        tags = tuple(dict.fromkeys(tag.strip() for tag in wanted.tags))
        if "" in tags:
            raise invalid("tags", "a tag must not be blank")
        tidied["tags"] = tags
    return tidied


def _check_instants(start: datetime, stop: datetime | None, now: datetime) -> None:
    for field, instant in (("start", start), ("stop", stop)):
        if instant is not None and instant - now > AHEAD_MAX:
            raise invalid(field, "must not be more than 24 hours ahead of the server's clock")
    if stop is not None and stop < start:
        raise invalid("stop", "must not be before start")


async def _require_project(connection: AsyncConnection, caller: Caller, project_id: str) -> None:
    """Refuse a project an entry cannot be moved to: as the reference lists it, 403 if it is hidden."""
    if await visible_project(connection, caller, project_id):
        return
    if await visible_project(connection, caller, project_id, hidden_too=True):
        raise forbidden("This project is open to its members only.")
    raise invalid("project_id", "there is no such project")


async def _locked_row(connection: AsyncConnection, caller: Caller, entry_id: str) -> Kept:
    """Return an entry's row that the caller may change, with its owner's timer locked."""
    query = select(entries).where(entries.c.id == entry_id, entries.c.workspace_id == caller.workspace_id)
    row = (await connection.execute(query)).mappings().one_or_none()
    if row is None:
        raise not_found(_NO_SUCH_ENTRY)
    if row["user_id"] != caller.user_id and not caller.is_admin:
        raise forbidden("Members can only change their own time entries.")
    await lock_timer(connection, row["user_id"])
    # Read again: somebody may have changed or deleted it while the lock was theirs.
    row = (await connection.execute(query)).mappings().one_or_none()
    if row is None:
        raise not_found(_NO_SUCH_ENTRY)
    return row


async def _entry(connection: AsyncConnection, entry_id: str) -> Entry:
    row = (await connection.execute(select(entries).where(entries.c.id == entry_id))).mappings().one()
    return to_entry(row, (await tags_of(connection, [entry_id])).get(entry_id, ()))


async def _count(connection: AsyncConnection, user_id: str, change: int) -> None:
    await connection.execute(_COUNT, {"of": user_id, "change": change})
