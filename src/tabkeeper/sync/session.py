"""What every step of a round works with: the client, the file, whose it is, and the clocks."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from tabkeeper.api import Client, Timing
from tabkeeper.model.instants import to_milliseconds
from tabkeeper.store.file import Store


@dataclass(frozen=True)
class Session:
    """One account's client and file. The file belongs to the thread that the loop runs in."""

    client: Client
    store: Store
    user_id: str
    timing: Timing

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open a transaction: all of the block or nothing; raises `StoreTrouble`."""
        with self.store.transaction(), self.store.reading() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Read the file as it is at one moment; raises `StoreTrouble`."""
        with self.store.reading() as connection:
            yield connection

    def at(self) -> int:
        """Return the present by this computer's clock, in milliseconds UTC."""
        return to_milliseconds(self.timing.now())

    def server_now(self) -> datetime:
        """Return the present by the server's clock, as far as its last answer tells."""
        exchange = self.client.last_exchange
        skew = exchange.skew if exchange is not None else None
        try:
            return self.timing.now() if skew is None else self.timing.now() + skew
        except OverflowError:  # which is a clock at the calendar's end
            return self.timing.now()

    def server_at(self) -> int:
        """Return the server's present, in milliseconds UTC: a time that no change of this clock moves."""
        return to_milliseconds(self.server_now())
