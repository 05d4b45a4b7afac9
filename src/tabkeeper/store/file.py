"""The one SQLite file while it is open: transactions and reads on it, and what to do where it is damaged."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from tabkeeper.model.instants import to_milliseconds, utc_now
from tabkeeper.paths import make_private
from tabkeeper.store import schema
from tabkeeper.store.backup import (
    back_up,
    back_up_daily,
    backup_folder,
    finish_putting_aside,
    put_aside,
    suspect_mark,
    take_notice,
    was_emptied,
)
from tabkeeper.store.changes import Changes
from tabkeeper.store.connection import connected, is_sound, opening_lock
from tabkeeper.store.purge import purge
from tabkeeper.store.trouble import Damaged, Replaced, only_the_backup, told_to_people, trouble_of


class Store:
    """The open file. It belongs to the thread that opened it; each thread and process opens its own."""

    def __init__(self, path: Path, connection: sqlite3.Connection, clock: Callable[[], datetime]) -> None:
        self.path = path
        self.connection = connection
        self._clock = clock
        self._seen = self._data_version()
        self._identity = _identity(path)

    @classmethod
    def open(cls, path: Path, *, clock: Callable[[], datetime] = utc_now) -> "Store":
        """Open the file, made where there is none; raises `StoreTrouble`.

        A damaged file is put aside and the newest good backup takes its place; `take_notice` then says so.
        """
        with told_to_people(path):
            make_private(path.parent)
            with opening_lock(path):
                connection = _opened(path, clock())
            return cls(path, connection, clock)

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def take_notice(self) -> str | None:
        """Return what the person must be told of how the file was mended, whoever opened it then; once."""
        return take_notice(self.path)

    @contextmanager
    def transaction(self) -> Iterator[Changes]:
        """Write: all of the block or, where it raises, nothing; on disk when the block has ended.

        Raises `StoreTrouble` where the file does not take it.
        """
        with self._begun("BEGIN IMMEDIATE"):
            yield Changes(self.connection, to_milliseconds(self._clock()))

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read: all of the block sees the file as it was at one moment, or as its own transaction left it.

        Raises `StoreTrouble`; a file that turns out to be damaged is looked at closely at the next start.
        """
        if self.connection.in_transaction:
            yield self.connection
            return
        with self._begun("BEGIN"):
            yield self.connection

    def changed_elsewhere(self) -> bool:
        """Whether another connection has written since the last call."""
        with self.reading():
            seen, self._seen = self._seen, self._data_version()
        return seen != self._seen

    def back_up_daily(self) -> Path | None:
        """Make today's backup where there is none yet, and purge what it holds; raises `StoreTrouble`."""
        with only_the_backup(backup_folder(self.path)):
            copy = back_up_daily(self.connection, self.path, self._clock())
        if copy is not None:
            with self._begun("BEGIN IMMEDIATE"):
                purge(self.connection, self._clock())
        return copy

    def back_up(self) -> Path:
        """Make a backup now, whatever there is already; raises `StoreTrouble`."""
        with told_to_people(self.path):
            return back_up(self.connection, self.path, self._clock())

    @contextmanager
    def _begun(self, begin: str) -> Iterator[None]:
        try:
            self._must_be_in_place()
            self.connection.execute(begin)
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise
        except sqlite3.Error as error:
            trouble = trouble_of(error, self.path)
            if isinstance(trouble, Damaged):
                with suppress(OSError):
                    suspect_mark(self.path).touch(mode=0o600)
            raise trouble from error

    def _must_be_in_place(self) -> None:
        """What is written to a file that was moved or deleted meanwhile is lost to everybody else."""
        if _identity(self.path) != self._identity:
            raise Replaced(
                f"The file {self.path} was moved, deleted or restored while Tabkeeper had it open. Nothing "
                "was changed. Quit Tabkeeper and start it again."
            )

    def _data_version(self) -> int:
        version: int = self.connection.execute("PRAGMA data_version").fetchone()[0]
        return version


def _opened(path: Path, now: datetime) -> sqlite3.Connection:
    """Open the file, mended where it was damaged."""
    finish_putting_aside(path, now)
    try:
        return _ready(path, now)
    except Damaged:
        put_aside(path, now)
        return _ready(path, now)


def _ready(path: Path, now: datetime) -> sqlite3.Connection:
    """Open the file and bring it up to date; raises `Damaged` where it is, as far as can be seen quickly."""
    if was_emptied(path):
        raise Damaged(f"The file {path} was emptied.")
    with told_to_people(path):
        connection = connected(path)
        try:
            suspect = suspect_mark(path)
            if suspect.exists() and not is_sound(connection):
                raise Damaged(f"The file {path} is damaged.")
            if 0 < schema.version_of(connection) < schema.VERSION:
                back_up(connection, path, now)
            schema.migrate(connection)
        except BaseException:
            connection.close()
            raise
        suspect.unlink(missing_ok=True)
        return connection


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a file from another one in its place, or None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
