"""A close look at a file: what it says of a sound one and of others, and that it leaves them as they are."""

from pathlib import Path

import pytest
from tests.store.conftest import damage_a_page, keep

from tabkeeper.store import schema
from tabkeeper.store.examination import Examined, examine
from tabkeeper.store.file import Store
from tabkeeper.store.trouble import Damaged, NewerFile, Unwritable


def test_a_sound_file_has_its_size_and_its_entries_also_those_in_the_log(store: Store, path: Path) -> None:
    store.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for name in ("one", "two", "gone"):
        keep(store, name)
    with store.transaction() as changes, store.reading() as connection:
        connection.execute("UPDATE entry SET deleted_at = 1 WHERE id = 'gone'")
        assert not changes.made
    before = path.read_bytes()
    assert examine(path) == Examined(len(before), 2)
    assert path.read_bytes() == before


def test_damage_is_found_wherever_it_is_and_the_next_start_mends_it(store: Store, path: Path) -> None:
    for number in range(300):
        keep(store, f"{number:03}")
    store.back_up_daily()
    store.close()
    damage_a_page(path)
    damaged = path.read_bytes()
    with pytest.raises(Damaged, match="is damaged"):
        examine(path)
    assert path.read_bytes() == damaged
    again = Store.open(path)
    assert again.take_notice() is not None
    again.close()
    assert examine(path).entries == 300


def test_an_entry_whose_project_is_gone_is_damage(store: Store, path: Path) -> None:
    keep(store, "one")
    store.connection.execute("PRAGMA foreign_keys = OFF")
    store.connection.execute("DELETE FROM project")
    with pytest.raises(Damaged):
        examine(path)


def test_a_newer_file_is_said_to_be_newer(store: Store, path: Path) -> None:
    store.connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    with pytest.raises(NewerFile, match="install that version"):
        examine(path)


def test_a_file_that_is_not_there_is_not_made(path: Path) -> None:
    with pytest.raises(Unwritable):
        examine(path)
    assert not path.exists()
