"""Tags: they come into being by being used on an entry, and are listed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Insert, bindparam, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from tabkeeper.api.wire import Page, Tag
from tabkeeper_server.access import Caller
from tabkeeper_server.database import Database
from tabkeeper_server.ids import new_id
from tabkeeper_server.tables import entry_tags, tags

_TAGS_OF_ENTRIES = (
    select(entry_tags.c.entry_id, tags.c.name)
    .join(tags, tags.c.id == entry_tags.c.tag_id)
    .where(entry_tags.c.entry_id.in_(bindparam("of", expanding=True)))
    .order_by(entry_tags.c.entry_id, entry_tags.c.position)
)
_IDS_OF = select(tags.c.name, tags.c.id).where(
    tags.c.workspace_id == bindparam("of"), tags.c.name.in_(bindparam("names", expanding=True))
)


async def list_tags(database: Database, caller: Caller) -> Page[Tag]:
    """Return all tags of the workspace by name."""
    async with database.reading() as connection:
        rows = await connection.execute(
            select(tags.c.id, tags.c.name)
            .where(tags.c.workspace_id == caller.workspace_id)
            .order_by(tags.c.name, tags.c.id)
        )
        found = tuple(Tag(id=row.id, name=row.name) for row in rows)
    return Page(data=found, total=len(found), limit=len(found), offset=0)


async def tags_of(connection: AsyncConnection, entry_ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return the tags' names of each of these entries, in the order they were given."""
    rows = await connection.execute(_TAGS_OF_ENTRIES, {"of": list(entry_ids)})
    names: defaultdict[str, list[str]] = defaultdict(list)
    for entry_id, name in rows:
        names[entry_id].append(name)
    return {entry_id: tuple(of_entry) for entry_id, of_entry in names.items()}


async def replace_tags(
    connection: AsyncConnection, workspace_id: str, entry_id: str, names: Sequence[str]
) -> None:
    """Give an entry these tags in the place of those it has."""
    await connection.execute(delete(entry_tags).where(entry_tags.c.entry_id == entry_id))
    await add_tags(connection, workspace_id, entry_id, names)


async def add_tags(
    connection: AsyncConnection, workspace_id: str, entry_id: str, names: Sequence[str]
) -> None:
    """Give an entry without tags these, making those the workspace does not have yet."""
    if not names:
        return
    ids = await _ids_of(connection, workspace_id, names)
    await connection.execute(
        insert(entry_tags),
        [
            {"entry_id": entry_id, "position": position, "tag_id": ids[name]}
            for position, name in enumerate(names)
        ],
    )


async def _ids_of(connection: AsyncConnection, workspace_id: str, names: Sequence[str]) -> dict[str, str]:
    asked = {"of": workspace_id, "names": list(names)}
    known = dict((await connection.execute(_IDS_OF, asked)).all())
    # In one order for everybody, so that two people who make the same tags at once cannot deadlock.
    missing = sorted(set(names) - known.keys())
    if not missing:
        return known
    await connection.execute(
        _insert_unless_there(connection),
        [{"id": new_id(), "workspace_id": workspace_id, "name": name} for name in missing],
    )
    return dict((await connection.execute(_IDS_OF, asked)).all())


def _insert_unless_there(connection: AsyncConnection) -> Insert:
    """Return the statement that leaves a tag alone which somebody else has just made."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(tags).on_conflict_do_nothing()
    return sqlite.insert(tags).on_conflict_do_nothing()
