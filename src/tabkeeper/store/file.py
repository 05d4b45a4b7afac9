"""Opens the one SQLite file, private, migrated and mended where damaged, and runs transactions on it."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from tabkeeper.model.instants import to_milliseconds, utc_now
from tabkeeper.store import schema
from tabkeeper.store.backup import back_up, back_up_daily, put_aside
from tabkeeper.store.changes import Changes
from tabkeeper.store.trouble import Damaged, ForeignFile, NewerFile, told_to_people, trouble_of

BUSY_SECONDS = 10


class Store:
    """The open file. It belongs to the thread that opened it; each thread and process opens its own."""

    def __init__(self, path: Path, connection: sqlite3.Connection, clock: Callable[[], datetime]) -> None:
        self.path = path
        self.connection = connection
        self.notice: str | None = None
        """What the person must be told about how the file was opened."""
        self._clock = clock
        self._seen = self._data_version()

    @classmethod
    def open(cls, path: Path, *, clock: Callable[[], datetime] = utc_now) -> "Store":
        """Open the file, made where there is none; raises `StoreTrouble`.

        A damaged file is put aside and the newest good backup takes its place; `notice` then says so.
        """
        with told_to_people(path):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            suspect = _suspect(path)
            notice = None
            with _lock(path):
                try:
                    connection = _connected(path, thorough=suspect.exists())
                except Damaged:
                    notice = put_aside(path, clock())
                    connection = _connected(path, thorough=False)
                suspect.unlink(missing_ok=True)
                _bring_up_to_date(connection, path, clock())
            store = cls(path, connection, clock)
            store.notice = notice
            return store

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[Changes]:
        """Write: all of the block or, where it raises, nothing; on disk when the block has ended.

        Raises `StoreTrouble` where the file does not take it.
        """
        with self.reading():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield Changes(self.connection, to_milliseconds(self._clock()))
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read: errors of the file reach the person; a damaged one is looked at closely at the next start."""
        try:
            yield self.connection
        except sqlite3.Error as error:
            trouble = trouble_of(error, self.path)
            if isinstance(trouble, Damaged):
                _suspect(self.path).touch(mode=0o600)
            raise trouble from error

    def changed_elsewhere(self) -> bool:
        """Whether another connection has written since the last call."""
        with self.reading():
            seen, self._seen = self._seen, self._data_version()
        return seen != self._seen

    def back_up_daily(self) -> Path | None:
        """Make today's backup where there is none yet; raises `StoreTrouble`."""
        with told_to_people(self.path):
            return back_up_daily(self.connection, self.path, self._clock())

    def _data_version(self) -> int:
        version: int = self.connection.execute("PRAGMA data_version").fetchone()[0]
        return version


def _connected(path: Path, *, thorough: bool) -> sqlite3.Connection:
    """Open the file and look whether it is one of ours; raises `Damaged`, `ForeignFile` or `NewerFile`."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))  # so that it is private whatever the umask
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        _checked(connection, path, thorough=thorough)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
    except sqlite3.Error as error:
        connection.close()
        raise trouble_of(error, path) from error
    except BaseException:
        connection.close()
        raise
    return connection


def _checked(connection: sqlite3.Connection, path: Path, *, thorough: bool) -> None:
    if not schema.is_ours(connection):
        raise ForeignFile(
            f"{path} is a file of another program. It was left as it is; move it, or name another folder in "
            "TABKEEPER_HOME."
        )
    if schema.version_of(connection) > schema.VERSION:
        raise NewerFile(
            f"{path} was written by a newer Tabkeeper. It was left as it is; install that version to use it."
        )
    if thorough and connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise Damaged(f"The file {path} is damaged.")


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, now: datetime) -> None:
    version = schema.version_of(connection)
    if version == schema.VERSION:
        return
    if version > 0:
        back_up(connection, path, now)
    schema.migrate(connection)


def _suspect(path: Path) -> Path:
    """The mark that the file looked damaged when it was last used."""
    return path.with_name(path.name + ".suspect")


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    """Keep other processes from opening it meanwhile: two must not both put a damaged file aside.

    SQLite's own lock on an empty database beside it serves on every platform, and ends with the process.
    """
    place = path.with_name(path.name + ".lock")
    os.close(os.open(place, os.O_CREAT | os.O_RDWR, 0o600))
    with closing(sqlite3.connect(place, timeout=BUSY_SECONDS, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        yield
