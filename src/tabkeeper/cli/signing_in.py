"""What signing in from a terminal needs: the keychain that says when it waits, and questions to a person."""

import os
import sys

from tabkeeper.accounts import Account, Accounts
from tabkeeper.cli.answers import say
from tabkeeper.cli.command import Misused
from tabkeeper.cli.kept_token import is_for, tokens_here
from tabkeeper.model.refusal import Refused
from tabkeeper.paths import find_paths
from tabkeeper.sign_in.service import Checked, Local, SignIn
from tabkeeper.sign_in.tokens import SERVER_VARIABLE, VARIABLE, Given

_LOCAL: tuple[Local, ...] = ("upload", "keep", "clean")


def signing_in() -> SignIn:
    """Return what signs in and out on this computer."""
    return SignIn(Accounts(find_paths(os.environ)), tokens_here())


def token_typed(server: str, *, from_stdin: bool, given: Given | None) -> str:
    """Return the token: from standard input, the environment, or typed without being shown."""
    if from_stdin:
        return _token_piped()
    if given is not None and is_for(given, server):
        return given.token
    if not sys.stdin.isatty():
        raise Misused(
            f"There is no terminal to type the token in; use --token-stdin or {VARIABLE}, with "
            f"{SERVER_VARIABLE} for another server than the hosted one."
        )
    from getpass import getpass

    host = Account(server, "", "").host or server
    say(f"Make a token on {host} under Settings → API Tokens, and paste it here; it is not shown.")
    try:
        return getpass("Token: ").strip()
    except EOFError:
        raise Refused("There was no token. Nothing was done.") from None


def _token_piped() -> str:
    try:
        token = sys.stdin.read().strip()
    except UnicodeDecodeError:
        raise Refused(
            "What came on standard input is not text, so it is no token. Nothing was done."
        ) from None
    if not token:
        raise Refused("There was no token on standard input. Nothing was done.")
    return token


def choice_typed(checked: Checked) -> Local:
    """Ask what becomes of the entries that are on this computer only."""
    entries = "1 entry" if checked.local_entries == 1 else f"{checked.local_entries:,} entries"
    are, them = ("is", "it") if checked.local_entries == 1 else ("are", "them")
    if not sys.stdin.isatty():
        raise Misused(
            f"{entries} {are} on this computer only. Say what becomes of {them}: --local upload, keep or "
            "clean. You are not signed in yet."
        )
    say(f"{entries} {are} on this computer only. What becomes of {them}?")
    choices = (f"Upload {entries} to {checked.account.name}", f"Keep {them} only here", "Start clean")
    for number, text in enumerate(choices, 1):
        say(f"  {number}  {text}")
    while True:
        try:
            typed = input("Type 1, 2 or 3: ").strip()
        except EOFError:
            raise Refused("Nothing was chosen. You are not signed in yet.") from None
        if typed in ("1", "2", "3"):
            return _LOCAL[int(typed) - 1]
