"""One sync at a time for a file, whichever process does it: the tray, or the command line."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tabkeeper.store.connection import make_private_file


class Taken(Exception):  # noqa: N818 - a state, no fault
    """Another process is syncing this file."""


@contextmanager
def lease(database: Path) -> Iterator[None]:
    """Keep others from syncing the file meanwhile; raises `Taken` where another does.

    SQLite's own lock on an empty database beside it serves on every platform, and ends with the process.
    """
    place = database.with_name(database.name + ".sync")
    make_private_file(place)
    with closing(sqlite3.connect(place, timeout=0, isolation_level=None)) as connection:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise Taken(str(database)) from error
        yield
