"""An account's file, and an engine whose server is a function of the test: no socket, no waiting."""

import asyncio
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from tabkeeper.api import Client, Patience, Timing
from tabkeeper.store import sync_state
from tabkeeper.store.file import Store
from tabkeeper.sync.engine import Engine
from tabkeeper.sync.session import Session
from tabkeeper.tracker import Tracker

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ACCOUNT = ("http://localhost/api/v1", "user", "workspace")
ME = {
    "user": {"id": "user", "name": "Ada", "email": "ada@acme.test", "role": "owner", "timezone": "UTC"},
    "workspace": {"id": "workspace", "name": "Acme", "currency": "EUR", "week_start": "monday", "plan": ""},
}
Server = Callable[[httpx.Request], httpx.Response]


def said(value: Any, status: int = 200) -> httpx.Response:
    """Return an answer with a value as its JSON."""
    return raw(json.dumps(value).encode(), status)


def raw(body: bytes, status: int = 200) -> httpx.Response:
    """Return an answer of these bytes."""
    return httpx.Response(status, stream=httpx.ByteStream(body))


def listed(*rows: Any) -> httpx.Response:
    """Return a list that is all there is."""
    return said({"data": rows, "total": len(rows), "limit": 200, "offset": 0})


def refused(status: int, code: str, message: str = "No.") -> httpx.Response:
    """Return a refusal in the API's envelope."""
    return said({"error": {"code": code, "message": message}}, status)


class Desk:
    """One computer: the file, the tracker, and rounds of sync against whatever server a test makes up."""

    def __init__(self, path: Path) -> None:
        self.now = NOW
        self.asked: list[httpx.Request] = []
        self.store = Store.open(path, clock=lambda: self.now)
        self.tracker = Tracker(self.store, UTC, lambda: self.now)
        with self.store.transaction(), self.store.reading() as connection:
            sync_state.bind(connection, ACCOUNT, 0)

    def sync(self, server: Server) -> None:
        """Do one whole round; raises what it raises."""
        asyncio.run(self._engine(server).sync_now())

    def _engine(self, server: Server) -> Engine:
        timing = Timing(now=lambda: self.now)
        client = Client(ACCOUNT[0], "tta_token", patience=Patience(attempts=1), timing=timing)

        async def answer(request: httpx.Request) -> httpx.Response:
            self.asked.append(request)
            return server(request)

        client._transport._http = httpx.AsyncClient(transport=httpx.MockTransport(answer))
        return Engine(Session(client, self.store, "user", timing), ACCOUNT)

    def close(self) -> None:
        self.store.close()


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path / "tabkeeper.db")
    yield desk
    desk.close()
