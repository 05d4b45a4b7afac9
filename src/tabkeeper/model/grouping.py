"""What reports are grouped by: which groups time is in, what they are called, and in which order."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta, tzinfo
from functools import cache

from tabkeeper.model.catalogue import Catalogue, folded
from tabkeeper.model.days import local_midnight
from tabkeeper.model.filters import Filter, client_of, project_of
from tabkeeper.model.periods import Range, unit_start
from tabkeeper.model.report import Group, Grouping, Question, Slice

BY_DAYS: tuple[Grouping, ...] = ("day", "week")
WITHOUT: Mapping[Grouping, str] = {"project": "No project", "client": "No client", "tag": "No tags"}
"""What the group is called whose key is None."""

_BILLABLE = {"true": "Billable", "false": "Not billable"}
_REST_OF_WEEK = timedelta(days=6)


def keys_of(question: Question, catalogue: Catalogue) -> Callable[[Slice], Iterable[str | None]]:
    """Return what tells the keys of the groups that a slice is in: several where it has several tags."""
    project = cache(lambda project_id: (project_of(project_id, catalogue),))
    client = cache(lambda project_id: (client_of(project_id, catalogue),))
    day = cache(lambda day: (day.isoformat(),))
    week = cache(lambda day: (unit_start(day, "week", question.first_weekday).isoformat(),))
    found: Mapping[Grouping, Callable[[Slice], Iterable[str | None]]] = {
        "project": lambda part: project(part.project_id),
        "client": lambda part: client(part.project_id),
        "tag": lambda part: part.tags or (None,),
        "day": lambda part: day(part.day),
        "week": lambda part: week(part.day),
        "billable": lambda part: ("true",) if part.billable else ("false",),
    }
    return found[question.by]


def name_of(by: Grouping, key: str | None, catalogue: Catalogue) -> tuple[str, str, str | None]:
    """Return what a group is called, what is told beside it, and its colour."""
    if key is None:
        return WITHOUT[by], "", None
    if by == "project":
        project, client = catalogue.projects[key], catalogue.client_of(key)
        return project.name, client.name if client else "", project.color
    if by == "client":
        return catalogue.clients[key].name, "", None
    if by == "week":
        days = days_of_group(by, key)
        return f"{days.first} – {days.last}", "", None
    return (_BILLABLE[key] if by == "billable" else key), "", None


def days_of_group(by: Grouping, key: str) -> Range:
    """Return the days of a group by days or weeks."""
    first = date.fromisoformat(key)
    return Range(first, first + _REST_OF_WEEK if by == "week" else first)


def in_order(by: Grouping, groups: Iterable[Group]) -> tuple[Group, ...]:
    """Return days and weeks in their order, all else with the most time first."""
    if by in BY_DAYS:
        return tuple(sorted(groups, key=lambda group: group.key or ""))
    return tuple(
        sorted(groups, key=lambda group: (-group.sums.seconds, folded(group.label), group.key or ""))
    )


def within(question: Question, key: str | None, zone: tzinfo) -> Question:
    """Return the question about one of its groups alone."""
    if question.by in BY_DAYS and key is not None:
        return between(question._replace(before=None), *days_of_group(question.by, key), zone)
    only = {
        "project": Filter(projects=(key,)),
        "client": Filter(clients=(key,)),
        "tag": Filter(tags=(key,)),
        "billable": Filter(billable=key == "true"),
    }[question.by]
    return question._replace(filters=(*question.filters, only), before=None)


def between(question: Question, first: date, last: date, zone: tzinfo) -> Question:
    """Return the question about some of its days alone."""
    begin, end = local_midnight(first, zone), local_midnight(last + timedelta(days=1), zone)
    return question._replace(start=max(begin, question.start), stop=min(end, question.stop))
