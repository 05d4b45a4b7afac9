"""The command line answers, and the icon appears, at once: neither loads what it does not need."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("words", [["start", "Review"], ["status"], ["list", "--json"], ["--help"]])
def test_a_command_is_quick_because_it_leaves_qt_and_the_network_alone(words: list[str]) -> None:
    slow = {"PySide6", "qasync", "asyncio", "httpx", "msgspec", "keyring", "tabkeeper.ui", "tabkeeper.app"}
    program = (
        f"import sys; sys.argv[1:] = {words}; from tabkeeper.__main__ import main; main(); "
        f"print(); print(*sys.modules.keys() & {slow})"
    )
    answer = subprocess.run((sys.executable, "-c", program), capture_output=True, text=True, check=True)
    assert answer.stdout.splitlines()[-1] == ""


def test_the_icon_is_quick_because_windows_sync_and_the_network_are_loaded_after_it() -> None:
    later = {
        "qasync",
        "asyncio",
        "httpx",
        "msgspec",
        "keyring",
        "tomlkit",
        "tabkeeper.program",
        "tabkeeper.reflexes",
    }
    program = f"import sys, tabkeeper.app; print(*sys.modules.keys() & {later})"
    answer = subprocess.run((sys.executable, "-c", program), capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == ""
