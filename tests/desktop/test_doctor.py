"""The doctor on a real desktop: it finds the tray, the program in it, and a keychain."""

from pathlib import Path
from typing import Any

from tests.desktop.program import Program
from tests.desktop.screen import wait_until
from tests.keychain_process import keychain

from tabkeeper.desktop.hotkeys.x11_grabs import Grabs
from tabkeeper.desktop.nudge import ask
from tabkeeper.paths import find_paths
from tabkeeper.settings.chord import parse_chord


def checks(program: Program) -> dict[str, Any]:
    return {check["what"]: check for check in program.ask("doctor")["checks"]}


def test_the_doctor_finds_the_tray_and_the_program_in_it(program: Program) -> None:
    found = checks(program)
    assert (found["tray"]["state"], found["tray"]["detail"]) == ("ok", "X11's system tray")
    assert all(found[what]["state"] == "ok" for what in ("display", "hotkeys", "idle", "bus"))
    assert found["program"]["state"] == "note"
    program.start()
    program.icon()
    wait_until(lambda: checks(program)["program"]["state"] == "ok", "the doctor to find the program")


def test_the_doctor_tries_the_chosen_keys_and_asks_the_program_that_runs(program: Program) -> None:
    program.run("config", "set", "hotkey.toggle", "F9")
    assert checks(program)["hotkeys"]["detail"] == "X11: F9"
    rival = Grabs(program.screen.display)
    rival.hold({"theirs": parse_chord("F9")})
    assert is_refused(program)
    program.start()
    socket = find_paths(program.environment).socket
    wait_until(lambda: "belongs" in (ask(socket, "hotkeys") or ""), "the program not to get the key")
    rival.close()
    # Which the program has not tried again, and so does not say is free now; it has half a second to say so.
    wait_until(lambda: is_refused(program), "the program's own word")
    program.run("config", "set", "hotkey.toggle", "F8")
    wait_until(lambda: checks(program)["hotkeys"]["detail"] == "X11: F8", "the key to be held")


def is_refused(program: Program) -> bool:
    found = checks(program)["hotkeys"]
    return (found["state"], found["detail"].partition(",")[0]) == ("note", "F9 belongs to another program")


def test_the_doctor_notes_that_no_panel_shows_a_tray(program: Program) -> None:
    program.screen.hide_panel()
    try:
        wait_until(lambda: checks(program)["tray"]["state"] == "note", "the doctor to miss the tray")
    finally:
        program.screen.show_panel("dark")


def test_the_doctor_finds_a_real_keychain(program: Program, tmp_path: Path) -> None:
    with keychain(tmp_path / "keychain") as process:
        program.environment["DBUS_SESSION_BUS_ADDRESS"] = process.environment["DBUS_SESSION_BUS_ADDRESS"]
        found = checks(program)["keychain"]
    assert found["state"] == "ok"
    assert "SecretService" in found["detail"]
