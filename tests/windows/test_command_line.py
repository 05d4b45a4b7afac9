"""The command line under Windows: its words, its exit codes, and its way to a server."""

import signal
from pathlib import Path

from tests.desktop.program import Program
from tests.server_process import serving
from tests.windows.windows import Windows


def test_it_ends_with_the_codes_that_its_help_names(program: Program) -> None:
    assert program.run("start", "Review").returncode == 0
    assert program.run("config", "set", "appearance.theme", "purple").returncode == 1
    assert program.run("start", "--nonsense").returncode == 2
    assert program.run("stop").returncode == 0
    assert program.run("stop").returncode == 3


def test_what_goes_into_a_pipe_keeps_every_letter(program: Program) -> None:
    done = program.run("start", "Plan 日本 → grün ☕")
    assert "Plan 日本 → grün ☕" in done.stdout


def test_without_a_folder_of_its_own_it_keeps_time_where_windows_keeps_such_things(program: Program) -> None:
    del program.environment["TABKEEPER_HOME"]
    data = program.ask("doctor")["paths"]["data"]
    assert data.startswith("C:\\users\\")
    assert data.endswith("\\AppData\\Local\\tabkeeper\\tabkeeper.db")


def test_the_doctor_finds_nothing_to_see_to(program: Program) -> None:
    program.ask("start", "Review")
    said = program.run("doctor")
    assert said.returncode == 0, said.stdout
    assert "fault" not in said.stdout


def test_tokens_are_for_the_credential_manager(windows: Windows) -> None:
    asked = "from tabkeeper.desktop.keychain import safe_store; print(safe_store().name)"
    assert windows.ask_python("-c", asked).strip() == "Windows WinVaultKeyring"


def test_a_tray_program_that_hangs_keeps_nobody_waiting(program: Program) -> None:
    program.start()
    program.icon()
    assert program.process
    program.process.send_signal(signal.SIGSTOP)
    try:
        assert program.run("start", "Review").returncode == 0
    finally:
        program.process.send_signal(signal.SIGCONT)


def test_signed_in_its_token_is_in_windows_keychain_alone_and_its_time_on_the_server(
    windows: Windows, tmp_path: Path
) -> None:
    with serving(tmp_path / "server") as server:
        person = server.team().owner
        program = windows.program(tmp_path / "home", TABKEEPER_SERVER=server.api)
        assert program.run("login", "--token-stdin", said=person.token).returncode == 0
        program.ask("start", "Drafting")
        program.ask("stop")
        assert program.run("sync").returncode == 0
        assert [entry["description"] for entry in person.listed()] == ["Drafting"]
        for file in (tmp_path / "home").rglob("*"):
            assert not file.is_file() or person.token.encode() not in file.read_bytes()
        assert program.run("logout").returncode == 0
        assert program.run("sync").returncode != 0
