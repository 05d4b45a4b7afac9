"""The command line among other processes: several at once, closed pipes, odd locales, the tray, backups."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import CommandLine

from tabkeeper import __version__
from tabkeeper.paths import find_paths

# Ready to start, and only waiting for the word.
AT_THE_SAME_INSTANT = """
import sys
from tabkeeper.cli import opened
from tabkeeper.cli.main import run
print("ready", flush=True)
sys.stdin.readline()
sys.exit(run(["start", sys.argv[1]]))
"""


def test_of_timers_started_at_the_same_instant_one_runs_and_all_are_kept(tabkeeper: CommandLine) -> None:
    processes = [
        subprocess.Popen(
            (sys.executable, "-c", AT_THE_SAME_INSTANT, f"Task {number}"),
            env=tabkeeper.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for number in range(8)
    ]  # fmt: skip
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate(timeout=60) and process.returncode for process in processes] == [0] * 8
    entries = tabkeeper.ask("list")
    assert {entry["description"] for entry in entries} == {f"Task {number}" for number in range(8)}
    assert len([entry for entry in entries if entry["stop"] is None]) == 1
    assert all(entry["stop"] is None or entry["start"] <= entry["stop"] for entry in entries)


def test_a_reader_that_has_enough_ends_the_list_quietly(tabkeeper: CommandLine) -> None:
    tabkeeper.run("start", "x" * 2_000)
    listing = (
        "from tabkeeper.cli import main; from tabkeeper.cli.commands import entries; "
        "show = entries.show_all; entries.show_all = lambda e, *a, **k: show([*e] * 1_000, *a, **k); "
        "import sys; sys.exit(main.run(['list']))"
    )
    process = subprocess.Popen(
        (sys.executable, "-c", listing),
        env=tabkeeper.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    assert process.stdout.readline()
    process.stdout.close()
    assert process.wait(timeout=60) == 0
    assert process.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is always full")
def test_an_answer_that_cannot_be_written_is_said_in_one_sentence(tabkeeper: CommandLine) -> None:
    with open("/dev/full", "w") as full:
        words = (sys.executable, "-m", "tabkeeper", "status")
        done = subprocess.run(
            words, env=tabkeeper.environment, stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert (done.returncode, done.stderr) == (1, "This did not work: No space left on device.\n")


@pytest.mark.parametrize(
    "locale", [{"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"}, {"PYTHONIOENCODING": "latin-1"}]
)
def test_a_terminal_without_utf_8_loses_no_json_and_ends_no_command(
    locale: dict[str, str], tabkeeper: CommandLine
) -> None:
    tabkeeper.environment.update(locale, PYTHONUTF8="0")
    assert tabkeeper.ask("start", "🎉 עברית")["description"] == "🎉 עברית"
    assert tabkeeper.run("list").returncode == 0


@pytest.mark.skipif(os.name != "posix", reason="a shell that closes a stream")
@pytest.mark.parametrize(
    ("closed", "words", "code"),
    [("2>&-", "start Review -p New --json", 0), (">&-", "start Review", 0), ("<&-", "login", 2)],
)
def test_a_stream_that_is_closed_ends_no_command_and_nothing_else_gets_into_the_json(
    closed: str, words: str, code: int, tabkeeper: CommandLine
) -> None:
    line = f'exec "$0" -m tabkeeper {words} {closed}'
    done = subprocess.run(
        ("sh", "-c", line, sys.executable), env=tabkeeper.environment, capture_output=True, text=True
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    if "--json" in words:
        assert json.loads(done.stdout)["project"] == "New"


def test_the_tray_program_is_told_of_a_change_and_only_of_a_change(
    tabkeeper: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    tabkeeper.home.mkdir()
    with socket.socket(socket.AF_UNIX) as tray:
        monkeypatch.chdir(
            tabkeeper.home
        )  # a path that any system takes for a socket, however long the folder's is
        place = find_paths(tabkeeper.environment).socket
        place.parent.mkdir(mode=0o700, exist_ok=True)
        tray.bind(str(place))
        tray.listen()
        tray.settimeout(60)
        assert tabkeeper.run("status").returncode == 0
        assert tabkeeper.run("start", "Review").returncode == 0
        connection, _ = tray.accept()
        assert connection.recv(64) == b"changed\n"
        tray.setblocking(False)
        with pytest.raises(BlockingIOError):
            tray.accept()


def test_who_never_starts_the_tray_program_has_a_backup_a_day_too(tabkeeper: CommandLine) -> None:
    tabkeeper.run("status")
    folder = tabkeeper.home / "backups"
    assert not folder.exists()
    tabkeeper.run("start", "Review")
    tabkeeper.run("stop")
    assert len(list(folder.glob("*.db"))) == 1


def test_a_backup_that_cannot_be_made_is_a_warning(tabkeeper: CommandLine) -> None:
    tabkeeper.home.mkdir()
    (tabkeeper.home / "backups").write_text("a file where the folder should be")
    done = tabkeeper.run("start", "Review")
    assert done.returncode == 0
    assert "Review" in done.stdout
    assert done.stderr.startswith("Today's backup was not made: ")
    assert len(done.stderr.splitlines()) == 1


def test_a_file_of_another_program_is_refused_in_one_sentence_and_left_alone(tabkeeper: CommandLine) -> None:
    import sqlite3

    tabkeeper.home.mkdir()
    with sqlite3.connect(tabkeeper.home / "tabkeeper.db") as other:
        other.execute("CREATE TABLE theirs (x)")
    code, sentence = tabkeeper.refusal("start", "x")
    assert code == 1
    assert "is a file of another program. It was left as it is" in sentence
    assert "Traceback" not in sentence


def test_it_says_its_version(tabkeeper: CommandLine) -> None:
    assert tabkeeper.run("--version").stdout == f"tabkeeper {__version__}\n"
    assert not tabkeeper.home.exists()
