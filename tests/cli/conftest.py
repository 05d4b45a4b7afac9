"""The command line, run as a script runs it: a process with a folder of its own, in a known time zone."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest


class CommandLine(NamedTuple):
    """`tabkeeper` with `home` as its folder."""

    home: Path
    environment: dict[str, str]

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `tabkeeper WORDS` to its end."""
        return subprocess.run(
            (sys.executable, "-m", "tabkeeper", *words),
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    def ask(self, *words: str) -> Any:
        """Return what `tabkeeper WORDS --json` prints; it must be done."""
        done = self.run(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def completions(self, typed: str) -> list[str]:
        """Return what a shell would offer after `typed`."""
        answer = self.home.with_suffix(".completions")
        self.run(
            _ARGCOMPLETE="1",
            _ARGCOMPLETE_IFS="\n",
            _ARGCOMPLETE_STDOUT_FILENAME=str(answer),
            COMP_LINE=typed,
            COMP_POINT=str(len(typed)),
        )
        return answer.read_text(encoding="utf-8").split("\n")

    def refusal(self, *words: str) -> tuple[int, str]:
        """Return exit code and stderr of `tabkeeper WORDS`; it must say nothing on stdout."""
        done = self.run(*words)
        assert done.stdout == ""
        return done.returncode, done.stderr.strip()


@pytest.fixture
def tabkeeper(tmp_path: Path) -> CommandLine:
    home = tmp_path / "home"
    return CommandLine(home, os.environ | {"TABKEEPER_HOME": str(home), "TZ": "Europe/Berlin"})


@pytest.fixture
def here(tabkeeper: CommandLine, monkeypatch: pytest.MonkeyPatch) -> Callable[..., int]:
    """Run commands in this process, where a hundred of them shall take no minute; returns the exit code."""
    from tabkeeper.cli.main import run

    monkeypatch.setenv("TABKEEPER_HOME", str(tabkeeper.home))
    monkeypatch.setenv("TZ", "Europe/Berlin")
    return lambda *words: run(words)
