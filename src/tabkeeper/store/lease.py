"""One sync at a time for a file, whichever process does it: the tray, or the command line."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tabkeeper.store.connection import make_private_file
from tabkeeper.store.trouble import Busy, StoreTrouble, is_damage, told_to_people, trouble_of


class Taken(Exception):  # noqa: N818 - a state, no fault
    """Another process is syncing this file."""


@contextmanager
def lease(database: Path) -> Iterator[None]:
    """Keep others from syncing the file meanwhile; raises `Taken` where another does, or `StoreTrouble`.

    SQLite's own lock on an empty database beside it serves on every platform, and ends with the process.
    """
    place = database.with_name(database.name + ".sync")
    with told_to_people(place):
        make_private_file(place)
        connection = sqlite3.connect(place, timeout=0, isolation_level=None)
    with closing(connection):
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            if is_damage(error):
                raise StoreTrouble(
                    f"{place} is damaged. It holds nothing; delete it, and sync goes on."
                ) from error
            trouble = trouble_of(error, place)
            raise (Taken(str(database)) if isinstance(trouble, Busy) else trouble) from error
        yield
