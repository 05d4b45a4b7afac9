"""The summary report: one aggregating query over the entries a person sees, and money added up exactly.

The database adds seconds by group and rate; rates meet seconds only here, for SQLite has no exact numbers.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.engine import RowMapping
from sqlalchemy.ext.asyncio import AsyncConnection

from tabkeeper.api.wire import Group, GroupBy, OtherCurrency, Summary, Total
from tabkeeper_server import clock
from tabkeeper_server.access import Caller, entries_seen_by
from tabkeeper_server.currencies import round_money
from tabkeeper_server.database import Database
from tabkeeper_server.services.grouping import ALL_TOGETHER, Grouping, GroupName, grouping_by
from tabkeeper_server.tables import entries, projects
from tabkeeper_server.zones import OffsetChange, offset_changes

_SECONDS_AN_HOUR = 3600


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a summary is asked for: a range of starts (`to` exclusive), a grouping, and billable or not."""

    from_: datetime
    to: datetime
    group_by: GroupBy
    billable: bool | None


@dataclass
class _Sums:
    """What has been added up of one group. `earned` is billable seconds times rate, by currency."""

    seconds: int = 0
    billable_seconds: int = 0
    entries: int = 0
    earned: defaultdict[str, Decimal] = field(default_factory=lambda: defaultdict(Decimal))

    def add(self, row: RowMapping, currency: str) -> None:
        """Add a row of the query. A project without a currency is priced in the workspace's."""
        self.seconds += int(row["seconds"])
        self.billable_seconds += int(row["billable_seconds"])
        self.entries += row["entries"]
        if row["hourly_rate"] is not None:
            worth = int(row["billable_seconds"]) * Decimal(row["hourly_rate"])
            self.earned[row["currency"] or currency] += worth

    def amount(self, currency: str) -> Decimal:
        """Return what was earned in one currency, rounded to its minor unit: the only rounding there is."""
        return round_money(self.earned.get(currency, Decimal(0)) / _SECONDS_AN_HOUR, currency)

    def others(self, currency: str) -> tuple[OtherCurrency, ...]:
        """Return what was earned in other currencies than the workspace's, where it comes to anything."""
        return tuple(
            OtherCurrency(currency=other, billable_amount=self.amount(other))
            for other in sorted(self.earned)
            if other != currency and self.amount(other)
        )


async def summarise(database: Database, caller: Caller, question: Question) -> Summary:
    """Answer `GET /reports/summary` for a person: about their own entries, or as an admin everybody's."""
    now = clock.to_milliseconds(clock.now())
    async with database.reading() as connection:
        changes = await _zone_changes(connection, caller, question)
        grouping = grouping_by(question.group_by, changes, caller.week_start)
        rows = await _rows(connection, summary_query(caller, question, grouping, now))
        # An entry with several tags is in several groups, but only once in the total.
        each_once = rows
        if question.group_by is GroupBy.TAG:
            each_once = await _rows(connection, summary_query(caller, question, ALL_TOGETHER, now))
    total = _sums(each_once, ALL_TOGETHER, caller.currency).popitem()[1] if each_once else _Sums()
    return Summary(
        from_=question.from_,
        to=question.to,
        group_by=question.group_by.value,
        currency=caller.currency,
        total=Total(
            seconds=total.seconds,
            billable_seconds=total.billable_seconds,
            billable_amount=total.amount(caller.currency),
        ),
        groups=_groups(_sums(rows, grouping, caller.currency), grouping, caller.currency),
    )


def summary_query(
    caller: Caller, question: Question, grouping: Grouping, now: int
) -> Select[tuple[Any, ...]]:
    """Return the query: seconds by group, rate and currency. A running entry counts up to `now`."""
    so_far = case((entries.c.start > now, entries.c.start), else_=now)
    seconds = (func.coalesce(entries.c.stop, so_far) - entries.c.start) // 1000
    by = (projects.c.hourly_rate, projects.c.currency)
    return (
        select(
            *grouping.columns,
            *by,
            func.sum(seconds).label("seconds"),
            func.sum(case((entries.c.billable, seconds), else_=0)).label("billable_seconds"),
            func.count().label("entries"),
        )
        .select_from(grouping.joined(entries.outerjoin(projects, projects.c.id == entries.c.project_id)))
        .where(_meant(caller, question))
        .group_by(*(column.element for column in grouping.columns), *by)
    )


def _meant(caller: Caller, question: Question) -> ColumnElement[bool]:
    """Return the condition for the entries a question is about: whole, by their start."""
    meant = and_(
        *(entries.c[column] == value for column, value in entries_seen_by(caller).items()),
        entries.c.start >= clock.to_milliseconds(question.from_),
        entries.c.start < clock.to_milliseconds(question.to),
    )
    return meant if question.billable is None else and_(meant, entries.c.billable == question.billable)


async def _rows(connection: AsyncConnection, query: Select[tuple[Any, ...]]) -> list[RowMapping]:
    return list((await connection.execute(query)).mappings())


async def _zone_changes(
    connection: AsyncConnection, caller: Caller, question: Question
) -> list[OffsetChange]:
    """Return the caller's zone's changes over the entries there are, where days matter."""
    if question.group_by not in (GroupBy.DAY, GroupBy.WEEK):
        return []
    edges = [
        select(edge(entries.c.start)).where(_meant(caller, question)).scalar_subquery()
        for edge in (func.min, func.max)
    ]
    first, last = (await connection.execute(select(*edges))).one()
    if first is None:
        return []
    return offset_changes(
        ZoneInfo(caller.timezone), clock.from_milliseconds(first), clock.from_milliseconds(last)
    )


def _sums(rows: list[RowMapping], grouping: Grouping, currency: str) -> dict[GroupName, _Sums]:
    sums: defaultdict[GroupName, _Sums] = defaultdict(_Sums)
    for row in rows:
        sums[grouping.name(row)].add(row, currency)
    return dict(sums)


def _groups(sums: dict[GroupName, _Sums], grouping: Grouping, currency: str) -> tuple[Group, ...]:
    """Return the groups: days and weeks in their order, else the one with most time first."""

    def order(name: GroupName) -> tuple[int, str]:
        return (0, name.key or "") if grouping.in_order_of_key else (-sums[name].seconds, name.label)

    return tuple(_group(name, sums[name], currency) for name in sorted(sums, key=order))


def _group(name: GroupName, sums: _Sums, currency: str) -> Group:
    group = Group(
        key=name.key,
        label=name.label,
        color=name.color,
        seconds=sums.seconds,
        billable_seconds=sums.billable_seconds,
        billable_amount=sums.amount(currency),
        entries=sums.entries,
    )
    others = sums.others(currency)
    return msgspec.structs.replace(group, other_currencies=others) if others else group
