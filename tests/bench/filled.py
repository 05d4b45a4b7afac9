"""Files to measure with: so many entries, one after the other back from now, on a dozen projects."""

from datetime import timedelta
from pathlib import Path

from tabkeeper.model.entry import Draft
from tabkeeper.paths import find_paths
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker
from tabkeeper.zone import system_zone

_PROJECTS, _THINGS = 12, 300
_STEP, _LENGTH = timedelta(minutes=20), timedelta(minutes=15)


def fill(home: Path, entries: int) -> Path:
    """Fill the file of a new folder with entries, and return the folder."""
    store = Store.open(find_paths({"TABKEEPER_HOME": str(home)}).database)
    tracker = Tracker(store, system_zone())
    projects = [tracker.names.add_project(f"Project {number}").id for number in range(_PROJECTS)]
    now = tracker.now()
    tracker.add_all(
        (
            Draft(f"Thing {number % _THINGS}", projects[number % _PROJECTS]),
            now - number * _STEP - _LENGTH,
            now - number * _STEP,
        )
        for number in range(1, entries + 1)
    )
    store.close()
    return home
