"""Runs `tabkeeper` as real processes, each forked from one that has loaded the program already.

A history has a dozen of them, and loading takes longer than what they do. Each has its own memory, files and
sockets, does what `python -m tabkeeper` does from its first line on, and can be killed. Its pauses between
two attempts are a fiftieth of what they are.
"""

import asyncio
import gc
import importlib
import json
import os
import pkgutil
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple, NoReturn

ROOT = Path(__file__).parents[3]
_END = "\nended with "
_LOADED = ("accounts", "api", "cli", "sign_in", "store", "sync", "tracker")


class Done(NamedTuple):
    """What came of a command: its exit code, None where it was killed, and what it printed."""

    code: int | None
    said: str


class Program:
    """The program, loaded once. `run` may be called from several threads."""

    def __init__(self, place: Path) -> None:
        self._place = place

    def run(
        self,
        words: Sequence[str],
        environment: Mapping[str, str],
        seed: int,
        started: Callable[[int], None] = lambda _: None,
    ) -> Done:
        """Run a command to its end; `started` is told its process's number before it does anything."""
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(self._place))
            connection.sendall(json.dumps([words, dict(environment), seed]).encode() + b"\n")
            answer = connection.makefile("rb")
            started(int(answer.readline()))
            connection.sendall(b"go\n")
            said, end, code = answer.read().decode(errors="replace").rpartition(_END)
        return Done(int(code), said) if end else Done(None, code)


@contextmanager
def loaded() -> Iterator[Program]:
    """Load the program into a process of its own."""
    with tempfile.TemporaryDirectory(prefix="tk-") as folder:
        place = Path(folder) / "socket"
        words = (sys.executable, "-m", "tests.histories.stack.program", place)
        with subprocess.Popen(words, stdout=subprocess.PIPE, cwd=ROOT) as process:
            try:
                assert process.stdout is not None
                assert process.stdout.readline() == b"loaded\n"
                yield Program(place)
            finally:
                process.terminate()


def _serve(place: str) -> NoReturn:
    from tabkeeper.api import _retry

    _load()
    _retry.FIRST_PAUSE_SECONDS /= 50
    _retry.LONGEST_PAUSE_SECONDS /= 50
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # so that nobody has to wait for those that ended
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(place)
        listening.listen()
        print("loaded", flush=True)
        while True:
            connection, _ = listening.accept()
            if os.fork() == 0:
                _become(connection)
            connection.close()


def _load() -> None:
    """Load the rooms of the command line, and by a request that nobody answers what is loaded that late."""
    for room in _LOADED:
        package = importlib.import_module(f"tabkeeper.{room}")
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)

    from tabkeeper.api import ApiFailure, Client, Patience

    async def ask_nobody() -> None:
        async with Client("http://127.0.0.1:9", "tta_nobody", patience=Patience(attempts=1)) as client:
            with suppress(ApiFailure):
                await client.me()

    asyncio.run(ask_nobody())
    gc.freeze()  # what is shared stays shared


def _become(connection: socket.socket) -> NoReturn:
    """Be the program that the other end asks for."""
    code = 70
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        asked = connection.makefile("rb")
        words, environment, seed = json.loads(asked.readline())
        connection.sendall(f"{os.getpid()}\n".encode())
        asked.readline()
        for number, name in ((1, "stdout"), (2, "stderr")):
            os.dup2(connection.fileno(), number)
            setattr(sys, name, open(number, "w", encoding="utf-8", closefd=False))  # noqa: SIM115 - to the end
        os.environ.clear()
        os.environ.update(environment)
        time.tzset()
        random.seed(seed)
        sys.argv = ["tabkeeper", *words]
        from tabkeeper.__main__ import main

        code = main()
    except BaseException:
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os.write(1, f"{_END}{code}".encode())
        os._exit(code)


if __name__ == "__main__":
    _serve(sys.argv[1])
