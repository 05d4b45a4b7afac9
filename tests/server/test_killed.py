"""A server that is killed while it writes: what it has answered is there, and nothing is there by halves."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.server_process import Person, ServerProcess, serving

ALL = 30
# The kill comes when some are answered and others are not, of which some are not even sent: so it is in the
# middle however late the answers are heard.
ANSWERED_BEFORE, AT_ONCE = 8, 10


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'server.sqlite'}"
    else:
        yield request.getfixturevalue("postgresql").new_database("killed")


def all_entries(person: Person) -> list[dict[str, Any]]:
    answer = person.get("/entries", limit=200).json()
    assert answer["total"] == len(answer["data"])
    return list(answer["data"])


async def answered_before_the_kill(
    server: ServerProcess, token: str, bodies: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Create everything, many at once, kill the server in the middle, and return what it had answered."""
    answered: list[dict[str, Any]] = []

    async def create(client: httpx.AsyncClient, body: dict[str, Any]) -> None:
        try:
            answer = await client.post(f"{server.api}/entries", json=body)
        except httpx.TransportError:
            return
        assert answer.status_code == 201, answer.text
        answered.append(answer.json())
        if len(answered) == ANSWERED_BEFORE:
            server.process.kill()

    headers = {"Authorization": f"Bearer {token}"}
    limits = httpx.Limits(max_connections=AT_ONCE)
    async with httpx.AsyncClient(headers=headers, limits=limits, timeout=60, verify=False) as client:
        await asyncio.gather(*(create(client, body) for body in bodies))
    return answered


async def test_what_was_answered_is_kept_and_what_was_not_can_be_sent_again(
    database: str, tmp_path: Path
) -> None:
    # Every other one runs, and so ends another one in the same transaction.
    bodies = [
        {
            "start": f"2024-03-04T08:{number:02}:00Z",
            "tags": ["shared", f"tag {number}"],
            "idempotency_key": f"key {number}",
            **({"stop": f"2024-03-04T08:{number:02}:30Z"} if number % 2 else {}),
        }
        for number in range(ALL)
    ]
    with serving(tmp_path / "home", database=database) as server:
        token = server.team().owner.token
        answered = {entry["id"] for entry in await answered_before_the_kill(server, token, bodies)}
    with serving(tmp_path / "home", database=database) as server:
        owner = Person(server, "owner@team.test", token)
        found = all_entries(owner)
        assert answered <= {entry["id"] for entry in found}
        assert all(len(entry["tags"]) == 2 for entry in found)
        again = {owner.made("/entries", **body)["id"] for body in bodies}
        assert answered < again
        found = all_entries(owner)
    assert len(again) == ALL
    assert {entry["id"] for entry in found} == again
    assert [entry["stop"] for entry in found].count(None) == 1
