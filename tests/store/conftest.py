"""A store on a real file by a clock that the test sets, and what can be seen in such a file from outside."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tabkeeper.model.catalogue import Client, Project, Tag
from tabkeeper.model.entry import Entry
from tabkeeper.store import sync_state
from tabkeeper.store.file import Store

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ACCOUNT = ("https://acme.test/api/v1", "user", "workspace")


class Clock:
    """A clock that stands until it is set."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "tabkeeper.db"


@pytest.fixture
def store(path: Path, clock: Clock) -> Iterator[Store]:
    store = Store.open(path, clock=clock)
    yield store
    store.close()


def keep(store: Store, name: str) -> None:
    """Keep an entry of that id and description, on a project of its own."""
    with store.transaction() as changes:
        changes.put(Client(f"client-{name}", name))
        changes.put(Project(f"project-{name}", name, client_id=f"client-{name}"))
        changes.put(Tag(f"tag-{name}", name))
        changes.put(Entry(name, NOON, NOON, name, f"project-{name}", (name,)))
        changes.record("add", name)


def kept(path: Path) -> list[str]:
    """Return the descriptions in a file, by a connection of their own, and see that nothing is broken."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        return [name for (name,) in connection.execute("SELECT description FROM entry ORDER BY id")]


def damage_a_page(path: Path) -> None:
    """Overwrite a page in the middle of the file."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xa5" * 4096)


def sign_in(store: Store) -> None:
    """Let the file belong to an account."""
    with store.transaction(), store.reading() as connection:
        sync_state.bind(connection, ACCOUNT, 0)
