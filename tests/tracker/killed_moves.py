"""Kills a process before each change an upload makes, and says what the two files hold then, and later.

Run as `python -m tests.tracker.killed_moves FOLDER`; a process of its own, because it forks.
"""

import json
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tabkeeper.model.catalogue import Catalogue, Project
from tabkeeper.model.entry import Draft
from tabkeeper.store import sync_state
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker, moving

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
HEARD = Catalogue({"p1": Project("p1", "Internal", remote_id="p1")}, {}, {})


@contextmanager
def opened(folder: Path) -> Iterator[tuple[Store, Store]]:
    with ExitStack() as files:
        stores = [
            Store.open(folder / name / "tabkeeper.db", clock=lambda: NOON) for name in ("local", "account")
        ]
        for store in stores:
            files.callback(store.close)
        yield stores[0], stores[1]


def prepare(folder: Path) -> None:
    with opened(folder) as (local, account):
        tracker = Tracker(local, UTC, lambda: NOON)
        for name, project in (("one", "Internal"), ("two", "Retainer"), ("three", None)):
            tracker.add(Draft(name, tags=("tag",)), NOON - timedelta(hours=1), NOON, project=project)
        with account.transaction(), account.reading() as connection:
            sync_state.bind(connection, ("https://time.test", "u1", "w1"), 0)


def bring(folder: Path, kill_at: int = 0) -> int:
    """Bring everything; returns how many changes that took, or dies before one of them."""
    count = 0

    def step(statement: str) -> None:
        nonlocal count
        count += not statement.lstrip().startswith("SELECT")
        if count == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    with opened(folder) as (local, account):
        for store in (local, account):
            store.connection.set_trace_callback(step)
        moving.AT_ONCE = 1  # so that three entries are several batches
        with moving.bringing(local, account, HEARD, may_make=True):
            step("the account is chosen")
    return count


def held(folder: Path) -> list[list[str]]:
    """Return what the two files hold."""
    with opened(folder) as stores:
        return [
            sorted(entry.description for entry in Tracker(store, UTC).entries(None, None)) for store in stores
        ]


def main(folder: Path) -> None:
    before, place = folder / "before", folder / "place"
    prepare(before)
    shutil.copytree(before, place)
    outcomes = []
    for kill_at in range(1, bring(place) + 1):
        shutil.rmtree(place)
        shutil.copytree(before, place)
        child = os.fork()
        if child == 0:
            bring(place, kill_at)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL
        killed = held(place)
        bring(place)
        outcomes.append([killed, held(place)])
    print(json.dumps(outcomes))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
