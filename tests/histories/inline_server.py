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
from typing import Any, NamedTuple

import httpx
import pytest
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import engine, result
from sqlalchemy.pool import AsyncAdaptedQueuePool, Pool

from tabkeeper.model.instants import rfc3339
from tabkeeper_server import authentication, clock, database, ids
from tabkeeper_server.access import Caller
from tabkeeper_server.app import build_app
from tabkeeper_server.tables import metadata, tokens, users, workspaces
from tabkeeper_server.tokens import new_token

USER, WORKSPACE = "user-of-the-story", "workspace-of-the-story"
OTHER_USER = "user-next-door"
BASE = "http://localhost/api/v1"


class OnTheSpot(SQLiteDialect_pysqlite):
    """The plain driver of SQLite where the server expects one that is awaited: nothing is ever waited for."""

    is_async = True
    supports_statement_cache = True

    @classmethod
    def get_pool_class(cls, url: URL) -> type[Pool]:
        return AsyncAdaptedQueuePool


registry.register("sqlite.onthespot", __name__, OnTheSpot.__name__)


async def _connected(opened: database.Database) -> None:
    """Make the first connection, which waits for its turn."""
    async with opened.asking():
        pass


async def _at_hand(outcome: Any, _asked_by: object) -> Any:
    """Return what there is: nothing is left to be fetched."""
    return outcome


async def _at_once(
    work: Callable[..., Any], *words: Any, _require_await: bool = False, **options: Any
) -> Any:
    """Stand in for the switch into a greenlet, in which work could be awaited."""
    return work(*words, **options)


class Answer(NamedTuple):
    """What the server has said."""

    status: int
    headers: httpx.Headers
    content: bytes


_BEHIND = {"me": (), "clients": ("clients",), "projects": ("projects", "clients"), "tags": ("tags",)}

_ANSWERS_KEPT = 2000


class InlineServer:
    """The server, and its database to look into. `begin` sets it back to a workspace without entries.

    It `remembers` answers and who has a token, unless a test changes what only the database can tell.
    """

    base = BASE

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch, *, remembers: bool = True) -> None:
        self.now: Callable[[], datetime] = clock.now
        self.chance = random.Random(0)
        self.raw = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self.raw.execute("PRAGMA foreign_keys = ON")
        patch.setattr(clock, "now", lambda: clock.from_milliseconds(clock.to_milliseconds(self.now())))
        patch.setattr(ids, "secrets", SimpleNamespace(randbits=lambda bits: self.chance.getrandbits(bits)))
        patch.setattr(
            ids, "time", SimpleNamespace(time_ns=lambda: round(self.now().timestamp() * 1000) * 1_000_000)
        )

        made = database.create_async_engine
        place = make_url(f"sqlite+onthespot:///{folder / 'server.db'}")
        with pytest.MonkeyPatch.context() as while_opening:
            while_opening.setattr(
                database,
                "create_async_engine",
                lambda url, **rest: made(url, creator=lambda: self.raw, **rest),
            )
            opened = database.Database(place)
        asyncio.run(_connected(opened))
        for module in (engine, result):
            patch.setattr(module, "greenlet_spawn", _at_once)
            patch.setattr(module, "_ensure_sync_result", _at_hand)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what the framework has to say of its own future
            app = build_app(opened, requests_a_minute=0)
        self._transport = httpx.ASGITransport(app, raise_app_exceptions=True)
        self._answers: dict[tuple[bytes, str, str], Answer] = {}
        self._begun = 0
        self._callers: dict[str, Caller] = {}
        self._caller_of = authentication.caller_of
        self._remembers = remembers
        if remembers:
            patch.setattr(authentication, "caller_of", self._known_caller)
        self.token, self.other_token = new_token(), new_token()
        self.secret = self.token.secret
        self._fresh = self._template()

    def begin(self, now: Callable[[], datetime], seed: int) -> None:
        """Begin anew, by another clock."""
        self.now, self.chance = now, random.Random(seed)
        self._fresh.backup(self.raw)
        self._begun += 1
        if len(self._answers) > _ANSWERS_KEPT:
            self._answers.clear()

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
        return self._transport

    async def answer(self, request: httpx.Request) -> Answer:
        """Answer a request, in one step that nothing comes between.

        A question that is asked once more of the same rows has the same answer, which is not worked out anew.
        """
        if request.method != "GET" or not self._remembers:
            return await self._asked(request)
        question = (
            request.url.raw_path,
            request.headers["authorization"],
            self._rows_behind(request.url.path),
        )
        known = self._answers.get(question)
        if known is None:
            known = self._answers[question] = await self._asked(request)
        else:
            ids.new_id()  # each answer is given one, and the next ones follow from it
        return known

    def _rows_behind(self, path: str) -> str:
        """Return a text that is another one whenever what a question is about has changed."""
        tables = _BEHIND.get(path.rpartition("/")[2])
        if tables is None:
            return f"{self._begun} {self.raw.total_changes}"
        return str([self.raw.execute(f"SELECT * FROM {table}").fetchall() for table in tables])

    async def _known_caller(self, opened: database.Database, authorization: str) -> Caller:
        """Return who sends a request; tokens stand for the same person throughout."""
        if authorization not in self._callers:
            self._callers[authorization] = await self._caller_of(opened, authorization)
        return self._callers[authorization]

    async def _asked(self, request: httpx.Request) -> Answer:
        answer = await self._transport.handle_async_request(request)
        return Answer(answer.status_code, answer.headers, await answer.aread())

    def _template(self) -> sqlite3.Connection:
        from sqlalchemy import create_engine

        template = sqlite3.connect(":memory:", check_same_thread=False)
        synchronous = create_engine("sqlite://", creator=lambda: template)
        metadata.create_all(synchronous)
        with synchronous.begin() as connection:
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
