"""A computer, and what the server has, as the tests of the rules read them."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from tests.histories.computer import Computer
from tests.histories.inline_server import InlineServer
from tests.histories.network import Network
from tests.histories.world import MONDAY

from tabkeeper.model.entry import Draft
from tabkeeper.store.file import Store

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class Place:
    """A computer, what was asked from it, and the lines that a test reads."""

    def __init__(self, name: str, folder: Path, server: InlineServer) -> None:
        self.asked: list[str] = []
        self.network = Network(server, name, "rules", self.asked.append)
        new_file = folder / "tabkeeper.db"
        Store.open(new_file).close()
        self.computer = Computer(new_file, server, self.network, "rules")
        self.tracker = self.computer.tracker

    def add(self, description: str, begin: datetime, **content: str) -> str:
        return self.tracker.add(Draft(description), begin, begin + 30 * MINUTE, **content).id

    async def sync(self) -> None:
        await self.computer.sync_now()

    def shown(self) -> dict[str, tuple[str, str | None]]:
        return {
            fields["description"]: (fields["start"][11:16], fields["stop"] and fields["stop"][11:16])
            for fields in self.computer.view().values()
        }

    @contextmanager
    def file(self) -> Iterator[sqlite3.Connection]:
        store = self.computer._store
        with store.transaction(), store.reading() as connection:
            yield connection

    def only(self) -> str:
        """Return the id of the one entry there is."""
        [entry] = self.tracker.entries(None, None)
        return entry.id

    def id_of(self, description: str) -> str:
        """Return the id of the one entry that is called so."""
        [key] = [entry.id for entry in self.tracker.entries(None, None) if entry.description == description]
        return key

    def requests(self, method: str) -> list[str]:
        return [line for line in self.asked if f" {method} " in line]


def there(server: InlineServer) -> dict[str, tuple[str, str | None]]:
    return {
        row["description"]: (row["start"][11:16], row["stop"] and row["stop"][11:16])
        for row in server.entries()
    }


def way_back(server: InlineServer) -> Callable[[], None]:
    """Back the server up; what is returned restores it to that."""
    state = sqlite3.connect(":memory:")
    server.raw.backup(state)
    return lambda: state.backup(server.raw)


async def let_go_on_unheard_and_stop_elsewhere(desk: Place, laptop: Place) -> str:
    """Let an entry of two hours ago go on at the desk, which hears no answer and is offline then, and stop it
    on the laptop at five past; returns its id at the desk.
    """
    key = desk.add("goes on", MONDAY - 2 * HOUR)
    await desk.sync()
    desk.tracker.edit(key, stop=None)
    desk.network.doom = "unheard"
    await desk.sync()
    await asyncio.sleep(300)
    await laptop.sync()
    laptop.tracker.stop()
    await laptop.sync()
    return key


async def start_late_and_lose_it(desk: Place, laptop: Place) -> None:
    """Start "early" on the laptop and, ten minutes later, "late" on the desk, whose request is lost."""
    laptop.tracker.start(Draft("early"))
    await laptop.sync()
    await asyncio.sleep(600)
    desk.tracker.start(Draft("late"))
    desk.network.doom = "lost"
    await desk.sync()
