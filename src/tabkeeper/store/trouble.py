"""What can go wrong with the file, each with a sentence for the person; sqlite3's own errors end here."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MENDED_NEXT = "Start Tabkeeper again: it keeps the damaged file aside and restores the last good backup."
"""What to do about a damaged file."""
_NO_ROOM = (
    "The disk is full, so nothing can be saved. Everything tracked before is safe; make room and try again."
)


class StoreTrouble(Exception):  # noqa: N818 - shown to a person as it is
    """The file cannot be used as asked. The text says what happened, what was kept, and what to do."""


class NewerFile(StoreTrouble):
    """The file was written by a newer Tabkeeper."""


class ForeignFile(StoreTrouble):
    """The file is an SQLite database of some other program."""


class Damaged(StoreTrouble):
    """The file is damaged."""


class Replaced(StoreTrouble):
    """Another file is in the place of the one that was opened."""


class Unwritable(StoreTrouble):
    """The folder or the file does not take changes."""


class NoRoom(StoreTrouble):
    """The disk is full."""


class NoBackup(StoreTrouble):
    """The day's backup could not be made; the file itself is well."""


class Busy(StoreTrouble):
    """Another process has held the file for too long."""


class NoLongerWanted(StoreTrouble):
    """Whoever asked has no use for the answer any more. Nobody is told."""


@contextmanager
def told_to_people(path: Path) -> Iterator[None]:
    """Turn the errors of sqlite3 and the system about `path` into `StoreTrouble`."""
    try:
        yield
    except sqlite3.Error as error:
        raise trouble_of(error, path) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoRoom(_NO_ROOM) from error
        raise Unwritable(
            f"Tabkeeper cannot use {path}: {error.strerror or error}. Nothing was changed. "
            "Make the folder writable, or name another one in TABKEEPER_HOME."
        ) from error


@contextmanager
def only_the_backup(folder: Path) -> Iterator[None]:
    """Turn what goes wrong in the backups' `folder` into words: the change before it is saved."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        reason = (isinstance(error, OSError) and error.strerror) or error
        raise NoBackup(
            f"Today's backup was not made: Tabkeeper cannot write to {folder} ({reason}). Your times are "
            "saved all the same. Make room there, or make the folder writable."
        ) from error


def is_damage(error: sqlite3.Error) -> bool:
    """Whether an error says that what the file holds is not what SQLite has written."""
    return _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def trouble_of(error: sqlite3.Error, path: Path) -> StoreTrouble:
    """Return what an error of sqlite3 about `path` means to a person."""
    code = _code(error)
    if is_damage(error):
        return Damaged(f"The file {path} is damaged. Nothing was changed. {MENDED_NEXT}")
    if code == sqlite3.SQLITE_FULL:
        return NoRoom(_NO_ROOM)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_IOERR):
        return Unwritable(
            f"Tabkeeper cannot write to {path} ({error}). Nothing was changed. Make the folder writable, or "
            "name another one in TABKEEPER_HOME."
        )
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Busy("Another program is using Tabkeeper's file. Nothing was changed; try again in a moment.")
    return StoreTrouble(f"Tabkeeper's file {path} could not be used: {error}. Nothing was changed.")


def _code(error: sqlite3.Error) -> int:
    """Return the primary code; errors that the module raises by itself have none."""
    code: int = getattr(error, "sqlite_errorcode", 0)
    return code & 0xFF
