"""The person's say in the fetching of older entries, which can take minutes when they are very many."""

from collections.abc import Callable

from tabkeeper.store import sync_state
from tabkeeper.store.file import Store


class Fetching:
    """Lets whoever syncs the file stop to fetch older entries, and go on; what came so far stays."""

    def __init__(self, store: Store, tell: Callable[[], None]) -> None:
        self._store, self._tell = store, tell

    def stop(self) -> None:
        """Fetch no more of them; everything else is synced as before."""
        self._wish(stopped=True)

    def go_on(self) -> None:
        """Fetch them from where it was stopped."""
        self._wish(stopped=None)

    def _wish(self, *, stopped: bool | None) -> None:
        with self._store.transaction(), self._store.reading() as connection:
            sync_state.put(connection, sync_state.FETCHING_STOPPED, stopped)
        self._tell()
