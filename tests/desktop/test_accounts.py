"""The tray follows the account that the command line chooses, and its clicks keep that account's time."""

from pathlib import Path

from tests.desktop.program import Program
from tests.desktop.screen import Screen, wait_until
from tests.keychain_process import KeychainProcess, keychain
from tests.server_process import serving

from tabkeeper.accounts import Account, Accounts
from tabkeeper.desktop.nudge import nudge
from tabkeeper.paths import find_paths

ADA = Account("https://time.acme.test/api/v1", "u1", "w1", workspace="Acme Inc")


def test_an_account_chosen_on_the_command_line_is_shown_and_kept_at_once(program: Program) -> None:
    # A real one without a keyring would put a window over the icon that asks for one to be made.
    program.environment["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring"
    Accounts(find_paths(program.environment)).keep(ADA)
    program.ask("projects", "add", "Home", "--color", "#E11D48")
    program.ask("start", "At home", "-p", "Home")
    program.start()
    wait_until(lambda: program.icon_shows("#E11D48"), "the icon in the project's colour")
    assert program.run("accounts", "use", "Acme Inc").returncode == 0
    wait_until(lambda: not program.icon_shows("#E11D48"), "the icon to show no timer")
    program.ask("start", "At work")
    program.ask("stop")
    program.screen.click(program.icon(), button=2)
    program.wait_for_entry("At work")
    assert program.run("accounts", "use", "local").returncode == 0
    assert program.ask("status")["entry"]["description"] == "At home"


def test_signed_in_on_the_command_line_the_running_tray_syncs_both_ways(
    screen: Screen, tmp_path: Path
) -> None:
    with (
        keychain(tmp_path / "own") as chain,
        serving(tmp_path / "server") as server,
        Program(
            screen,
            tmp_path / "home",
            DBUS_SESSION_BUS_ADDRESS=chain.environment["DBUS_SESSION_BUS_ADDRESS"],
            TABKEEPER_SERVER=server.api,
        ) as program,
    ):
        person = server.team().owner
        program.icon()
        login = KeychainProcess(program.environment).run(
            "-m", "tabkeeper", "login", "--token-stdin", said=person.token
        )
        assert login.returncode == 0, login.stderr
        program.ask("start", "Drafting")
        wait_until(
            lambda: [entry["description"] for entry in person.listed()] == ["Drafting"], "the start there"
        )
        person.post("/entries/stop")
        person.made("/entries/start", description="From the web")
        assert nudge(find_paths(program.environment).socket, "changed")
        program.wait_for_entry("From the web")
        program.screen.click(program.icon(), button=2)
        wait_until(lambda: person.get("/entries/current").json() is None, "the stop there")
