"""Where a token is found and kept: given for this run, or in the keychain under server and user."""

from collections.abc import Callable, MutableMapping
from contextlib import suppress
from typing import NamedTuple, Protocol

from tabkeeper.accounts import Account
from tabkeeper.desktop.keychain import KeychainTrouble, NoKeychain

VARIABLE = "TABKEEPER_TOKEN"
SERVER_VARIABLE = "TABKEEPER_SERVER"


class Given(NamedTuple):
    """A token from the environment, and the server that it is for."""

    server: str
    token: str

    def __repr__(self) -> str:
        return f"<Given for {self.server}>"


def take_token(environment: MutableMapping[str, str]) -> Given | None:
    """Return the token in the environment, and take it out: what is started from here has no use for it.

    It is for the server that the environment names, or else for the hosted service: never for another one.
    """
    token = environment.pop(VARIABLE, "").strip()
    if not token:
        return None
    from tabkeeper.api import DEFAULT_SERVER

    return Given(environment.get(SERVER_VARIABLE) or DEFAULT_SERVER, token)


class Keychain(Protocol):
    """Keeps secrets under a service and a user, or raises `KeychainTrouble`."""

    def read(self, service: str, user: str, waiting: Callable[[], None] | None = None) -> str | None: ...
    def keep(self, service: str, user: str, secret: str) -> None: ...
    def forget(self, service: str, user: str) -> None: ...
    def is_open(self) -> bool: ...


class Tokens:
    """The tokens of accounts. The one that was `given` for this run goes before any that was kept."""

    def __init__(self, keychain: Keychain, given: Given | None = None) -> None:
        self.given, self._keychain = given, keychain
        self._of_this_run: dict[tuple[str, str], str] = {}

    def find(self, account: Account, waiting: Callable[[], None] | None = None) -> str | None:
        """Return the token of an account, or None where there is none; raises `KeychainTrouble`.

        `waiting` is called when the keychain does not answer at once.
        """
        place = _place(account)
        if self.given is not None and self._is_for(account):
            return self.given.token
        return self._of_this_run.get(place) or self._keychain.read(*place, waiting)

    def is_given(self, account: Account, token: str) -> bool:
        """Whether it is the token that was given for this run, which is never kept."""
        return self.given is not None and token == self.given.token and self._is_for(account)

    def can_be_found(self) -> bool:
        """Whether the keychain could be read now without asking the person; False where it does not tell."""
        try:
            return self._keychain.is_open()
        except KeychainTrouble:
            return False

    def keep(self, account: Account, token: str) -> str | None:
        """Keep a token; where no keychain takes it, only for this run, and what is returned says so."""
        place = _place(account)
        if self.is_given(account, token):
            return None
        self._of_this_run[place] = token
        try:
            self._keychain.keep(*place, token)
        except KeychainTrouble as trouble:
            return str(trouble)
        del self._of_this_run[place]
        return None

    def forget(self, account: Account) -> None:
        """Take the token of an account out of everything; raises `KeychainTrouble`, and then it stays."""
        place = _place(account)
        with suppress(NoKeychain):  # which has none of it
            self._keychain.forget(*place)
        self._of_this_run.pop(place, None)

    def give_up(self, account: Account) -> None:
        """Take out a token that is of no use after all, as far as the keychain lets us."""
        place = _place(account)
        self._of_this_run.pop(place, None)
        with suppress(KeychainTrouble):
            self._keychain.forget(*place)

    def _is_for(self, account: Account) -> bool:
        from tabkeeper.api import server_address

        try:
            return self.given is not None and server_address(self.given.server) == account.server
        except ValueError:
            return False


def _place(account: Account) -> tuple[str, str]:
    return f"Tabkeeper {account.server}", f"{account.user_id} in {account.workspace_id}"
