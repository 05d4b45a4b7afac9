"""Every use case of the tracker as a piece of work that can be killed: on a file with a bit of everything."""

from collections.abc import Callable
from datetime import UTC, timedelta
from decimal import Decimal
from pathlib import Path

from tests.kill_points import NOON, Case

from tabkeeper.model.catalogue import Project, Tag
from tabkeeper.model.entry import Draft, Entry
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker

HOUR = timedelta(hours=1)
NEW = Draft("New", tags=("fresh", "call"), billable=True)


def opened(path: Path) -> Tracker:
    """Return a tracker on a file, which has been read from."""
    tracker = Tracker(Store.open(path, clock=lambda: NOON), UTC, lambda: NOON)
    tracker.snapshot()
    return tracker


def prepared(path: Path, *, running: bool = True, undone: bool = False) -> None:
    """Make a file with projects, tags, a favourite, entries, perhaps a timer that runs and an undone step."""
    store = Store.open(path, clock=lambda: NOON)
    tracker = Tracker(store, UTC, lambda: NOON)
    tracker.names.add_project("Website", client="Acme", hourly_rate=Decimal(80), currency="EUR")
    tracker.pin(Draft("Standup"))
    for number in range(5, 1, -1):
        draft = Draft(f"Entry {number}", tags=("call", f"tag {number}"))
        tracker.add(draft, NOON - number * HOUR, NOON - number * HOUR + HOUR, project="Website")
    if running:
        tracker.start(Draft("Runs"), NOON - HOUR)
    if undone:
        tracker.add_all((Draft(f"Gone {n}"), NOON - n * HOUR, NOON) for n in (1, 2, 3))
        tracker.undo()
    store.close()


def _last(tracker: Tracker) -> Entry:
    last = tracker.last_stopped()
    assert last is not None
    return last


def _project(tracker: Tracker) -> Project:
    return next(iter(tracker.catalogue().projects.values()))


def _tag(tracker: Tracker) -> Tag:
    tag = tracker.catalogue().tag_named("call")
    assert tag is not None
    return tag


_WORK: dict[str, Callable[[Tracker], object]] = {
    "start": lambda t: t.start(NEW, NOON - HOUR / 2, project="New project"),
    "take_out": lambda t: t.take_out((NOON - HOUR / 2, NOON), NEW, project="New project"),
    "stop": lambda t: t.stop(),
    "toggle": lambda t: t.toggle(),
    "continue_last": lambda t: t.continue_last(),
    "continue_entry": lambda t: t.continue_entry(_last(t).id),
    "add": lambda t: t.add(NEW, NOON - HOUR, NOON, project="New project"),
    "add_all": lambda t: t.add_all((NEW, NOON - n * HOUR, NOON) for n in range(3)),
    "edit": lambda t: t.edit(_last(t).id, description="Changed", stop=None, tags=("x",), project="Other"),
    "duplicate": lambda t: t.duplicate([_last(t).id]),
    "split": lambda t: t.split(_last(t).id, _last(t).start + HOUR / 2),
    "delete": lambda t: t.delete([entry.id for entry in t.entries(None, None)]),
    "undo": lambda t: t.undo(),
    "redo": lambda t: t.redo(),
    "add_project": lambda t: t.names.add_project("Other", client="Somebody"),
    "edit_project": lambda t: t.names.edit_project(_project(t).id, name="Renamed", client="Somebody"),
    "add_client": lambda t: t.names.add_client("Somebody"),
    "edit_client": lambda t: t.names.edit_client(_project(t).client_id or "", archived=True),
    "add_tag": lambda t: t.names.add_tag("other"),
    "rename_tag": lambda t: t.names.rename_tag(_tag(t).id, "phone"),
    "archive_tag": lambda t: t.names.archive_tag(_tag(t).id),
    "pin": lambda t: t.pin(NEW),
    "unpin": lambda t: t.unpin(t.favourites()[0].id),
}


def _prepare(name: str) -> Callable[[Path], None]:
    return lambda path: prepared(path, undone=name == "redo")


CASES = {name: Case(_prepare(name), work, opened) for name, work in _WORK.items()}
