"""Accounts on the command line: whose file it works on, signing in and out."""

from tests.cli.conftest import CommandLine

from tabkeeper.accounts import Account, Accounts
from tabkeeper.paths import find_paths

ADA = Account("https://time.acme.test/api/v1", "u1", "w1", workspace="Acme Inc")


def test_a_command_works_on_the_current_accounts_file(tabkeeper: CommandLine) -> None:
    accounts = Accounts(find_paths(tabkeeper.environment))
    tabkeeper.ask("start", "At home")
    accounts.keep(ADA)
    accounts.choose(ADA)
    assert not tabkeeper.ask("status")["running"]
    tabkeeper.ask("start", "At work")
    accounts.choose(None)
    assert tabkeeper.ask("status")["entry"]["description"] == "At home"
