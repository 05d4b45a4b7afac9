"""The real Tabkeeper, run as a person runs it: as a process, beside its own command line.

Where its icon and windows are seen is no matter here; `desktop/program.py` looks at them on a `Screen`.
"""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from tests.desktop.screen import end, launch, wait_until

COMMAND = tuple(shlex.split(os.environ.get("TABKEEPER_COMMAND", ""))) or (sys.executable, "-m", "tabkeeper")
"""What starts it; `TABKEEPER_COMMAND=build/app/tabkeeper/tabkeeper` lets the frozen app pass these tests."""


class Way(NamedTuple):
    """How a terminal starts it, how a menu does, and in how many seconds what is waited for comes."""

    command: tuple[str, ...] = COMMAND
    from_menu: tuple[str, ...] = COMMAND
    patience: float = 20


AS_HERE = Way()


class ProgramProcess:
    """Tabkeeper in an environment. `start` it, or use a `with`; its output is kept in `log`."""

    def __init__(self, environment: dict[str, str], log: Path, way: Way = AS_HERE) -> None:
        self.environment, self.log, self.way = environment, log, way
        self.process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def start(self) -> None:
        """Start the tray program; returns at once."""
        self.process = launch(self.way.from_menu, self.environment, self.log)

    def end(self, signal: int = 15) -> None:
        """End it with `signal`, if it runs."""
        if self.process:
            end(self.process, signal)

    def run(self, *words: str, said: str = "") -> subprocess.CompletedProcess[str]:
        """Run `tabkeeper WORDS` beside it, to its end; `said` is what it reads."""
        return subprocess.run(
            (*self.way.command, *words),
            env=self.environment,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
            input=said,
        )

    def ask(self, *words: str) -> Any:
        """Return what `tabkeeper WORDS --json` answers; `AssertionError` when it refuses."""
        done = self.run(*words, "--json")
        assert done.returncode == 0, f"tabkeeper {' '.join(words)}: {done.returncode} {done.stderr}"
        return json.loads(done.stdout)

    @property
    def pid(self) -> int:
        assert self.process
        assert self.process.poll() is None, f"Tabkeeper ended with {self.process.returncode}"
        return self.process.pid

    def wait_for_entry(self, description: str) -> Any:
        """Wait until the command line says that `description` is running, and return the entry."""
        return wait_until(lambda: self._running(description), f"{description!r} to run", self.way.patience)

    def _running(self, description: str) -> Any:
        entry = self.ask("status")["entry"]
        return entry if entry and entry["description"] == description else None

    def wait_for_stop(self) -> None:
        """Wait until the command line says that nothing is running."""
        wait_until(lambda: not self.ask("status")["running"], "the timer to stop", self.way.patience)

    def wait_for_end(self) -> int:
        """Wait until the tray program has ended by itself, and return its exit code."""
        assert self.process
        return self.process.wait(timeout=self.way.patience)
