"""How refused changes, entries that are gone, and overruled values are said in words."""

from datetime import datetime

from tabkeeper.model.catalogue import Catalogue
from tabkeeper.model.entry import Entry
from tabkeeper.model.instants import from_milliseconds
from tabkeeper.model.lost_values import said, shortened
from tabkeeper.tracker.needs import Overruled, Parked
from tabkeeper.ui.clockface import Clockface, day_name

NOTHING = "Nothing needs you."
ALL_EVER = "All that ever were: tabkeeper sync --status --json"
_NO_NAME = {"entry": "An entry without a description", "project": "A project", "client": "A client"}


def title(change: Parked | Overruled) -> str:
    """Return what the thing is called."""
    return shortened(change.subject) or _NO_NAME.get(change.kind, "")


def about(entry: Entry | None, catalogue: Catalogue, face: Clockface, now: datetime) -> str:
    """Return which entry it is: `Today, 09:20 – 12:40 · Billing · Acme`."""
    if entry is None:
        return ""
    when = f"{day_name(face.day(entry.start), face.day(now))}, {face.times([entry])}"
    return " · ".join(filter(None, (when, catalogue.project_label(entry.project_id))))


def reason(change: Parked) -> str:
    """Return why a change was not taken: `The server refused this entry: project is archived`."""
    return change.words if change.can_keep else f"The server refused this {change.kind}: {change.words}"


def gone(count: int) -> tuple[str, str]:
    """Return what is said of entries that the server has no longer: a heading, and what it may mean."""
    are = "1 entry is" if count == 1 else f"{count:,} entries are"
    return (
        f"{are} not on the server any more",
        "Perhaps the server was set back to an older state. Nothing was removed here.",
    )


def lost(overruled: Overruled, catalogue: Catalogue, face: Clockface, now: datetime) -> str:
    """Return which values lost, when and why: `Today 12:04, changed on both sides; not kept: “Draft”`."""
    at = from_milliseconds(overruled.at)
    when = f"{day_name(face.day(at), face.day(now))} {face.time(at)}"
    return f"{when}, {said(overruled.reason, overruled.fields, catalogue, face.time)}"
