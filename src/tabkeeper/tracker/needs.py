"""What waits for the person after a sync, and the answers to it; one transaction each."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Literal, NamedTuple

from tabkeeper.model.entry import Entry
from tabkeeper.model.instants import to_milliseconds
from tabkeeper.store import agreement, overruled, parked, queries
from tabkeeper.store.file import Store
from tabkeeper.store.overruled import Overruled
from tabkeeper.store.parked import Parked

Answer = Literal["try again", "keep", "discard"]
"""Send the change once more, send the thing as a new one, or take what the server has."""
OVERRULED_AT_ONCE = 50
"""As many as a window shows."""
__all__ = ["OVERRULED_AT_ONCE", "Answer", "Needs", "NeedsDesk", "Overruled", "Parked"]

_ANSWERS = {"try again": parked.try_again, "keep": parked.keep, "discard": parked.discard}


class Needs(NamedTuple):
    """What waits for the person. `held` counts entries that the server has no longer, many at once.

    `entries` are those that refused changes are about, by their ids; deleted ones are not in it.
    """

    parked: tuple[Parked, ...] = ()
    held: int = 0
    overruled: tuple[Overruled, ...] = ()
    entries: Mapping[str, Entry] = {}


class NeedsDesk:
    """Asks what waits for the person, and carries out the answers."""

    def __init__(self, store: Store, clock: Callable[[], datetime], tell: Callable[[], None]) -> None:
        self._store, self._clock, self._tell = store, clock, tell

    def all(self, *, overruled_at_most: int | None = OVERRULED_AT_ONCE) -> Needs:
        """Return what waits, and what lost in a conflict, the latest; None for all that ever did."""
        with self._store.reading() as connection:
            refused = tuple(parked.parked(connection))
            found = (queries.entries_like(connection, change.id) for change in refused)
            return Needs(
                refused,
                len(agreement.held(connection)),
                tuple(overruled.latest(connection, overruled_at_most)),
                {entry.id: entry for entries in found for entry in entries},
            )

    def answer(self, change: Parked, answer: Answer) -> None:
        """Carry out an answer to a refused change; where it was answered elsewhere since, nothing is done."""
        with self._store.transaction(), self._store.reading() as connection:
            _ANSWERS[answer](connection, change.kind, change.id, self._at())
        self._tell()

    def keep_held(self) -> int:
        """Send the entries that the server has no longer as new ones; returns how many."""
        return self._answer_held(keep=True)

    def remove_held(self) -> int:
        """Remove the entries that the server has no longer; a record of them stays. Returns how many."""
        return self._answer_held(keep=False)

    def _answer_held(self, *, keep: bool) -> int:
        carry_out = parked.keep_held if keep else parked.remove_held
        with self._store.transaction(), self._store.reading() as connection:
            count = carry_out(connection, self._at())
        self._tell()
        return count

    def _at(self) -> int:
        return to_milliseconds(self._clock())
