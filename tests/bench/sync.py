"""How long a first fetch of 100,000 entries takes beside its floor, and what the interface feels of it.

The floor is the same pages, fetched by bare httpx one after the other and decoded.
"""

import asyncio
import resource
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import httpx
from tests.bench.stopwatch import Figure, table
from tests.crowded import fill
from tests.server_process import Person, Team, serving

from tabkeeper.accounts import Account, Accounts
from tabkeeper.api import Client, Patience, Timing, wire
from tabkeeper.api._reader import read_page
from tabkeeper.model.entry import Draft
from tabkeeper.paths import Paths
from tabkeeper.store.file import Store
from tabkeeper.sync.engine import Engine
from tabkeeper.sync.session import Session
from tabkeeper.tracker import Tracker

FETCHED, DRAINED = 100_000, 5_000
_TICK = 0.001


class Fetch(NamedTuple):
    """A first fetch: how long it took, and how much the process grew."""

    seconds: float
    megabytes: float


def measured(home: Path) -> str:
    """Run a server with many entries, and return all figures about a sync with it as text."""
    with serving(home / "server") as server:
        team = server.team()
        asyncio.run(fill(team, 2 * FETCHED))  # half of them are a colleague's
        person = team.owner
        floor = _seconds(lambda: _bare_pages(person))
        fetch, path = _first_fetch(home, person)
        again = _seconds(lambda: _round(path, person))
        stall = _longest_stall(home / "interface", person)
        drained, floor_of_drain = _drain(home / "drain", server.team())
    figures = [
        Figure(f"first fetch of {FETCHED:,} entries", fetch.seconds, "the same pages, decoded", floor),
        Figure(f"{DRAINED:,} offline changes sent", drained, "as many bare creates", floor_of_drain),
    ]
    return "\n".join(
        (
            table(figures),
            f"one more round over {FETCHED:,} entries, all of them read: {again:.1f} s",
            f"the fetch grew the process by {fetch.megabytes:.0f} MB",
            f"longest stall of the interface's loop meanwhile: {stall * 1000:.0f} ms",
        )
    )


def account_of(person: Person) -> Account:
    me = person.get("/me").json()
    return Account(person.server.api, me["user"]["id"], me["workspace"]["id"])


def _seconds(work: Callable[[], Awaitable[None]]) -> float:
    began = time.perf_counter()
    asyncio.run(_awaited(work))
    return time.perf_counter() - began


async def _awaited(work: Callable[[], Awaitable[None]]) -> None:
    await work()


async def _bare_pages(person: Person) -> None:
    """Fetch the pages that a first fetch does, and decode them."""
    headers = {"Authorization": f"Bearer {person.token}"}
    query: dict[str, str | int] = {"limit": wire.PAGE_MAX, "user_id": person.id}
    async with httpx.AsyncClient(headers=headers, timeout=60) as http:
        while True:
            answer = await http.get(f"{person.server.api}/entries", params=query)
            page = read_page(wire.Entry, answer.content, "GET /entries")
            if page.total == len(page.data):
                return
            query["to"] = wire.format_instant(page.data[-1].start + timedelta(milliseconds=1))


async def _round(path: Path, person: Person) -> None:
    store, account = Store.open(path), account_of(person)
    try:
        async with Client(account.server, person.token, patience=Patience(attempts=1)) as client:
            session = Session(client, store, account.user_id, Timing())
            await Engine(session, account.identity).sync_now()
    finally:
        store.close()


def _first_fetch(home: Path, person: Person) -> tuple[Fetch, Path]:
    path = home / "fetched" / "tabkeeper.db"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = _seconds(lambda: _round(path, person))
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    store = Store.open(path)
    assert len(Tracker(store, UTC).entries(None, None)) == FETCHED
    store.close()
    return Fetch(seconds, (after - before) / 1024), path


def _drain(home: Path, team: Team) -> tuple[float, float]:
    """Return how long it takes to send what was tracked offline, and to create as much without any care."""
    path, person = home / "tabkeeper.db", team.owner
    asyncio.run(_round(path, person))
    store = Store.open(path)
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    hour = timedelta(hours=1)
    contents = [(Draft(f"offline {n}"), begin + n * hour, begin + (n + 1) * hour) for n in range(DRAINED)]
    Tracker(store, UTC).add_all(contents)
    store.close()
    drained = _seconds(lambda: _round(path, person))
    assert person.get("/entries", limit=1).json()["total"] == DRAINED

    async def create() -> None:
        async with httpx.AsyncClient(headers={"Authorization": f"Bearer {person.token}"}, timeout=60) as http:
            for draft, start, stop in contents:
                body = wire.EntryCreate(description=draft.description, start=start, stop=stop)
                answer = await http.post(f"{person.server.api}/entries", content=wire.to_json(body))
                assert answer.status_code == 201

    return drained, _seconds(create)


def _longest_stall(home: Path, person: Person) -> float:
    """Return the longest time that the interface's loop did not turn while everything was fetched."""
    from PySide6.QtWidgets import QApplication
    from qasync import QEventLoop  # type: ignore[import-untyped]

    from tabkeeper.background_sync import BackgroundSync
    from tabkeeper.sign_in.tokens import Given, Tokens
    from tabkeeper.ui.accounts.service import Standing

    account = account_of(person)
    accounts = Accounts(Paths(home, home, home, home / "socket"))
    accounts.keep(account)
    application = QApplication.instance() or QApplication(["bench"])
    background = BackgroundSync(accounts, Tokens(_NoKeychain(), Given(account.server, person.token)))

    async def watch() -> float:
        background.follow(Standing((account,), account))
        longest, last = 0.0, time.perf_counter()
        while not _is_fetched(accounts.database(account)):
            for _ in range(500):
                await asyncio.sleep(_TICK)
                now = time.perf_counter()
                longest, last = max(longest, now - last - _TICK), now
            last = time.perf_counter()
        return longest

    with QEventLoop(application) as loop:
        stall: float = loop.run_until_complete(watch())
    background.finish()
    return stall


def _is_fetched(path: Path) -> bool:
    if not path.exists():
        return False
    store = Store.open(path)
    try:
        status = Tracker(store, UTC).sync_status()
        return status.synced_at is not None and not status.reading
    finally:
        store.close()


class _NoKeychain:
    """The token is given."""

    def read(self, service: str, user: str, waiting: Callable[[], None] | None = None) -> str | None:
        return None

    def keep(self, service: str, user: str, secret: str) -> None:
        """Keep nothing."""

    def forget(self, service: str, user: str) -> None:
        """Have nothing to forget."""
