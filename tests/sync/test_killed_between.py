"""A process killed after the server has acted and before the answer is kept neither doubles nor loses.

Real processes: our command line, a proxy that kills it, and our server; at the answer to every request of a
sync in turn.
"""

import os
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.server_process import ServerProcess, Team
from tests.sync.proxy import Proxy, passing

from tabkeeper.accounts import Account, Accounts
from tabkeeper.model.entry import Draft
from tabkeeper.paths import find_paths
from tabkeeper.store import sync_state
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills processes as POSIX systems do")

HOUR = timedelta(hours=1)


class Desk:
    """An account's file on this computer, and the command line that syncs it through the proxy."""

    def __init__(self, home: Path, team: Team, proxy: Proxy, address: str) -> None:
        me = team.owner.get("/me").json()
        account = Account(f"{address}/api/v1", me["user"]["id"], me["workspace"]["id"])
        accounts = Accounts(find_paths({"TABKEEPER_HOME": str(home)}))
        accounts.keep(account)
        accounts.choose(account)
        self.team, self._proxy = team, proxy
        token = {"TABKEEPER_TOKEN": team.owner.token, "TABKEEPER_SERVER": account.server}
        self._environment = os.environ | token | {"TABKEEPER_HOME": str(home)}
        self._store = Store.open(accounts.database(account))
        with self._store.transaction(), self._store.reading() as connection:
            sync_state.bind(connection, account.identity, 0)
        self.tracker = Tracker(self._store, UTC)

    def sync(self, kill_at: int | None = None) -> bool:
        """Sync, or be killed at an answer; returns whether it came to its end."""
        words = (sys.executable, "-m", "tabkeeper", "sync", "--json")
        self._proxy.answers.clear()
        self._proxy.kill_at = kill_at
        with self._proxy.turn:
            process = subprocess.Popen(words, env=self._environment, stdout=subprocess.DEVNULL)
            self._proxy.victim = process.pid
        assert process.wait() in (0, -signal.SIGKILL)
        return process.returncode == 0

    def close(self) -> None:
        self._store.close()


@pytest.fixture
def desk(tmp_path: Path, server: ServerProcess) -> Iterator[Desk]:
    proxy = Proxy(server.url)
    with passing(proxy) as address:
        desk = Desk(tmp_path / "home", server.team(), proxy, address)
        yield desk
        desk.close()


def test_killed_at_every_answer_of_a_sync_each_entry_is_there_once_with_its_times(desk: Desk) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    tracker = desk.tracker
    for number in range(4):
        tracker.add(Draft(f"past {number}"), now - (number + 2) * HOUR, now - (number + 1) * HOUR)
    tracker.start(Draft("running"), now - HOUR / 2, project="Website")
    killed = _killed_at_every_answer(desk)
    # A second day's work: what is known there is changed, deleted, undone, and stopped.
    tracker.stop(now - HOUR / 4)
    first, second, third, _ = sorted(
        (entry for entry in tracker.entries(None, None) if entry.description.startswith("past")),
        key=lambda entry: entry.description,
    )
    tracker.edit(first.id, description="past 0 renamed", start=first.start - HOUR / 6)
    tracker.delete([second.id])
    tracker.delete([third.id])
    tracker.undo()
    killed += _killed_at_every_answer(desk)
    here = {
        (entry.description, f"{entry.start:%FT%TZ}", f"{entry.stop:%FT%TZ}")
        for entry in tracker.entries(None, None)
    }
    there = Counter((row["description"], row["start"], row["stop"]) for row in desk.team.owner.listed())
    assert there == dict.fromkeys(here, 1)
    assert len(here) == 4
    assert tracker.needs.all().parked == ()
    assert {"POST /api/v1/entries", "POST /api/v1/projects", "PATCH", "DELETE"} <= {
        request if request.startswith("POST") else request.partition(" ")[0] for request in killed
    }


def _killed_at_every_answer(desk: Desk) -> list[str]:
    """Sync until it comes to an end, killed at its first answer, then at its second, and so on."""
    killed = []
    for answer in range(1, 100):
        if desk.sync(kill_at=answer):
            break
        killed.append(desk._proxy.answers[-1])
    assert desk.tracker.sync_status().waiting == 0
    return killed
