"""Our real server in this process: its routes, services and tables, on SQLite in memory, by a given clock.

Statements are carried out on the spot instead of in a thread, so that a request is one uninterrupted step and
a history takes milliseconds. Nothing else of the server is replaced.
"""

import asyncio
import random
import secrets
import sqlite3
import warnings
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from sqlalchemy.engine import make_url

from tabkeeper.model.instants import rfc3339
from tabkeeper_server import clock, database, ids
from tabkeeper_server.app import build_app
from tabkeeper_server.tables import metadata, tokens, users, workspaces
from tabkeeper_server.tokens import new_token

USER, WORKSPACE = "user-of-the-story", "workspace-of-the-story"
OTHER_USER = "user-next-door"
BASE = "http://localhost/api/v1"


class _Cursor:
    """A cursor of sqlite3 behind the driver's awaitable face."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        self._cursor = cursor

    async def __aenter__(self) -> "_Cursor":
        return self

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._cursor, name)
        if not callable(value):
            return value

        async def at_once(*words: Any) -> Any:
            return value(*words)

        return at_once


class _Connection:
    """A connection of sqlite3 behind the driver's awaitable face."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._conn = self._connection = connection
        self._tx = self
        self.isolation_level = connection.isolation_level

    def cursor(self) -> _Cursor:
        return _Cursor(self._conn.cursor())

    async def execute(self, sql: str) -> _Cursor:
        return _Cursor(self._conn.execute(sql))

    def put_nowait(self, work: tuple[asyncio.Future[Any], Callable[[], Any]]) -> None:
        future, function = work
        future.set_result(function())

    async def create_function(self, *words: Any, **options: Any) -> None:
        self._conn.create_function(*words, **options)

    async def rollback(self) -> None:
        self._conn.rollback()

    async def commit(self) -> None:
        self._conn.commit()

    async def close(self) -> None:
        """Stay: the database lives as long as the process does."""


class InlineServer:
    """The server, and its database to look into. `begin` sets it back to a workspace without entries."""

    base = BASE

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.now: Callable[[], datetime] = clock.now
        self.chance = random.Random(0)
        self.raw = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self.raw.execute("PRAGMA foreign_keys = ON")
        patch.setattr(clock, "now", lambda: clock.from_milliseconds(clock.to_milliseconds(self.now())))
        patch.setattr(ids, "secrets", SimpleNamespace(randbits=lambda bits: self.chance.getrandbits(bits)))
        patch.setattr(
            ids, "time", SimpleNamespace(time_ns=lambda: round(self.now().timestamp() * 1000) * 1_000_000)
        )

        async def connect(*_: Any, **__: Any) -> _Connection:
            return _Connection(self.raw)

        made = database.create_async_engine
        place = make_url(f"sqlite+aiosqlite:///{folder / 'server.db'}")
        with pytest.MonkeyPatch.context() as while_opening:
            while_opening.setattr(
                database, "create_async_engine", lambda url, **rest: made(url, async_creator=connect, **rest)
            )
            opened = database.Database(place)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the framework has to say of its own future
            self.app = build_app(opened, requests_a_minute=0)
        self.token, self.other_token = new_token(), new_token()
        self.secret = self.token.secret
        self._fresh = self._template()

    def begin(self, now: Callable[[], datetime], seed: int) -> None:
        """Begin anew, by another clock."""
        self.now, self.chance = now, random.Random(seed)
        self._fresh.backup(self.raw)

    def entries(self) -> list[dict[str, Any]]:
        """Return the person's entries as they are on the wire."""
        rows = self.raw.execute(
            "SELECT id, description, start, stop, billable, project_id FROM entries WHERE user_id = ?",
            (USER,),
        ).fetchall()
        return [self._wired(*row) for row in rows]

    def entry(self, entry_id: str) -> dict[str, Any] | None:
        """Return an entry as it is on the wire, or None."""
        row = self.raw.execute(
            "SELECT id, description, start, stop, billable, project_id FROM entries WHERE id = ?", (entry_id,)
        ).fetchone()
        return None if row is None else self._wired(*row)

    def _wired(
        self, key: str, description: str, start: int, stop: int | None, billable: int, project_id: str | None
    ) -> dict[str, Any]:
        tags = self.raw.execute(
            "SELECT name FROM entry_tags JOIN tags ON tags.id = tag_id WHERE entry_id = ? ORDER BY position",
            (key,),
        ).fetchall()
        return {
            "id": key,
            "description": description,
            "start": rfc3339(clock.from_milliseconds(start)),
            "stop": None if stop is None else rfc3339(clock.from_milliseconds(stop)),
            "billable": bool(billable),
            "project_id": project_id,
            "tags": [name for (name,) in tags],
        }

    def project_name(self, project_id: str | None) -> str | None:
        """Return what a project is called."""
        row = self.raw.execute("SELECT name FROM projects WHERE id = ?", (project_id,)).fetchone()
        return None if row is None else str(row[0])

    def transport(self) -> httpx.ASGITransport:
        """Return the way to the server that loses nothing."""
        return httpx.ASGITransport(self.app, raise_app_exceptions=True)

    def _template(self) -> sqlite3.Connection:
        from sqlalchemy import create_engine

        template = sqlite3.connect(":memory:", check_same_thread=False)
        engine = create_engine("sqlite://", creator=lambda: template)
        metadata.create_all(engine)
        with engine.begin() as connection:
            place = {
                "id": WORKSPACE,
                "name": "Acme",
                "currency": "EUR",
                "week_start": "monday",
                "created_at": 0,
            }
            connection.execute(workspaces.insert(), place)
            for user, token in ((USER, self.token), (OTHER_USER, self.other_token)):
                person = {"id": user, "workspace_id": WORKSPACE, "email": f"{user}@acme.test", "name": user}
                connection.execute(
                    users.insert(), person | {"role": "owner", "timezone": "UTC", "created_at": 0}
                )
                kept = {"id": secrets.token_hex(8), "user_id": user, "prefix": token.prefix}
                connection.execute(
                    tokens.insert(), kept | {"digest": token.digest, "label": "", "created_at": 0}
                )
        return template
