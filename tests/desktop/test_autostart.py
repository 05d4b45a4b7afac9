"""Starting with the session is what the system's own file says, whoever wrote it."""

import plistlib
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from tests.desktop.program import Program
from tests.desktop.screen import wait_until

from tabkeeper.desktop import desktop_entry
from tabkeeper.desktop.autostart import AutostartTrouble
from tabkeeper.desktop.autostart.macos import LaunchAgent
from tabkeeper.desktop.autostart.xdg import XdgAutostart
from tabkeeper.desktop.own_command import own_command


def autostart_file(program: Program) -> Path:
    return Path(program.environment["XDG_CONFIG_HOME"]) / "autostart" / "tabkeeper.desktop"


def test_a_choice_writes_the_file_that_the_session_reads_and_takes_it_away(program: Program) -> None:
    program.start()
    program.icon()
    file = autostart_file(program)
    assert program.run("config", "set", "start.with_session", "on").returncode == 0
    wait_until(file.exists, "the autostart file")
    command = desktop_entry.fields_of(file)
    assert command is not None
    started = subprocess.run(
        (*shlex.split(command["Exec"]), "--version"),
        env=program.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert started.stdout.startswith("tabkeeper ")
    program.run("config", "set", "start.with_session", "off")
    wait_until(lambda: not file.exists(), "the autostart file to go")


def test_what_was_switched_in_the_system_s_own_settings_holds(program: Program) -> None:
    file = autostart_file(program)
    program.run("config", "set", "start.with_session", "on")
    program.start()
    program.icon()
    wait_until(lambda: program.run("config", "get", "start.with_session").stdout == "false\n", "the choice")
    assert not file.exists()
    program.end()
    desktop_entry.write(file, desktop_entry.entry({"Exec": "tabkeeper"}))
    program.start()
    wait_until(lambda: program.run("config", "get", "start.with_session").stdout == "true\n", "the choice")
    file.unlink()


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false"])
def test_an_entry_that_another_program_has_switched_off_is_off(tmp_path: Path, line: str) -> None:
    autostart = XdgAutostart({"XDG_CONFIG_HOME": str(tmp_path)})
    autostart.switch(True)
    assert autostart.is_on()
    file = tmp_path / "autostart" / "tabkeeper.desktop"
    file.write_text(file.read_text() + line + "\n")
    assert not autostart.is_on()
    autostart.switch(True)
    assert autostart.is_on()
    autostart.switch(False)
    autostart.switch(False)
    assert not autostart.is_on()


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "autostart").write_text("no folder")
    with pytest.raises(AutostartTrouble, match="stays as it was"):
        XdgAutostart({"XDG_CONFIG_HOME": str(tmp_path)}).switch(True)


def test_a_launch_agent_starts_this_program_at_login(tmp_path: Path) -> None:
    agent = LaunchAgent(tmp_path / "LaunchAgents")
    assert not agent.is_on()
    agent.switch(True)
    assert agent.is_on()
    (file,) = (tmp_path / "LaunchAgents").iterdir()
    written = plistlib.loads(file.read_bytes())
    assert (written["ProgramArguments"], written["RunAtLoad"]) == ([*own_command()], True)
    agent.switch(False)
    assert not agent.is_on()


@pytest.mark.parametrize("folder", ["plain", "with space", 'a"quote', "dollar$", "back\\slash"])
def test_a_command_in_any_folder_can_be_started_from_an_entry(
    tmp_path: Path, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / folder / "tabkeeper"
    program.parent.mkdir()
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/started\n")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    file = tmp_path / "test.desktop"
    desktop_entry.write(file, desktop_entry.entry({"Exec": desktop_entry.exec_line()}))
    subprocess.run(("gio", "launch", str(file)), check=True)
    wait_until((tmp_path / "started").exists, "the command to be started by GLib")


@pytest.mark.parametrize(
    ("running", "quiet"),
    [("tabkeeper.exe", "tabkeeper-tray.exe"), ("tabkeeper-tray.exe", "tabkeeper-tray.exe")],
)
def test_a_frozen_program_is_started_again_without_a_console(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, running: str, quiet: str
) -> None:
    for name in ("tabkeeper.exe", "tabkeeper-tray.exe"):
        (tmp_path / name).touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / running))
    assert own_command() == (str(tmp_path / quiet),)
