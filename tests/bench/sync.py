"""How long a first fetch of 100,000 entries takes beside its floor, what memory it needs, and what is felt.

What is measured are processes of the program: the command line, and the tray program with its window open.
Their floors are processes too (`bare_sync`), begun and watched in the same way, in turns with them.
"""

import asyncio
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC
from pathlib import Path
from typing import Any, NamedTuple

from tests.bench import probed
from tests.bench.bare_sync import SENT, tracked_offline
from tests.bench.stopwatch import Figure, in_turns, table
from tests.crowded import fill
from tests.desktop.program import Program
from tests.desktop.screen import Screen, launch, wait_until
from tests.program_process import COMMAND
from tests.server_process import Person, ServerProcess, Team, serving

from tabkeeper.accounts import Accounts
from tabkeeper.paths import find_paths
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker

FETCHED = 100_000
FETCHES, SENDINGS = 3, 1
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)
_TICK = 0.01
_LONGEST, _BETWEEN_LOOKS = 900, 0.5
"""Seconds that a fetch may take before something is wrong, and between looks at it."""


class Run(NamedTuple):
    """One run of a process: how long it took, and how large it was at its largest."""

    seconds: float
    megabytes: float


class Stall(NamedTuple):
    """The longest times in seconds that loops did not turn: the program's, and an empty one's beside it."""

    program: float
    floor: float


class Home:
    """A folder that is signed in, and the command line there."""

    def __init__(self, folder: Path, person: Person) -> None:
        self.folder, self.person = folder, person
        self.environment = {
            "TABKEEPER_HOME": str(folder),
            "TABKEEPER_TOKEN": person.token,
            "TABKEEPER_SERVER": person.server.api,
        }
        self.largest = 0.0
        """Megabytes, of its runs so far."""
        subprocess.run(
            (*COMMAND, "login"), env=os.environ | self.environment, check=True, capture_output=True
        )

    def sync(self) -> float:
        """Sync; returns how many seconds it took."""
        run = _run((*COMMAND, "sync"), self.environment)
        self.largest = max(self.largest, run.megabytes)
        return run.seconds

    def work(self, act: Callable[[Tracker], Any]) -> Any:
        """Do something with the account's file."""
        store = Store.open(Accounts(find_paths(self.environment)).current().database)
        try:
            return act(Tracker(store, UTC))
        finally:
            store.close()


def measured(folder: Path) -> str:
    """Run a server with many entries, and return all figures about a sync with it as text."""
    with serving(folder / "server") as server:
        team = server.team()
        asyncio.run(fill(team, 2 * FETCHED))  # half of them are a colleague's
        fetched, of_fetches = _fetches(folder / "desks", team)
        sent, of_sendings = _sendings(folder / "offline", server)
        nothing = Home(folder / "nothing", server.team().owner)
        nothing.sync()
        stall = _longest_stall(Home(folder / "tray", team.owner))
    return "\n".join(
        (
            table(of_fetches + of_sendings),
            f"largest process: {fetched:.0f} MB while entries are fetched, {sent:.0f} MB while changes are "
            f"sent, {nothing.largest:.0f} MB with nothing to do",
            f"longest stall of the loop in the first fetch, the window open: {stall.program * 1000:.0f} ms; "
            f"of an empty loop beside it: {stall.floor * 1000:.0f} ms",
        )
    )


def _fetches(folder: Path, team: Team) -> tuple[float, list[Figure]]:
    """Return how large a process was that fetches everything, and how long that takes."""
    homes: list[Home] = []

    def first() -> float:
        homes.append(Home(folder / str(len(homes)), team.owner))
        return homes[-1].sync()

    taken = in_turns(
        {
            "first": first,
            "again": lambda: homes[-1].sync(),
            "floor": lambda: _bare("fetch", team.owner),
        },
        FETCHES,
    )
    assert homes[-1].work(lambda tracker: len(tracker.entries(None, None))) == FETCHED
    floor_of, floor = "the same pages, decoded", taken["floor"]
    return max(home.largest for home in homes), [
        Figure(f"first fetch of {FETCHED:,} entries", taken["first"], floor_of, floor),
        Figure(f"one more round, {FETCHED:,} looked at", taken["again"], floor_of, floor),
    ]


def _sendings(folder: Path, server: ServerProcess) -> tuple[float, list[Figure]]:
    """Return how large a process was that sends what was tracked offline, and how long that takes."""
    homes: list[Home] = []

    def send() -> float:
        homes.append(Home(folder / str(len(homes)), server.team().owner))
        homes[-1].work(lambda tracker: tracker.add_all(tracked_offline()))
        return homes[-1].sync()

    taken = in_turns({"sync": send, "floor": lambda: _bare("send", server.team().owner)}, SENDINGS)
    assert homes[-1].person.get("/entries", limit=1).json()["total"] == SENT
    what, floor_of = f"{SENT:,} offline changes sent", "as many bare creates"
    return max(home.largest for home in homes), [Figure(what, taken["sync"], floor_of, taken["floor"])]


def _bare(what: str, person: Person) -> float:
    words = (sys.executable, "-m", "tests.bench.bare_sync", what, person.server.api)
    return _run(words, {"TABKEEPER_TOKEN": person.token}).seconds


def _run(words: tuple[str, ...], environment: Mapping[str, str]) -> Run:
    """Run a process to its end."""
    began, megabytes = time.perf_counter(), 0.0
    with subprocess.Popen(words, env={**os.environ, **environment}, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            megabytes = max(megabytes, _largest(process.pid))
            time.sleep(_TICK)
    assert process.returncode == 0, words
    return Run(time.perf_counter() - began, megabytes)


def _largest(pid: int) -> float:
    """Return how large a process has been at its largest; 0 where it has just ended."""
    found = _PEAK.search(Path(f"/proc/{pid}/status").read_text())
    return int(found[1]) / 1024 if found else 0.0


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
