"""`docs/self-hosting.md` and `packaging/server/`: the commands a person is told to type do what is said."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.server.ports import held_port
from tests.server_process import COMMAND

ROOT = Path(__file__).parents[2]
PACKAGING = ROOT / "packaging" / "server"
PAGE = (ROOT / "docs" / "self-hosting.md").read_text(encoding="utf-8")
# Each block of commands, with the remark above it if there is one.
BLOCKS = re.findall(r"(?:<!-- (.*?) -->\n)?```sh\n(.*?)```", PAGE, re.DOTALL)
REMARKS = {"needs the network", "as root", "needs your name", ""}


@pytest.fixture
def port() -> Iterator[int]:
    with held_port() as port:
        yield port


def test_the_commands_that_need_nothing_special_do_what_the_page_says(tmp_path: Path, port: int) -> None:
    if shutil.which("curl") is None:
        pytest.skip("curl is not installed")
    assert {remark for remark, _ in BLOCKS} <= REMARKS
    commands = tmp_path / "bin" / "tabkeeper-server"
    commands.parent.mkdir()
    commands.write_text(f'#!/bin/sh\nexec {" ".join(COMMAND)} "$@"\n')
    commands.chmod(0o755)
    script = "\n".join(block for remark, block in BLOCKS if not remark).replace(":8080", f":{port}")
    # Where the page has a person wait for the line that says where it listens.
    listening = f"until curl -s -o answered http://127.0.0.1:{port}/healthz; do kill -0 $!; done\n"
    script = script.replace("run &\n", f"run &\n{listening}") + "\nkill $!\nwait $! || true\n"
    done = subprocess.run(
        ("bash", "-euo", "pipefail", "-c", script),
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        env={
            **os.environ,
            "PATH": f"{commands.parent}{os.pathsep}{os.environ['PATH']}",
            "TABKEEPER_SERVER_HOME": str(tmp_path / "data"),
            "TABKEEPER_SERVER_PORT": str(port),
        },
    )
    assert done.returncode == 0, done.stderr
    said = done.stdout
    assert re.search(r"^tta_[A-Za-z0-9_-]{43}$", said, re.MULTILINE)
    assert f"Tabkeeper server listens on http://127.0.0.1:{port}" in said
    assert '"email":"me@example.org","role":"owner","timezone":"Europe/Zurich"' in said
    assert '"currency":"EUR","week_start":"monday"' in said
    assert "kim@example.org\tadmin\tEurope/Zurich\tKim" in said
    assert "Revoked tta_" in said
    assert "Archived 'Secret'." in said
    assert "Restored 'Secret'." in said
    assert list(tmp_path.glob("backup-*.sqlite"))


def test_every_file_and_every_setting_the_page_names_is_there() -> None:
    for name in set(re.findall(r"packaging/server/[\w.-]+", PAGE)):
        assert (ROOT / name).is_file(), name
    known = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "src/tabkeeper_server").rglob("*.py")
    )
    named = PAGE + "".join(path.read_text(encoding="utf-8") for path in PACKAGING.iterdir())
    for variable in set(re.findall(r"TABKEEPER_SERVER_\w+", named)):
        assert f'"{variable}"' in known, variable


def test_the_words_the_page_says_are_words_the_command_knows() -> None:
    said = set(re.findall(r"tabkeeper-server ((?:user |token |project |client )?[a-z]+) ", PAGE))
    assert {"setup", "run", "user add", "token revoke", "project members", "backup"} <= said | {"run"}
    for words in said:
        help_text = subprocess.run((*COMMAND, *words.split(), "--help"), capture_output=True, text=True)
        assert help_text.returncode == 0, words


def test_the_unit_is_one_that_systemd_understands(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed")
    unit = (PACKAGING / "tabkeeper-server.service").read_text(encoding="utf-8")
    program = "/usr/local/lib/tabkeeper-server/bin/tabkeeper-server"
    assert f"ExecStart={program} run\n" in unit
    there = tmp_path / "tabkeeper-server.service"
    # Only what is not installed here is put aside: the program and its user.
    there.write_text(
        re.sub(r"^(User|Group)=.*\n", "", unit.replace(program, sys.executable), flags=re.MULTILINE)
    )
    done = subprocess.run(("systemd-analyze", "verify", "--man=no", there), capture_output=True, text=True)
    complaints = [line for line in done.stderr.splitlines() if "tabkeeper-server" in line]
    assert not complaints


def test_the_server_needs_nothing_of_the_desktop_program() -> None:
    script = (PACKAGING / "install.sh").read_text(encoding="utf-8")
    (pattern,) = re.findall(r"desktop='\^\((.*)\)=='", script)
    left_out = {name.replace("-", "_") for name in pattern.split("|")} | {"PySide6"}
    question = (
        "import sys, tabkeeper_server.commands.run, tabkeeper_server.commands.people, "
        "tabkeeper_server.commands.catalogue, tabkeeper_server.commands.backup, aiosqlite, asyncpg; "
        f"print(*sys.modules.keys() & {left_out})"
    )
    answer = subprocess.run((sys.executable, "-c", question), capture_output=True, text=True, check=True)
    assert answer.stdout.split() == []


def test_the_container_is_given_what_it_copies() -> None:
    ignored = (PACKAGING / "Containerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    wanted = [line.removeprefix("!") for line in ignored if line.startswith("!")]
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for name in wanted:
        assert (ROOT / name).exists() or name == "resources", name
    for needed in ("src", "resources", "README.md", "LICENSE", "packaging/locks", "packaging/server"):
        assert needed in wanted
    assert 'license-files = ["LICENSE"]' in project


def test_a_backup_in_the_container_goes_where_it_may_write_and_what_is_there_stays() -> None:
    image = (PACKAGING / "Containerfile").read_text(encoding="utf-8").rpartition("\nFROM ")[2]
    (home,) = re.findall(r"TABKEEPER_SERVER_HOME=(\S+)", image)
    assert re.findall(r"^(?:WORKDIR|VOLUME) (.*)$", image, re.MULTILINE) == [home, home]
    assert f"--mode=0700 {home}\n" in image
