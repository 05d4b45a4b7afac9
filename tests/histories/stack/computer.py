"""A person's computer in a history: a folder of its own, in which real processes of the program work."""

import itertools
import os
from collections.abc import Callable, Sequence
from datetime import UTC
from pathlib import Path

from tests.histories import own_file
from tests.histories.ledger import View
from tests.histories.stack.program import Done, Program
from tests.histories.stack.trouble import Way

from tabkeeper.accounts import Accounts
from tabkeeper.paths import find_paths
from tabkeeper.store import backup
from tabkeeper.store.file import Store
from tabkeeper.store.overruled import Overruled
from tabkeeper.tracker import Tracker

_PLAIN_ENDINGS = (0, 1, 3)
"""Done, refused, and nothing to act on: any other code is a fault of the program, or of these tests."""


_ZONES = ("Europe/Berlin", "America/New_York", "Pacific/Auckland")


class Computer:
    """One of the person's computers, signed in to a server at `address`."""

    def __init__(self, home: Path, program: Program, way: Way, address: str, token: str) -> None:
        self.way = way
        self.faults: list[str] = []
        self._program, self._count, self._token = program, 0, token
        self._records: list[Overruled] = []
        self._environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | {
            "TABKEEPER_HOME": str(home),
            "TABKEEPER_SERVER": f"{address}/api/v1",
            "TZ": _ZONES[0],
        }
        self.run("login")
        self._store = Store.open(Accounts(find_paths(self._environment)).current().database)
        self.tracker = Tracker(self._store, UTC)

    def run(
        self, *words: str, token: str | None = None, started: Callable[[int], None] | None = None
    ) -> Done:
        """Run a command to its end."""
        self._count += 1
        environment = {**self._environment, "TABKEEPER_TOKEN": token or self._token}
        done = self._program.run(words, environment, self._count, started or (lambda _: None))
        if "Traceback" in done.said or (done.code is not None and done.code not in _PLAIN_ENDINGS):
            self.faults.append(f"tabkeeper {' '.join(words)} ended with {done.code}: {done.said}")
        return done

    def sync(self, token: str | None = None) -> Done:
        """Do one round, or be killed by whatever befalls a request of it."""

        def started(process: int) -> None:
            self.way.victim = process

        try:
            return self.run("sync", "--json", token=token, started=started)
        finally:
            self.way.victim = None

    def view(self) -> View:
        return own_file.shown(self.tracker)

    def tied(self) -> dict[str, str | None]:
        return own_file.tied(self.tracker)

    def records(self) -> Sequence[Overruled]:
        return [*self._records, *own_file.overruled(self._store)]

    @property
    def store(self) -> Store:
        return self._store

    def travel(self) -> None:
        """Go on in another time zone."""
        zones = itertools.cycle(_ZONES)
        while next(zones) != self._environment["TZ"]:
            pass
        self._environment["TZ"] = next(zones)

    def back_up(self) -> None:
        backup.back_up(self._store.connection, self._store.path, self.tracker.now())

    def restore(self) -> bool:
        """Bring the oldest backup back; False where there is none."""
        copies = backup.backups(self._store.path)
        if copies:
            self._records += own_file.overruled(self._store)
            backup.restore(self._store.path, copies[-1], self.tracker.now())
        return bool(copies)

    def close(self) -> None:
        self._store.close()
