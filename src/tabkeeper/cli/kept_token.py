"""The token that a command signs its requests with: from the environment, or else from the keychain."""

import os

from tabkeeper.accounts import Accounts
from tabkeeper.cli.answers import say
from tabkeeper.desktop.keychain import Keychain, KeychainTrouble
from tabkeeper.model.refusal import Refused
from tabkeeper.paths import find_paths
from tabkeeper.sign_in.tokens import SERVER_VARIABLE, VARIABLE, Given, Tokens, take_token


def tokens_here() -> Tokens:
    """Return where tokens are found on this computer; a terminal says what is waited for."""
    keychain = Keychain(waiting=lambda: say("Waiting for the keychain to be unlocked…"))
    return Tokens(keychain, take_token(os.environ))


def server_in_use() -> str:
    """Return the server that is meant where none is named: the environment's, or the current account's.

    A token in the environment is not for the account's server unless the environment says so, too.
    """
    from tabkeeper.api import DEFAULT_SERVER

    named = os.environ.get(SERVER_VARIABLE)
    given = os.environ.get(VARIABLE, "").strip()
    account = None if given else Accounts(find_paths(os.environ)).current().account
    return named or (account.server if account else DEFAULT_SERVER)


def token_for(server: str) -> str:
    """Return the token for a server, named as `server_address` does; raises `Refused` where there is none.

    Of several accounts there, the current one goes first.
    """
    tokens, accounts = tokens_here(), Accounts(find_paths(os.environ))
    if tokens.given is not None and is_for(tokens.given, server):
        return tokens.given.token
    current = accounts.current().account
    known = sorted(accounts.all(), key=lambda account: not account.is_same(current))
    account = next((account for account in known if account.server == server), None)
    try:
        token = tokens.find(account) if account else None
    except KeychainTrouble as trouble:
        raise Refused(f"{trouble} Or set {variables_for(server)}.") from None
    if token is None:
        raise Refused(
            f"There is no token for {server}. Sign in (tabkeeper login), or set {variables_for(server)}."
        )
    return token


def is_for(given: Given, server: str) -> bool:
    """Whether a token from the environment may be sent to a server, however its address is written."""
    from tabkeeper.api import server_address

    try:
        return given.server == server or server_address(given.server) == server_address(server)
    except ValueError:
        return False


def variables_for(server: str) -> str:
    """Return what to set in the environment for a server: `TABKEEPER_TOKEN to the token and …`."""
    return f"{VARIABLE} to the token and {SERVER_VARIABLE} to {server}"
