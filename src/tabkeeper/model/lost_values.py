"""Values of a row that lost against others, as they lie in the table: in words for people, and as JSON."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from tabkeeper.model.catalogue import Catalogue, Client, Project
from tabkeeper.model.instants import from_milliseconds, rfc3339

_SHORT = 60


def said(
    reason: str, fields: Mapping[str, Any], catalogue: Catalogue, time: Callable[[datetime], str]
) -> str:
    """Return why values lost, and which, in the order in which a person reads an entry.

    For example: `changed on both sides; not kept: “Draft”, from 09:00`.
    """
    words: dict[str, Callable[[Any], str]] = {
        "description": lambda value: f"“{shortened(value)}”" if value else "no description",
        "name": lambda value: f"“{shortened(value)}”",
        "start": lambda value: f"from {time(from_milliseconds(value))}",
        "stop": lambda value: "running" if value is None else f"to {time(from_milliseconds(value))}",
        "project_id": lambda value: catalogue.project_label(value) or "no project",
        "tags": lambda value: " ".join(f"#{tag}" for tag in json.loads(value)) or "no tags",
        "billable": lambda value: "billable" if value else "not billable",
    }
    lost = ", ".join(filter(None, (say(fields[name]) for name, say in words.items() if name in fields)))
    return f"{reason}; not kept: {lost}" if lost else reason


def value_of(fields: Mapping[str, Any], catalogue: Catalogue) -> dict[str, Any]:
    """Return fields as all JSON has them: projects and clients by name, instants in RFC 3339 UTC."""
    shapes: dict[str, Callable[[Any], tuple[str, Any]]] = {
        "start": lambda value: ("start", rfc3339(from_milliseconds(value))),
        "stop": lambda value: ("stop", None if value is None else rfc3339(from_milliseconds(value))),
        "project_id": lambda value: ("project", _name(catalogue.project(value))),
        "client_id": lambda value: ("client", _name(catalogue.clients.get(value))),
        "tags": lambda value: ("tags", json.loads(value)),
        "billable": lambda value: ("billable", bool(value)),
        "archived": lambda value: ("archived", bool(value)),
    }
    return dict(shapes[name](value) if name in shapes else (name, value) for name, value in fields.items())


def shortened(text: str) -> str:
    """Return a text that a line of other things has room for."""
    return text if len(text) <= _SHORT else text[: _SHORT - 1].rstrip() + "…"


def _name(thing: Project | Client | None) -> str | None:
    return None if thing is None else thing.name
