"""The database reads what it needs by an index: a page and a year's summary never scan the entries."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection
from tests.crowded import FIRST, YEAR, caller, fill, page_of, plan
from tests.server_process import ServerProcess, Team

from tabkeeper.api.wire import GroupBy
from tabkeeper_server.clock import to_milliseconds
from tabkeeper_server.database import Database
from tabkeeper_server.services.entry_lists import EntryFilter, asked_for, count_query
from tabkeeper_server.services.grouping import grouping_by
from tabkeeper_server.services.reports import Question, summary_query
from tabkeeper_server.settings import database_url
from tabkeeper_server.tables import entries
from tabkeeper_server.zones import OffsetChange

ENTRIES = 30_000


@pytest.fixture(scope="module")
def crowded(server: ServerProcess) -> Team:
    """A workspace of many entries over ten years, half of them a member's, in a few projects."""
    team = server.team()
    asyncio.run(fill(team, ENTRIES))
    return team


@pytest.fixture
async def connection(crowded: Team) -> AsyncIterator[AsyncConnection]:
    database = Database(database_url(crowded.server.database))
    async with database.reading() as reading:
        yield reading
    await database.close()


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
    found = await plan(connection, page_of(await caller(getattr(crowded, role)), wanted))
    assert_reads_entries_by_an_index(found)
    assert not re.search(r"TEMP B-TREE|Sort", found), found


async def test_the_entries_of_a_project_are_found_by_its_index(
    crowded: Team, connection: AsyncConnection
) -> None:
    project = crowded.owner.listed("/projects")[0]["id"]
    wanted = EntryFilter(project_id=project)
    found = await plan(connection, page_of(await caller(crowded.owner), wanted))
    assert_reads_entries_by_an_index(found)


async def test_counting_a_range_does_not_scan_the_table(crowded: Team, connection: AsyncConnection) -> None:
    asked = asked_for(await caller(crowded.owner), EntryFilter(from_=YEAR[0], to=YEAR[1]))
    query = count_query(frozenset(asked)).params(asked)
    assert_reads_entries_by_an_index(await plan(connection, query))


async def test_who_runs_what_is_found_by_the_index_that_allows_one(
    crowded: Team, connection: AsyncConnection
) -> None:
    query = select(entries).where(entries.c.user_id == crowded.owner.id, entries.c.stop.is_(None))
    assert "uq_entries_running" in await plan(connection, query)
