"""Copies of the file, one a day and before each migration; a damaged file makes way for the last good one."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

from tabkeeper.store.schema import is_ours
from tabkeeper.store.trouble import Damaged

KEPT = 14
_ONE_A_DAY = timedelta(hours=20)


def backup_folder(database: Path) -> Path:
    """Return the folder that holds the backups of a file."""
    return database.parent / "backups"


def backups(database: Path) -> list[Path]:
    """Return the backups of a file, newest first."""
    return sorted(backup_folder(database).glob(f"{database.stem}-*.db"), reverse=True)


def back_up(connection: sqlite3.Connection, database: Path, now: datetime) -> Path:
    """Copy the file as it is into the backup folder, and drop the oldest copies; returns the copy.

    Raises `Damaged` where the file is: a damaged copy must not push out the good ones.
    """
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        raise Damaged(
            f"The file {database} is damaged, so no backup was made of it. The older ones are kept."
        )
    folder = backup_folder(database)
    folder.mkdir(mode=0o700, exist_ok=True)
    copy = folder / f"{database.stem}-{now:%Y%m%dT%H%M%S}.db"
    unfinished = copy.with_suffix(".part")
    unfinished.unlink(missing_ok=True)
    os.close(os.open(unfinished, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    with closing(sqlite3.connect(unfinished)) as target:
        connection.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
    unfinished.replace(copy)
    for old in backups(database)[KEPT:]:
        old.unlink(missing_ok=True)
    return copy


def back_up_daily(connection: sqlite3.Connection, database: Path, now: datetime) -> Path | None:
    """Make a backup where the newest is older than a day; returns it, or None where none was due."""
    for newest in backups(database)[:1]:
        if newest.stat().st_mtime > (now - _ONE_A_DAY).timestamp():
            return None
    return back_up(connection, database, now)


def put_aside(database: Path, now: datetime) -> str:
    """Move a damaged file out of the way and put the newest good backup in its place; says what was done."""
    aside = database.with_name(f"{database.stem}-damaged-{now:%Y%m%dT%H%M%S}.db")
    for ending in ("", "-wal", "-shm"):
        part = database.with_name(database.name + ending)
        if part.exists():
            part.replace(aside.with_name(aside.name + ending))
    kept = f"The file with your entries was damaged; it is kept as {aside.name}."
    for copy in backups(database):
        if _is_good(copy):
            restored = database.with_name(database.name + ".part")
            restored.unlink(missing_ok=True)
            with open(os.open(restored, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as target:
                target.write(copy.read_bytes())
                target.flush()
                os.fsync(target.fileno())
            restored.replace(database)
            made = datetime.fromtimestamp(copy.stat().st_mtime).astimezone()
            return (
                f"{kept} Your entries were restored as they were on {made:%d %B %Y at %H:%M}; later ones may "
                "be missing."
            )
    return f"{kept} There was no backup to restore, so Tabkeeper begins with an empty file."


def _is_good(copy: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return is_ours(connection) and connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except sqlite3.Error:
        return False
