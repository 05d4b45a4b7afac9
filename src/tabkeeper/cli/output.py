"""How entries look on the command line, as JSON for scripts and as text for people. Prints nothing itself."""

import re
from datetime import datetime, tzinfo
from typing import Any

from tabkeeper.model.catalogue import Catalogue
from tabkeeper.model.durations import clock
from tabkeeper.model.entry import Entry
from tabkeeper.model.instants import rfc3339
from tabkeeper.model.text import one_line
from tabkeeper.model.typed_time import format_time

SIGNED_OUT = "signed out"
_EIGHT_BIT_CONTROLS = re.compile("[\x80-\x9f]")


def entry_value(entry: Entry, catalogue: Catalogue, now: datetime) -> dict[str, Any]:
    """Return an entry as every command's JSON has it: projects by name, instants in RFC 3339 UTC."""
    project, client = catalogue.project(entry.project_id), catalogue.client_of(entry.project_id)
    return {
        "id": entry.id,
        "remote_id": entry.remote_id,
        "description": entry.description,
        "project": project.name if project else None,
        "client": client.name if client else None,
        "tags": list(entry.tags),
        "billable": entry.billable,
        "start": rfc3339(entry.start),
        "stop": rfc3339(entry.stop) if entry.stop is not None else None,
        "seconds": entry.seconds(now),
    }


def status_value(
    entry: Entry | None, catalogue: Catalogue, now: datetime, today_seconds: int
) -> dict[str, Any]:
    """Return what `status --json` prints; `today_seconds` includes the running entry."""
    return {
        "running": entry is not None,
        "entry": entry_value(entry, catalogue, now) if entry is not None else None,
        "today_seconds": today_seconds,
        "sync": SIGNED_OUT,
    }


def entry_line(entry: Entry, catalogue: Catalogue, now: datetime, zone: tzinfo) -> str:
    """Return an entry on one line for a terminal, which its text cannot command."""
    stop = format_time(entry.stop, zone) if entry.stop is not None else "now"
    times = f"{entry.start.astimezone(zone):%Y-%m-%d} {format_time(entry.start, zone)}-{stop}"
    label = catalogue.project_label(entry.project_id)
    words = [entry.description or "(no description)", label, *(f"#{tag}" for tag in entry.tags)]
    return printable("  ".join([times, clock(entry.seconds(now)), *filter(None, words)]))


def printable(text: str) -> str:
    """Return `text` on one line, without what a terminal obeys: control characters of 7 and of 8 bits."""
    return _EIGHT_BIT_CONTROLS.sub("", one_line(text))
