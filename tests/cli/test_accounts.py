"""Accounts on the command line: signing in and out at our real server, with a real keychain."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from tests.cli.conftest import CommandLine
from tests.keychain_process import KeychainProcess, keychain, lock
from tests.server_process import Team
from tests.sync.proxy import Answer, Asked, delivered, passing

from tabkeeper.accounts import Account, Accounts
from tabkeeper.paths import find_paths

ADA = Account("https://time.acme.test/api/v1", "u1", "w1", workspace="Acme Inc", email="ada@acme.test")
BEA = Account("https://time.acme.test/api/v1", "u2", "w1", workspace="Acme Inc", email="bea@acme.test")

needs_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="gnome-keyring is Linux's")


class Desk(NamedTuple):
    """A computer with a keychain, a Tabkeeper on it, and a workspace on a server."""

    tabkeeper: CommandLine
    keychain: KeychainProcess
    team: Team

    def login(
        self, *words: str, token: str | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        token = self.team.owner.token if token is None else token
        return self.run(
            "login", "--server", self.team.server.api, "--token-stdin", *words, said=token, **environment
        )

    def run(
        self, *words: str, said: str | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return self.keychain.run("-m", "tabkeeper", *words, said=said, **environment)

    def ask(self, *words: str) -> Any:
        """Return what `tabkeeper WORDS --json` prints."""
        done = self.run(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def secrets(self) -> list[str]:
        """Return all that the keychain holds."""
        code = (
            "import secretstorage; from contextlib import closing\n"
            "with closing(secretstorage.dbus_init()) as bus:\n"
            "    for item in secretstorage.get_default_collection(bus).get_all_items():\n"
            "        print(item.get_secret().decode())\n"
        )
        done = self.keychain.run("-c", code)
        assert done.returncode == 0, done.stderr
        return done.stdout.split()


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KeychainProcess]:
    with keychain(tmp_path_factory.mktemp("keychain") / "home") as process:
        yield process


@pytest.fixture
def desk(tabkeeper: CommandLine, chain: KeychainProcess, team: Team) -> Desk:
    names = ("TABKEEPER_HOME", "TZ")
    environment = chain.environment | {name: tabkeeper.environment[name] for name in names}
    return Desk(tabkeeper, KeychainProcess(environment), team)


# Which file a command works on


def test_a_command_works_on_the_current_accounts_file(tabkeeper: CommandLine) -> None:
    accounts = Accounts(find_paths(tabkeeper.environment))
    tabkeeper.ask("start", "At home")
    accounts.keep(ADA)
    accounts.choose(ADA)
    assert not tabkeeper.ask("status")["running"]
    tabkeeper.ask("start", "At work")
    accounts.choose(None)
    assert tabkeeper.ask("status")["entry"]["description"] == "At home"


def test_accounts_are_listed_and_chosen_by_name(tabkeeper: CommandLine) -> None:
    accounts = Accounts(find_paths(tabkeeper.environment))
    accounts.keep(ADA)
    assert tabkeeper.run("accounts").stdout.splitlines() == [
        "  Acme Inc  ada@acme.test · time.acme.test",
        "* local  on this computer only",
    ]
    assert tabkeeper.run("accounts", "use", "acme inc").returncode == 0
    assert [account["current"] for account in tabkeeper.ask("accounts")] == [True]
    assert tabkeeper.run("accounts", "use", "local").returncode == 0
    assert [account["current"] for account in tabkeeper.ask("accounts")] == [False]


def test_a_name_that_two_accounts_have_or_none_is_refused_with_a_way_on(tabkeeper: CommandLine) -> None:
    accounts = Accounts(find_paths(tabkeeper.environment))
    accounts.keep(ADA)
    accounts.keep(BEA)
    code, said = tabkeeper.refusal("accounts", "use", "Acme Inc")
    assert code == 1
    assert said.endswith('Type "ada@acme.test" or "bea@acme.test"')
    assert tabkeeper.run("accounts", "use", "bea@acme.test").returncode == 0
    assert "Did you mean Acme Inc?" in tabkeeper.refusal("accounts", "use", "Acme Ink")[1]


def test_accounts_of_one_name_on_two_servers_are_told_apart_by_the_server(tabkeeper: CommandLine) -> None:
    accounts = Accounts(find_paths(tabkeeper.environment))
    accounts.keep(ADA)
    accounts.keep(ADA._replace(server="https://time.other.test/api/v1"))
    said = tabkeeper.refusal("accounts", "use", "Acme Inc")[1]
    assert said.endswith('Type "time.acme.test" or "time.other.test"')
    done = tabkeeper.run("accounts", "use", "time.other.test")
    assert done.stdout == "Working on Acme Inc now: ada@acme.test · time.other.test.\n"


def test_a_shell_completes_the_names_of_accounts(tabkeeper: CommandLine) -> None:
    Accounts(find_paths(tabkeeper.environment)).keep(ADA)
    assert tabkeeper.completions("tabkeeper accounts use ")[-2:] == ["Acme\\ Inc", "local"]


# Signing in


@needs_linux
def test_signing_in_keeps_the_token_in_the_keychain_and_makes_the_account_current(desk: Desk) -> None:
    done = desk.login()
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"Signed in to {desk.team.name} as owner@team.test · 127.0.0.1:")
    assert desk.team.owner.token in desk.secrets()
    (account,) = desk.ask("accounts")
    assert (account["workspace"], account["role"], account["current"]) == (desk.team.name, "owner", True)
    me = desk.run("api", "/me", "--server", desk.team.server.api)
    assert json.loads(me.stdout)["user"]["email"] == "owner@team.test", me.stderr


@needs_linux
def test_signing_out_takes_the_token_out_of_the_keychain_and_keeps_the_entries(desk: Desk) -> None:
    desk.login()
    desk.run("start", "At work")
    done = desk.run("logout")
    assert done.returncode == 0, done.stderr
    assert done.stderr.splitlines()[-1] == "1 change waits until you sign in there again."
    assert desk.team.owner.token not in desk.secrets()
    assert desk.run("status").stdout == "No timer is running.\n"
    assert desk.run("accounts", "use", desk.team.name).returncode == 0
    assert "At work" in desk.run("status").stdout
    assert desk.run("logout").returncode == 0
    assert desk.run("logout").returncode == 3


@needs_linux
def test_local_entries_are_kept_or_uploaded_as_it_is_said(desk: Desk) -> None:
    desk.run("add", "Drafting", "--from", "9:00", "--to", "9:30", "-p", "Retainer")
    undecided = desk.login()
    assert undecided.returncode == 2
    assert "1 entry is on this computer only. Say what becomes of it" in undecided.stderr
    assert desk.ask("accounts") == []
    kept = desk.login("--local", "keep")
    assert "1 entry stays on this computer only." in kept.stdout, kept.stderr
    assert desk.ask("list") == []
    again = desk.login()
    assert again.returncode == 0, "what was decided once is not asked again"
    uploaded = desk.login("--local", "upload", "--json")
    assert json.loads(uploaded.stdout)["uploaded"] == 1, uploaded.stderr
    (entry,) = desk.ask("list")
    assert (entry["description"], entry["project"]) == ("Drafting", "Retainer")
    desk.run("accounts", "use", "local")
    assert desk.ask("list") == []


@needs_linux
def test_starting_clean_can_be_undone(desk: Desk) -> None:
    desk.run("add", "Drafting", "--from", "9:00", "--to", "9:30")
    done = desk.login("--local", "clean")
    assert "1 entry was taken off this computer." in done.stdout, done.stderr
    desk.run("accounts", "use", "local")
    assert desk.ask("list") == []
    assert desk.run("undo").returncode == 0
    assert [entry["description"] for entry in desk.ask("list")] == ["Drafting"]


@needs_linux
def test_a_member_is_told_what_stays_because_there_is_no_project_for_it(desk: Desk) -> None:
    desk.team.owner.made("/projects", name="Internal")
    for description, project in (("Drafting", "Retainer"), ("Planning", "internal")):
        desk.run("add", description, "--from", "9:00", "--to", "9:30", "-p", project)
    done = desk.login("--local", "upload", token=desk.team.member.token)
    assert "1 entry comes along" in done.stdout
    assert "1 entry stays on this computer only" in done.stderr
    assert "has no project Retainer, and your role may not make one" in done.stderr
    assert [entry["project"] for entry in desk.ask("list")] == ["Internal"]


@needs_linux
def test_where_everything_stays_nothing_is_said_to_come_along(desk: Desk) -> None:
    desk.run("add", "Drafting", "--from", "9:00", "--to", "9:30", "-p", "Retainer")
    done = desk.login("--local", "upload", token=desk.team.member.token)
    assert "1 entry stays on this computer only" in done.stderr
    assert "along" not in done.stdout


@needs_linux
@pytest.mark.parametrize(("local", "taken_off", "stayed"), [("clean", 1, 0), ("keep", 0, 1)])
def test_a_script_is_told_what_became_of_local_entries(
    desk: Desk, local: str, taken_off: int, stayed: int
) -> None:
    desk.run("add", "Drafting", "--from", "9:00", "--to", "9:30")
    said = json.loads(desk.login("--local", local, "--json").stdout)
    assert said["token_kept"] is True
    assert (said["uploaded"], said["taken_off"], said["stayed_local"]) == (0, taken_off, stayed)


@needs_linux
def test_at_a_terminal_the_token_is_not_shown_and_the_question_has_numbers(desk: Desk) -> None:
    desk.run("add", "Drafting", "--from", "9:00", "--to", "9:30")
    import pty  # which Windows has not

    terminal, theirs = pty.openpty()
    words = (sys.executable, "-m", "tabkeeper", "login", "--server", desk.team.server.api)
    with subprocess.Popen(
        words,
        env=desk.keychain.environment,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        seen = read_until(terminal, "Token: ")
        os.write(terminal, f"{desk.team.owner.token}\n".encode())
        seen += read_until(terminal, "Type 1, 2 or 3: ")
        assert f"1  Upload 1 entry to {desk.team.name}" in seen
        os.write(terminal, b"1\n")
        seen += read_until(terminal, "will be sent.")
        assert process.wait(timeout=30) == 0
    os.close(terminal)
    assert desk.team.owner.token not in seen
    assert [entry["description"] for entry in desk.ask("list")] == ["Drafting"]


def read_until(terminal: int, words: str) -> str:
    seen = b""
    while words.encode() not in seen:
        seen += os.read(terminal, 4096)
    return seen.decode()


# What goes wrong


@needs_linux
def test_a_token_that_is_refused_is_one_line_and_nothing_is_kept(desk: Desk) -> None:
    done = desk.login(token="tta_wrong")
    assert (done.returncode, done.stdout) == (1, "")
    assert "does not take this token" in done.stderr
    assert done.stderr.count("\n") == 1
    assert desk.ask("accounts") == []
    assert "tta_wrong" not in [*desk.secrets(), done.stderr]


@needs_linux
def test_what_is_no_text_on_standard_input_is_no_token(desk: Desk) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tabkeeper", "login", "--server", desk.team.server.api, "--token-stdin"],
        input=b"\xff\xfet\x00t\x00a\x00",
        env=desk.keychain.environment | {"PYTHONIOENCODING": "utf-8:strict"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == b"What came on standard input is not text, so it is no token. Nothing was done.\n"


@needs_linux
def test_without_a_terminal_the_ways_to_give_a_token_are_named(desk: Desk) -> None:
    done = desk.run("login", "--server", desk.team.server.api)
    assert done.returncode == 2
    assert "--token-stdin or TABKEEPER_TOKEN, with TABKEEPER_SERVER" in done.stderr


@needs_linux
def test_without_a_safe_keychain_it_says_that_the_token_was_not_kept(desk: Desk) -> None:
    done = desk.login(PYTHON_KEYRING_BACKEND="keyring.backends.null.Keyring")
    assert done.returncode == 0
    assert "no keychain that Tabkeeper can trust" in done.stderr
    server = desk.team.server.api
    assert f"set TABKEEPER_TOKEN to the token and TABKEEPER_SERVER to {server} for each" in done.stderr
    assert [account["current"] for account in desk.ask("accounts")] == [True]
    assert "no token" in desk.run("api", "/me").stderr


@needs_linux
def test_a_token_in_the_environment_is_used_and_not_kept(desk: Desk) -> None:
    given = {"TABKEEPER_TOKEN": desk.team.owner.token, "TABKEEPER_SERVER": desk.team.server.api}
    done = desk.run("login", "--json", **given)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["token_kept"] is False
    assert desk.team.owner.token not in desk.secrets()
    assert desk.run("api", "/me", **given).returncode == 0


@needs_linux
def test_a_token_for_another_server_is_not_sent_and_the_kept_one_is(desk: Desk) -> None:
    server = ("--server", desk.team.server.api)
    token_alone = {"TABKEEPER_TOKEN": desk.team.member.token}
    assert desk.run("login", *server, **token_alone).returncode == 2
    assert desk.login().returncode == 0
    done = desk.run("api", "/me", *server, **token_alone)
    assert json.loads(done.stdout)["user"]["email"] == "owner@team.test"


@needs_linux
def test_an_empty_token_in_the_environment_is_none(desk: Desk) -> None:
    assert desk.login().returncode == 0
    done = desk.run("api", "/me", TABKEEPER_TOKEN=" ")
    assert (done.returncode, done.stderr) == (0, "")


@needs_linux
def test_of_two_accounts_on_a_server_each_request_has_the_token_of_the_current_one(desk: Desk) -> None:
    desk.login()
    desk.login(token=desk.team.member.token)
    assert json.loads(desk.run("api", "/me").stdout)["user"]["email"] == "member@team.test"
    assert desk.run("accounts", "use", "owner@team.test").returncode == 0
    assert json.loads(desk.run("api", "/me").stdout)["user"]["email"] == "owner@team.test"


@needs_linux
def test_a_keychain_that_stays_locked_is_one_sentence(desk: Desk, tmp_path: Path) -> None:
    with keychain(tmp_path / "own") as own:
        places = {name: own.environment[name] for name in ("HOME", "DBUS_SESSION_BUS_ADDRESS")}
        assert desk.login(**places).returncode == 0
        lock(own)
        done = desk.run("api", "/me", **places)
    assert done.returncode == 1
    assert (
        done.stderr
        == "The keychain is locked. Unlock it and try again. Or set TABKEEPER_TOKEN to the token and "
        f"TABKEEPER_SERVER to {desk.team.server.api}.\n"
    )


@needs_linux
def test_another_address_asks_for_a_sign_in_and_is_sent_nothing_that_was_made_for_the_first(
    desk: Desk,
) -> None:
    asked: list[Asked] = []

    def handle(request: Asked) -> Answer:
        asked.append(request)
        return delivered(desk.team.server.url, request)

    assert desk.login().returncode == 0
    desk.ask("start", "For the first address")
    with passing(handle) as address:
        elsewhere = f"{address}/api/v1"
        for words, said in (
            (("login", "--server", elsewhere), "no terminal to type the token in"),
            (("api", "/me", "--server", elsewhere), "There is no token for"),
        ):
            done = desk.run(*words)
            assert done.returncode != 0
            assert said in done.stderr
        assert desk.run("sync", TABKEEPER_SERVER=elsewhere).returncode == 0
        assert asked == []
        assert [row["description"] for row in desk.team.owner.listed()] == ["For the first address"]
        desk.ask("edit", "current", "--description", "Not for another address")
        token = desk.team.owner.token
        done = desk.run("login", "--server", elsewhere, "--token-stdin", said=token)
        assert done.returncode == 0, done.stderr
        assert desk.run("sync").returncode == 0
        assert {request.method for request in asked} == {"GET"}
    assert [account["current"] for account in desk.ask("accounts")].count(True) == 1
    assert len(desk.ask("accounts")) == 2
