"""The commands about accounts: sign in, sign out, and which one the other commands work on."""

import os
from argparse import ArgumentParser, Namespace, RawDescriptionHelpFormatter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tabkeeper.accounts import Account, Accounts
from tabkeeper.cli.answers import close_to, print_json, say
from tabkeeper.cli.command import Command, json_option
from tabkeeper.cli.completers import offer_accounts
from tabkeeper.cli.output import printable
from tabkeeper.model.catalogue import folded
from tabkeeper.model.refusal import NothingToDo, Refused
from tabkeeper.model.text import quoted
from tabkeeper.paths import find_paths

if TYPE_CHECKING:
    from tabkeeper.sign_in.service import Checked, Local, SignedIn

LOCAL = "local"
"""The word for the file of who has no account."""


_LOGIN_EPILOG = """\
environment, for computers without a keychain such as those of CI:
  TABKEEPER_TOKEN   is used instead of a token that was kept, and never kept itself
  TABKEEPER_SERVER  the server that it is for, where that is not the hosted service
"""


def _login_options(parser: ArgumentParser) -> None:
    parser.formatter_class = RawDescriptionHelpFormatter
    parser.epilog = _LOGIN_EPILOG
    parser.add_argument("--server", metavar="URL", help="default: TABKEEPER_SERVER, or the hosted service")
    parser.add_argument("--token-stdin", action="store_true", help="read the token from standard input")
    parser.add_argument(
        "--local",
        choices=("upload", "keep", "clean"),
        help="what becomes of the entries on this computer only; asked where it is not said",
    )
    json_option(parser)


def _login(given: Namespace) -> None:
    import asyncio

    from tabkeeper.api import DEFAULT_SERVER
    from tabkeeper.cli.signing_in import signing_in, token_typed

    service = signing_in()
    server = given.server or os.environ.get("TABKEEPER_SERVER") or DEFAULT_SERVER
    token = token_typed(server, from_stdin=given.token_stdin, given=service.tokens.given)
    checked = asyncio.run(service.check(server, token, given.local))
    local = _choice(given.local, checked)
    done = service.finish(checked, local)
    _nudge()
    if given.json:
        is_the_environments = service.tokens.is_given(done.account, token)
        print_json(
            {
                "account": _value(done.account, current=True),
                "token_kept": done.not_kept is None and not is_the_environments,
                "uploaded": done.brought.entries if done.brought else 0,
                "taken_off": done.taken_away,
                "stayed_local": _stayed(done, checked),
            }
        )
        return
    _report(done, checked, local)


def _stayed(done: "SignedIn", checked: "Checked") -> int:
    return done.brought.staying if done.brought else checked.local_entries - done.taken_away


def _choice(said: "Local | None", checked: "Checked") -> "Local":
    """Return what becomes of the local entries; asks where that was not said and somebody is there."""
    if not checked.local_entries or (said is None and checked.known):
        return "keep"
    if said is not None:
        return said
    from tabkeeper.cli.signing_in import choice_typed

    return choice_typed(checked)


def _report(done: "SignedIn", checked: "Checked", local: "Local") -> None:
    account, brought = done.account, done.brought
    print(printable(f"Signed in to {account.name} as {account.detail}."))
    if brought and brought.entries:
        print(f"{_entries(brought.entries, 'comes', 'come')} along and will be sent.")
    if brought and brought.staying:
        say(
            f"{_entries(brought.staying, 'stays', 'stay')} on this computer only: {account.name} has no "
            f"project {', '.join(brought.lacking)}, and your role may not make one. When it has: "
            "tabkeeper login --local upload"
        )
    elif local == "clean":
        print(
            f"{_entries(done.taken_away, 'was', 'were')} taken off this computer. To take that back: "
            "tabkeeper accounts use local, then tabkeeper undo"
        )
    elif checked.local_entries and not brought:
        print(
            f"{_entries(checked.local_entries, 'stays', 'stay')} on this computer only. To see what is "
            "there: tabkeeper accounts use local"
        )
    if done.not_kept:
        from tabkeeper.cli.kept_token import variables_for

        say(
            f"{done.not_kept} The token was not kept: set {variables_for(account.server)} for each command "
            "that asks the server."
        )


def _entries(count: int, one: str, several: str) -> str:
    return f"1 entry {one}" if count == 1 else f"{count:,} entries {several}"


def _logout_options(parser: ArgumentParser) -> None:
    account = parser.add_argument("account", nargs="?", metavar="ACCOUNT", help="default: the current one")
    offer_accounts(account)


def _logout(given: Namespace) -> None:
    from tabkeeper.cli.signing_in import signing_in
    from tabkeeper.desktop.keychain import KeychainTrouble

    service = signing_in()
    account = _named(given.account, service.accounts) if given.account else service.accounts.current().account
    if account is None:
        raise NothingToDo("You are not signed in.")
    try:
        unsent = service.sign_out(account)
    except KeychainTrouble as trouble:
        raise Refused(f"{trouble} You are still signed in.") from None
    _nudge()
    print(printable(f"Signed out of {account.name}, {account.detail}. Its entries stay on this computer."))
    if unsent:
        say(f"{unsent:,} {'change waits' if unsent == 1 else 'changes wait'} until you sign in there again.")
    if service.tokens.given:
        say("TABKEEPER_TOKEN is still set, and is used by what you start from here.")


def _accounts_options(parser: ArgumentParser) -> None:
    parser.set_defaults(act=_list)
    json_option(parser)
    acts = parser.add_subparsers(metavar="ACTION", prog="tabkeeper accounts")
    use = acts.add_parser("use", help="work on an account's file from now on", allow_abbrev=False)
    account = use.add_argument("account", metavar="ACCOUNT", help=f"its name, or {LOCAL} for the local file")
    offer_accounts(account, LOCAL)
    use.set_defaults(act=_use)


def _run(given: Namespace) -> None:
    given.act(given)


def _list(given: Namespace) -> None:
    accounts = Accounts(find_paths(os.environ))
    current = accounts.current().account
    if given.json:
        print_json([_value(account, account.is_same(current)) for account in accounts.all()])
        return
    for account in accounts.all():
        print(_mark(account.is_same(current)), printable(f"{account.name}  {account.detail}"))
    print(_mark(current is None), f"{LOCAL}  on this computer only")


def _mark(is_current: bool) -> str:
    return "*" if is_current else " "


def _use(given: Namespace) -> None:
    accounts = Accounts(find_paths(os.environ))
    account = None if folded(given.account) == LOCAL else _named(given.account, accounts)
    accounts.choose(account)
    _nudge()
    where = f"{account.name} now: {account.detail}" if account else "this computer's own file now"
    print(printable(f"Working on {where}."))


def _named(word: str, accounts: Accounts) -> Account:
    """Return the account of a name, a server, a mail address or a folder."""
    known = accounts.all()
    found = _called(word, known)
    if len(found) > 1:
        ways = " or ".join(quoted(_shortest(one, known)) for one in found)
        raise Refused(f"Several accounts are called {quoted(word)}. Type {ways}")
    if not found:
        raise Refused(f"There is no account {quoted(word)}.{close_to(word, [one.name for one in known])}")
    return found[0]


def _called(word: str, known: Sequence[Account]) -> list[Account]:
    return [one for one in known if folded(word) in map(folded, (one.name, *_other_names(one)))]


def _other_names(account: Account) -> tuple[str, ...]:
    return account.host, account.email, account.detail, account.key


def _shortest(account: Account, known: Sequence[Account]) -> str:
    """Return what tells an account from all others, the easiest to type."""
    return next(name for name in _other_names(account) if name and len(_called(name, known)) == 1)


def _value(account: Account, current: bool) -> dict[str, object]:
    names = ("server", "user", "email", "workspace", "role")
    return {name: getattr(account, name) for name in names} | {"key": account.key, "current": current}


def _nudge() -> None:
    from tabkeeper.desktop.nudge import nudge

    nudge(find_paths(os.environ).socket, "account")


COMMANDS = {
    "login": Command("Sign in, so that your time is kept on a server too", _login_options, _login),
    "logout": Command("Sign out; the entries stay on this computer", _logout_options, _logout),
    "accounts": Command("List accounts, or choose the one to work on", _accounts_options, _run),
}
