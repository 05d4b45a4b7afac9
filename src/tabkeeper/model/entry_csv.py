"""Entries as spreadsheets take them: a line each, with what they are called, and their times."""

from collections.abc import Iterable, Iterator
from datetime import datetime, tzinfo

from tabkeeper.model.catalogue import Catalogue
from tabkeeper.model.durations import clock
from tabkeeper.model.entry import Entry
from tabkeeper.model.spreadsheet import csv_text, harmless, hours

_HEADINGS = (
    "Description", "Project", "Client", "Tags", "Billable", "Start", "Stop", "Time", "Hours", "Id",
)  # fmt: skip
_MOMENT = "%Y-%m-%d %H:%M:%S"
"""What spreadsheets understand as a moment, and nobody as another one."""


def entries_csv(entries: Iterable[Entry], catalogue: Catalogue, zone: tzinfo, now: datetime) -> str:
    """Return entries as CSV, a line each, with times of day in `zone`; one that runs has no stop."""
    return csv_text((_HEADINGS, *(tuple(_cells(entry, catalogue, zone, now)) for entry in entries)))


def _cells(entry: Entry, catalogue: Catalogue, zone: tzinfo, now: datetime) -> Iterator[str]:
    project, client = catalogue.project(entry.project_id), catalogue.client_of(entry.project_id)
    seconds = entry.seconds(now)
    yield harmless(entry.description)
    yield harmless(project.name if project else "")
    yield harmless(client.name if client else "")
    yield harmless(", ".join(entry.tags))
    yield "yes" if entry.billable else "no"
    yield format(entry.start.astimezone(zone), _MOMENT)
    yield format(entry.stop.astimezone(zone), _MOMENT) if entry.stop is not None else ""
    yield clock(seconds)
    yield hours(seconds)
    yield entry.id
