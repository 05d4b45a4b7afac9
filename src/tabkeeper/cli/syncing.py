"""Does one round of sync for a command, in turn with a tray program that syncs the same file."""

import asyncio
import math
import os
import sys
import time

from tabkeeper.accounts import Account, Accounts
from tabkeeper.api import ApiFailure, Client, Patience, RateLimited, Timing, Unauthorized
from tabkeeper.cli.answers import say
from tabkeeper.cli.kept_token import tokens_here
from tabkeeper.desktop.keychain import KeychainTrouble
from tabkeeper.desktop.nudge import nudge
from tabkeeper.model.refusal import NothingToDo, Refused
from tabkeeper.paths import find_paths
from tabkeeper.store import sync_state
from tabkeeper.store.file import Store
from tabkeeper.store.lease import Taken
from tabkeeper.sync import pause
from tabkeeper.sync.engine import Engine
from tabkeeper.sync.session import Session

_TURN_SECONDS = 60.0
_TURN_PAUSE_SECONDS = 0.2


def sync_now() -> None:
    """Send what waits and fetch everything; raises `Refused` with what happened, `NothingToDo` signed out."""
    paths = find_paths(os.environ)
    current = Accounts(paths).current()
    if current.account is None:
        if current.notice:
            say(current.notice)
        raise NothingToDo("You are not signed in; everything stays on this computer. See: tabkeeper login")
    store = Store.open(current.database)
    try:
        asyncio.run(_sync(store, current.account, _token(current.account)))
    except KeyboardInterrupt:
        say("Stopped. What has come is kept; the next sync goes on from there.")
        raise
    except Unauthorized as failure:
        raise Refused(f"{failure} Everything is kept here; sign in again: tabkeeper login") from None
    except ApiFailure as failure:
        raise Refused(f"{failure} Everything is kept here, and is sent when it works again.") from None
    finally:
        store.close()
        nudge(paths.socket, "changed")


def _token(account: Account) -> str:
    try:
        token = tokens_here().find(account)
    except KeychainTrouble as trouble:
        raise Refused(f"{trouble} Nothing was sent; everything is kept here.") from None
    if token is None:
        raise Refused(f"There is no token for {account.name} on this computer. Sign in: tabkeeper login")
    return token


async def _sync(store: Store, account: Account, token: str) -> None:
    timing = Timing()
    try:
        client = Client(account.server, token, timing=timing, patience=Patience(attempts=3))
    except ValueError as error:
        raise Refused(f"{error} Nothing was sent; everything is kept here.") from None
    async with client:
        session = Session(client, store, account.user_id, timing)
        engine = Engine(session, account.identity, lambda: _say_how_far(session))
        deadline = time.monotonic() + _TURN_SECONDS
        while True:
            _must_not_wait(session)
            try:
                await engine.sync_now()
                return
            except RateLimited as limit:
                pause.keep(session, limit.pause.total_seconds())
                raise
            except Taken:
                if time.monotonic() > deadline:
                    raise Refused("Tabkeeper is syncing already, in the tray. Nothing is lost.") from None
            await asyncio.sleep(_TURN_PAUSE_SECONDS)


def _must_not_wait(session: Session) -> None:
    if seconds := pause.left(session):
        raise Refused(
            f"The server has asked for a pause of {math.ceil(seconds)} more seconds. Everything is kept "
            "here; sync again then, or let the tray do it."
        )


def _say_how_far(session: Session) -> None:
    """Tell somebody who waits at a terminal how many of very many entries have come."""
    if not sys.stderr.isatty():
        return
    with session.reading() as connection:
        status = sync_state.status(connection)
    if status.reading:
        say(f"Fetched {status.read:,} of {status.to_read:,} entries")
