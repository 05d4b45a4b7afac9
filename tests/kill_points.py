"""Kills real processes while they change a file, and looks at what each of them left behind.

Run as `python -m tests.kill_points MODULE CASE FOLDER`; prints the outcomes as JSON. The case is one of the
module's `CASES`. A process of its own, because it forks: it has one thread, and no library that minds.
"""

import importlib
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from tabkeeper.store.file import Store

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ROOT = Path(__file__).parent.parent
_FRAME, _LOG_HEADER = 4096 + 24, 32
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_CHANGING = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod"}


class Case(NamedTuple):
    """What is there before, what is opened before anything counts, and the work that is killed."""

    prepare: Callable[[Path], None]
    work: Callable[[Any], object]
    opened: Callable[[Path], Any] = lambda path: path
    check: Callable[[Path], None] = lambda path: None


def outcomes(module: str, case: str, folder: Path) -> dict[str, list[list[str]]]:
    """Kill a case at each of its points in processes of their own; returns the points with what was left."""
    words = (sys.executable, "-m", "tests.kill_points", module, case, folder)
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    answer: dict[str, list[list[str]]] = json.loads(done.stdout)
    return answer


def _all_outcomes(case: Case, folder: Path) -> dict[str, list[list[str]]]:
    before = folder / "before"
    before.mkdir()
    case.prepare(before / "tabkeeper.db")
    place, names = folder / "place", folder / "names.json"
    none = _dump(_copied(before, place))

    def left(kill: Callable[[Path], None], expected: signal.Signals) -> str:
        path = _copied(before, place)
        ended = _ended(kill, path)
        assert ended in (expected, signal.SIGKILL), f"ended by {ended}"
        found = _dump(path)
        case.check(path)
        return "whole" if found == whole else "none" if found == none else f"torn: {found}"

    whole = None
    left(partial(_worked_and_killed, case, names=names), signal.SIGKILL)
    whole = _dump(place / "tabkeeper.db")
    points = json.loads(names.read_text())
    at_each = [
        [name, left(partial(_killed_at, case, number), signal.SIGKILL)] for number, name in enumerate(points)
    ]
    at_each.append(["the end", left(partial(_worked_and_killed, case), signal.SIGKILL)])
    _ended(partial(_worked_and_killed, case), log := _copied(before, place))
    size = os.path.getsize(f"{log}-wal") if os.path.exists(f"{log}-wal") else 0
    torn = [[str(limit), left(partial(_cut_off_at, case, limit), signal.SIGXFSZ)] for limit in _lengths(size)]
    return {"killed": at_each, "torn": torn, "differs": [["", str(none != whole)]]}


def _lengths(log: int) -> Iterator[int]:
    """Yield lengths at which the log is cut off: before frames of it, inside their heads and their pages."""
    yield _LOG_HEADER // 2
    frames = range(_LOG_HEADER, log, _FRAME)
    for frame in {*frames[:: len(frames) // 6 + 1], *frames[-1:]}:
        yield from (frame, frame + 12, frame + 2_000)


def _worked_and_killed(case: Case, path: Path, names: Path | None = None) -> NoReturn:
    """Do the work to its end, and be killed before anything is closed; its points are written to `names`."""
    points: list[str] = []
    if names is None:
        case.work(case.opened(path))
    else:
        _work(case, path, points.append)
        names.write_text(json.dumps(points))
    _die()


def _killed_at(case: Case, stop: int, path: Path) -> NoReturn:
    """Be killed when the work reaches its point of that number."""
    before = iter(range(stop))
    _work(case, path, lambda _: None if next(before, None) is not None else _die())
    raise AssertionError("the work has fewer points than before")


def _cut_off_at(case: Case, length: int, path: Path) -> NoReturn:
    """Be killed by the system in the middle of the write that would make any file longer than that."""
    import resource  # which Windows lacks, as it lacks `fork`

    opened = case.opened(path)
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (length, resource.RLIM_INFINITY))
    case.work(opened)
    _die()


def _die() -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def _work(case: Case, path: Path, reached: Callable[[str], object]) -> None:
    """Do the work; `reached` is called before each SQL statement and each change to files of the folder."""
    counting = False

    def traced(statement: str) -> None:
        if counting:
            reached(" ".join(statement.split()[:3]))

    def audited(event: str, given: tuple[Any, ...]) -> None:
        place = str(given[0]) if given else ""
        writes = event == "open" and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR)
        if counting and place.startswith(str(path.parent)) and (event in _CHANGING or writes):
            reached(f"{event} {place.removeprefix(str(path.parent) + os.sep)}")

    class Traced(sqlite3.Connection):
        def __init__(self, *given: Any, **named: Any) -> None:
            super().__init__(*given, **named)
            self.set_trace_callback(traced)

    sqlite3.connect = partial(sqlite3.connect, factory=Traced)
    sys.addaudithook(audited)
    opened = case.opened(path)
    counting = True
    case.work(opened)
    counting = False


def _ended(work: Callable[[Path], None], path: Path) -> int:
    """Run work in a process of its own; returns the number of the signal that ended it."""
    child = os.fork()
    if child == 0:
        try:
            work(path)
        finally:
            sys.excepthook(*sys.exc_info())
            os._exit(1)
    _, status = os.waitpid(child, 0)
    return os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0


def _copied(before: Path, place: Path) -> Path:
    shutil.rmtree(place, ignore_errors=True)
    shutil.copytree(before, place)
    return place / "tabkeeper.db"


def _dump(path: Path) -> list[Any]:
    """Open a file as a person would, see that it is sound, and return all it holds, ids by their order."""
    store = Store.open(path, clock=lambda: NOON)
    with closing(store.connection) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        tables = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid")
        rows = [list(row) for table in tables.fetchall() for row in _rows(connection, table["name"])]
    ids: dict[str, str] = {}
    text = _ID.sub(lambda match: ids.setdefault(match[0], f"id {len(ids)}"), json.dumps(rows))
    found: list[Any] = json.loads(text)
    return found


def _rows(connection: sqlite3.Connection, table: str) -> Iterable[tuple[Any, ...]]:
    return connection.execute(f"SELECT * FROM {table} ORDER BY rowid")


if __name__ == "__main__":
    _, _module, _case, _folder = sys.argv
    print(json.dumps(_all_outcomes(importlib.import_module(_module).CASES[_case], Path(_folder))))
