"""Tries an installed Tabkeeper as its first user would, in a folder of its own: tray, timer, end.

    python packaging/release/smoke.py PROGRAM [--tray PROGRAM]

Under Linux it needs a display. It needs no package beside Python's own, and says what it saw.
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

PATIENCE = 60.0
"""Seconds that the tray has to start: a new computer reads everything from its disk for the first time."""
SOURCE = Path(__file__).resolve().parents[2] / "src" / "tabkeeper" / "__init__.py"


class Installed:
    """A command line that works in one folder."""

    def __init__(self, program: Sequence[str], home: str) -> None:
        self._program = program
        self._environment = os.environ | {"TABKEEPER_HOME": home}

    def say(self, *words: str, wanted: tuple[int, ...] = (0,)) -> str:
        """Run a command and return what it prints."""
        done = subprocess.run(
            (*self._program, *words),
            env=self._environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode in wanted, f"{words} ended with {done.returncode}: {done.stdout}{done.stderr}"
        return done.stdout

    def ask(self, *words: str, wanted: tuple[int, ...] = (0,)) -> Any:
        """Run a command and return the JSON that it prints."""
        return json.loads(self.say(*words, "--json", wanted=wanted))

    def start(self, tray: Sequence[str]) -> subprocess.Popen[bytes]:
        """Start the program in the tray."""
        return subprocess.Popen(tray, env=self._environment, stdin=subprocess.DEVNULL)

    def is_in_the_tray(self) -> bool:
        """Whether the program in the tray answers; that something else needs a look is no matter here."""
        return any(check["what"] == "program" and check["state"] == "ok" for check in self.checks())

    def broken_checks(self) -> list[dict[str, str]]:
        """Return what the doctor could not look at because a module was not packed."""
        return [
            check for check in self.checks() if re.search(r"\((Module\w+|Import)Error\)", check["detail"])
        ]

    def checks(self) -> list[dict[str, str]]:
        """Return all that the doctor has found."""
        checks: list[dict[str, str]] = self.ask("doctor", wanted=(0, 1))["checks"]
        return checks


def try_out(program: Sequence[str], tray: Sequence[str], home: str) -> None:
    """Use it from its first start to its end; raises AssertionError where it does not do what it should."""
    installed = Installed(program, home)
    [version] = re.findall(r'__version__ = "(.+)"', SOURCE.read_text(encoding="utf-8"))
    assert installed.say("--version").strip() == f"tabkeeper {version}"
    running = installed.start(tray)
    try:
        until = time.monotonic() + PATIENCE
        while not installed.is_in_the_tray():
            assert running.poll() is None, f"the tray ended with {running.returncode}"
            assert time.monotonic() < until, "the tray did not answer"
            time.sleep(0.2)
        print("the tray answers")
        assert not installed.broken_checks(), installed.broken_checks()
        installed.say("start", "Smoke", "-p", "Acme", "-t", "test")
        assert installed.ask("status")["entry"]["description"] == "Smoke"
        installed.say("stop")
        [entry] = installed.ask("list")
        assert (entry["description"], entry["project"]) == ("Smoke", "Acme"), entry
        print("an entry was kept")
        assert running.poll() is None, f"the tray ended with {running.returncode}"
    finally:
        running.send_signal(signal.SIGTERM)
        code = running.wait(PATIENCE)
    assert os.name == "nt" or code == 0, f"asked to end, the tray ended with {code}"
    [kept] = installed.ask("list")
    assert kept == entry, "the entry changed when the tray ended"
    print("it ended, and the entry is still there")


def main(words: Sequence[str]) -> int:
    """Try what the words name; returns the exit code."""
    parser = ArgumentParser(description="Try an installed Tabkeeper in a folder of its own.")
    parser.add_argument("program", metavar="PROGRAM", nargs="+")
    parser.add_argument("--tray", metavar="PROGRAM", help="where another one is started for the tray")
    given = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="tk-", ignore_cleanup_errors=True) as home:
        try_out(given.program, [given.tray] if given.tray else given.program, home)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
