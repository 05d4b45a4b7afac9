"""One Plasma for all tests of this folder, and a fresh Tabkeeper for each; skipped where there is none."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.desktop.screen import end, launch, wait_until
from tests.wayland.plasma import Plasma
from tests.wayland.sandbox import sandboxed

COMMAND = (sys.executable, "-m", "tabkeeper")


class Program:
    """Tabkeeper in Plasma, beside its own command line."""

    def __init__(self, plasma: Plasma, home: Path) -> None:
        self.plasma, self.log = plasma, home.with_suffix(".log")
        self.environment = plasma.environment | {"TABKEEPER_HOME": str(home)}
        self.process: subprocess.Popen[str] | None = None

    def start(self, *, sandbox: Path | None = None) -> None:
        """Start it, in a sandbox made in a folder where one is given; wait until it is on the bus."""
        command = COMMAND if sandbox is None else sandboxed(sandbox, self.plasma.runtime, *COMMAND)
        self.process = launch(command, self.environment, self.log)
        wait_until(lambda: "app.tabkeeper" in self.plasma.names(), "Tabkeeper on the bus")

    def end(self) -> None:
        if self.process:
            end(self.process)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run `tabkeeper WORDS` beside it, to its end."""
        return subprocess.run(
            (*COMMAND, *words), env=self.environment, capture_output=True, text=True, timeout=60, check=False
        )

    def ask(self, *words: str) -> Any:
        """Return what `tabkeeper WORDS --json` answers."""
        done = self.run(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


@pytest.fixture(scope="session")
def plasma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plasma]:
    root = os.environ.get("PLASMA_ROOT")
    if not root:
        pytest.skip("make test-wayland prepares a Plasma and runs this in it")
    home = tmp_path_factory.mktemp("plasma") / "home"
    home.mkdir()
    with Plasma(Path(root), home) as plasma:
        yield plasma


@pytest.fixture
def program(plasma: Plasma, tmp_path: Path) -> Iterator[Program]:
    program = Program(plasma, tmp_path / "home")
    yield program
    program.end()
