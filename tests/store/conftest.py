"""What is kept in a file, and what can be seen in it from outside."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.clock import NOON

from tabkeeper.model.catalogue import Client, Project, Tag
from tabkeeper.model.entry import Entry
from tabkeeper.store import sync_state
from tabkeeper.store.file import Store

ACCOUNT = ("https://acme.test/api/v1", "user", "workspace")


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
