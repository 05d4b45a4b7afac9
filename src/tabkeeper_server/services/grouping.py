"""What a summary can be grouped by: the columns that adds to the query, and how the groups are named."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, FromClause, Label, literal_column
from sqlalchemy.engine import RowMapping

from tabkeeper.api.wire import GroupBy
from tabkeeper_server.clock import to_milliseconds
from tabkeeper_server.tables import clients, entries, entry_tags, projects, tags, users
from tabkeeper_server.zones import OffsetChange

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_MILLISECONDS = 86_400_000
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()


class GroupName(NamedTuple):
    """What a group is called: `key` for programs (None is "without"), `label` for people."""

    key: str | None
    label: str
    color: str | None = None


@dataclass(frozen=True, kw_only=True)
class Grouping:
    """Columns to group by, where they come from, and the name of the group a row belongs to."""

    columns: tuple[Label[Any], ...] = ()
    joined: Callable[[FromClause], FromClause] = lambda source: source
    name: Callable[[RowMapping], GroupName] = lambda row: GroupName(None, "")
    in_order_of_key: bool = False


ALL_TOGETHER = Grouping()


def grouping_by(group_by: GroupBy, zone_changes: list[OffsetChange], week_start: str) -> Grouping:
    """Return the grouping for a `group_by`. Days and weeks are those of the zone whose changes these are."""
    if group_by is GroupBy.DAY:
        return Grouping(columns=(_ordinal(zone_changes).label("key"),), name=_day_name, in_order_of_key=True)
    if group_by is GroupBy.WEEK:
        first = WEEKDAYS.index(week_start)
        index: ColumnElement[int] = literal_column(f"({_ordinal(zone_changes)} + {6 - first}) / 7")
        return Grouping(
            columns=(index.label("key"),),
            name=lambda row: _week_name(row["key"], first),
            in_order_of_key=True,
        )
    return _PLAIN[group_by]


def _ordinal(zone_changes: list[OffsetChange]) -> ColumnElement[int]:
    """Return the local day of an entry's start, counted as `date.toordinal` does.

    Written out in numbers: a parameter that is repeated in GROUP BY is another expression to PostgreSQL.
    """
    whens = [
        f"WHEN entries.start >= {to_milliseconds(at)} THEN {offset // timedelta(milliseconds=1)}"
        for at, offset in reversed(zone_changes)
    ]
    offset = f"CASE {' '.join(whens)} END" if whens else "0"
    local = f"entries.start + {offset}"
    return literal_column(f"(({local} + {_EPOCH_ORDINAL * _DAY_MILLISECONDS}) / {_DAY_MILLISECONDS})")


def _date(ordinal: int) -> date:
    return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))


def _day_name(row: RowMapping) -> GroupName:
    day = _date(row["key"]).isoformat()
    return GroupName(day, day)


def _week_name(index: int, first_weekday: int) -> GroupName:
    first = index * 7 - 6 + first_weekday
    return GroupName(_date(first).isoformat(), f"{_date(first)} – {_date(first + 6)}")


def _named(without: str) -> Callable[[RowMapping], GroupName]:
    def name(row: RowMapping) -> GroupName:
        if row["key"] is None:
            return GroupName(None, without)
        return GroupName(row["key"], row["label"], row.get("color"))

    return name


def _billable_name(row: RowMapping) -> GroupName:
    return GroupName("true", "Billable") if row["key"] else GroupName("false", "Not billable")


_PLAIN = {
    GroupBy.PROJECT: Grouping(
        columns=(
            entries.c.project_id.label("key"),
            projects.c.name.label("label"),
            projects.c.color.label("color"),
        ),
        name=_named("No project"),
    ),
    GroupBy.CLIENT: Grouping(
        columns=(projects.c.client_id.label("key"), clients.c.name.label("label")),
        joined=lambda source: source.outerjoin(clients, clients.c.id == projects.c.client_id),
        name=_named("No client"),
    ),
    GroupBy.USER: Grouping(
        columns=(entries.c.user_id.label("key"), users.c.name.label("label")),
        joined=lambda source: source.join(users, users.c.id == entries.c.user_id),
        name=_named(""),
    ),
    GroupBy.TAG: Grouping(
        columns=(tags.c.id.label("key"), tags.c.name.label("label")),
        joined=lambda source: source.outerjoin(entry_tags, entry_tags.c.entry_id == entries.c.id).outerjoin(
            tags, tags.c.id == entry_tags.c.tag_id
        ),
        name=_named("No tags"),
    ),
    GroupBy.BILLABLE: Grouping(columns=(entries.c.billable.label("key"),), name=_billable_name),
}
