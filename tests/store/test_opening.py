"""Opening the file: made private, mended where it is damaged, and left alone where it is not for us."""

import os
import shutil
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from tests.clock import NOON, Clock
from tests.store.conftest import damage_a_page, keep, kept

from tabkeeper.store import backup, schema, sync_state
from tabkeeper.store.file import Store
from tabkeeper.store.trouble import Busy, Damaged, ForeignFile, NewerFile, Replaced


@contextmanager
def umask(bits: int) -> Iterator[None]:
    before = os.umask(bits)
    try:
        yield
    finally:
        os.umask(before)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a person's folders private by itself")
@pytest.mark.parametrize("bits", [0o000, 0o022, 0o077])
def test_everything_is_private_whatever_the_umask(tmp_path: Path, bits: int) -> None:
    home = tmp_path / "deep" / "down"
    with umask(bits):
        store = Store.open(home / "tabkeeper.db")
        keep(store, "x")
        store.back_up_daily()
        found = list((tmp_path / "deep").rglob("*"))
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in [tmp_path / "deep", *found]}
        store.close()
    folders = dict.fromkeys(("deep", "down", "backups"), 0o700)
    [copy] = backup.backups(home / "tabkeeper.db")
    endings = ("", "-wal", "-shm", ".lock", ".backup.lock")
    names = (*(f"tabkeeper.db{ending}" for ending in endings), copy.name)
    assert modes == folders | dict.fromkeys(names, 0o600)


def test_a_file_is_used_again_as_it_was_left(store: Store, path: Path) -> None:
    keep(store, "kept")
    store.close()
    again = Store.open(path)
    assert again.take_notice() is None
    again.close()
    assert kept(path) == ["kept"]


@contextmanager
def left_untouched(path: Path) -> Iterator[None]:
    """See that a file stays as it is to the byte, without a backup and with nothing in a log beside it."""
    before = path.read_bytes()
    yield
    assert path.read_bytes() == before
    log = path.with_name(path.name + "-wal")
    assert not log.exists() or not log.read_bytes()
    assert not backup.backups(path)


def test_a_file_of_a_newer_program_is_refused_and_left_untouched(store: Store, path: Path) -> None:
    keep(store, "kept")
    store.connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    store.close()
    message = "was written by a newer Tabkeeper. It was left as it is; install that version to use it"
    with left_untouched(path), pytest.raises(NewerFile, match=message):
        Store.open(path)


def test_the_log_of_a_newer_program_that_was_killed_is_left_untouched_too(
    store: Store, path: Path, tmp_path: Path
) -> None:
    keep(store, "kept")
    store.connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    home = tmp_path / "as it was left"
    home.mkdir()
    for ending in ("", "-wal"):
        shutil.copy(f"{path}{ending}", home)
    with pytest.raises(NewerFile):
        Store.open(home / path.name)
    for ending in ("", "-wal"):
        assert (home / f"{path.name}{ending}").read_bytes() == Path(f"{path}{ending}").read_bytes()


def test_a_file_of_another_program_is_refused_and_left_untouched(path: Path) -> None:
    with closing(sqlite3.connect(path)) as theirs:
        theirs.execute("CREATE TABLE theirs (x)")
    with left_untouched(path), pytest.raises(ForeignFile, match=r"of another program\. It was left as it is"):
        Store.open(path)


@pytest.fixture
def full(store: Store, path: Path) -> Path:
    """A file of several pages that is closed, with a backup of when it was half as full."""
    for number in range(150):
        keep(store, f"{number:03}")
    store.back_up_daily()
    for number in range(150, 300):
        keep(store, f"{number:03}")
    store.close()
    return path


def aside(path: Path) -> Path:
    [found] = path.parent.glob("tabkeeper-damaged-*.db")
    return found


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"Not a database at all. " * 1_000),
        lambda path: os.truncate(path, 5_000),
        lambda path: os.truncate(path, 0),
    ],
    ids=["overwritten", "cut short", "emptied"],
)
def test_a_damaged_file_is_kept_aside_and_the_last_backup_takes_its_place(
    full: Path, clock: Clock, damage: object
) -> None:
    assert callable(damage)
    damage(full)
    damaged = full.read_bytes()
    again = Store.open(full, clock=clock)
    told = again.take_notice() or ""
    assert "was damaged; it is kept as tabkeeper-damaged-20261124T120000.db" in told
    assert f"as they were on {NOON.astimezone():%d %B %Y at %H:%M}; later ones may be missing" in told
    keep(again, "after")
    again.close()
    assert kept(full) == [*(f"{number:03}" for number in range(150)), "after"]
    assert aside(full).read_bytes() == damaged


def read_all(store: Store) -> None:
    with store.reading() as connection:
        for table in ("entry", "project", "client", "tag", "step", "outbox"):
            connection.execute(f"SELECT * FROM {table}").fetchall()


def test_damage_that_shows_only_later_is_mended_at_the_next_start(full: Path, clock: Clock) -> None:
    damage_a_page(full)
    store = Store.open(full, clock=clock)
    assert store.take_notice() is None
    with pytest.raises(Damaged, match=r"Nothing was changed\. Start Tabkeeper again"):
        read_all(store)
    store.close()
    again = Store.open(full, clock=clock)
    assert again.take_notice() is not None
    again.close()
    assert len(kept(full)) == 150
    calm = Store.open(full, clock=clock)
    assert calm.take_notice() is None
    calm.close()


def test_a_damaged_file_without_a_backup_is_kept_and_time_goes_on_in_an_empty_one(
    store: Store, path: Path, clock: Clock
) -> None:
    keep(store, "lost")
    store.close()
    path.write_bytes(b"x" * 5_000)
    again = Store.open(path, clock=clock)
    told = again.take_notice() or ""
    assert "There was no backup to restore, so Tabkeeper begins with an empty file" in told
    keep(again, "new")
    again.close()
    assert kept(path) == ["new"]
    assert aside(path).read_bytes() == b"x" * 5_000


def test_what_became_of_a_damaged_file_is_told_by_whoever_sees_the_person_next(
    full: Path, clock: Clock
) -> None:
    full.write_bytes(b"x" * 5_000)
    Store.open(full, clock=clock).close()  # as sync does, which sees nobody
    with closing(Store.open(full, clock=clock)) as next_one:
        assert "was damaged" in (next_one.take_notice() or "")
        assert next_one.take_notice() is None


def test_a_file_that_was_mended_from_a_backup_counts_as_restored(full: Path, clock: Clock) -> None:
    full.write_bytes(b"x" * 5_000)
    with closing(Store.open(full, clock=clock)) as mended, mended.reading() as connection:
        assert sync_state.is_restored(connection)


def test_a_file_is_mended_from_a_backup_of_an_older_program(full: Path, clock: Clock) -> None:
    [copy] = backup.backups(full)
    copy.unlink()
    with closing(sqlite3.connect(copy)) as old:
        for statement in schema.MIGRATIONS[0]:
            old.execute(statement)
        old.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        old.execute("PRAGMA user_version = 1")
    full.write_bytes(b"x" * 5_000)
    with closing(Store.open(full, clock=clock)) as mended, mended.reading() as connection:
        assert schema.version_of(connection) == schema.VERSION


def test_the_log_that_a_killed_mending_left_is_written_into_no_other(full: Path, clock: Clock) -> None:
    cut_off = full.with_name(full.name + ".restored.part-wal")
    other = full.with_name("other.db")
    other.write_bytes(full.read_bytes())
    with closing(Store.open(other, clock=clock)) as store:
        keep(store, "of another file")
        cut_off.write_bytes(other.with_name("other.db-wal").read_bytes())
    full.write_bytes(b"x" * 5_000)
    Store.open(full, clock=clock).close()
    assert len(kept(full)) == 150
    assert not cut_off.exists()


def test_a_backup_that_is_damaged_itself_is_passed_over(full: Path, clock: Clock) -> None:
    [good] = backup.backups(full)
    damaged = good.with_name("tabkeeper-20261125T120000.db")
    damaged.write_bytes(good.read_bytes())
    damage_a_page(damaged)
    full.write_bytes(b"x" * 5_000)
    Store.open(full, clock=clock).close()
    assert len(kept(full)) == 150


def test_a_log_whose_file_is_gone_is_written_into_no_other(full: Path, clock: Clock, tmp_path: Path) -> None:
    store = Store.open(full, clock=clock)
    keep(store, "in the log")
    home = tmp_path / "after a power cut"
    home.mkdir()
    shutil.copytree(backup.backup_folder(full), home / "backups")
    shutil.copy(f"{full}-wal", home)
    store.close()
    path = home / full.name
    again = Store.open(path, clock=clock)
    assert again.take_notice() is not None
    again.close()
    assert len(kept(path)) == 150
    assert path.with_name("tabkeeper-damaged-20261124T120000.db-wal").stat().st_size > 0


def test_an_empty_file_where_nothing_was_is_a_beginning(path: Path) -> None:
    path.touch()
    store = Store.open(path)
    assert store.take_notice() is None
    store.close()


def test_a_file_that_is_moved_away_while_it_is_open_takes_no_more_changes(store: Store, path: Path) -> None:
    keep(store, "kept")
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path.rename(path.with_name("moved.db"))
    with pytest.raises(Replaced, match="moved, deleted or restored while Tabkeeper had it open"):
        keep(store, "lost")
    Store.open(path).close()
    with pytest.raises(Replaced):
        keep(store, "lost")
    store.close()
    assert kept(path.with_name("moved.db")) == ["kept"]


def test_a_file_that_somebody_holds_for_too_long_is_left_with_a_sentence(store: Store, path: Path) -> None:
    store.connection.execute("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Busy, match=r"Another program is using Tabkeeper's file\. Nothing was changed"):
            keep(store, "refused")
    keep(store, "later")
    assert kept(path) == ["later"]
