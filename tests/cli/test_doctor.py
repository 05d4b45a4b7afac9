"""`tabkeeper doctor`: what it says of a healthy home and of a broken one, and that it waits for nobody."""

import json
import os
import shlex
import shutil
import socket
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import CommandLine

from tabkeeper.accounts import Account, Accounts
from tabkeeper.paths import find_paths
from tabkeeper.store.schema import VERSION


@pytest.fixture
def tabkeeper(tabkeeper: CommandLine) -> CommandLine:
    """The command line where there is no desktop, as in a shell of cron or over ssh."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "QT_QPA_PLATFORM"):
        tabkeeper.environment.pop(name, None)
    tabkeeper.environment["XDG_RUNTIME_DIR"] = str(tabkeeper.home)
    return tabkeeper


def states(answer: Any) -> dict[str, str]:
    return {check["what"]: check["state"] for check in answer["checks"]}


def detail(answer: Any, what: str) -> str:
    [found] = [check["detail"] for check in answer["checks"] if check["what"] == what]
    assert isinstance(found, str)
    return found


def faulty(tabkeeper: CommandLine) -> tuple[Any, str]:
    """Return what the doctor answers and says where something is wrong."""
    done = tabkeeper.run("doctor", "--json")
    assert done.returncode == 1
    answer = json.loads(done.stdout)
    assert not answer["ok"]
    return answer, done.stderr


def test_a_new_home_is_well_and_is_not_even_made(tabkeeper: CommandLine) -> None:
    answer = tabkeeper.ask("doctor")
    assert answer["ok"]
    assert "fault" not in states(answer).values()
    assert not tabkeeper.home.exists()


def test_it_says_where_things_are_and_which_versions_run(tabkeeper: CommandLine) -> None:
    tabkeeper.run("start", "Something private")
    answer = tabkeeper.ask("doctor")
    assert answer["paths"]["data"] == str(tabkeeper.home / "tabkeeper.db")
    assert answer["versions"]["python"] == ".".join(map(str, sys.version_info[:3]))
    assert answer["versions"]["qt"].startswith("6.")
    assert detail(answer, "file").startswith("sound, 1 entry, ")
    assert "1 kept" in detail(answer, "backup")
    assert "Something private" not in str(answer)


def test_without_a_desktop_it_notes_what_works_instead_and_is_content(tabkeeper: CommandLine) -> None:
    done = tabkeeper.run("doctor")
    assert (done.returncode, done.stderr) == (0, "")
    lines = {line.split()[0]: line.split(maxsplit=1)[1] for line in done.stdout.splitlines()}
    assert lines["display"] == "note  none here; the command line works without one"
    assert lines["tray"].startswith("note  There is no tray here, so no icon; the window takes its place")
    assert lines["hotkeys"].startswith(
        "note  This session lets no program hear keys of others. Bind tabkeeper"
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Wayland is Linux's")
def test_under_wayland_without_a_portal_it_names_the_commands_to_bind(tabkeeper: CommandLine) -> None:
    tabkeeper.environment["WAYLAND_DISPLAY"] = "wayland-0"
    answer = tabkeeper.ask("doctor")
    assert answer["ok"]
    told = detail(answer, "hotkeys")
    assert told.startswith("This desktop offers no hotkeys to programs. Bind tabkeeper toggle, ")
    for command in ("toggle", "continue", "quick-add", "window"):
        assert f"tabkeeper {command}" in told
    assert detail(answer, "idle").startswith("This session does not tell when nobody is there")
    assert detail(answer, "bus").startswith("no session bus")
    assert detail(answer, "notices").startswith("No service here shows notifications")


def test_a_damaged_file_is_a_fault_and_is_left_as_it_is(tabkeeper: CommandLine) -> None:
    tabkeeper.run("start", "x")
    database = tabkeeper.home / "tabkeeper.db"
    database.write_bytes(b"x" * 10_000)
    answer, said = faulty(tabkeeper)
    assert said == "This needs to be seen to: file.\n"
    assert "is damaged" in detail(answer, "file")
    assert database.read_bytes() == b"x" * 10_000


def test_a_file_of_a_newer_program_is_a_fault(tabkeeper: CommandLine) -> None:
    tabkeeper.run("start", "x")
    with sqlite3.connect(tabkeeper.home / "tabkeeper.db") as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    answer, _ = faulty(tabkeeper)
    assert "install that version" in detail(answer, "file")


def test_a_backup_that_is_older_than_the_changes_is_a_fault(tabkeeper: CommandLine) -> None:
    tabkeeper.run("start", "x")
    [copy] = (tabkeeper.home / "backups").glob("*.db")
    copy.rename(copy.with_name("tabkeeper-20260101T120000.db"))
    answer, _ = faulty(tabkeeper)
    assert "2026-01-01" in detail(answer, "backup")


def test_a_folder_that_cannot_be_made_is_a_fault_before_the_first_start(tabkeeper: CommandLine) -> None:
    tabkeeper.home.touch()
    tabkeeper.environment["TABKEEPER_HOME"] = str(tabkeeper.home / "below" / "it")
    answer, _ = faulty(tabkeeper)
    assert f"cannot be made in {tabkeeper.home}. Make that writable" in detail(answer, "folder")


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX's")
def test_a_file_that_others_can_read_is_a_fault_with_its_remedy(tabkeeper: CommandLine) -> None:
    tabkeeper.run("start", "x")
    tabkeeper.home.chmod(0o755)
    (tabkeeper.home / "tabkeeper.db").chmod(0o644)
    answer, _ = faulty(tabkeeper)
    _, _, remedy = detail(answer, "folder").partition("Close the folder: ")
    subprocess.run(shlex.split(remedy), check=True)
    assert tabkeeper.ask("doctor")["ok"]


def test_settings_that_are_no_toml_are_a_fault_and_stay_where_they_are(tabkeeper: CommandLine) -> None:
    assert tabkeeper.run("config", "set", "idle.minutes", "5").returncode == 0
    assert detail(tabkeeper.ask("doctor"), "settings") == "understood"
    settings = find_paths(tabkeeper.environment).settings
    settings.write_text("[idle\nminutes = 5\n")
    answer, said = faulty(tabkeeper)
    assert said == "This needs to be seen to: settings.\n"
    assert "could not be understood" in detail(answer, "settings")
    assert settings.read_text() == "[idle\nminutes = 5\n"
    settings.write_text("[idle]\nminutes = -1\n")
    answer, _ = faulty(tabkeeper)
    assert "idle.minutes is a number, 0 to 240" in detail(answer, "settings")


def test_a_token_in_the_environment_is_not_repeated(tabkeeper: CommandLine) -> None:
    done = tabkeeper.run("doctor", TABKEEPER_TOKEN="tb_a_secret")
    assert "tb_a_secret" not in done.stdout + done.stderr


@pytest.fixture
def account(tabkeeper: CommandLine) -> Account:
    """The account that is in use."""
    account = Account("https://time.example", "1", "2", workspace="Acme", email="ada@acme.test")
    accounts = Accounts(find_paths(tabkeeper.environment))
    accounts.keep(account)
    accounts.choose(account)
    return account


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems have a keychain always")
@pytest.mark.usefixtures("account")
def test_no_keychain_is_a_fault_only_for_who_needs_one(tabkeeper: CommandLine) -> None:
    answer, said = faulty(tabkeeper)
    assert said == "This needs to be seen to: keychain.\n"
    assert detail(answer, "account") == "Acme  ada@acme.test · time.example"
    assert tabkeeper.run("doctor", TABKEEPER_TOKEN="tb_a_secret").returncode == 0


def test_it_looks_at_the_file_of_the_account_in_use(tabkeeper: CommandLine, account: Account) -> None:
    tabkeeper.run("start", "x")
    answer = json.loads(tabkeeper.run("doctor", "--json").stdout)
    assert answer["paths"]["data"] == str(tabkeeper.home / "accounts" / account.key / "tabkeeper.db")
    assert detail(answer, "file").startswith("sound, 1 entry")


def test_an_account_that_is_gone_is_a_fault(tabkeeper: CommandLine, account: Account) -> None:
    shutil.rmtree(tabkeeper.home / "accounts" / account.key)
    answer, said = faulty(tabkeeper)
    assert said == "This needs to be seen to: account.\n"
    assert "is not here any more" in detail(answer, "account")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X and D-Bus are Linux's")
def test_a_desktop_that_never_answers_is_given_up_on(tabkeeper: CommandLine, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as bus, socket.socket() as server:
        bus.bind(str(tmp_path / "bus"))
        server.bind(("127.0.0.1", 0))
        bus.listen()
        server.listen()
        tabkeeper.environment.update(
            DBUS_SESSION_BUS_ADDRESS=f"unix:path={tmp_path / 'bus'}",
            DISPLAY=f"127.0.0.1:{server.getsockname()[1] - 6000}",
        )
        answer = tabkeeper.ask("doctor")
    assert answer["ok"]
    assert detail(answer, "display") == detail(answer, "tray") == "did not answer within 4 s"
    assert detail(answer, "file").startswith("none yet")


def test_it_loads_no_qt(tabkeeper: CommandLine) -> None:
    program = (
        "import sys; from tabkeeper.cli.main import run; run(['doctor']); print('PySide6' in sys.modules)"
    )
    words = (sys.executable, "-c", program)
    done = subprocess.run(words, env=tabkeeper.environment, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "False"


def test_it_says_what_the_tray_has_heard_of_newer_releases_and_asks_nobody(tabkeeper: CommandLine) -> None:
    assert detail(tabkeeper.ask("doctor"), "updates").startswith("not looked for yet")
    tabkeeper.home.mkdir(exist_ok=True)
    known = tabkeeper.home / "updates.json"
    for newest, state, words in (
        ("0.0.1", "ok", "nothing newer was out on 2026-11-25"),
        ("99.0.0", "note", "Tabkeeper 99.0.0 is out; this is"),
    ):
        known.write_text(json.dumps({"asked": "2026-11-25T12:00:00+00:00", "newest": newest}))
        answer = tabkeeper.ask("doctor")
        assert (states(answer)["updates"], answer["ok"]) == (state, True)
        assert detail(answer, "updates").startswith(words)
    assert "git pull" in detail(answer, "updates")
    assert tabkeeper.run("config", "set", "updates.check", "off").returncode == 0
    assert detail(tabkeeper.ask("doctor"), "updates") == "not looked for: updates.check is off"
