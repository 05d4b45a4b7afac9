"""A close look at a file that changes nothing in it: whether it is sound, how large it is, what it holds."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import NamedTuple

from tabkeeper.store.backup import suspect_mark, was_emptied
from tabkeeper.store.connection import BUSY_SECONDS, is_sound, must_be_ours
from tabkeeper.store.queries import entries_count
from tabkeeper.store.schema import version_of
from tabkeeper.store.trouble import MENDED_NEXT, Damaged, told_to_people


class Examined(NamedTuple):
    """A sound file: its size in bytes, and how many entries it holds."""

    size: int
    entries: int


def examine(path: Path) -> Examined:
    """Look at the whole file; raises `StoreTrouble` where it cannot be used as it is.

    Of a damaged one a mark is left, so that the next start mends it.
    """
    with told_to_people(path):
        try:
            if was_emptied(path):
                raise Damaged(f"The file {path} was emptied. {MENDED_NEXT}")
            uri = f"{path.absolute().as_uri()}?mode=ro"
            with closing(sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)) as connection:
                return Examined(path.stat().st_size, _entries(connection, path))
        except Damaged:
            with suppress(OSError):
                suspect_mark(path).touch(mode=0o600)
            raise


def _entries(connection: sqlite3.Connection, path: Path) -> int:
    connection.row_factory = sqlite3.Row
    must_be_ours(connection, path)
    if not is_sound(connection) or connection.execute("PRAGMA foreign_key_check").fetchone():
        raise Damaged(f"The file {path} is damaged. {MENDED_NEXT}")
    if version_of(connection) == 0:
        return 0
    return entries_count(connection)
