"""When to sync: at once after a change, often enough to see what runs elsewhere, and ever more rarely while
the server cannot be reached. What is done then is `round`'s business.

The engine runs on a loop and a thread of its own, with its own connection to the file; its clock, its sleep
and its chance come with the session.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress

from tabkeeper.api import ApiFailure, Offline, RateLimited, Unauthorized
from tabkeeper.model.sync_status import WANTING_THE_PERSON
from tabkeeper.store import agreement, outbox, sync_state
from tabkeeper.store.lease import Taken, lease
from tabkeeper.store.sync_state import AnotherAccount
from tabkeeper.store.trouble import StoreTrouble
from tabkeeper.sync import pause, standing
from tabkeeper.sync.round import sync_round
from tabkeeper.sync.session import Session
from tabkeeper.sync.translate import arrival

_log = logging.getLogger(__name__)
# All in seconds.
_EVERY = {"recent": 300.0, "catalogue": 600.0, "sweep": 24 * 3600.0}
"""How often there is a look at the last days, at projects, and at everything."""
_POLL = 30.0
"""How often there is one at what runs."""
_SPARING_POLL = 120.0
"""How often where nobody sees what would be found, or a battery is to last."""
_GATHER = 1.0
"""How long after a change others are waited for, to be sent with it."""
_SHORT = 60
"""Letters of a name that a sentence has room for, whatever a server takes for one."""
_FIRST_PAUSE, _LONGEST_PAUSE = 2.0, 300.0
_LONGEST_OFFLINE_PAUSE = 30.0
"""Where the network is the trouble: to find it back costs nobody anything."""
_BUSY = 2.0
"""How long to wait while another process syncs."""


class Engine:
    """Syncs one account's file until it is cancelled, or its token is refused.

    `account` is server, user and workspace; `told` is called after what may have changed the file or how
    sync stands. `sparing` says, whenever nothing is left to do, whether to look more rarely from then on.
    """

    def __init__(
        self,
        session: Session,
        account: Sequence[str],
        told: Callable[[], None] = lambda: None,
        sparing: Callable[[], bool] = lambda: False,
    ) -> None:
        self._session = session
        self._account = account
        self._told = told
        self._sparing = sparing
        self._woken = asyncio.Event()
        self._due = dict.fromkeys(_EVERY, 0.0)
        self._is_ours, self._role = False, ""
        self._failures = 0
        self._left_as_it_was: object | None = None
        """How the server differed before the last round, which was done for it: the same again is no news."""

    def wake(self) -> None:
        """Sync soon: something changed here, the network is back, or somebody looks. On the loop's thread."""
        self._woken.set()

    async def run(self) -> None:
        """Sync until the token is refused or is another account's; then the file says so."""
        await self._wait_out_the_limit()
        with suppress(StoreTrouble):
            self._due["sweep"] = self._when_to_sweep()
        while True:
            try:
                seconds = await self._turn()
            except (Unauthorized, AnotherAccount) as refusal:
                self._report(refusal)
                return
            except RateLimited as limit:
                await self._keep_the_limit(limit)
            else:
                await self._rest(seconds)
                await self._wait_out_the_limit()  # of which a command may have been told meanwhile

    async def sync_now(self) -> None:
        """Do one whole round, older entries included; raises `Taken`, `ApiFailure` or `StoreTrouble`."""
        self._due = dict.fromkeys(_EVERY, 0.0)
        try:
            with self._session.writing() as connection:
                sync_state.put(connection, sync_state.FETCHING_STOPPED, None)
            while await self._round():
                pass
        except (ApiFailure, StoreTrouble) as failure:
            self._report(failure)
            raise

    async def _turn(self) -> float:
        """Do what is due; returns for how many seconds nothing is."""
        try:
            due = self._is_due()
            news = None if due else await self._news()
            if due or news is not None:
                left = await self._round()
                self._failures, self._left_as_it_was = 0, news
                return 0 if left else self._until_the_next_look()
        except Taken:
            return _BUSY
        except (Unauthorized, AnotherAccount, RateLimited):
            raise
        except (ApiFailure, StoreTrouble) as failure:
            self._report(failure)
            return self._back_off(failure)
        except Exception as fault:
            _log.exception("A round of sync failed")
            self._report(fault)
            return self._back_off(fault)
        with suppress(StoreTrouble):
            if standing.note_clock(self._session):
                self._told()
        return self._until_the_next_look()

    def _until_the_next_look(self) -> float:
        return _SPARING_POLL if self._sparing() else _POLL

    def _when_to_sweep(self) -> float:
        """Return when everything is due: a day after it was read, by the clock, so that a sleep counts."""
        with self._session.reading() as connection:
            swept_at = sync_state.get(connection, "swept_at")
        age = -1.0 if swept_at is None else (self._session.at() - swept_at) / 1000
        return self._now() + (_EVERY["sweep"] - age if 0 <= age < _EVERY["sweep"] else 0.0)

    def _is_due(self) -> bool:
        if self._failures or self._now() >= min(self._due.values()):
            return True
        with self._session.reading() as connection:
            waiting, _ = outbox.counts(connection)
        return waiting > 0

    async def _news(self) -> object | None:
        """Look at what runs, and return how the server differs; None where a round could do nothing then."""
        current = await self._session.client.entries.current()
        with self._session.writing() as connection:
            known = agreement.running(connection)
            here = None if known is None or known.remote_id is None else (known.remote_id, known.fields)
            found = None if current is None else arrival(connection, current)
            there = None if found is None else (found.remote_id, found.fields)
        difference = None if here == there else (here, there)
        if difference is not None and difference == self._left_as_it_was:
            return None  # it waits for the person
        self._left_as_it_was = None
        return difference

    async def _round(self) -> bool:
        """Do a round under the lease; returns whether another one is to follow at once.

        When none is, raises also what concerned a change alone.
        """
        with lease(self._session.store.path):
            due = {name: self._now() >= at for name, at in self._due.items()}
            await self._make_sure_whose_token_it_is(anew=due["catalogue"])
            left = await sync_round(self._session, with_catalogue=due["catalogue"], with_sweep=due["sweep"])
        for name, seconds in _EVERY.items():
            if due[name] or name == "recent":
                self._due[name] = self._now() + seconds
        if left.older:
            self._due["sweep"] = self._now()
        again = left.older or left.changes
        if left.failure is None:
            self._report(None)
        elif again:
            self._told()
        else:
            raise left.failure
        return again

    async def _make_sure_whose_token_it_is(self, *, anew: bool) -> None:
        """Send nothing with a token of another account, and give the file to this one where it is new.

        The person's role is asked for `anew` now and then: somebody may have changed it.
        """
        if anew or not self._is_ours:
            me = await self._session.client.me()
            if (me.user.id, me.workspace.id) != tuple(self._account[1:]):
                person, workspace = me.user.email or me.user.name, me.workspace.name
                raise AnotherAccount(
                    f"This token belongs to {person[:_SHORT] or 'another person'} in "
                    f"{workspace[:_SHORT] or 'another workspace'}, not to the account of this file. Nothing "
                    "was sent and nothing was changed; sign in with a token of this account."
                )
            self._is_ours, self._role = True, str(me.user.role)
        wanted = [list(self._account), self._role]
        with self._session.reading() as connection:
            found = [sync_state.get(connection, name) for name in ("account", "role")]
            is_over = sync_state.get(connection, "trouble") in WANTING_THE_PERSON
        if found != wanted or is_over:
            with self._session.writing() as connection:
                sync_state.bind(connection, self._account, self._session.at())
                sync_state.put(connection, "role", self._role)
                for name in ("trouble", "words") if is_over else ():
                    sync_state.put(connection, name, None)
            self._told()

    def _now(self) -> float:
        return self._session.timing.monotonic()

    def _report(self, failure: Exception | None) -> None:
        with suppress(StoreTrouble):
            standing.write_down(self._session, failure)
        self._told()

    def _back_off(self, failure: Exception) -> float:
        """Return a pause, drawn by chance up to a bound that doubles with each failure."""
        self._failures += 1
        bound = _LONGEST_OFFLINE_PAUSE if isinstance(failure, Offline) else _LONGEST_PAUSE
        longest = min(bound, _FIRST_PAUSE * 2.0 ** min(self._failures, 20))
        return self._session.timing.uniform(0.0, longest)

    async def _rest(self, seconds: float) -> None:
        """Wait, but no longer than until somebody wakes us; then for what else they are about to change."""
        if seconds <= 0:
            return
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        if self._woken.is_set():
            self._woken.clear()
            self._due["recent"] = 0.0
            with suppress(StoreTrouble):
                self._due["sweep"] = min(self._due["sweep"], self._when_to_sweep())
            await self._session.timing.sleep(_GATHER)
            self._woken.clear()

    async def _keep_the_limit(self, limit: RateLimited) -> None:
        """Ask nothing before the time that the server has set, not even after a new start."""
        self._report(limit)
        seconds = limit.pause.total_seconds() + self._session.timing.uniform(0.0, _FIRST_PAUSE)
        with suppress(StoreTrouble):
            pause.keep(self._session, seconds)
        await self._session.timing.sleep(seconds)
        with suppress(StoreTrouble):
            pause.is_over(self._session)

    async def _wait_out_the_limit(self) -> None:
        left = 0.0
        with suppress(StoreTrouble):
            left = pause.left(self._session)
        if left:
            await self._session.timing.sleep(left)
