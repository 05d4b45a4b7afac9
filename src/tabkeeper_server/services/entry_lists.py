"""Reading entries: a page of those a person may see, and the one that runs."""

from datetime import datetime
from functools import cache

import msgspec
from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, func, select

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


# Queries are made of these once for each set of names: making one costs more than asking it.
_OF_ENTRIES = {
    "workspace_id": entries.c.workspace_id == bindparam("workspace_id"),
    "user_id": entries.c.user_id == bindparam("user_id"),
    "from": entries.c.start >= bindparam("from"),
    "to": entries.c.start < bindparam("to"),
    "project_id": entries.c.project_id == bindparam("project_id"),
    "billable": entries.c.billable == bindparam("billable"),
}
_OF_PEOPLE = {
    "workspace_id": users.c.workspace_id == bindparam("workspace_id"),
    "user_id": users.c.id == bindparam("user_id"),
}


async def list_entries(database: Database, caller: Caller, wanted: EntryFilter) -> Page[Entry]:
    """Return a page of entries, newest first by `start`.

    Raises `not_found` for a project that does not exist, or not for this person.
    """
    asked = asked_for(caller, wanted)
    names = frozenset(asked)
    page = {**asked, "limit": wanted.limit, "offset": wanted.offset}
    async with database.reading() as connection:
        if wanted.project_id is not None and not await visible_project(connection, caller, wanted.project_id):
            raise not_found("There is no such project.")
        rows = (await connection.execute(_counted_page_query(names), page)).mappings().all()
        total: int | None = rows[0]["total"] if rows else await connection.scalar(count_query(names), asked)
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


def asked_for(caller: Caller, wanted: EntryFilter) -> dict[str, object]:
    """Return what an entry must fulfil to be in the list, each by its name in the conditions."""
    bounds = {
        "from": None if wanted.from_ is None else to_milliseconds(wanted.from_),
        "to": None if wanted.to is None else to_milliseconds(wanted.to),
        "project_id": wanted.project_id,
        "billable": wanted.billable,
    }
    given = {name: value for name, value in bounds.items() if value is not None}
    return {**entries_seen_by(caller, wanted.user_id), **given}


@cache
def page_query(names: frozenset[str]) -> Select[tuple[object, ...]]:
    """Return the query of one page. Entries of one start come in the order they were made, newest first."""
    return (
        select(entries)
        .where(*_named(names, _OF_ENTRIES))
        .order_by(entries.c.start.desc(), entries.c.id.desc())
        .limit(bindparam("limit", type_=BigInteger))
        .offset(bindparam("offset", type_=BigInteger))
    )


@cache
def count_query(names: frozenset[str]) -> Select[int]:
    """Count the whole list: from what each person's row says, where nothing but people narrows it."""
    if names <= _OF_PEOPLE.keys():
        return select(func.sum(users.c.entry_count)).where(*_named(names, _OF_PEOPLE))
    return select(func.count()).select_from(entries).where(*_named(names, _OF_ENTRIES))


@cache
def _counted_page_query(names: frozenset[str]) -> Select[tuple[object, ...]]:
    """Return the query of a page and its total: one question is answered sooner than two."""
    return page_query(names).add_columns(count_query(names).scalar_subquery().label("total"))


def _named(names: frozenset[str], conditions: dict[str, ColumnElement[bool]]) -> list[ColumnElement[bool]]:
    return [condition for name, condition in conditions.items() if name in names]
