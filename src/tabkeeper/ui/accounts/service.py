"""What the interface needs to sign in and out with, and the values that come and go. Types only."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, Literal, NamedTuple, Protocol

from tabkeeper.accounts import Account, Accounts
from tabkeeper.model.entry import Entry
from tabkeeper.tracker.moving import Brought

Local = Literal["upload", "keep", "clean"]
"""What becomes of the entries that are on this computer only."""


class Standing(NamedTuple):
    """The accounts of this computer, and the one in use; None is the local file."""

    accounts: tuple[Account, ...] = ()
    current: Account | None = None

    def is_current(self, account: Account | None) -> bool:
        """Whether an account, or the local file, is the one in use."""
        return account.is_same(self.current) if account else self.current is None


class Checked(Protocol):
    """A token that a server takes."""

    account: Account
    known: bool
    local_entries: int


class SignedIn(Protocol):
    """What came of a sign-in."""

    @property
    def account(self) -> Account: ...
    @property
    def brought(self) -> Brought | None: ...
    @property
    def taken_away(self) -> int: ...
    @property
    def not_kept(self) -> str | None: ...


class Service(Protocol):
    """What signs in and out; its calls may wait, and raise `Refused` or one of the desk's troubles."""

    accounts: Accounts

    def check(self, server: str, token: str) -> Coroutine[Any, Any, Checked]: ...
    def finish(self, checked: Any, local: Local, wanted: Callable[[], bool]) -> SignedIn: ...
    def sign_out(self, account: Account) -> int: ...


OpenFile = Callable[[Path, Callable[[Entry | None], None], Callable[[str], None]], None]
"""Lets the program go on with another file. Calls the first when it does, with the timer that runs on in
the one before; or the second, with the reason."""
