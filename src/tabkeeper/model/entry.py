"""A time entry, what a person says to begin one, and how much time entries are in all."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from tabkeeper.model.instants import whole_seconds


class Draft(NamedTuple):
    """What somebody is doing, before it has a time: the content that recents and favourites repeat.

    `billable` None means "as the project says", and not billable where there is no project.
    """

    description: str = ""
    project_id: str | None = None
    tags: tuple[str, ...] = ()
    billable: bool | None = None


class Entry(NamedTuple):
    """Time spent on something. Instants are aware UTC; `stop` None means that it runs."""

    id: str
    start: datetime
    stop: datetime | None = None
    description: str = ""
    project_id: str | None = None
    tags: tuple[str, ...] = ()
    billable: bool = False
    remote_id: str | None = None

    @property
    def running(self) -> bool:
        """Whether this is the timer that runs now."""
        return self.stop is None

    @property
    def draft(self) -> Draft:
        """The content without the time, to start or to recognise the same thing again."""
        return Draft(self.description, self.project_id, self.tags, self.billable)

    def seconds(self, now: datetime) -> int:
        """Return the whole seconds tracked; a running entry counts up to `now`."""
        return whole_seconds(self.start, self.stop if self.stop is not None else now)


def total_seconds(entries: Iterable[Entry], now: datetime) -> int:
    """Return the whole seconds tracked in all of them; a running one counts up to `now`."""
    return sum(entry.seconds(now) for entry in entries)
