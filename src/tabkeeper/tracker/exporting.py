"""Entries taken out for other programs, oldest first, as text or into a file."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from tabkeeper.model.entry_csv import entries_csv
from tabkeeper.model.entry_json import entry_value
from tabkeeper.model.refusal import Refused
from tabkeeper.model.spreadsheet import BYTE_ORDER_MARK
from tabkeeper.paths import write_whole
from tabkeeper.tracker.tracker import Tracker

Form = Literal["csv", "json"]


def values(tracker: Tracker, start: datetime | None = None, stop: datetime | None = None) -> list[Any]:
    """Return the entries that begin from `start` on and before `stop`, each as all JSON has it."""
    catalogue, now = tracker.catalogue(), tracker.now()
    return [entry_value(entry, catalogue, now) for entry in tracker.entries(start, stop)[::-1]]


def table(tracker: Tracker, start: datetime | None = None, stop: datetime | None = None) -> str:
    """Return the entries that begin from `start` on and before `stop`, as CSV."""
    return entries_csv(tracker.entries(start, stop)[::-1], tracker.catalogue(), tracker.zone, tracker.now())


def save(
    tracker: Tracker, path: Path, form: Form, start: datetime | None = None, stop: datetime | None = None
) -> None:
    """Write those entries into a file, which is whole or not there; raises `Refused`."""
    if form == "csv":
        text = BYTE_ORDER_MARK + table(tracker, start, stop)
    else:
        text = json.dumps(values(tracker, start, stop), ensure_ascii=False, indent=1) + "\n"
    try:
        write_whole(path, text)
    except OSError as error:
        raise Refused(
            f"{path} could not be written ({error.strerror or error}). Choose another place."
        ) from error
