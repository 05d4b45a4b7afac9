"""A report as a table for a terminal: columns that stand under one another whatever the names are."""

import unicodedata
from collections.abc import Iterator
from datetime import tzinfo

from tabkeeper.cli.output import printable
from tabkeeper.model.durations import short
from tabkeeper.model.report import Group, Report
from tabkeeper.model.report_forms import HEADINGS, amounts_text, currencies_without_total, percent
from tabkeeper.model.summing import days_of
from tabkeeper.model.typed_time import format_time

_WIDEST_NAME = 44
_WITHOUT_WIDTH = ("Mn", "Me", "Cf")
"""Marks over and under letters, and what joins or parts them unseen."""
_Row = tuple[str, str, str, str, str]


def table(report: Report, zone: tzinfo) -> Iterator[str]:
    """Yield the lines: the days, a line for each group with its share, the total, and what is to be known."""
    days, total = days_of(report.question, zone), report.total
    yield (
        f"{days.first:%a} {days.first} – {days.last:%a} {days.last}"
        if days.days > 1
        else (f"{days.first:%a} {days.first}")
    )
    yield ""
    head = (HEADINGS[report.question.by], "Share", "Time", "Billable", "Amount")
    whole = ("Total", "", short(total.seconds), short(total.billable_seconds), amounts_text(total))
    rows = [head, *(_row(group, total.seconds) for group in report.groups), whole]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(head))]
    for row in rows:
        if row is whole:
            yield "─" * (sum(widths) + 2 * (len(widths) - 1))
        yield _line(row, widths)
    yield from _notes(report, zone)


def _row(group: Group, whole: int) -> _Row:
    name = " · ".join(filter(None, (printable(group.label), printable(group.detail))))
    sums = group.sums
    share, worth = percent(sums.seconds, whole), amounts_text(sums) or "–"
    return (_cut(name), share, short(sums.seconds), short(sums.billable_seconds), worth)


def _notes(report: Report, zone: tzinfo) -> Iterator[str]:
    notes, total = [], report.total
    if total.running:
        notes.append(f"A timer runs; it counts up to {format_time(report.at, zone)}.")
    if report.question.by == "tag":
        notes.append("An entry with several tags counts in each, and once in the total.")
    if left_out := currencies_without_total(report):
        notes.append(f"The server adds up no total of {', '.join(left_out)}.")
    yield from ["", *notes] if notes else []


def _line(row: _Row, widths: list[int]) -> str:
    name, *figures = (" " * (width - _width(text)) for text, width in zip(row, widths, strict=True))
    cells = [row[0] + name, *(space + text for space, text in zip(figures, row[1:], strict=True))]
    return "  ".join(cells).rstrip()


def _cut(name: str) -> str:
    """Return a name that leaves room for the figures."""
    if _width(name) <= _WIDEST_NAME:
        return name
    while _width(name) >= _WIDEST_NAME:
        name = name[:-1]
    return name.rstrip() + "…"


def _width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    seen = (letter for letter in text if unicodedata.category(letter) not in _WITHOUT_WIDTH)
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in seen)
