"""One running entry a person, whatever arrives at once: kept by the database, on SQLite and on PostgreSQL."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Iterable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Executable, insert, select, update
from sqlalchemy.exc import IntegrityError
from tests.server_process import Person, Team, serving

from tabkeeper_server.database import Database
from tabkeeper_server.ids import new_id
from tabkeeper_server.settings import database_url
from tabkeeper_server.tables import entries

AT_ONCE = 50


@pytest.fixture
async def crowd(team: Team) -> AsyncIterator[httpx.AsyncClient]:
    """Fifty connections of the owner's, all open at once."""
    limits = httpx.Limits(max_connections=AT_ONCE, max_keepalive_connections=AT_ONCE)
    headers = {"Authorization": f"Bearer {team.owner.token}"}
    async with httpx.AsyncClient(
        base_url=team.server.api, headers=headers, limits=limits, timeout=60, verify=False
    ) as client:
        yield client


async def all_at_once(requests: Iterable[Awaitable[httpx.Response]]) -> Counter[int]:
    """Send everything at once, and count the answers by status."""
    return Counter(answer.status_code for answer in await asyncio.gather(*requests))


def history(person: Person) -> list[dict[str, Any]]:
    """Return a person's entries, oldest first, once it is sure that they contradict nothing."""
    answer = person.get("/entries", limit=200, user_id=person.id).json()
    found = sorted(answer["data"], key=lambda entry: (instant(entry["start"]), instant(entry["stop"])))
    assert answer["total"] == len(found)
    assert len([entry for entry in found if entry["stop"] is None]) <= 1
    assert all(instant(before["stop"]) <= instant(after["start"]) for before, after in pairwise(found))
    return found


def instant(text: str | None) -> datetime:
    """Read an instant, and "not yet" as the end of time: as text, 05.5Z would come before 05Z."""
    return datetime.fromisoformat(text) if text else datetime.max.replace(tzinfo=UTC)


async def test_of_50_starts_at_once_one_runs_and_each_other_ends_where_the_next_begins(
    team: Team, crowd: httpx.AsyncClient
) -> None:
    assert await all_at_once(crowd.post("/entries/start") for _ in range(AT_ONCE)) == {201: AT_ONCE}
    found = history(team.owner)
    assert len(found) == AT_ONCE
    assert found[-1]["stop"] is None
    assert all(before["stop"] == after["start"] for before, after in pairwise(found))


async def test_two_servers_on_one_database_keep_the_rule_together(
    team: Team, crowd: httpx.AsyncClient, tmp_path: Path
) -> None:
    with serving(tmp_path, database=team.server.database) as second:
        answers = await all_at_once(
            crowd.post(f"{server.api}/entries/start", json={"tags": ["both"]})
            for _ in range(AT_ONCE // 2)
            for server in (team.server, second)
        )
    assert answers == {201: AT_ONCE}
    found = history(team.owner)
    assert [entry["stop"] for entry in found].count(None) == 1
    assert len(found) == AT_ONCE


async def test_of_50_creates_at_once_with_starts_out_of_order_the_newest_runs(
    team: Team, crowd: httpx.AsyncClient
) -> None:
    starts = [f"2024-03-04T08:{minute:02}:00Z" for minute in range(AT_ONCE)]
    assert await all_at_once(
        crowd.post("/entries", json={"start": start}) for start in sorted(starts, key=lambda text: text[::-1])
    ) == {201: AT_ONCE}
    found = team.owner.listed()
    assert [entry["start"] for entry in found] == starts[::-1]
    assert found[0]["stop"] is None
    # Each other ends where one of the later ones begins.
    assert all(entry["start"] < entry["stop"] and entry["stop"] in starts for entry in found[1:])


async def test_of_50_stops_at_once_one_stops(team: Team, crowd: httpx.AsyncClient) -> None:
    team.owner.made("/entries/start")
    answers = await all_at_once(crowd.post("/entries/stop") for _ in range(AT_ONCE))
    assert answers == {200: 1, 404: AT_ONCE - 1}


async def test_50_retries_at_once_make_one_entry(team: Team, crowd: httpx.AsyncClient) -> None:
    body = {"start": "2024-03-04T08:00:00Z", "tags": ["a", "b"], "idempotency_key": "once"}
    answers = await asyncio.gather(*(crowd.post("/entries", json=body) for _ in range(AT_ONCE)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(history(team.owner)) == 1


async def test_50_starts_stops_retries_and_resumptions_at_once_contradict_nothing(
    team: Team, crowd: httpx.AsyncClient
) -> None:
    finished = [
        team.owner.entry(f"2024-03-04T08:{minute:02}:00Z", f"2024-03-04T08:{minute:02}:30Z")
        for minute in range(5)
    ]
    deeds = []
    for number in range(10):
        deeds.append(crowd.post("/entries/start", json={"tags": [f"tag {number % 3}", "shared"]}))
        deeds.append(crowd.post("/entries/stop"))
        deeds.append(crowd.post("/entries/start", json={"idempotency_key": f"key {number % 2}"}))
        deeds.append(crowd.patch(f"/entries/{finished[number % 5]['id']}", json={"billable": True}))
        deeds.append(crowd.delete(f"/entries/{finished[number % 5]['id']}"))
    answers = await all_at_once(deeds)
    assert set(answers) <= {200, 201, 204, 404}
    assert answers[201] == 20
    assert answers[204] == 5
    assert len(history(team.owner)) == 12


async def test_an_admin_and_the_member_at_once_leave_one_of_the_members_entries_running(
    team: Team, crowd: httpx.AsyncClient
) -> None:
    old = [
        team.member.entry(f"2024-03-04T08:{minute:02}:00Z", f"2024-03-04T08:{minute:02}:30Z")
        for minute in range(25)
    ]
    as_member = {"Authorization": f"Bearer {team.member.token}"}
    answers = await all_at_once(
        request
        for entry in old
        for request in (
            crowd.patch(f"/entries/{entry['id']}", json={"stop": None}),
            crowd.post("/entries", json={"start": entry["start"]}, headers=as_member),
        )
    )
    assert answers == {200: 25, 201: 25}
    found = team.owner.listed(user_id=team.member.id, limit=200)
    assert [entry["stop"] for entry in found].count(None) == 1


async def test_many_people_who_make_the_same_tags_at_once_share_them(
    team: Team, crowd: httpx.AsyncClient
) -> None:
    people = [team.owner, team.admin, team.member, team.other_member]
    names = [f"tag {number}" for number in range(12)]
    answers = await all_at_once(
        crowd.post(
            "/entries",
            json={"start": "2024-03-04T08:00:00Z", "tags": names[turn % 12 :] + names[: turn % 12]},
            headers={"Authorization": f"Bearer {people[turn % 4].token}"},
        )
        for turn in range(AT_ONCE)
    )
    assert answers == {201: AT_ONCE}
    assert sorted(tag["name"] for tag in team.owner.listed("/tags")) == sorted(names)


async def test_the_database_itself_refuses_a_second_running_entry(team: Team) -> None:
    first = team.owner.entry("2024-03-04T08:00:00Z")
    second = team.owner.entry("2024-03-04T07:00:00Z", "2024-03-04T07:30:00Z")
    database = Database(database_url(team.server.database))
    async with database.reading() as connection:
        found = await connection.execute(select(entries).where(entries.c.id == first["id"]))
        copy = {**found.mappings().one(), "id": new_id()}
    resume = update(entries).where(entries.c.id == second["id"]).values(stop=None)
    for change in (resume, insert(entries).values(copy)):
        with pytest.raises(IntegrityError):
            await carry_out(database, change)
    await database.close()
    assert team.owner.get("/entries/current").json() == first


async def carry_out(database: Database, change: Executable) -> None:
    async with database.writing() as connection:
        await connection.execute(change)
