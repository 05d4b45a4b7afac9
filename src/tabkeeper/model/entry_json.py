"""The one shape that an entry has in JSON, whatever prints or saves it."""

from datetime import datetime
from typing import Any

from tabkeeper.model.catalogue import Catalogue
from tabkeeper.model.entry import Entry
from tabkeeper.model.instants import rfc3339


def entry_value(entry: Entry, catalogue: Catalogue, now: datetime) -> dict[str, Any]:
    """Return an entry as all JSON has it: projects by name, instants in RFC 3339 UTC."""
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
