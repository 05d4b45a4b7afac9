"""A server that answers nonsense never crashes sync, never corrupts the file, and never deletes here."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sync.conftest import HOUR, ME, NOW, Desk, listed, raw, said
from tests.sync.nonsense import ENTRY, corpus

from tabkeeper.api import ApiFailure
from tabkeeper.model.entry import Draft
from tabkeeper.store import agreement, outbox


def peopled(path: Path) -> Desk:
    """Return a computer with entries of every kind: synced, changed, deleted, never sent, running."""
    desk = Desk(path)
    entries = [
        desk.tracker.add(Draft(name), NOW - (number + 3) * HOUR, NOW - (number + 2) * HOUR)
        for number, name in enumerate(("synced", "changed", "deleted", "never sent"))
    ]
    desk.tracker.start(Draft("running"), NOW - HOUR, project="Website")
    with desk.store.transaction(), desk.store.reading() as connection:
        for number, entry in enumerate(entries[:3], 1):
            agreement.tie(connection, "entry", entry.id, f"there-{number}")
            outbox.settle(connection, "entry", entry.id)
    desk.tracker.edit(entries[1].id, description="changed here")
    desk.tracker.delete([entries[2].id])
    return desk


def alive(desk: Desk) -> set[str]:
    return {entry.id for entry in desk.tracker.entries(None, None)}


def sound(desk: Desk) -> bool:
    with closing(sqlite3.connect(desk.store.path)) as connection:
        whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return whole and connection.execute("PRAGMA foreign_key_check").fetchall() == []


def harm(desk: Desk, status: int, body: bytes, everywhere: bool) -> str | None:
    """Let a server answer that, and return what it did that it must not."""
    before = alive(desk)

    def server(request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api/v1")
        if path == "/me":
            return said(ME)
        if everywhere or (request.method == "GET" and path == "/entries"):
            return raw(body, status)
        if request.method == "PATCH":
            return said({**ENTRY, "id": path.rpartition("/")[2]})
        return listed() if request.method == "GET" and path != "/entries/current" else said(None)

    try:
        desk.sync(server)
    except ApiFailure:
        pass
    except Exception as error:
        return f"it broke down: {error!r}"
    if not before <= alive(desk):
        return "entries are gone"
    return None if sound(desk) else "the file is broken"


@pytest.fixture
def copies(tmp_path: Path) -> Iterator[Any]:
    """Gives a fresh computer at each call: a copy of one, as each change to a file waits for the disk."""
    opened: list[Desk] = []
    peopled(tmp_path / "first" / "tabkeeper.db").close()

    def fresh() -> Desk:
        while opened:
            opened.pop().close()
        number = fresh.count = getattr(fresh, "count", 0) + 1  # type: ignore[attr-defined]
        shutil.copytree(tmp_path / "first", tmp_path / str(number))
        opened.append(Desk(tmp_path / str(number) / "tabkeeper.db"))
        return opened[-1]

    yield fresh
    while opened:
        opened.pop().close()


@pytest.mark.parametrize("everywhere", [False, True], ids=["in the list of entries", "everywhere"])
def test_none_of_the_corpus_does_harm(copies: Any, everywhere: bool) -> None:
    answers = list(corpus())
    assert len(answers) >= 300
    desk = copies()
    done = []
    for number, (status, body) in enumerate(answers):
        if number % 40 == 39:
            desk = copies()
        wrong = harm(desk, status, body, everywhere)
        if wrong is not None:
            done.append((wrong, status, body[:200]))
            desk = copies()
    assert done == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
ROWS = st.lists(
    st.fixed_dictionaries({name: st.just(value) | JSON for name, value in ENTRY.items()}), max_size=3
)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=JSON | ROWS | st.fixed_dictionaries({"data": ROWS | JSON, "total": st.integers(0, 3) | JSON}))
def test_no_json_does_harm(copies: Any, value: Any) -> None:
    desk = copies()
    assert harm(desk, 200, said(value).stream._stream, everywhere=True) is None  # type: ignore[union-attr]
