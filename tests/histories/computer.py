"""A person's computer in a history: the real file, the real tracker, the real engine, on a made-up clock."""

import asyncio
import random
import shutil
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from tests.histories import own_file
from tests.histories.inline_server import BASE, USER, WORKSPACE, InlineServer
from tests.histories.ledger import View
from tests.histories.network import Network

from tabkeeper.api import ApiFailure, Client, Patience, Timing
from tabkeeper.api._token import Token
from tabkeeper.api._transport import _Bearer
from tabkeeper.store import backup, outbox, sync_state
from tabkeeper.store.file import Store
from tabkeeper.store.overruled import Overruled
from tabkeeper.store.trouble import StoreTrouble
from tabkeeper.sync.engine import Engine
from tabkeeper.sync.session import Session
from tabkeeper.tracker import Tracker

ACCOUNT = (BASE, USER, WORKSPACE)


class Computer:
    """One of the person's computers. It works offline, crashes, is restored and signed out like any."""

    def __init__(self, new_file: Path, server: InlineServer, network: Network, seed: str) -> None:
        self.name, self.network = network.name, network
        self.ahead = timedelta(0)
        self.sparing = False
        self.records: list[Overruled] = []
        """What the file's records held before it was replaced."""
        self.token = server.token.secret
        self._server = server
        self._path = new_file.parent / network.name / new_file.name
        self._chance = random.Random(f"{seed}/{network.name}")
        self._http: dict[str, httpx.AsyncClient] = {}
        self._engine: Engine | None = None
        self._task: asyncio.Task[None] | None = None
        self._engine_store: Store | None = None
        self._coming_up: asyncio.TimerHandle | None = None
        self._path.parent.mkdir()
        shutil.copyfile(new_file, self._path)
        self._store = Store.open(self._path, clock=self.now)
        self.tracker = Tracker(self._store, UTC, self.now)
        with self._store.transaction(), self._store.reading() as connection:
            sync_state.bind(connection, ACCOUNT, 0)
        network.crash = self.crash

    def now(self) -> datetime:
        return self._server.now() + self.ahead

    def view(self) -> View:
        return own_file.shown(self.tracker)

    def tied(self) -> dict[str, str | None]:
        return own_file.tied(self.tracker)

    def overruled(self) -> list[Overruled]:
        return [*self.records, *own_file.overruled(self._store)]

    def waiting(self) -> list[outbox.Waiting]:
        return own_file.waiting(self._store)

    # -- the program --------------------------------------------------------------------------------------

    def start(self) -> None:
        """Start to sync, as after a sign-in or when the computer is switched on."""
        if self._task is not None and not self._task.done():
            return
        self._end()
        self._engine = Engine(self._session(), ACCOUNT, sparing=lambda: self.sparing)
        self._task = asyncio.ensure_future(self._engine.run())

    def sign_in(self) -> None:
        self.token = self._server.token.secret
        self.start()

    def sign_in_as_somebody_else(self) -> None:
        """Sign in with a token that works, but belongs to somebody else in the workspace."""
        self._end()
        self.token = self._server.other_token.secret
        self.start()

    def stop(self) -> None:
        """Stop to sync, as by a sign-out or when the program ends."""
        self._end()

    def crash(self) -> None:
        """End in the middle of whatever is done, and come up again a while later."""
        self._end()
        pause = self._chance.uniform(1, 30)
        self._coming_up = asyncio.get_running_loop().call_later(pause, self.start)

    def wake(self) -> None:
        if self._engine is not None:
            self._engine.wake()

    async def sync_now(self) -> None:
        """Do one whole round, as `tabkeeper sync` does."""
        self._end()
        self.token = self._server.token.secret
        session = self._session()
        with suppress(ApiFailure):
            await Engine(session, ACCOUNT).sync_now()
        self._end()

    def back_up(self) -> None:
        backup.back_up(self._store.connection, self._path, self.now())

    def restore(self) -> bool:
        """Bring the oldest backup back; False where there is none."""
        copies = backup.backups(self._path)
        if not copies:
            return False
        self.records = self.overruled()
        backup.restore(self._path, copies[-1], self.now())
        return True

    def needs_the_person(self) -> bool:
        return own_file.needs_the_person(self._store)

    def answer(self, how: random.Random, *, patiently: bool) -> set[str]:
        return own_file.answer(self._store, how, patiently=patiently)

    def close(self) -> None:
        self._end()
        self._store.close()
        shutil.rmtree(self._path.parent)

    def _session(self) -> Session:
        loop = asyncio.get_running_loop()
        timing = Timing(self.now, loop.time, asyncio.sleep, self._chance.uniform)
        client = Client(BASE, self.token, patience=Patience(attempts=1), timing=timing)
        client._transport._http = self._http_with(self.token)
        self._engine_store = Store.open(self._path, clock=self.now)
        return Session(client, self._engine_store, USER, timing)

    def _http_with(self, token: str) -> httpx.AsyncClient:
        if token not in self._http:
            bearer = _Bearer(Token(token))
            self._http[token] = httpx.AsyncClient(auth=bearer, transport=self.network, trust_env=False)
        return self._http[token]

    def _end(self) -> None:
        if self._coming_up is not None:
            self._coming_up.cancel()
        if self._task is not None:
            self._task.cancel()
        if self._engine_store is not None:
            with suppress(StoreTrouble):
                self._engine_store.close()
        self._task = self._engine = self._engine_store = None
