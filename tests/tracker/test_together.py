"""Several processes change one file at the same time: each change is whole, and at most one timer runs."""

import subprocess
import sys
from contextlib import closing
from datetime import UTC
from pathlib import Path

from tests.tracker.conftest import listed

from tabkeeper.model.catalogue import EMPTY_CATALOGUE
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker

# Prints how many of its steps were taken; what is refused says so in words, and is no failure.
BUSY = """
import random, sys
from datetime import UTC
from pathlib import Path
from tabkeeper.model.entry import Draft
from tabkeeper.model.refusal import Refused
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker

path, number = sys.argv[1:]
chance = random.Random(number)
tracker = Tracker(Store.open(Path(path)), UTC)
steps = {
    "start": lambda: tracker.start(Draft(f"{number}", tags=("a", number)), project=chance.choice("XYZ")),
    "stop": tracker.stop,
    "toggle": tracker.toggle,
    "edit": lambda: tracker.edit(tracker.entries(None, None, limit=3)[-1].id, billable=True, stop=None),
    "undo": tracker.undo,
    "redo": tracker.redo,
}
print("ready", flush=True)
sys.stdin.readline()
taken = 0
for _ in range(40):
    try:
        steps[chance.choice(list(steps))]()
        taken += 1
    except (Refused, IndexError):
        pass
print(taken)
"""


def test_processes_that_change_the_file_at_once_leave_it_whole_and_one_timer(path: Path) -> None:
    Store.open(path).close()
    processes = [
        subprocess.Popen(
            (sys.executable, "-c", BUSY, path, str(number)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(4)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    ended = [(*process.communicate(timeout=120), process.returncode) for process in processes]
    assert [(error, code) for _, error, code in ended] == [("", 0)] * 4
    assert all(int(taken) > 10 for taken, _, _ in ended)

    store = Store.open(path)
    with closing(store.connection) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        tracker = Tracker(store, UTC)
        entries = listed(tracker)
        assert len([entry for entry in entries if entry.running]) <= 1
        assert all(entry.stop is None or entry.start <= entry.stop for entry in entries)
        names = sorted(project.name for project in tracker.catalogue().projects.values())
        assert len(names) == len(set(names))
        while tracker.undoable() is not None:
            tracker.undo()
        assert listed(tracker) == []
        assert tracker.catalogue() == EMPTY_CATALOGUE
