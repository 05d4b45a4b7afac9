"""The floor for a sync, as a process of its own: `python -m tests.bench.bare_sync fetch|send SERVER`.

The same pages by bare httpx, decoded, or as many creates; nothing is kept, compared or tried again. The token
comes in the environment.
"""

import asyncio
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx

from tabkeeper.api import wire
from tabkeeper.api._reader import read_one, read_page
from tabkeeper.model.entry import Draft

SENT = 5_000


def tracked_offline() -> Iterator[tuple[Draft, datetime, datetime]]:
    """Yield what was tracked while there was no network."""
    begin, hour = datetime(2026, 1, 1, tzinfo=UTC), timedelta(hours=1)
    for number in range(SENT):
        yield Draft(f"offline {number}"), begin + number * hour, begin + (number + 1) * hour


async def fetch(http: httpx.AsyncClient, server: str) -> None:
    """Fetch the pages that a first fetch does, and decode them."""
    me = read_one(wire.Me, (await http.get(f"{server}/me")).content, "GET /me")
    query: dict[str, str | int] = {"limit": wire.PAGE_MAX, "user_id": me.user.id}
    while True:
        answer = await http.get(f"{server}/entries", params=query)
        page = read_page(wire.Entry, answer.content, "GET /entries")
        if page.total == len(page.data):
            return
        query["to"] = wire.format_instant(page.data[-1].start + timedelta(milliseconds=1))


async def send(http: httpx.AsyncClient, server: str) -> None:
    """Create as much one after the other, without any care."""
    for draft, start, stop in tracked_offline():
        body = wire.EntryCreate(description=draft.description, start=start, stop=stop)
        answer = await http.post(f"{server}/entries", content=wire.to_json(body))
        assert answer.status_code == 201


async def _main(what: str, server: str) -> None:
    headers = {"Authorization": f"Bearer {os.environ['TABKEEPER_TOKEN']}"}
    async with httpx.AsyncClient(headers=headers, timeout=60) as http:
        await {"fetch": fetch, "send": send}[what](http, server)


if __name__ == "__main__":
    asyncio.run(_main(*sys.argv[1:]))
