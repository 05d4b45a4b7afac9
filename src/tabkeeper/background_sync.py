"""Keeps the account in use in step with its server while the tray program runs, on a thread of its own.

What is synced, and when, is the business of `sync`; what came of it is read from the file.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from tabkeeper.accounts import Account, Accounts
from tabkeeper.desktop.battery import on_battery
from tabkeeper.desktop.keychain import KeychainTrouble, NoKeychain
from tabkeeper.model.sync_status import Trouble
from tabkeeper.sign_in.tokens import Tokens
from tabkeeper.store import sync_state
from tabkeeper.store.file import Store
from tabkeeper.store.trouble import StoreTrouble
from tabkeeper.ui.accounts.service import Standing

if TYPE_CHECKING:
    from tabkeeper.sync.engine import Engine

_BETWEEN_LOOKS = 10.0
"""Seconds between looks at whether a keychain that gave nothing, or a file in use elsewhere, can be used."""
_LAST_WORDS = 3.0
"""Seconds that a round has to be broken off in when the program ends."""
_log = logging.getLogger(__name__)


class BackgroundSync(QObject):
    """Syncs whichever account it was told of last; all its methods return at once but `finish`."""

    happened = Signal()
    """The file, or how sync stands, may have changed."""

    def __init__(self, accounts: Accounts, tokens: Tokens) -> None:
        super().__init__()
        self._accounts, self._tokens = accounts, tokens
        self._run: _Run | None = None
        self._nobody_looks = False

    @Slot(object)
    def follow(self, standing: Standing) -> None:
        """Sync the account in use from now on, with the token that it has now."""
        if self._run is not None:
            self._run.stop()
        account = standing.current
        self._run = None
        if account is not None:
            database = self._accounts.database(account)
            self._run = _Run(account, database, self._tokens, self.happened.emit, self._is_sparing)

    @Slot()
    def wake(self) -> None:
        """Sync soon: something changed here, somebody looks, or the network is back. From any thread."""
        self._nobody_looks = False
        run = self._run
        if run is not None:
            run.wake()

    @Slot()
    def rest(self) -> None:
        """Look more rarely until `wake`: the screen is locked, and nobody sees what would be found."""
        self._nobody_looks = True

    @Slot()
    def ask_again(self) -> None:
        """Ask a keychain that gave nothing once more, for the person wants to unlock it now."""
        if self._run is not None:
            self._run.ask_again()

    def finish(self) -> None:
        """Break off what is under way, for it can go on at the next start."""
        if self._run is not None:
            self._run.end()

    def _is_sparing(self) -> bool:
        return self._nobody_looks or on_battery()


class _Run:
    """One account, synced with one token until it is stopped or the token does not serve."""

    def __init__(
        self,
        account: Account,
        database: Path,
        tokens: Tokens,
        told: Callable[[], None],
        sparing: Callable[[], bool],
    ) -> None:
        self._account, self._database, self._tokens = account, database, tokens
        self._told, self._sparing = told, sparing
        self._stopped, self._asked = Event(), Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._engine: Engine | None = None
        self._task: asyncio.Task[None] | None = None
        # A keychain that hangs must not keep the program from ending.
        self.thread = Thread(target=self._work, name="sync", daemon=True)
        self.thread.start()

    def wake(self) -> None:
        self._on_the_loop(lambda: self._engine.wake() if self._engine else None)

    def ask_again(self) -> None:
        self._asked.set()

    def stop(self) -> None:
        self._stopped.set()
        self._asked.set()
        self._on_the_loop(lambda: self._task.cancel() if self._task else None)

    def end(self) -> None:
        """Stop, and wait until the file is closed; a keychain that hangs is not waited for."""
        self.stop()
        if self._loop is not None:
            self.thread.join(_LAST_WORDS)

    def _on_the_loop(self, act: Callable[[], object]) -> None:
        if self._loop is not None:
            with suppress(RuntimeError):  # the loop has ended by itself
                self._loop.call_soon_threadsafe(act)

    def _work(self) -> None:
        said = ""
        while not self._stopped.is_set():
            try:
                with closing(Store.open(self._database)) as store:
                    token = self._token(store)
                    if token is not None and not self._stopped.is_set():
                        asyncio.run(self._sync(store, token))
                return
            except StoreTrouble as trouble:
                if said != (said := str(trouble)):
                    _log.exception("Sync waits for the file")
                self._stopped.wait(_BETWEEN_LOOKS)
            except asyncio.CancelledError:
                return
            except Exception:
                _log.exception("Sync ended")
                return

    def _token(self, store: Store) -> str | None:
        """Return the token, or None where there is none; a keychain that gave nothing is waited for."""

        def waits() -> None:
            self._say(
                store, Trouble.KEYCHAIN, "The keychain does not answer yet. It may ask you to unlock it."
            )

        while not self._stopped.is_set():
            try:
                token = self._tokens.find(self._account, waits)
            except NoKeychain as trouble:
                self._say(store, Trouble.NO_TOKEN, str(trouble))
                return None
            except KeychainTrouble as trouble:
                self._say(store, Trouble.KEYCHAIN, str(trouble))
                self._wait_for_the_keychain()
                continue
            if token is None:
                self._say(store, Trouble.NO_TOKEN, "There is no token for this account on this computer.")
            return token
        return None

    def _wait_for_the_keychain(self) -> None:
        """Wait until it is open, or the person wants to be asked for its password once more.

        To ask is to put a window before them: whoever has closed that is not to see it again and again.
        """
        self._asked.clear()
        while not self._stopped.is_set():
            if self._asked.wait(_BETWEEN_LOOKS) or self._tokens.can_be_found():
                return

    def _say(self, store: Store, trouble: Trouble, words: str) -> None:
        with store.transaction(), store.reading() as connection:
            sync_state.put(connection, "trouble", trouble)
            sync_state.put(connection, "words", words)
        self._told()

    async def _sync(self, store: Store, token: str) -> None:
        # Loaded where somebody is signed in: a start without an account has no use for an HTTP client.
        from tabkeeper.api import Client, Patience, Timing
        from tabkeeper.sync.engine import Engine
        from tabkeeper.sync.session import Session

        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        timing = Timing()
        once = Patience(attempts=1)  # trying again is the engine's own business
        try:
            client = Client(self._account.server, token, timing=timing, patience=once)
        except ValueError as mangled:
            self._say(store, Trouble.NO_TOKEN, f"{mangled} Everything is kept here.")
            return
        async with client:
            session = Session(client, store, self._account.user_id, timing)
            self._engine = Engine(session, self._account.identity, self._told, self._sparing)
            if not self._stopped.is_set():
                await self._engine.run()
