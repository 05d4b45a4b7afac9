"""A workspace of very many entries, written straight into its database, and how the database reads them."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, insert, text, update
from sqlalchemy.ext.asyncio import AsyncConnection
from tests.server_process import Person, Team

from tabkeeper_server.access import Caller
from tabkeeper_server.authentication import caller_of
from tabkeeper_server.clock import to_milliseconds
from tabkeeper_server.database import Database
from tabkeeper_server.services.entry_lists import EntryFilter, asked_for, page_query
from tabkeeper_server.settings import database_url
from tabkeeper_server.tables import entries, entry_tags, tags, users

YEARS = 10
FIRST = datetime(2014, 1, 1, tzinfo=UTC)
YEAR = (datetime(2019, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC))
PROJECTS = TAGS = 20
_AT_A_TIME = 20_000


async def fill(team: Team, number: int) -> None:
    """Spread entries evenly over ten years, each in a project: half of them a member's, half tagged."""
    workspace = team.owner.get("/me").json()["workspace"]["id"]
    people = (team.owner.id, team.member.id)
    projects = [team.owner.made("/projects", name=f"Project {turn}")["id"] for turn in range(PROJECTS)]
    names = [_tag(workspace, turn) for turn in range(TAGS)]
    step = timedelta(days=365 * YEARS) / number
    database = Database(database_url(team.server.database))
    async with database.writing() as filling:
        await filling.execute(insert(tags), names)
        for first in range(0, number, _AT_A_TIME):
            turns = range(first, min(first + _AT_A_TIME, number))
            rows = [
                _row(workspace, people[turn % 2], projects[turn % PROJECTS], FIRST + step * turn)
                for turn in turns
            ]
            await filling.execute(insert(entries), rows)
            tagged = [
                {"entry_id": row["id"], "position": 0, "tag_id": names[turn % TAGS]["id"]}
                for turn, row in zip(turns, rows, strict=True)
                if turn % 4 < 2
            ]
            await filling.execute(insert(entry_tags), tagged)
        await filling.execute(
            update(users).where(users.c.id.in_(people)).values(entry_count=number // len(people))
        )
        if not database.is_sqlite:
            # As PostgreSQL soon does of its own accord; SQLite is never told.
            await filling.execute(text("ANALYZE"))
    await database.close()


async def caller(person: Person) -> Caller:
    """Return who a person is to the server."""
    database = Database(database_url(person.server.database))
    try:
        return await caller_of(database, f"Bearer {person.token}")
    finally:
        await database.close()


def page_of(who: Caller, wanted: EntryFilter) -> Select[Any]:
    """Return the query of a page, with everything it asks for in it."""
    asked = asked_for(who, wanted)
    query = page_query(frozenset(asked))
    return query.params(**asked, limit=wanted.limit, offset=wanted.offset)


async def plan(connection: AsyncConnection, query: Select[Any]) -> str:
    """Return how the database will carry out a query."""
    sqlite = connection.dialect.name == "sqlite"
    spelled = query.compile(connection.engine, compile_kwargs={"literal_binds": True})
    rows = await connection.exec_driver_sql(f"{'EXPLAIN QUERY PLAN' if sqlite else 'EXPLAIN'} {spelled}")
    return "\n".join(str(row[-1]) for row in rows)


def _tag(workspace: str, turn: int) -> dict[str, Any]:
    return {"id": str(uuid.uuid4()), "workspace_id": workspace, "name": f"tag {turn}"}


def _row(workspace: str, user: str, project: str, start: datetime) -> dict[str, Any]:
    began = to_milliseconds(start)
    return {
        "id": str(uuid.uuid4()),
        "workspace_id": workspace,
        "user_id": user,
        "project_id": project,
        "description": "Something that was done for somebody",
        "start": began,
        "stop": began + 600_000,
        "billable": True,
        "created_at": began,
        "updated_at": began,
    }
