"""The real Tabkeeper, run as a person runs it: as a process on a `Screen`, beside its own command line."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from tests.desktop.screen import Screen, Window, end, launch, wait_until

COMMAND = tuple(shlex.split(os.environ.get("TABKEEPER_COMMAND", ""))) or (sys.executable, "-m", "tabkeeper")
"""What starts it; `TABKEEPER_COMMAND=build/app/tabkeeper/tabkeeper` lets the frozen app pass these tests."""


class Way(NamedTuple):
    """How a terminal starts it, how a menu does, and in how many seconds what is waited for comes."""

    command: tuple[str, ...] = COMMAND
    from_menu: tuple[str, ...] = COMMAND
    patience: float = 20


AS_HERE = Way()


class Program:
    """Tabkeeper with `home` as its folder. `start` it, or use a `with`; its output is kept in `log`."""

    def __init__(self, screen: Screen, home: Path, way: Way = AS_HERE, /, **environment: str) -> None:
        self.screen, self.home, self.way = screen, home, way
        self.log = home.with_suffix(".log")
        self.environment = screen.environment | {"TABKEEPER_HOME": str(home)} | environment
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

    def icon(self) -> Window:
        """Wait for the icon in the tray, until it stands still: a panel moves it when it takes it in."""
        return wait_until(self._icons, "the tray icon", self.way.patience)[0]

    def _icons(self) -> list[Window]:
        assert self.pid
        before, after = self.screen.tray_icons(), self.screen.tray_icons()
        return before if before == after else []

    def windows(self) -> list[Window]:
        """Return its windows and menus that can be seen, without the tray icon."""
        return self.screen.windows(self.pid)

    def window(self) -> Window:
        """Wait for exactly one window or menu that stands still."""

        return wait_until(self._settled, "one window that stands still", self.way.patience)[0]

    def _settled(self) -> list[Window]:
        before, after = self.windows(), self.windows()
        return before if len(before) == 1 and before == after else []

    def open_window(self) -> Window:
        """Open the window by a click on the icon, and wait until it has the keyboard."""
        self.screen.click(self.icon())
        opened = self.window()
        wait_until(lambda: self.screen.active_window() == opened.number, "the window to have the keyboard")
        return opened

    def wait_for_entry(self, description: str) -> Any:
        """Wait until the command line says that `description` is running, and return the entry."""
        return wait_until(lambda: self._running(description), f"{description!r} to run", self.way.patience)

    def _running(self, description: str) -> Any:
        entry = self.ask("status")["entry"]
        return entry if entry and entry["description"] == description else None

    def wait_for_stop(self) -> None:
        """Wait until the command line says that nothing is running."""
        wait_until(lambda: not self.ask("status")["running"], "the timer to stop", self.way.patience)
