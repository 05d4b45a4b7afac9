"""Copies of the file: when they are made and dropped, and that a person gets back what one holds."""

import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from tests.clock import NOON, Clock
from tests.store.conftest import damage_a_page, keep, kept, sign_in

from tabkeeper.store import backup, queries, schema
from tabkeeper.store.file import Store
from tabkeeper.store.trouble import Damaged, StoreTrouble


def test_a_backup_holds_what_the_file_holds_the_log_included(store: Store, path: Path) -> None:
    keep(store, "kept")
    assert path.with_name("tabkeeper.db-wal").stat().st_size > 0
    copy = backup.back_up(store.connection, path, NOON)
    assert kept(copy) == ["kept"]
    assert backup.made_at(copy) == NOON


def test_a_backup_is_one_private_file(store: Store, path: Path) -> None:
    copy = backup.back_up(store.connection, path, NOON)
    assert [file.name for file in copy.parent.iterdir()] == [copy.name]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert stat.S_IMODE(copy.parent.stat().st_mode) == 0o700


def test_a_backup_is_made_once_a_day(store: Store, clock: Clock, path: Path) -> None:
    assert store.back_up_daily() is not None
    clock.now += timedelta(hours=5)
    assert store.back_up_daily() is None
    clock.now += timedelta(hours=19)
    assert store.back_up_daily() is not None
    assert len(backup.backups(path)) == 2


def test_a_clock_that_was_a_year_ahead_does_not_end_the_backups(
    store: Store, clock: Clock, path: Path
) -> None:
    clock.now = NOON + timedelta(days=365)
    store.back_up_daily()
    clock.now = NOON
    assert store.back_up_daily() is not None


def _back_up_for_two_weeks(store: Store, clock: Clock) -> None:
    for _ in range(backup.KEPT):
        clock.now += timedelta(days=1)
        store.back_up_daily()


@pytest.mark.parametrize("behind", [30, 5])
def test_by_a_clock_that_was_set_back_a_backup_is_made_once_a_day_and_stays(
    store: Store, clock: Clock, path: Path, behind: int
) -> None:
    _back_up_for_two_weeks(store, clock)
    clock.now -= timedelta(days=behind, hours=1)
    for _ in range(3):
        made = [store.back_up_daily() for _ in range(2)]
        assert [copy is not None and copy.exists() for copy in made] == [True, False]
        assert len(backup.backups(path)) == backup.KEPT
        clock.now += timedelta(days=1)


def test_what_was_there_before_a_restore_stays_by_a_clock_that_was_set_back(
    store: Store, clock: Clock, path: Path
) -> None:
    _back_up_for_two_weeks(store, clock)
    keep(store, "late")
    before = backup.restore(path, backup.backups(path)[0], clock.now - timedelta(days=30))
    assert (kept(path), kept(before)) == ([], ["late"])


def test_the_newest_backup_is_the_one_that_was_made_last_whatever_the_others_are_dated(
    store: Store, clock: Clock, path: Path
) -> None:
    clock.now = NOON + timedelta(days=365)
    store.back_up()
    clock.now = NOON
    for name in ("one", "two"):
        keep(store, name)
        store.back_up()
    assert [kept(copy) for copy in backup.backups(path)] == [["one", "two"], [], ["one"]]


def test_the_oldest_backups_make_room_and_other_files_stay(store: Store, clock: Clock, path: Path) -> None:
    folder = backup.backup_folder(path)
    folder.mkdir()
    theirs = [folder / "tabkeeper-before-my-holiday.db", folder / "notes.txt"]
    for file in theirs:
        file.write_bytes(b"")
    for _ in range(backup.KEPT + 3):
        clock.now += timedelta(days=1)
        store.back_up_daily()
    made = [backup.made_at(copy) for copy in backup.backups(path)]
    assert made == [clock.now - timedelta(days=day) for day in range(backup.KEPT)]
    assert all(file.exists() for file in theirs)


# Makes the day's backup on each of twenty days, as tray and command line do after the same change.
BACKING_UP = """
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tabkeeper.store.file import Store

now = datetime(2026, 11, 24, 12, tzinfo=UTC)
store = Store.open(Path(sys.argv[1]), clock=lambda: now)
for _ in range(20):
    print("ready", flush=True)
    sys.stdin.readline()
    store.back_up_daily()
    now += timedelta(days=1)
"""


def test_processes_that_make_the_days_backup_at_once_make_one(store: Store, path: Path) -> None:
    keep(store, "kept")
    processes = [
        subprocess.Popen(
            (sys.executable, "-c", BACKING_UP, path),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for _ in range(20):
        for process in processes:
            assert process.stdout is not None
            process.stdout.readline()
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
    ended = [(process.communicate(timeout=60)[1], process.returncode) for process in processes]
    assert ended == [("", 0)] * 3
    days = [backup.made_at(copy) - NOON for copy in backup.backups(path)]
    assert days == [timedelta(days=day) for day in range(19, 19 - backup.KEPT, -1)]
    assert [kept(copy) for copy in backup.backups(path)] == [["kept"]] * backup.KEPT


def test_what_a_killed_process_left_of_a_backup_goes_with_the_next(store: Store, path: Path) -> None:
    folder = backup.backup_folder(path)
    folder.mkdir()
    for ending in ("", "-journal", "-wal"):
        (folder / f"tabkeeper-20261101T120000.db.part{ending}").write_bytes(b"half")
    (folder / "mine.db.part").write_bytes(b"theirs")
    copy = backup.back_up(store.connection, path, NOON)
    assert sorted(file.name for file in folder.iterdir()) == ["mine.db.part", copy.name]


def test_two_backups_of_one_second_are_two(store: Store, path: Path) -> None:
    first = backup.back_up(store.connection, path, NOON)
    keep(store, "later")
    second = backup.back_up(store.connection, path, NOON)
    assert (kept(first), kept(second)) == ([], ["later"])
    assert backup.backups(path) == [second, first]


def test_what_a_backup_holds_is_put_back_whole(store: Store, path: Path) -> None:
    sign_in(store)
    keep(store, "early")
    copy = backup.back_up(store.connection, path, NOON)
    keep(store, "late")
    backup.restore(path, copy, NOON)
    assert kept(path) == ["early"]
    with store.reading() as connection:
        catalogue = queries.catalogue(connection)
        steps = connection.execute("SELECT subject FROM step").fetchall()
        marks = connection.execute("SELECT row_id FROM outbox ORDER BY sequence").fetchall()
    assert list(catalogue.projects) == ["project-early"]
    assert [row["subject"] for row in steps] == ["early"]
    assert [row["row_id"] for row in marks] == ["client-early", "project-early", "early"]


def test_what_was_there_before_a_restore_is_in_a_backup_first(store: Store, path: Path) -> None:
    copy = backup.back_up(store.connection, path, NOON)
    keep(store, "late")
    before = backup.restore(path, copy, NOON)
    assert kept(path) == []
    assert kept(before) == ["late"]
    backup.restore(path, before, NOON)
    assert kept(path) == ["late"]


def test_who_has_the_file_open_sees_what_was_restored_and_writes_on(store: Store, path: Path) -> None:
    keep(store, "early")
    copy = backup.back_up(store.connection, path, NOON)
    keep(store, "late")
    store.changed_elsewhere()
    backup.restore(path, copy, NOON)
    assert store.changed_elsewhere()
    keep(store, "after")
    assert kept(path) == ["after", "early"]


def test_numbers_that_were_given_out_are_not_given_again_after_a_restore(store: Store, path: Path) -> None:
    sign_in(store)
    keep(store, "early")
    copy = backup.back_up(store.connection, path, NOON)
    backup.restore(path, copy, NOON)
    keep(store, "after")
    with store.reading() as connection:
        assert [row[0] for row in connection.execute("SELECT id FROM step ORDER BY id")] == [1, 2]
        rows = connection.execute("SELECT name FROM sqlite_sequence ORDER BY name").fetchall()
    assert [row["name"] for row in rows] == ["outbox", "step"]


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 99], ids=["empty", "other"])
def test_a_backup_that_is_none_is_refused_and_nothing_is_changed(
    store: Store, path: Path, tmp_path: Path, content: bytes
) -> None:
    keep(store, "kept")
    copy = tmp_path / "copy.db"
    copy.write_bytes(content)
    with pytest.raises(StoreTrouble, match=r"copy\.db is damaged .* Nothing was changed"):
        backup.restore(path, copy, NOON)
    assert kept(path) == ["kept"]
    assert not backup.backups(path)


def test_a_backup_that_is_gone_is_refused_with_a_sentence(store: Store, path: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreTrouble, match="No such file"):
        backup.restore(path, tmp_path / "gone.db", NOON)


def test_an_older_backup_is_brought_up_to_date_as_it_is_restored(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(store, "old")
    copy = backup.back_up(store.connection, path, NOON)
    store.close()
    _newer_program(monkeypatch)
    Store.open(path).close()
    backup.restore(path, copy, NOON)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT description, mood FROM entry").fetchall() == [("old", "fine")]
    with closing(sqlite3.connect(copy)) as connection:
        assert schema.version_of(connection) == schema.VERSION - 1


def test_no_backup_is_made_of_a_damaged_file(store: Store, path: Path) -> None:
    for number in range(300):
        keep(store, f"{number:03}")
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()
    damage_a_page(path)
    store = Store.open(path)
    with pytest.raises(Damaged, match="no backup was made of it; the older ones are kept"):
        store.back_up_daily()
    store.close()
    assert not backup.backups(path)
    again = Store.open(path)
    assert again.take_notice() is not None
    again.close()


def _newer_program(monkeypatch: pytest.MonkeyPatch) -> None:
    step = ("ALTER TABLE entry ADD COLUMN mood TEXT NOT NULL DEFAULT 'fine'",)
    monkeypatch.setattr(schema, "MIGRATIONS", (*schema.MIGRATIONS, step))
    monkeypatch.setattr(schema, "VERSION", len(schema.MIGRATIONS))
