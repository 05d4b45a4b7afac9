"""The copies of a person's file: made, looked through, and gone back to."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from tabkeeper.store import backup
from tabkeeper.store.file import Store


class Backup(NamedTuple):
    """A copy of the file as it was at an instant."""

    path: Path
    made: datetime


class Backups:
    """All of one file. What it does raises `StoreTrouble`, with nothing changed."""

    def __init__(self, store: Store, clock: Callable[[], datetime], tell: Callable[[], None]) -> None:
        self._store, self._clock, self._tell = store, clock, tell

    @property
    def database(self) -> Path:
        """Return where the file itself is."""
        return self._store.path

    def all(self) -> list[Backup]:
        """Return the copies, newest first."""
        return [Backup(path, backup.made_at(path)) for path in backup.backups(self.database)]

    def make(self) -> Backup:
        """Make one now."""
        path = self._store.back_up()
        return Backup(path, backup.made_at(path))

    def make_daily(self) -> None:
        """Make the day's, where there is none yet."""
        self._store.back_up_daily()

    def restore(self, copy: Path) -> Backup:
        """Replace all that is in the file by what a copy holds; returns a copy of what was there before."""
        before = backup.restore(self.database, copy, self._clock())
        self._tell()
        return Backup(before, backup.made_at(before))
