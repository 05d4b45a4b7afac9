"""Work on the file as a whole that can be killed: it is begun, backed up, put back, mended."""

from contextlib import closing
from pathlib import Path

from tests.kill_points import NOON, Case
from tests.store.conftest import keep, kept

from tabkeeper.store import backup
from tabkeeper.store.connection import connected
from tabkeeper.store.file import Store

_DAMAGED = b"Not a database at all. " * 1_000


def _open(path: Path) -> None:
    Store.open(path, clock=lambda: NOON)


def _with_a_backup(path: Path) -> None:
    store = Store.open(path, clock=lambda: NOON)
    for name in ("early", "second"):
        keep(store, name)
    store.back_up_daily()
    keep(store, "late")
    store.close()


def _damaged(path: Path) -> None:
    _with_a_backup(path)
    path.write_bytes(_DAMAGED)


def _back_up(path: Path) -> None:
    with closing(connected(path)) as connection:
        backup.back_up(connection, path, NOON)


def _restore(path: Path) -> None:
    backup.restore(path, backup.backups(path)[-1], NOON)


def _backups_are_good(path: Path) -> None:
    copies = backup.backups(path)
    assert kept(copies[-1]) == ["early", "second"]
    assert all(kept(copy) == ["early", "late", "second"] for copy in copies[:-1])


def _damaged_file_is_kept(path: Path) -> None:
    [aside] = path.parent.glob("tabkeeper-damaged-*.db")
    assert aside.read_bytes() == _DAMAGED
    assert kept(path) == ["early", "second"]


CASES = {
    "begin": Case(lambda path: None, _open),
    "back up": Case(_with_a_backup, _back_up, check=_backups_are_good),
    "restore": Case(_with_a_backup, _restore, check=_backups_are_good),
    "mend": Case(_damaged, _open, check=_damaged_file_is_kept),
}
