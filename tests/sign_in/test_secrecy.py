"""The token is in the keychain and in requests, and nowhere else: everything it could be in is searched."""

import base64
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.keychain_process import KeychainProcess, keychain
from tests.server_process import ServerProcess, Team
from tests.sign_in.held_keychain import HeldKeychain
from tests.test_app import wait_until

from tabkeeper.accounts import Account
from tabkeeper.desktop.nudge import nudge
from tabkeeper.paths import find_paths
from tabkeeper.sign_in.service import Checked
from tabkeeper.sign_in.tokens import Given, Tokens, take_token

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it reads /proc")

# Runs the program as ever, but writes down everything that anything in it has to log.
LOUD = """
import logging, sys
from tabkeeper import app, __main__
from tabkeeper.log import begin_log

def loudly(path):
    begin_log(path)
    for name in ("", "tabkeeper"):
        logging.getLogger(name).setLevel(logging.DEBUG)

app.begin_log = loudly
if sys.argv[1:]:
    logging.basicConfig(level=logging.DEBUG)
sys.exit(__main__.main())
"""


@pytest.fixture
def computer(tmp_path: Path, server: ServerProcess) -> Iterator[KeychainProcess]:
    """A computer with a keychain, and a Tabkeeper that writes down all it can."""
    with keychain(tmp_path / "own") as process:
        process.environment |= {
            "TABKEEPER_HOME": str(tmp_path / "home"),
            "TABKEEPER_SERVER": server.api,
            "QT_QPA_PLATFORM": "offscreen",
        }
        yield process


def run(computer: KeychainProcess, *words: str, said: str = "", **environment: str) -> str:
    """Run a command to its end, and return everything it wrote."""
    done = computer.run("-c", LOUD, *words, said=said, **environment)
    return done.stdout + done.stderr


def forms_of(token: str) -> list[bytes]:
    """Return how a token could be written: as it is, as a command line shows it, and as headers encode it."""
    return [token.encode(), base64.b64encode(f"Bearer {token}".encode()), token.encode("utf-16-le")]


def has(content: bytes, token: str) -> bool:
    return any(form in content for form in forms_of(token))


def test_after_a_sign_in_the_token_is_in_no_file_no_output_and_no_log(
    computer: KeychainProcess, team: Team, tmp_path: Path
) -> None:
    token = team.owner.token
    home = tmp_path / "home"
    program = subprocess.Popen((sys.executable, "-c", LOUD), env=computer.environment)
    try:
        wait_until(lambda: nudge(find_paths(computer.environment).socket, "changed"))
        run(computer, "start", "Drafting")
        said = run(computer, "login", "--token-stdin", "--local", "upload", said=token)
        assert "Signed in" in said
        assert "DEBUG" in said, "nothing was logged, so nothing was proved"
        wait_until(lambda: [entry["description"] for entry in team.owner.listed()] == ["Drafting"])
        said += "".join(
            run(computer, *words)
            for words in (("status",), ("accounts", "--json"), ("doctor",), ("api", "/me"))
        )
        assert not has(Path(f"/proc/{program.pid}/environ").read_bytes(), token)
        assert nudge(find_paths(computer.environment).socket, "quit")
        assert program.wait(timeout=30) == 0
    finally:
        program.kill()
        program.wait()
    assert not has(said.encode(), token)
    files = [path for path in home.rglob("*") if path.is_file()]
    assert {"tabkeeper.db", "account.json", "tabkeeper.log"} <= {path.name for path in files}
    [log] = (path.read_text() for path in files if path.name == "tabkeeper.log")
    assert "DEBUG" in log, "the program logged nothing of its requests, so nothing was proved"
    assert [path for path in files if has(path.read_bytes(), token)] == []


def test_while_it_is_checked_the_token_is_in_no_command_line_and_no_environment(
    computer: KeychainProcess,
) -> None:
    token = "tta_while_it_is_checked"
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        words = (sys.executable, "-m", "tabkeeper", "login", "--server", address, "--token-stdin")
        with subprocess.Popen(
            words, env=computer.environment, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
        ) as login:
            assert login.stdin
            login.stdin.write(token.encode())
            login.stdin.close()
            asking, _ = silent.accept()
            received = asking.recv(4096)
            seen = [
                path
                for process in Path("/proc").glob("[0-9]*")
                for path in (process / "cmdline", process / "environ")
                if has(contents(path), token)
            ]
            login.kill()
            asking.close()
    assert token.encode() in received, "the request was not under way"
    assert seen == []


def contents(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # the process has ended, or is somebody else's
        return b""


def test_what_is_started_afterwards_does_not_inherit_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TABKEEPER_TOKEN", "tta_given")
    given = take_token(os.environ)
    assert given is not None
    inherited = subprocess.run(("env",), capture_output=True, text=True, check=True).stdout
    assert "tta_given" not in inherited


def test_what_the_running_program_starts_does_not_inherit_its_token(tmp_path: Path) -> None:
    tools, inherited = tmp_path / "tools", tmp_path / "inherited"
    tools.mkdir()
    tool = tools / "update-desktop-database"
    tool.write_text(f"#!/bin/sh\nenv > {inherited}.part && mv {inherited}.part {inherited}\n")
    tool.chmod(0o755)
    environment = os.environ | {
        "PATH": f"{tools}:{os.environ['PATH']}",
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "TABKEEPER_HOME": str(tmp_path / "home"),
        "TABKEEPER_TOKEN": "tta_given",
        "QT_QPA_PLATFORM": "offscreen",
    }
    with subprocess.Popen((sys.executable, "-m", "tabkeeper"), env=environment) as program:
        try:
            wait_until(inherited.exists)
        finally:
            program.kill()
    assert str(tmp_path / "home") in inherited.read_text()
    assert "tta_given" not in inherited.read_text()


@pytest.mark.parametrize(
    "environment", [{}, {"PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"}], ids=["kept", "not kept"]
)
def test_a_command_that_fails_half_way_shows_no_token_in_what_it_says(
    computer: KeychainProcess, team: Team, tmp_path: Path, environment: dict[str, str]
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "accounts").write_text("in the way of a folder")
    said = run(computer, "login", "--token-stdin", said=team.owner.token, **environment)
    assert "File exists" in said
    assert not has(said.encode(), team.owner.token)


def test_what_a_sign_in_works_with_does_not_print_the_token() -> None:
    account = Account("https://time.acme.test/api/v1", "u1", "w1")
    checked = Checked(account, "tta_secret", known=False, local_entries=0, heard=None)
    given = Given("https://time.acme.test", "tta_secret")
    assert "tta_secret" not in f"{checked} {checked!r} {given} {given!r} {Tokens(HeldKeychain(), given)!r}"


def test_a_crash_shows_no_token(computer: KeychainProcess, team: Team, tmp_path: Path) -> None:
    crashing = LOUD.replace(
        "sys.exit", "from tabkeeper.accounts import Accounts\nAccounts.keep = lambda *_: 1 / 0\nsys.exit"
    )
    done = computer.run("-X", "faulthandler", "-c", crashing, "login", "--token-stdin", said=team.owner.token)
    assert "ZeroDivisionError" in done.stderr
    assert not has((done.stdout + done.stderr).encode(), team.owner.token)
