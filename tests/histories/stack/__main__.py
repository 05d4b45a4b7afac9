"""Lets histories of real processes happen: `python -m tests.histories.stack 1000`; `make soak` does that.

Half of them on SQLite and half on PostgreSQL. What a failure prints says how to replay it; who waits for whom
is the system's business here, so that it may take several attempts.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.histories.stack.play import happen
from tests.histories.stack.program import loaded
from tests.histories.stack.story import story_of
from tests.histories.story import told
from tests.server.postgresql import cluster
from tests.server_process import ServerProcess, serving

DATABASES = ("sqlite", "postgresql")
MODULE = "tests.histories.stack"


def main() -> int:
    """Return 0 where all histories ended as they must."""
    parser = argparse.ArgumentParser(prog=f"python -m {MODULE}", description=__doc__)
    parser.add_argument("count", type=int, help="how many histories, on all databases together")
    parser.add_argument("--first", type=int, default=0, help="the first history's number")
    parser.add_argument("--database", choices=DATABASES, help="only on this one, in one process")
    parser.add_argument("--jobs", type=int, default=max(len(DATABASES), os.cpu_count() or 1))
    parser.add_argument("--trace", action="store_true", help="print everything that happens")
    given = parser.parse_args()
    began = time.monotonic()
    code = _in_parts(given) if given.database is None else _one_after_the_other(given)
    if not code:
        print(f"{given.count} histories of processes, {time.monotonic() - began:.0f} s, all well", flush=True)
    return code


def _in_parts(given: argparse.Namespace) -> int:
    share = -(-given.count // given.jobs)
    parts = range(given.first, given.first + given.count, share)
    running = []
    for number, first in enumerate(parts):
        count = min(share, given.first + given.count - first)
        words = (str(count), "--first", str(first), "--database", DATABASES[number % len(DATABASES)])
        running.append(subprocess.Popen((sys.executable, "-m", MODULE, *words)))
    return max(process.wait() for process in running)


def _one_after_the_other(given: argparse.Namespace) -> int:
    with _server(given.database) as server, loaded() as program:
        somebody_else = server.team().owner.token
        for number in range(given.first, given.first + given.count):
            story = story_of(str(number))
            lines: list[str] = []
            wrong = happen(story, server, program, somebody_else, lines.append)
            if given.trace:
                print(*lines, sep="\n")
            if wrong:
                again = f"python -m {MODULE} 1 --first {number} --database {given.database} --trace"
                print(f"A history on {given.database} went wrong. To replay it: {again}\n{told(story)}")
                print(*lines, *(f"- {complaint}" for complaint in wrong), sep="\n", flush=True)
                return 1
    return 0


@contextmanager
def _server(database: str) -> Iterator[ServerProcess]:
    with tempfile.TemporaryDirectory(prefix="tk-") as home:
        if database == "sqlite":
            with serving(Path(home)) as server:
                yield server
        else:
            with (
                cluster() as running,
                serving(Path(home), database=running.new_database("histories")) as server,
            ):
                yield server


if __name__ == "__main__":
    sys.exit(main())
