"""Signing in and out, step by step, as window and command line do it; what is asked in between is theirs."""

from collections.abc import Callable
from contextlib import closing
from threading import Lock
from typing import Literal, NamedTuple

from tabkeeper.accounts import Account, Accounts
from tabkeeper.model.catalogue import Catalogue
from tabkeeper.model.instants import to_milliseconds, utc_now
from tabkeeper.model.refusal import Refused
from tabkeeper.sign_in.checking import account_of
from tabkeeper.sign_in.tokens import Tokens
from tabkeeper.store import outbox, sync_state
from tabkeeper.store.file import Store
from tabkeeper.tracker import moving

Local = Literal["upload", "keep", "clean"]
"""What becomes of the entries that are on this computer only."""


class Checked:
    """A token that a server takes, and the account it opens. It shows the token to nobody by accident."""

    __slots__ = ("account", "heard", "known", "local_entries", "token")

    def __init__(
        self, account: Account, token: str, *, known: bool, local_entries: int, heard: Catalogue | None
    ) -> None:
        self.account, self.token = account, token
        self.known = known
        """Whether it was signed in to on this computer before."""
        self.local_entries = local_entries
        """How many entries are on this computer only."""
        self.heard = heard
        """What the server has for them to go to; None where none of them is to go there."""

    def __repr__(self) -> str:
        return f"<Checked {self.account.name}>"


class SignedIn(NamedTuple):
    """What came of it. `not_kept` says why the token was not kept for longer than this run."""

    account: Account
    brought: moving.Brought | None = None
    taken_away: int = 0
    not_kept: str | None = None


class SignIn:
    """Signs in and out on this computer. All calls but `check` wait for the disk or the keychain."""

    def __init__(self, accounts: Accounts, tokens: Tokens) -> None:
        self.accounts, self.tokens = accounts, tokens
        self._keeping = Lock()
        """A sign-in that was left must not forget what the next one has kept."""

    async def check(self, server: str, token: str, local: Local | None = None) -> Checked:
        """Find out which account a token opens; raises `Refused`. Nothing is kept yet.

        `local` is what becomes of the local entries where that is known; else the person is asked, at the
        first sign-in alone.
        """
        account = await account_of(server, token)
        known, entries, heard = self.accounts.has(account), self.local_entries(), None
        may_upload = local == "upload" or (local is None and not known)
        if entries and may_upload:
            from tabkeeper.sign_in.heard import heard_from

            heard = await heard_from(account, token)
        return Checked(account, token, known=known, local_entries=entries, heard=heard)

    def local_entries(self) -> int:
        """Return how many entries are on this computer only."""
        path = self.accounts.database(None)
        if not path.exists():
            return 0
        with closing(Store.open(path)) as store:
            return moving.count(store)

    def finish(
        self, checked: Checked, local: Local = "keep", wanted: Callable[[], bool] = lambda: True
    ) -> SignedIn:
        """Keep the token, give the account its file, see to the local entries, and make the account current.

        Raises `StoreTrouble` or OSError; what was done until then can be done again without harm. Raises
        `Refused` where it is not `wanted` any more when the keychain has answered, which may take minutes.
        """
        account = checked.account
        with self._keeping:
            not_kept = self.tokens.keep(account, checked.token)
            if not wanted():
                if not checked.known:
                    self.tokens.give_up(account)
                raise Refused("You left before it was done.")
        with closing(Store.open(self.accounts.database(account))) as into:
            with into.transaction(), into.reading() as connection:
                sync_state.bind(connection, account.identity, to_milliseconds(utc_now()))
                sync_state.put(connection, "role", account.role)
            if local == "upload":
                return self._upload(into, checked)._replace(not_kept=not_kept)
        taken_away = self._take_away() if local == "clean" else 0
        self._enter(account)
        return SignedIn(account, taken_away=taken_away, not_kept=not_kept)

    def sign_out(self, account: Account) -> int:
        """Forget the token, and go back to the local file; all entries of the account stay in its own.

        Returns how many changes have not reached the server. Raises `KeychainTrouble`, and then nothing has
        changed.
        """
        self.tokens.forget(account)
        if account.is_same(self.accounts.current().account):
            self.accounts.choose(None)
        with closing(Store.open(self.accounts.database(account))) as store, store.reading() as connection:
            return sum(outbox.counts(connection))

    def _upload(self, into: Store, checked: Checked) -> SignedIn:
        account, heard = checked.account, checked.heard
        assert heard is not None, "it was not checked for an upload"
        with closing(Store.open(self.accounts.database(None))) as local:
            local.back_up()
            may_make = account.may_make_projects
            with moving.bringing(local, into, heard, may_make=may_make) as brought:
                self._enter(account)
        return SignedIn(account, brought)

    def _enter(self, account: Account) -> None:
        """Keep the account and make it current: one that is kept counts as known at the next sign-in."""
        self.accounts.keep(account)
        self.accounts.choose(account)

    def _take_away(self) -> int:
        with closing(Store.open(self.accounts.database(None))) as local:
            local.back_up()
            return moving.take_away(local)
