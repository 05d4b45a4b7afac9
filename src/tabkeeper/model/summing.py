"""Adds up what a report shows: groups, totals and the columns of its chart, and what they are worth.

What adds up entries beforehand, as SQL does, gives `Slice`s; everything after that is done here only.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from tabkeeper.model.catalogue import Catalogue
from tabkeeper.model.days import local_day
from tabkeeper.model.filters import project_of
from tabkeeper.model.grouping import in_order, keys_of, name_of
from tabkeeper.model.instants import MILLISECOND
from tabkeeper.model.money import amount_of
from tabkeeper.model.periods import Range, Unit, chart_unit, unit_end, unit_start
from tabkeeper.model.report import Column, Group, Question, Report, Share, Slice, Sums

_Order = Callable[[Share], tuple[int, str]]
_DAY = timedelta(days=1)
_MOST_EMPTY_COLUMNS = 200


class Reading(NamedTuple):
    """What a report is made of, read at one moment: slices, the time before, and what they are called."""

    slices: Iterable[Slice]
    seconds_before: int | None
    catalogue: Catalogue
    at: datetime


def days_of(question: Question, zone: tzinfo) -> Range:
    """Return the local days that a question is about."""
    return Range(
        local_day(question.start, zone),
        max(local_day(question.start, zone), local_day(question.stop - MILLISECOND, zone)),
    )


def slice_unit(question: Question, zone: tzinfo) -> Unit:
    """Return the longest unit of the calendar whose slices tell all that the question asks for."""
    unit = chart_unit(days_of(question, zone).days)
    return "day" if question.by == "day" or (question.by == "week" and unit != "week") else unit


def summed(question: Question, reading: Reading, zone: tzinfo) -> Report:
    """Return the report that was asked for."""
    days, catalogue = days_of(question, zone), reading.catalogue
    unit = chart_unit(days.days)
    column_of = cache(lambda day: unit_start(day, unit, question.first_weekday))
    keys = keys_of(question, catalogue)
    total = _Tally()
    columns: defaultdict[date, _Tally] = defaultdict(_Tally)
    groups: defaultdict[str | None, _Tally] = defaultdict(_Tally)
    for part in reading.slices:
        total.add(part)
        columns[column_of(part.day)].add(part)
        for key in keys(part):
            groups[key].add(part)
    # One project has its place in all bars and columns: what has the most in all comes first.
    in_all = total.by_project(catalogue)

    def order(share: Share) -> tuple[int, str]:
        return -in_all[share.project_id], share.project_id or ""

    found = (_group(question, key, groups[key], catalogue, order) for key in groups)
    shares = {day: tally.shares(catalogue, order) for day, tally in columns.items()}
    return Report(
        question,
        reading.at,
        total.sums(catalogue, question.currency),
        in_order(question.by, found),
        unit,
        tuple(_columns(days, unit, question.first_weekday, shares)),
        reading.seconds_before,
    )


class _Tally:
    """What is being added up, by project: only that decides what an hour costs.

    The sums are in dictionaries of plain numbers: there are thousands of them, and collecting what holds
    other things halts the interface, too.
    """

    def __init__(self) -> None:
        self._seconds: dict[str | None, int] = {}
        self._billable: dict[str | None, int] = {}
        self._entries = 0
        self._running = False

    def add(self, part: Slice) -> None:
        project = part.project_id
        self._seconds[project] = self._seconds.get(project, 0) + part.seconds
        if part.billable_seconds:
            self._billable[project] = self._billable.get(project, 0) + part.billable_seconds
        self._entries += part.entries
        if part.running:
            self._running = True

    def sums(self, catalogue: Catalogue, currency: str) -> Sums:
        """Return the sums, with what their billable time costs."""
        seconds, billable = sum(self._seconds.values()), sum(self._billable.values())
        return Sums(seconds, billable, self._entries, self._amounts(catalogue, currency), self._running)

    def by_project(self, catalogue: Catalogue) -> Mapping[str | None, int]:
        """Return the seconds of each project that is there."""
        seconds: defaultdict[str | None, int] = defaultdict(int)
        for project_id, length in self._seconds.items():
            seconds[project_of(project_id, catalogue)] += length
        return seconds

    def shares(self, catalogue: Catalogue, order: _Order) -> tuple[Share, ...]:
        """Return how much each project has of it, in an order of the projects."""
        seconds = self.by_project(catalogue).items()
        found = [Share(key, catalogue.colour_of(key), length) for key, length in seconds if length]
        return tuple(sorted(found, key=order))

    def _amounts(self, catalogue: Catalogue, currency: str) -> Mapping[str, Decimal]:
        earned: defaultdict[str, defaultdict[Decimal, int]] = defaultdict(lambda: defaultdict(int))
        for project_id, seconds in self._billable.items():
            project = catalogue.project(project_id)
            if project is not None and project.hourly_rate is not None:
                earned[project.currency or currency][project.hourly_rate] += seconds
        currencies = sorted(earned, key=lambda currency: (not currency, currency))
        return {currency: amount_of(earned[currency], currency) for currency in currencies}


def _group(question: Question, key: str | None, tally: _Tally, catalogue: Catalogue, order: _Order) -> Group:
    label, detail, colour = name_of(question.by, key, catalogue)
    sums = tally.sums(catalogue, question.currency)
    return Group(key, label, detail, colour, sums, tally.shares(catalogue, order))


def _columns(
    days: Range, unit: Unit, first_weekday: int, shares: Mapping[date, tuple[Share, ...]]
) -> Iterator[Column]:
    """Yield the columns of all days, empty ones too; of very many years only those with something."""
    begin, end = unit_start(days.first, unit, first_weekday), days.last
    if unit == "year" and days.days > _MOST_EMPTY_COLUMNS * 366:
        begin, end = min(shares, default=begin), max(shares, default=begin)
    while begin <= end:
        last = unit_end(begin, unit, first_weekday)
        parts = shares.get(begin, ())
        seconds = sum(share.seconds for share in parts)
        yield Column(max(begin, days.first), min(last, days.last), seconds, parts)
        begin = last + _DAY
