"""One change of a person's file: a transaction that becomes one step of the history, and is told of."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tabkeeper.model.catalogue import Client, Project, Tag
from tabkeeper.model.entry import Draft, Entry
from tabkeeper.store.changes import Changes
from tabkeeper.store.file import Store


class Steps:
    """Makes steps, and tells those who want to know of each change."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._observers: list[Callable[[], None]] = []

    def subscribe(self, observer: Callable[[], None]) -> None:
        """Call an observer after each change."""
        self._observers.append(observer)

    def tell(self) -> None:
        """Say that something was changed."""
        for observer in self._observers:
            observer()

    @contextmanager
    def changing(self, action: str) -> Iterator[tuple[Changes, Callable[..., None]]]:
        """Change something in one step; the block names what that was done to."""
        done, subject = action, ""

        def label(
            thing: Entry | Draft | Project | Client | Tag, *, more: int = 0, action: str = action
        ) -> None:
            nonlocal subject, done
            done = action
            name = thing.description if isinstance(thing, Entry | Draft) else thing.name
            subject = f"{name} (+{more})" if more else name

        with self._store.transaction() as changes:
            yield changes, label
            changes.record(done, subject)
        if changes.made:
            self.tell()
