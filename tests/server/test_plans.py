"""The database reads what it needs by an index: a page and a year's summary never scan the entries."""

import asyncio
import re
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Select, func, insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection
from tests.server_process import Person, ServerProcess, Team

from tabkeeper.api.wire import GroupBy
from tabkeeper_server.access import Caller
from tabkeeper_server.authentication import caller_of
from tabkeeper_server.clock import to_milliseconds
from tabkeeper_server.database import Database
from tabkeeper_server.grouping import grouping_by
from tabkeeper_server.reports import Question, summary_query
from tabkeeper_server.services.entry_lists import EntryFilter, conditions, page_query
from tabkeeper_server.settings import database_url
from tabkeeper_server.tables import entries
from tabkeeper_server.zones import OffsetChange

YEARS = 10
ENTRIES = 30_000
FIRST = datetime(2014, 1, 1, tzinfo=UTC)
YEAR = (datetime(2019, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC))


@pytest.fixture(scope="module")
def crowded(server: ServerProcess) -> Team:
    """A workspace of many entries over ten years, half of them a member's, in a few projects."""
    team = server.team()
    asyncio.run(_fill(team))
    return team


@pytest.fixture
async def connection(crowded: Team) -> AsyncIterator[AsyncConnection]:
    database = Database(database_url(crowded.server.database))
    async with database.reading() as reading:
        yield reading
    await database.close()


async def _fill(team: Team) -> None:
    workspace = team.owner.get("/me").json()["workspace"]["id"]
    people = (team.owner.id, team.member.id)
    projects = [team.owner.made("/projects", name=str(number))["id"] for number in range(20)]
    step = timedelta(days=365 * YEARS) / ENTRIES
    rows = [
        _row(workspace, people[number % 2], projects[number % 20], to_milliseconds(FIRST + step * number))
        for number in range(ENTRIES)
    ]
    database = Database(database_url(team.server.database))
    async with database.writing() as filling:
        await filling.execute(insert(entries), rows)
        if not database.is_sqlite:
            # As PostgreSQL soon does of its own accord; SQLite is never told.
            await filling.execute(text("ANALYZE"))
    await database.close()


def _row(workspace: str, user: str, project: str, start: int) -> dict[str, Any]:
    return {
        "id": str(uuid.uuid4()),
        "workspace_id": workspace,
        "user_id": user,
        "project_id": project,
        "description": "Something that was done for somebody",
        "start": start,
        "stop": start + 600_000,
        "billable": True,
        "created_at": start,
        "updated_at": start,
    }


async def caller(person: Person) -> Caller:
    database = Database(database_url(person.server.database))
    try:
        return await caller_of(database, f"Bearer {person.token}")
    finally:
        await database.close()


async def plan(connection: AsyncConnection, query: Select[Any]) -> str:
    """Return how the database will carry out a query."""
    sqlite = connection.dialect.name == "sqlite"
    spelled = query.compile(connection.engine, compile_kwargs={"literal_binds": True})
    rows = await connection.exec_driver_sql(f"{'EXPLAIN QUERY PLAN' if sqlite else 'EXPLAIN'} {spelled}")
    return "\n".join(str(row[-1]) for row in rows)


def assert_reads_entries_by_an_index(plan: str) -> None:
    assert not re.search(r"SCAN entries|Seq Scan on entries", plan), plan
    assert re.search(r"ix_entries_(workspace|user|project)_id_start_id", plan), plan


def question(group_by: GroupBy) -> Question:
    return Question(from_=YEAR[0], to=YEAR[1], group_by=group_by, billable=None)


@pytest.mark.parametrize("role", ["owner", "member"])
@pytest.mark.parametrize("group_by", list(GroupBy))
async def test_a_summary_over_a_year_does_not_scan_the_table(
    crowded: Team, connection: AsyncConnection, role: str, group_by: GroupBy
) -> None:
    who = await caller(getattr(crowded, role))
    grouping = grouping_by(group_by, [OffsetChange(FIRST, timedelta(hours=1))], "monday")
    query = summary_query(who, question(group_by), grouping, to_milliseconds(YEAR[1]))
    assert_reads_entries_by_an_index(await plan(connection, query))


@pytest.mark.parametrize("role", ["owner", "member"])
@pytest.mark.parametrize(
    "wanted",
    [
        EntryFilter(),
        EntryFilter(limit=200, offset=200),
        EntryFilter(from_=YEAR[0], to=YEAR[1]),
        EntryFilter(billable=True),
    ],
    ids=["first page", "second page", "a year", "billable"],
)
async def test_a_page_is_read_off_an_index_without_sorting(
    crowded: Team, connection: AsyncConnection, role: str, wanted: EntryFilter
) -> None:
    found = await plan(connection, page_query(await caller(getattr(crowded, role)), wanted))
    assert_reads_entries_by_an_index(found)
    assert not re.search(r"TEMP B-TREE|Sort", found), found


async def test_the_entries_of_a_project_are_found_by_its_index(
    crowded: Team, connection: AsyncConnection
) -> None:
    project = crowded.owner.listed("/projects")[0]["id"]
    wanted = EntryFilter(project_id=project)
    found = await plan(connection, page_query(await caller(crowded.owner), wanted))
    assert_reads_entries_by_an_index(found)


async def test_counting_a_range_does_not_scan_the_table(crowded: Team, connection: AsyncConnection) -> None:
    who = await caller(crowded.owner)
    query = (
        select(func.count())
        .select_from(entries)
        .where(*conditions(who, EntryFilter(from_=YEAR[0], to=YEAR[1])))
    )
    assert_reads_entries_by_an_index(await plan(connection, query))


async def test_who_runs_what_is_found_by_the_index_that_allows_one(
    crowded: Team, connection: AsyncConnection
) -> None:
    query = select(entries).where(entries.c.user_id == crowded.owner.id, entries.c.stop.is_(None))
    assert "uq_entries_running" in await plan(connection, query)
