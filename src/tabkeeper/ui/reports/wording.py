"""How reports word ranges, days, comparisons and what is read aloud of them."""

from collections.abc import Callable
from datetime import date

from tabkeeper.model.catalogue import Catalogue
from tabkeeper.model.grouping import days_of_group
from tabkeeper.model.periods import Period, Range, Unit
from tabkeeper.model.report import Column, Group, Report, Share, Sums
from tabkeeper.model.report_forms import amounts_text, percent
from tabkeeper.model.typed_time import day_date
from tabkeeper.ui.clockface import day_name

Written = Callable[[int], str]
"""How a person reads a duration, of which the seconds are given."""
_NAMES = {
    ("day", 0): "Today",
    ("day", 1): "Yesterday",
    ("day", -1): "Tomorrow",
    **{(unit, 0): f"This {unit}" for unit in ("week", "month", "quarter", "year")},
    **{(unit, 1): f"Last {unit}" for unit in ("week", "month", "quarter", "year")},
    **{(unit, -1): f"Next {unit}" for unit in ("week", "month", "quarter", "year")},
}


def period_name(period: Period, days: Range, today: date) -> tuple[str, str]:
    """Return a range's name and, muted beside it, its days: `This week`, `23 – 29 Nov`."""
    if period.own is not None:
        return span(days, today), ""
    name = _NAMES.get((period.unit, period.ago), "")
    dates = dates_of(period.unit, days, today)
    return (name, dates) if name else (dates, "")


def dates_of(unit: Unit, days: Range, today: date) -> str:
    """Return the days of a unit of the calendar as they are read."""
    if unit == "month":
        return f"{days.first:%B} {days.first.year}"
    if unit == "quarter":
        return f"{days.first:%b} – {days.last:%b} {days.last.year}"
    return str(days.first.year) if unit == "year" else span(days, today)


def span(days: Range, today: date) -> str:
    """Return `23 – 29 Nov`, `30 Nov – 6 Dec`, `Wed 25 Nov`, with the year where it is another one."""
    first, last = days
    if first == last:
        return day_date(first, today)
    year = "" if first.year == last.year == today.year else f" {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} – {last.day} {last:%b}{year}"
    other_year = f" {first.year}" if first.year != last.year else ""
    return f"{first.day} {first:%b}{other_year} – {last.day} {last:%b}{year}"


def compared(report: Report, period: Period, written: Written) -> str:
    """Return how the time compares with the range before: `+3:20 on last week`, `0:40 behind yesterday`."""
    if report.seconds_before is None:
        return ""
    under_way = report.question.stop > report.at
    before = _before(period)
    more = report.total.seconds - report.seconds_before
    if not report.seconds_before:
        return f"{before}: nothing by then" if under_way else f"{before}: nothing"
    if under_way:
        if abs(more) < 60:
            return f"level with {before}"
        return f"{written(abs(more))} {'ahead of' if more > 0 else 'behind'} {before}"
    return f"{'+' if more >= 0 else '−'}{written(abs(more))} on {before}"


def _before(period: Period) -> str:
    if period.own is not None:
        days = period.own.days
        return f"the {days:,} days before" if days > 1 else "the day before"
    if period.ago == 0:
        return "yesterday" if period.unit == "day" else f"last {period.unit}"
    return f"the {period.unit} before"


def group_name(report: Report, group: Group, today: date) -> tuple[str, str]:
    """Return what a row is called, and what stands muted beside it."""
    by = report.question.by
    if by == "day" and group.key is not None:
        day = date.fromisoformat(group.key)
        name = day_name(day, today)
        return name, day_date(day, today) if name != day_date(day, today) else ""
    if by == "week" and group.key is not None:
        return span(days_of_group(by, group.key), today), ""
    return group.label, group.detail


def entries_text(sums: Sums) -> str:
    """Return how many entries were added up."""
    return f"{sums.entries} {'entry' if sums.entries == 1 else 'entries'}"


def spoken_group(report: Report, group: Group, today: date, written: Written) -> str:
    """Return a row as it is read aloud."""
    sums = group.sums
    parts = [
        *group_name(report, group, today),
        written(sums.seconds),
        percent(sums.seconds, report.total.seconds),
        amounts_text(sums),
        entries_text(sums),
        "a timer runs" if sums.running else "",
    ]
    return ", ".join(part for part in parts if part)


def column_name(column: Column, unit: Unit, today: date) -> str:
    """Return the days of a column of the chart."""
    days = Range(column.first, column.last)
    return span(days, today) if unit in ("day", "week") else dates_of(unit, days, today)


def share_name(share: Share, catalogue: Catalogue | None) -> str:
    """Return what a part of a column or a share bar is called."""
    return (catalogue.project_label(share.project_id) if catalogue else "") or "No project"


def spoken_column(
    column: Column, unit: Unit, catalogue: Catalogue | None, today: date, written: Written
) -> str:
    """Return a column of the chart as it is read aloud, with its projects where those are known."""
    shares = column.shares if catalogue is not None else ()
    parts = [f"{share_name(share, catalogue)} {written(share.seconds)}" for share in shares]
    return ", ".join([column_name(column, unit, today), written(column.seconds), *parts])
