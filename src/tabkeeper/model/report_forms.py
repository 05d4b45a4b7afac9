"""A report in writing: the shape of `GET /reports/summary`, CSV, text to copy, and what terminal and window
both say of its figures.
"""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from tabkeeper.model.catalogue import Catalogue, Client, Project, Tag
from tabkeeper.model.durations import clock, short
from tabkeeper.model.grouping import in_order
from tabkeeper.model.instants import rfc3339
from tabkeeper.model.money import minor_units, money
from tabkeeper.model.report import Group, Grouping, Report, Sums
from tabkeeper.model.spreadsheet import csv_text, harmless, hours

HEADINGS: Mapping[Grouping, str] = {
    "project": "Project",
    "client": "Client",
    "tag": "Tag",
    "day": "Day",
    "week": "Week",
    "billable": "Billable",
    "user": "Person",
}


def as_summary(report: Report, catalogue: Catalogue) -> dict[str, Any]:
    """Return the shape of `GET /reports/summary`, amounts as decimal text.

    Things that the server knows have its ids, and groups stand in one order, whoever has added them up;
    `currency` is the one that most projects are priced in where no workspace says another.
    """
    question, total = report.question, report.total
    ids = _ids_there(question.by, catalogue)
    keyed = (group._replace(key=ids.get(group.key, group.key)) for group in report.groups)
    currency = question.currency or main_currency(catalogue)
    return {
        "from": rfc3339(question.start),
        "to": rfc3339(question.stop),
        "group_by": question.by,
        "currency": currency,
        "total": {
            "seconds": total.seconds,
            "billable_seconds": total.billable_seconds,
            "billable_amount": _plain(total, currency),
        },
        "groups": [_group(group, currency) for group in in_order(question.by, keyed)],
    }


def main_currency(catalogue: Catalogue) -> str:
    """Return the currency that most projects with a rate are priced in; empty where none is."""
    priced = [
        project.currency
        for project in catalogue.projects.values()
        if project.hourly_rate is not None and project.currency
    ]
    return min(priced, key=lambda currency: (-priced.count(currency), currency), default="")


def as_csv(report: Report) -> str:
    """Return a report as CSV (RFC 4180) with a line for each group, times to the second, and no total.

    Texts that a spreadsheet would run as a formula begin with an apostrophe.
    """
    return csv_text(_cells(report))


def as_text(report: Report, groups: Iterable[Group]) -> str:
    """Return lines of a report for the clipboard, with tabs between the columns."""
    return "\n".join("\t".join(_line(group, report.question.by)) for group in groups)


def total_text(report: Report) -> str:
    """Return the totals as a line below those of `as_text`."""
    sums = report.total
    between = [""] if report.question.by == "project" else []
    return "\t".join(
        ["Total", *between, short(sums.seconds), short(sums.billable_seconds), amounts_text(sums)]
    )


def amounts_text(sums: Sums, but: str | None = None) -> str:
    """Return amounts as they are read, each currency by itself: `€ 1,620.00 + $ 240.00`."""
    return " + ".join(money(sums.amounts[each], each) for each in sums.amounts if each != but)


def percent(part: int, whole: int) -> str:
    """Return a share in whole percent; what is there is never none."""
    if not part or not whole:
        return "0 %"
    return f"{100 * part / whole:.0f} %" if 200 * part > whole else "< 1 %"


def currencies_without_total(report: Report) -> list[str]:
    """Return the currencies of groups that the total says nothing of: a server adds up one alone."""
    return sorted(
        {each for group in report.groups for each in group.sums.amounts} - report.total.amounts.keys()
    )


def _line(group: Group, by: Grouping) -> Iterator[str]:
    yield harmless(group.label)
    if by == "project":
        yield harmless(group.detail)
    yield from (short(group.sums.seconds), short(group.sums.billable_seconds), amounts_text(group.sums))


def _cells(report: Report) -> Iterator[list[str]]:
    by, currencies = report.question.by, [*report.total.amounts, *currencies_without_total(report)]
    client = ["Client"] if by == "project" else []
    amounts = [f"Amount {currency}".rstrip() for currency in currencies]
    yield [HEADINGS[by], *client, "Time", "Hours", "Billable time", "Billable hours", *amounts, "Entries"]
    for group in report.groups:
        sums = group.sums
        yield [
            harmless(group.label),
            *([harmless(group.detail)] if by == "project" else []),
            *(
                written(seconds)
                for seconds in (sums.seconds, sums.billable_seconds)
                for written in (clock, hours)
            ),
            *(_plain(sums, currency) for currency in currencies),
            str(sums.entries),
        ]


def _group(group: Group, currency: str) -> dict[str, Any]:
    sums = group.sums
    found = {
        "key": group.key,
        "label": group.label,
        "color": group.color,
        "seconds": sums.seconds,
        "billable_seconds": sums.billable_seconds,
        "billable_amount": _plain(sums, currency),
        "entries": sums.entries,
    }
    others = [
        {"currency": other, "billable_amount": _plain(sums, other)}
        for other in sums.amounts
        if other != currency and sums.amounts[other]
    ]
    return found | ({"other_currencies": others} if others else {})


def _ids_there(by: Grouping, catalogue: Catalogue) -> Mapping[str | None, str]:
    """Return the server's ids by the keys that groups have here; those of here where it has none yet."""
    things: Mapping[Grouping, Iterable[tuple[str, Project | Client | Tag]]] = {
        "project": catalogue.projects.items(),
        "client": catalogue.clients.items(),
        "tag": ((tag.name, tag) for tag in catalogue.tags.values()),
    }
    return {key: thing.remote_id or thing.id for key, thing in things.get(by, ())}


def _plain(sums: Sums, currency: str) -> str:
    """Return an amount as a number that programs read."""
    return format(sums.amounts.get(currency, Decimal(0)), f".{minor_units(currency)}f")
