"""How long a report takes over many entries: beside the same SQL in bare sqlite3, and as entries grow."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.bench import filled
from tests.bench.stopwatch import Figure, in_turns

from tabkeeper.model.report import Grouping, Question
from tabkeeper.paths import find_paths
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker

SIZES = (10_000, 100_000, 1_000_000)
GROUPINGS: tuple[Grouping, ...] = ("project", "tag", "day")
ROUNDS = 3
EVERYTHING = Question(datetime(1900, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
_AGAIN = """
    INSERT INTO entry (id, start, stop, description, project_id, tags, billable)
    SELECT id || :again, start - :back, stop - :back, description, project_id, tags, rowid % 2
    FROM entry WHERE length(id) = 36
"""
ZONE = ZoneInfo("Europe/Berlin")


def measured(folder: Path) -> list[Figure]:
    """Return the figures of reports over all entries of files of several sizes."""
    figures: list[Figure] = []
    before: dict[Grouping, float] = {}
    for entries in SIZES:
        path = file_of(folder / str(entries), entries)
        for by in GROUPINGS:
            taken = in_turns(_measures(path, by), ROUNDS)
            what = f"report of {entries:,} entries by {by}"
            figures.append(Figure(what, taken["report"], "the same SQL in bare sqlite3", taken["bare"]))
            if by in before:
                figures.append(Figure("  grown from", taken["report"], "ten times fewer entries", before[by]))
            before[by] = taken["report"]
    return figures


def file_of(home: Path, entries: int) -> Path:
    """Return a file of so many entries, on many days and projects, with tags: few of them again and again."""
    filled.fill(home, SIZES[0])
    path = find_paths({"TABKEEPER_HOME": str(home)}).database
    with closing(sqlite3.connect(path)) as connection, connection:
        (span,) = connection.execute("SELECT max(stop) - min(start) FROM entry").fetchone()
        for again in range(1, entries // SIZES[0]):
            connection.execute(_AGAIN, {"again": again, "back": again * span})
        connection.execute("""UPDATE entry SET tags = '["tag ' || (rowid % 20) || '"]' WHERE rowid % 3""")
    return path


def _measures(path: Path, by: Grouping) -> dict[str, Callable[[], float]]:
    question = EVERYTHING._replace(by=by)
    statements: list[str] = []
    store = Store.open(path)
    store.connection.set_trace_callback(statements.append)
    Tracker(store, ZONE).report(question)
    store.close()
    return {
        "report": lambda: _seconds(lambda: _report(path, question)),
        "bare": lambda: _seconds(lambda: _bare(path, statements)),
    }


def _report(path: Path, question: Question) -> None:
    store = Store.open(path)
    Tracker(store, ZONE).report(question)
    store.close()


def _bare(path: Path, statements: list[str]) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        connection.execute(statement).fetchall()
    connection.close()


def _seconds(do: Callable[[], None]) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began
