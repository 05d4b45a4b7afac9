"""The command line answers at once, because it loads nothing that it does not need."""

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
