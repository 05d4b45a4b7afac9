"""What a report is asked for and what it answers, as values; how it is added up is in `summing`.

An entry belongs to the range and to the local day of its start, whole; one that runs counts up to now. One
with several tags is in the group of each, and once in the total.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple

from tabkeeper.model.filters import Filter
from tabkeeper.model.periods import Unit
from tabkeeper.model.refusal import Refused

Grouping = Literal["project", "client", "tag", "day", "week", "billable", "user"]
GROUPINGS: tuple[Grouping, ...] = ("project", "client", "tag", "day", "week", "billable", "user")
OF_THIS_COMPUTER = GROUPINGS[:-1]
"""What a person's own file can be grouped by: all of it is theirs, so not by user."""


class NotGrouped(Refused):
    """Whoever was asked does not group by what was asked for."""


Span = tuple[datetime, datetime]


class Question(NamedTuple):
    """What a report is asked for: entries that start in a range (`stop` excluded), and how they are grouped.

    `before` is what their time is compared with: with all of its entries, whole, once the range is over;
    while it is under way, time after the end of `before` does not count there.
    """

    start: datetime
    stop: datetime
    by: Grouping = "project"
    filters: tuple[Filter, ...] = ()
    first_weekday: int = 0
    before: Span | None = None
    currency: str = ""
    """What projects are priced in that name no currency; empty where nobody knows."""

    def asks_the_same_as(self, other: "Question") -> bool:
        """Whether both mean the same groups of the same entries, whatever is compared with or priced in."""
        return self._replace(before=None, currency="") == other._replace(before=None, currency="")


class Slice(NamedTuple):
    """Seconds of entries that began on the same local days, on one project, alike in what matters.

    `day` is the first of those days; `tags` and `billable` are set where the grouping needs them.
    """

    day: date
    project_id: str | None
    tags: tuple[str, ...]
    billable: bool
    seconds: int
    billable_seconds: int
    entries: int
    running: bool


class Sums(NamedTuple):
    """What was added up. `amounts` are by currency, each rounded once, never added to one another."""

    seconds: int = 0
    billable_seconds: int = 0
    entries: int = 0
    amounts: Mapping[str, Decimal] = {}
    running: bool = False
    """Whether a timer that runs is in it."""


class Share(NamedTuple):
    """A project's part of a group or a column; no project is grey."""

    project_id: str | None
    color: str | None
    seconds: int


class Group(NamedTuple):
    """One line of a report. `key` is an id, tag, date or word, after the grouping; None is "without"."""

    key: str | None
    label: str
    detail: str
    """What is told beside the label: a project's client."""
    color: str | None
    sums: Sums
    shares: tuple[Share, ...]


class Column(NamedTuple):
    """One column of a report's chart, over the days from `first` to `last`."""

    first: date
    last: date
    seconds: int
    shares: tuple[Share, ...]


class Report(NamedTuple):
    """The answer to a question, as things were at an instant."""

    question: Question
    at: datetime
    total: Sums
    groups: tuple[Group, ...]
    unit: Unit
    columns: tuple[Column, ...]
    seconds_before: int | None
    """The time in the range it is compared with."""
