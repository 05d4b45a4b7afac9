"""How long a first fetch of 100,000 entries takes beside its floor, what memory it needs, and what is felt.

What is measured are processes of the program: the command line, and the tray program with its window open.
"""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Coroutine, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import mean
from typing import Any, NamedTuple

import httpx
from tests.bench import probed
from tests.bench.stopwatch import Figure, table
from tests.crowded import fill
from tests.desktop.program import COMMAND, Program
from tests.desktop.screen import Screen, launch, wait_until
from tests.server_process import Person, serving

from tabkeeper.accounts import Accounts
from tabkeeper.api import wire
from tabkeeper.api._reader import read_page
from tabkeeper.model.entry import Draft
from tabkeeper.paths import find_paths
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker

FETCHED, DRAINED = 100_000, 5_000
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)
_TICK = 0.01
_LONGEST, _BETWEEN_LOOKS = 900, 0.5
"""Seconds that a fetch may take before something is wrong, and between looks at it."""


class Synced(NamedTuple):
    """One run of `tabkeeper sync`: how long it took, and how large its process was at its largest."""

    seconds: float
    megabytes: float


class Stall(NamedTuple):
    """The longest times in seconds that loops did not turn: the program's, and an empty one's beside it."""

    program: float
    floor: float


class Home:
    """A folder that is signed in, and the command line there."""

    def __init__(self, folder: Path, person: Person) -> None:
        self.folder = folder
        self.environment = {
            "TABKEEPER_HOME": str(folder),
            "TABKEEPER_TOKEN": person.token,
            "TABKEEPER_SERVER": person.server.api,
        }
        subprocess.run(
            (*COMMAND, "login"), env=os.environ | self.environment, check=True, capture_output=True
        )

    def sync(self) -> Synced:
        began = time.perf_counter()
        words, environment = (*COMMAND, "sync"), os.environ | self.environment
        megabytes = 0.0
        with subprocess.Popen(words, env=environment, stdout=subprocess.DEVNULL) as process:
            while process.poll() is None:
                megabytes = max(megabytes, _largest(process.pid))
                time.sleep(_TICK)
        assert process.returncode == 0
        return Synced(time.perf_counter() - began, megabytes)

    def work(self, act: Callable[[Tracker], Any]) -> Any:
        """Do something with the account's file."""
        store = Store.open(Accounts(find_paths(self.environment)).current().database)
        try:
            return act(Tracker(store, UTC))
        finally:
            store.close()


def measured(home: Path) -> str:
    """Run a server with many entries, and return all figures about a sync with it as text."""
    with serving(home / "server") as server:
        team = server.team()
        asyncio.run(fill(team, 2 * FETCHED))  # half of them are a colleague's
        person, nobody = team.owner, server.team().owner
        floors = [_seconds(_bare_pages(person))]
        desk = Home(home / "desk", person)
        first = desk.sync()
        assert desk.work(lambda tracker: len(tracker.entries(None, None))) == FETCHED
        floors.append(_seconds(_bare_pages(person)))
        again = desk.sync()
        floor = mean(floors)  # of before and after: a busy moment of the machine shall meet both
        stall = _longest_stall(Home(home / "tray", person))
        offline = Home(home / "offline", nobody)
        nothing = offline.sync()
        offline.work(lambda tracker: tracker.add_all(_tracked_offline()))
        drained = offline.sync()
        assert nobody.get("/entries", limit=1).json()["total"] == DRAINED
        floor_of_drain = _seconds(_bare_creates(nobody))
    figures = [
        Figure(f"first fetch of {FETCHED:,} entries", first.seconds, "the same pages, decoded", floor),
        Figure(f"one more round, {FETCHED:,} looked at", again.seconds, "the same pages, decoded", floor),
        Figure(f"{DRAINED:,} offline changes sent", drained.seconds, "as many bare creates", floor_of_drain),
    ]
    return "\n".join(
        (
            table(figures),
            f"largest process: {first.megabytes:.0f} MB in the first fetch, {drained.megabytes:.0f} MB while "
            f"changes are sent, {nothing.megabytes:.0f} MB with nothing to do",
            f"longest stall of the loop in the first fetch, the window open: {stall.program * 1000:.0f} ms; "
            f"of an empty loop beside it: {stall.floor * 1000:.0f} ms",
        )
    )


def _largest(pid: int) -> float:
    """Return how large a process has been at its largest; 0 where it has just ended."""
    found = _PEAK.search(Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


def _seconds(work: Coroutine[Any, Any, None]) -> float:
    began = time.perf_counter()
    asyncio.run(work)
    return time.perf_counter() - began


async def _bare_pages(person: Person) -> None:
    """Fetch the pages that a first fetch does, and decode them."""
    query: dict[str, str | int] = {"limit": wire.PAGE_MAX, "user_id": person.id}
    async with _http(person) as http:
        while True:
            answer = await http.get(f"{person.server.api}/entries", params=query)
            page = read_page(wire.Entry, answer.content, "GET /entries")
            if page.total == len(page.data):
                return
            query["to"] = wire.format_instant(page.data[-1].start + timedelta(milliseconds=1))


def _tracked_offline() -> Iterator[tuple[Draft, datetime, datetime]]:
    begin, hour = datetime(2026, 1, 1, tzinfo=UTC), timedelta(hours=1)
    for number in range(DRAINED):
        yield Draft(f"offline {number}"), begin + number * hour, begin + (number + 1) * hour


async def _bare_creates(person: Person) -> None:
    """Create as much one after the other, without any care."""
    async with _http(person) as http:
        for draft, start, stop in _tracked_offline():
            body = wire.EntryCreate(description=draft.description, start=start, stop=stop)
            answer = await http.post(f"{person.server.api}/entries", content=wire.to_json(body))
            assert answer.status_code == 201


def _http(person: Person) -> httpx.AsyncClient:
    return httpx.AsyncClient(headers={"Authorization": f"Bearer {person.token}"}, timeout=60)


def _longest_stall(home: Home) -> Stall:
    """Fetch everything in the tray program, with its window open."""
    answer = home.folder / "stall"
    with Screen() as screen:
        program = Program(screen, home.folder, **home.environment)
        words = (sys.executable, "-m", "tests.bench.probed", str(answer))
        program.process = launch(words, program.environment, program.log)
        try:
            program.open_window()
            program.process.send_signal(signal.SIGUSR1)
            floor = _longest_stall_until(lambda: home.work(_is_fetched))
            program.process.send_signal(signal.SIGUSR2)
            wait_until(answer.exists, "the probe's answer")
        finally:
            program.end()
    return Stall(float(answer.read_text()), floor)


def _longest_stall_until(is_over: Callable[[], bool]) -> float:
    """Return the longest time that an empty loop did not turn until it was over."""
    longest, began = 0.0, time.perf_counter()
    while not is_over():
        last = looked = time.perf_counter()
        assert looked - began < _LONGEST, "it takes too long"
        while last - looked < _BETWEEN_LOOKS:
            time.sleep(probed.TICK)
            now = time.perf_counter()
            longest, last = max(longest, now - last - probed.TICK), now
    return longest


def _is_fetched(tracker: Tracker) -> bool:
    status = tracker.sync_status()
    return status.synced_at is not None and not status.to_read
