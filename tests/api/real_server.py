"""Our own server as people run it: its own process, its own database, a real port on loopback."""

import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

LISTENS = "Tabkeeper server listens on "


class RealServer:
    """`tabkeeper-server` on a free port, its data in `folder`; gives its address once it answers."""

    def __init__(self, folder: Path, *words: str) -> None:
        self._folder = folder
        self._words = words

    def command(self, *words: str) -> str:
        """Carry out an administrator's command line and return what it printed."""
        done = subprocess.run(
            self._line(*words), env=self._environment, capture_output=True, text=True, check=True
        )
        return done.stdout

    def token_of(self, *words: str) -> str:
        """Carry out a command that prints a token on its last line, and return that."""
        return self.command(*words).splitlines()[-1]

    def __enter__(self) -> Self:
        self._log = (self._folder / "server.log").open("w")
        self._process = subprocess.Popen(
            self._line("run", "--port", "0", *self._words),
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
        )
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        assert said.startswith(LISTENS), (self._folder / "server.log").read_text()
        self.address = said.removeprefix(LISTENS).strip() + "/api/v1"
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.communicate(timeout=30)
        self._log.close()

    def _line(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "tabkeeper_server", *words]

    @property
    def _environment(self) -> dict[str, str]:
        return {**os.environ, "TABKEEPER_SERVER_HOME": str(self._folder)}
