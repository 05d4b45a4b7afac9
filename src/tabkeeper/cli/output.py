"""How entries and projects look on the command line, as JSON for scripts and as text for people.

Prints nothing itself.
"""

import re
from datetime import datetime, tzinfo
from typing import Any

from tabkeeper.model.catalogue import Catalogue, Client, Project, Tag
from tabkeeper.model.durations import clock, short
from tabkeeper.model.entry import Entry
from tabkeeper.model.entry_json import entry_value
from tabkeeper.model.identity import HANDLE
from tabkeeper.model.text import one_line
from tabkeeper.model.typed_time import format_time

# What turns the direction of all that follows it: the rest of the line, or of the screen.
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def status_value(
    entry: Entry | None, catalogue: Catalogue, now: datetime, today_seconds: int, sync: str
) -> dict[str, Any]:
    """Return what `status --json` prints; `today_seconds` includes the running entry."""
    return {
        "running": entry is not None,
        "entry": entry_value(entry, catalogue, now) if entry is not None else None,
        "today_seconds": today_seconds,
        "sync": sync,
    }


def status_fields(
    entry: Entry | None, catalogue: Catalogue, now: datetime, today_seconds: int, sync: str, zone: tzinfo
) -> dict[str, str]:
    """Return what `status --format` can name; where no timer runs, what is about it is empty."""
    fields = dict.fromkeys(FORMAT_FIELDS, "")
    fields |= {"state": "stopped", "today": short(today_seconds), "sync": sync}
    if entry is None:
        return fields
    project, client = catalogue.project(entry.project_id), catalogue.client_of(entry.project_id)
    return fields | {
        "state": "running",
        "elapsed": clock(entry.seconds(now)),
        "short": short(entry.seconds(now)),
        "description": entry.description,
        "project": project.name if project else "",
        "client": client.name if client else "",
        "color": (project.color or "") if project else "",
        "tags": " ".join(f"#{tag}" for tag in entry.tags),
        "start": format_time(entry.start, zone),
        "id": entry.id,
    }


FORMAT_FIELDS = {
    "elapsed": "1:23:45",
    "short": "1:23",
    "description": "what you do",
    "project": "its name",
    "client": "its name",
    "color": "the project's, #3B82F6",
    "tags": "#one #two",
    "start": "14:02",
    "today": "all of today, 5:10",
    "state": "running or stopped",
    "sync": "idle, offline, signed out",
    "id": "the entry's",
}
"""The fields of `status --format`, each with what stands there."""


def entry_line(entry: Entry, catalogue: Catalogue, now: datetime, zone: tzinfo) -> str:
    """Return an entry on one line for a terminal, which its text cannot command."""
    stop = format_time(entry.stop, zone) if entry.stop is not None else "now"
    times = f"{entry.start.astimezone(zone):%Y-%m-%d} {format_time(entry.start, zone)}-{stop}"
    label = catalogue.project_label(entry.project_id)
    words = [entry.description or "(no description)", label, *(f"#{tag}" for tag in entry.tags)]
    head = [entry.id[-HANDLE:], times, clock(entry.seconds(now))]
    return printable("  ".join([*head, *filter(None, words)]))


def project_value(project: Project, catalogue: Catalogue) -> dict[str, Any]:
    """Return a project as JSON has it; the rate is text, so that no digit of it is lost."""
    client = catalogue.client_of(project.id)
    return {
        "id": project.id,
        "remote_id": project.remote_id,
        "name": project.name,
        "client": client.name if client else None,
        "color": project.color,
        "billable": project.billable,
        "hourly_rate": None if project.hourly_rate is None else format(project.hourly_rate, "f"),
        "currency": project.currency,
        "archived": project.archived,
    }


def project_line(project: Project, catalogue: Catalogue) -> str:
    """Return a project on one line for a terminal."""
    rate = project.hourly_rate
    price = "" if rate is None else " ".join(filter(None, (format(rate, "f"), project.currency))) + "/h"
    words = [
        catalogue.project_label(project.id),
        project.color,
        price,
        "billable" if project.billable else "",
        "(archived)" if project.archived else "",
    ]
    return printable("  ".join(filter(None, words)))


def label_value(label: Client | Tag) -> dict[str, Any]:
    """Return a client or a tag as JSON has it."""
    return {
        "id": label.id,
        "remote_id": label.remote_id,
        "name": label.name,
        "archived": label.archived,
    }


def label_line(label: Client | Tag) -> str:
    """Return a client or a tag on one line for a terminal."""
    return printable(label.name + ("  (archived)" if label.archived else ""))


def printable(text: str) -> str:
    """Return `text` on one line, without what a terminal obeys: control characters and turns of direction."""
    return _DIRECTIONS.sub("", one_line(text))
