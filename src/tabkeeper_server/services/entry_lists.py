"""Reading entries: a page of those a person may see, and the one that runs."""

from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, Select, func, select

from tabkeeper.api.wire import PAGE_DEFAULT, Entry, Page
from tabkeeper_server.access import Caller, entries_seen_by
from tabkeeper_server.clock import to_milliseconds
from tabkeeper_server.database import Database
from tabkeeper_server.errors import not_found
from tabkeeper_server.services.entries import to_entry
from tabkeeper_server.services.projects import visible_project
from tabkeeper_server.services.running import running_entry
from tabkeeper_server.services.tags import tags_of
from tabkeeper_server.tables import entries, users


class EntryFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which entries of those a person may see are meant, and which page of them. `to` is exclusive."""

    from_: datetime | None = None
    to: datetime | None = None
    project_id: str | None = None
    billable: bool | None = None
    user_id: str | None = None
    limit: int = PAGE_DEFAULT
    offset: int = 0

    @property
    def narrows(self) -> bool:
        """Say whether anything but a person is filtered by."""
        return any(part is not None for part in (self.from_, self.to, self.project_id, self.billable))


async def list_entries(database: Database, caller: Caller, wanted: EntryFilter) -> Page[Entry]:
    """Return a page of entries, newest first by `start`.

    Raises `not_found` for a project that does not exist, or not for this person.
    """
    async with database.reading() as connection:
        if wanted.project_id is not None and not await visible_project(connection, caller, wanted.project_id):
            raise not_found("There is no such project.")
        # Counted by the query that reads the page: one question is answered sooner than two.
        counted = _count(caller, wanted)
        page = page_query(caller, wanted).add_columns(counted.scalar_subquery().label("total"))
        rows = (await connection.execute(page)).mappings().all()
        total: int | None = rows[0]["total"] if rows else await connection.scalar(counted)
        tags = await tags_of(connection, [row["id"] for row in rows]) if rows else {}
    return Page(
        data=tuple(to_entry(row, tags.get(row["id"], ())) for row in rows),
        total=int(total or 0),  # PostgreSQL adds up whole numbers to decimals
        limit=wanted.limit,
        offset=wanted.offset,
    )


async def current_entry(database: Database, caller: Caller) -> Entry | None:
    """Return the entry the caller has running, or None."""
    async with database.reading() as connection:
        row = await running_entry(connection, caller.user_id)
        if row is None:
            return None
        return to_entry(row, (await tags_of(connection, [row["id"]])).get(row["id"], ()))


def conditions(caller: Caller, wanted: EntryFilter) -> list[ColumnElement[bool]]:
    """Return what an entry must fulfil to be in the list."""
    found = [entries_seen_by(caller, wanted.user_id)]
    if wanted.from_ is not None:
        found.append(entries.c.start >= to_milliseconds(wanted.from_))
    if wanted.to is not None:
        found.append(entries.c.start < to_milliseconds(wanted.to))
    if wanted.project_id is not None:
        found.append(entries.c.project_id == wanted.project_id)
    if wanted.billable is not None:
        found.append(entries.c.billable == wanted.billable)
    return found


def page_query(caller: Caller, wanted: EntryFilter) -> Select[tuple[object, ...]]:
    """Return the query of one page. Entries of one start come in the order they were made, newest first."""
    return (
        select(entries)
        .where(*conditions(caller, wanted))
        .order_by(entries.c.start.desc(), entries.c.id.desc())
        .limit(wanted.limit)
        .offset(wanted.offset)
    )


def _count(caller: Caller, wanted: EntryFilter) -> Select[int]:
    """Count the whole list: from what each person's row says, where nothing narrows it further."""
    if wanted.narrows:
        return select(func.count()).select_from(entries).where(*conditions(caller, wanted))
    query = select(func.sum(users.c.entry_count)).where(users.c.workspace_id == caller.workspace_id)
    only = wanted.user_id if caller.is_admin else caller.user_id
    return query if only is None else query.where(users.c.id == only)
