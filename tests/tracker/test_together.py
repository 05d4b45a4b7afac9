"""Several processes change one file at the same time: each change is whole, and at most one timer runs."""

import subprocess
import sys
from contextlib import closing
from datetime import UTC
from pathlib import Path

from tests.tracker.conftest import listed

from tabkeeper.model.catalogue import EMPTY_CATALOGUE
from tabkeeper.model.entry import Draft
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

# Presses one key over and over: whatever others do meanwhile, each press does one of its two things.
PRESSING = """
import sys
from datetime import UTC
from pathlib import Path
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker

tracker = Tracker(Store.open(Path(sys.argv[1])), UTC)
print("ready", flush=True)
sys.stdin.readline()
for _ in range(25):
    tracker.toggle()
print("done")
"""


def at_once(code: str, path: Path, number: int) -> list[tuple[str, str, int]]:
    """Run so many processes that begin at the same moment; return what each said, its errors and its code."""
    processes = [
        subprocess.Popen(
            (sys.executable, "-c", code, path, str(each)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for each in range(number)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    return [(*process.communicate(timeout=120), process.returncode) for process in processes]


def test_a_toggle_does_one_thing_or_the_other_however_many_are_pressed_at_once(path: Path) -> None:
    first = Store.open(path)
    Tracker(first, UTC).start(Draft("Thing"))
    first.close()
    assert at_once(PRESSING, path, 4) == [("done\n", "", 0)] * 4
    store = Store.open(path)
    with closing(store.connection):
        tracker = Tracker(store, UTC)
        assert tracker.running() is not None, "an even number of toggles ends where it began"
        assert len(listed(tracker)) == 1 + 100 // 2
        actions = [step["action"] for step in store.connection.execute("SELECT action FROM step ORDER BY id")]
        assert actions == ["start", "stop"] * 50 + ["start"]


def test_processes_that_change_the_file_at_once_leave_it_whole_and_one_timer(path: Path) -> None:
    Store.open(path).close()
    ended = at_once(BUSY, path, 4)
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
