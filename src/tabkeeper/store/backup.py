"""Copies of the file, one a day and before each migration, and the ways back from them.

A person can ask for a copy's entries (`restore`); a damaged file makes way for the last good copy
(`put_aside`).
"""

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tabkeeper.store import schema, sync_state
from tabkeeper.store.connection import backup_lock, backup_lock_file, connected, is_sound, make_private_file
from tabkeeper.store.trouble import MENDED_NEXT, Damaged, StoreTrouble, told_to_people

KEPT = 14
_ABOUT_A_DAY = timedelta(hours=20)
# The numbers that were given out come last: the rows of the other tables count them up as they arrive.
_TABLES = "SELECT name FROM old.sqlite_schema WHERE type = 'table' ORDER BY name = 'sqlite_sequence'"
_STAMP = "%Y%m%dT%H%M%S"


def backup_folder(database: Path) -> Path:
    """Return the folder that holds the backups of a file."""
    return database.parent / "backups"


def backups(database: Path) -> list[Path]:
    """Return the backups of a file, newest first; other files in their folder are nobody's business.

    The newest is the one that was made last, also where the clock was ahead once and others have later dates.
    """
    last = _last_made(database)
    return sorted(_named(database, r"\.db"), key=lambda copy: (copy.name == last, copy.name), reverse=True)


def _last_made(database: Path) -> str | None:
    """Return the name of the backup that was made last: the lock's own time is when that was."""
    try:
        made = datetime.fromtimestamp(backup_lock_file(database).stat().st_mtime, UTC)
    except FileNotFoundError:
        return None
    return _name(database, made)


def _cut_off(database: Path) -> list[Path]:
    """Return what processes left that were killed while they made a backup."""
    return _named(database, r"\.db\.part.*")


def _named(database: Path, ending: str) -> list[Path]:
    ours = re.compile(re.escape(database.stem) + r"-\d{8}T\d{6}" + ending)
    return [file for file in backup_folder(database).glob("*") if ours.fullmatch(file.name)]


def _name(database: Path, made: datetime) -> str:
    return f"{database.stem}-{made.strftime(_STAMP)}.db"


def made_at(copy: Path) -> datetime:
    """Return the instant (UTC) at which a backup was made, as its name says."""
    return datetime.strptime(copy.stem.rpartition("-")[2], _STAMP).replace(tzinfo=UTC)


def back_up(connection: sqlite3.Connection, database: Path, now: datetime) -> Path:
    """Copy the file as it is into the backup folder, and drop the oldest copies; returns the copy.

    Raises `Damaged` where the file is: a damaged copy must not push out the good ones.
    """
    with backup_lock(database):
        return _copied(connection, database, now)


def back_up_daily(connection: sqlite3.Connection, database: Path, now: datetime) -> Path | None:
    """Make a backup where there is none of about the last day; returns it, or None where none was due."""
    if not _is_due(database, now):
        return None
    with backup_lock(database):  # where another process made it meanwhile, none is due any more
        return _copied(connection, database, now) if _is_due(database, now) else None


def _is_due(database: Path, now: datetime) -> bool:
    """Whether the newest is not of about the last day; what the others are dated says nothing of that."""
    newest = next(iter(backups(database)), None)
    return newest is None or abs(now - made_at(newest)) >= _ABOUT_A_DAY


def _copied(connection: sqlite3.Connection, database: Path, now: datetime) -> Path:
    if not is_sound(connection):
        suspect_mark(database).touch(mode=0o600)
        raise Damaged(
            f"The file {database} is damaged, so no backup was made of it; the older ones are kept. "
            f"{MENDED_NEXT}"
        )
    backup_folder(database).mkdir(mode=0o700, exist_ok=True)
    copy = _free_name(database, now)
    with _completed(copy) as unfinished, closing(sqlite3.connect(unfinished)) as target:
        connection.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
        # Before it is there: should the process end in between, the dates say which is the newest.
        stamp = made_at(copy).timestamp()
        os.utime(backup_lock_file(database), (stamp, stamp))
    others = [one for one in backups(database) if one != copy]
    for old in (*others[KEPT - 1 :], *_cut_off(database)):
        old.unlink(missing_ok=True)
    return copy


def restore(database: Path, copy: Path, now: datetime) -> Path:
    """Replace everything in the file by what a backup holds; returns a backup of what was there before.

    It is one transaction like any other: whoever has the file open meanwhile sees all of it or nothing, and
    their own changes come before (and are in that backup) or after. Raises `StoreTrouble` where the backup
    cannot be used or the file not be written; then nothing was changed.
    """
    unfinished = database.with_name(database.name + ".copy")
    with told_to_people(database), backup_lock(database), _completed(unfinished, keep=False) as old:
        _write_durably(old, copy.read_bytes())
        with closing(_usable(old, copy)) as source:
            schema.migrate(source)
            source.execute("PRAGMA journal_mode = DELETE")
        with closing(connected(database)) as target, closing(connected(database)) as beside:
            target.execute("ATTACH ? AS old", (str(old),))
            target.execute("PRAGMA foreign_keys = OFF")  # they hold in the copy, and so at the end
            target.execute("BEGIN IMMEDIATE")
            # by another connection: none copies what it is writing to
            before = _copied(beside, database, now)
            for (table,) in target.execute(_TABLES).fetchall():
                target.execute(f"DELETE FROM main.{table}")  # noqa: S608 - a name of our own
                target.execute(f"INSERT INTO main.{table} SELECT * FROM old.{table}")  # noqa: S608
            sync_state.note_restored(target, now)
            target.execute("COMMIT")
    return before


def suspect_mark(database: Path) -> Path:
    """Return the mark that the file looked damaged when it was last used; the next start looks closely."""
    return database.with_name(database.name + ".suspect")


def was_emptied(database: Path) -> bool:
    """Whether nothing is left where entries have been: a file of no length, as power cuts leave, or its log.

    A new file must not stand beside such a log: SQLite would write pages of the old one into it.
    """
    if database.exists() and database.stat().st_size > 0:
        return False
    log = database.with_name(database.name + "-wal")
    if log.exists() and log.stat().st_size > 0:
        return True
    return database.exists() and any(map(_is_good, backups(database)))


def put_aside(database: Path, now: datetime) -> None:
    """Move a damaged file out of the way and put the newest good backup in its place; leaves word of it.

    The new file and the word are complete on disk before the damaged one moves; `finish_putting_aside` goes
    on from there.
    """
    copy = next(filter(_is_good, backups(database)), None)
    with _completed(_in_waiting(database)) as unfinished:
        _write_durably(unfinished, b"" if copy is None else copy.read_bytes())
        if copy is not None:
            _note_restored(unfinished, now)
    told = f"The file with your entries was damaged; it is kept as {_aside(database, now).name}. "
    if copy is None:
        told += "There was no backup to restore, so Tabkeeper begins with an empty file."
    else:
        made = f"{made_at(copy).astimezone():%d %B %Y at %H:%M}"
        told += f"Your entries were restored as they were on {made}; later ones may be missing."
    _leave_word(database, told)
    _change_places(database, now)


def _note_restored(file: Path, now: datetime) -> None:
    """Let sync know that the file is from a backup: what it says was never sent may have been sent since."""
    with closing(connected(file)) as connection:
        schema.migrate(connection)
        connection.execute("BEGIN IMMEDIATE")
        sync_state.note_restored(connection, now)
        connection.execute("COMMIT")
        connection.execute("PRAGMA journal_mode = DELETE")


def finish_putting_aside(database: Path, now: datetime) -> None:
    """Put the restored file in its place where that was cut off."""
    if not database.exists() and _in_waiting(database).exists():
        _change_places(database, now)


def take_notice(database: Path) -> str | None:
    """Return the word that was left of a mended file, and forget it, for it is told now."""
    word = _word(database)
    try:
        text = word.read_text(encoding="utf-8")
        word.unlink(missing_ok=True)
    except OSError:
        return None
    return text


def _leave_word(database: Path, text: str) -> None:
    """Keep what the person must be told until somebody tells it: sync mends a file too, and sees nobody."""
    with _completed(_word(database)) as unfinished:
        _write_durably(unfinished, text.encode())


def _word(database: Path) -> Path:
    return database.with_name(database.name + ".mended")


def _in_waiting(database: Path) -> Path:
    return database.with_name(database.name + ".restored")


def _aside(database: Path, now: datetime) -> Path:
    return database.with_name(f"{database.stem}-damaged-{now.strftime(_STAMP)}.db")


def _change_places(database: Path, now: datetime) -> None:
    """Move the damaged file away, then its log, and only then the restored one into its place.

    A log must not stay beside a file that it does not belong to: SQLite would write it into that.
    """
    aside = _aside(database, now)
    for ending in ("", "-wal", "-shm"):
        part = database.with_name(database.name + ending)
        if part.exists():
            part.replace(aside.with_name(aside.name + ending))
    _in_waiting(database).replace(database)


def _is_good(copy: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            return (
                schema.is_ours(connection)
                and 0 < schema.version_of(connection) <= schema.VERSION
                and is_sound(connection)
            )
    except sqlite3.Error:
        return False


def _usable(file: Path, copy: Path) -> sqlite3.Connection:
    """Open `file`, which has the bytes of `copy`; raises `StoreTrouble` where they are no good backup."""
    if not _is_good(file):
        raise StoreTrouble(
            f"The backup {copy.name} is damaged or not one of this Tabkeeper's. Nothing was changed; choose "
            "another one."
        )
    return connected(file)


def _free_name(database: Path, now: datetime) -> Path:
    """Return the name of a backup made now; a second one of the same second is dated by the next."""
    while (copy := backup_folder(database) / _name(database, now)).exists():
        now += timedelta(seconds=1)
    return copy


@contextmanager
def _completed(path: Path, *, keep: bool = True) -> Iterator[Path]:
    """Give a private file to write that becomes `path` when the block ends well, and is gone otherwise.

    The log of one that was cut off goes as well: SQLite would write it into the new one.
    """
    unfinished = path.with_name(path.name + ".part")
    for ending in ("", "-wal", "-shm", "-journal"):
        unfinished.with_name(unfinished.name + ending).unlink(missing_ok=True)
    make_private_file(unfinished)
    try:
        yield unfinished
        if keep:
            unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def _write_durably(path: Path, content: bytes) -> None:
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
