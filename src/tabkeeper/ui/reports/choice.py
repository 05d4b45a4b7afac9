"""What a person has chosen to see in a report, as a value, as a question, and as it is remembered."""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any, Literal, NamedTuple, get_args

from tabkeeper.model.days import local_day
from tabkeeper.model.filters import Filter
from tabkeeper.model.periods import FIRST_DAY, LAST_DAY, Period, Range, Unit, compared_with
from tabkeeper.model.report import GROUPINGS, OF_THIS_COMPUTER, Grouping, Question

Source = Literal["mine", "workspace"]
"""Whose report it is: a person's own on this computer, or the workspace's on its server."""


class Choice(NamedTuple):
    """A range, a grouping, filters, and whose report it is."""

    period: Period = Period()
    by: Grouping = "project"
    only: Filter = Filter()
    source: Source = "mine"

    def of(self, source: Source) -> "Choice":
        """Return the choice for a source, as far as that knows of what is chosen."""
        if source == "workspace":
            return self._replace(source=source, only=Filter(billable=self.only.billable))
        return self._replace(source=source, by=self.by if self.by in OF_THIS_COMPUTER else "project")

    def question(self, now: datetime, zone: tzinfo, first_weekday: int) -> Question:
        """Return what that asks, seen from a moment."""
        days = self.period.range(local_day(now, zone), first_weekday)
        start, stop = days.instants(zone)
        before = compared_with(self.period, now, zone, first_weekday)
        return Question(start, stop, self.by, (self.only,), first_weekday, before)

    def remembered(self, today: date, first_weekday: int) -> dict[str, Any]:
        """Return it as JSON: the present or last week stays what it is called, others keep their days."""
        period = self.period
        kept: dict[str, Any] = {"by": self.by, "only": self.only._asdict(), "source": self.source}
        if period.own is None and period.ago in (0, 1):
            return kept | {"unit": period.unit, "ago": period.ago}
        days = period.range(today, first_weekday)
        return kept | {"first": days.first.isoformat(), "last": days.last.isoformat()}


def recalled(kept: Mapping[str, Any]) -> Choice:
    """Return the choice that was remembered; what cannot be read counts as nothing."""
    try:
        by = next((by for by in GROUPINGS if by == kept["by"]), Choice().by)
        choice = Choice(_period(kept), by, _filter(kept["only"]))
        return choice.of("workspace" if kept.get("source") == "workspace" else "mine")
    except (KeyError, TypeError, ValueError, AttributeError):
        return Choice()


def _period(kept: Mapping[str, Any]) -> Period:
    if "first" in kept:
        first, last = (date.fromisoformat(kept[name]) for name in ("first", "last"))
        if not FIRST_DAY <= first <= last <= LAST_DAY:
            raise ValueError(kept)
        return Period(own=Range(first, last))
    if kept["unit"] not in get_args(Unit):
        raise ValueError(kept)
    return Period(kept["unit"], int(kept["ago"]))


def _filter(kept: Mapping[str, Any]) -> Filter:
    projects, clients, tags = (
        tuple(None if name is None else str(name) for name in kept[field])
        for field in ("projects", "clients", "tags")
    )
    billable = kept["billable"]
    return Filter(
        projects, clients, tags, billable if billable is None else bool(billable), str(kept["text"])
    )
