"""The tray follows the account that the command line chooses, and its clicks keep that account's time."""

from tests.desktop.program import Program
from tests.desktop.screen import wait_until

from tabkeeper.accounts import Account, Accounts
from tabkeeper.paths import find_paths

ADA = Account("https://time.acme.test/api/v1", "u1", "w1", workspace="Acme Inc")


def test_an_account_chosen_on_the_command_line_is_shown_and_kept_at_once(program: Program) -> None:
    Accounts(find_paths(program.environment)).keep(ADA)
    program.ask("start", "At home")
    program.start()
    running = program.screen.picture(program.icon())
    assert program.run("accounts", "use", "Acme Inc").returncode == 0
    wait_until(lambda: program.screen.picture(program.icon()) != running, "the icon to show no timer")
    program.ask("start", "At work")
    program.ask("stop")
    program.screen.click(program.icon(), button=2)
    program.wait_for_entry("At work")
    assert program.run("accounts", "use", "local").returncode == 0
    assert program.ask("status")["entry"]["description"] == "At home"
