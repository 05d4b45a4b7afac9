"""How the one file is reached: made private, looked at before it is used, and never left half changed.

What is done where a look fails is decided by those who call.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tabkeeper.store import schema
from tabkeeper.store.trouble import ForeignFile, NewerFile, is_damage

BUSY_SECONDS = 10


def connected(path: Path) -> sqlite3.Connection:
    """Open the file, made where there is none, in the mode in which a commit is on disk when it returns.

    Raises `ForeignFile` or `NewerFile`, and leaves that file as it is; a damaged one raises `sqlite3.Error`.
    """
    make_private_file(path)
    connection = _plain(path)
    try:
        must_be_ours(connection, path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.create_function("folded", 1, str.casefold, deterministic=True)
    except (ForeignFile, NewerFile):
        _close_untouched(connection, path)
        raise
    except BaseException:
        connection.close()
        raise
    return connection


def is_sound(connection: sqlite3.Connection) -> bool:
    """Whether SQLite, looking at the whole file, finds nothing wrong with it."""
    try:
        return bool(connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
    except sqlite3.Error as error:
        if is_damage(error):
            return False
        raise


def make_private_file(path: Path) -> None:
    """Make an empty file that only its owner can read, whatever the umask; one that is there stays.

    One that is there is not even opened: closing it again would drop the locks that SQLite holds on it for
    this process (POSIX), and another process would clear its log away under it.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return


@contextmanager
def opening_lock(path: Path) -> Iterator[None]:
    """Keep other processes from opening the file meanwhile: two must not both put a damaged one aside."""
    with _alone(path.with_name(path.name + ".lock")):
        yield


@contextmanager
def backup_lock(path: Path) -> Iterator[None]:
    """Keep other processes from backing the file up meanwhile: two must not write the same copy."""
    with _alone(backup_lock_file(path)):
        yield


def backup_lock_file(path: Path) -> Path:
    """Return the lock of a file's backups, there once there was one; taking it leaves its time as it is."""
    return path.with_name(path.name + ".backup.lock")


@contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Wait until no other process holds the lock at `place`, and hold it.

    SQLite's own lock on an empty database serves on every platform, and ends with the process.
    """
    make_private_file(place)
    with closing(_plain(place)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield


def _plain(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    return connection


def must_be_ours(connection: sqlite3.Connection, path: Path) -> None:
    """Raise `ForeignFile` or `NewerFile` where the file is not one to use."""
    if not schema.is_ours(connection):
        raise ForeignFile(
            f"{path} is a file of another program. It was left as it is; move it, or name another folder in "
            "TABKEEPER_HOME."
        )
    if schema.version_of(connection) > schema.VERSION:
        raise NewerFile(
            f"{path} was written by a newer Tabkeeper. It was left as it is; install that version to use it."
        )


def _close_untouched(connection: sqlite3.Connection, path: Path) -> None:
    """Close without what the last connection does to a file when it goes: write its log into it.

    So the last one is another, which may only read.
    """
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as last:
        schema.version_of(last)
        connection.close()
