"""How values of the model lie in the tables: a value to a row of plain columns, and back."""

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from tabkeeper.model.catalogue import Client, Favourite, Project, Tag
from tabkeeper.model.entry import Draft, Entry
from tabkeeper.model.instants import from_milliseconds, to_milliseconds

Row = Mapping[str, Any]
Value = Entry | Project | Client | Tag | Favourite


class Kind(NamedTuple):
    """A table, and the two ways between its rows and the values of the model."""

    table: str
    to_row: Callable[[Any], dict[str, Any]]
    to_value: Callable[[Row], Any]
    synced: bool = False


def _entry_row(entry: Entry) -> dict[str, Any]:
    return entry._asdict() | {
        "start": to_milliseconds(entry.start),
        "stop": None if entry.stop is None else to_milliseconds(entry.stop),
        "tags": tags_text(entry.tags),
        "billable": int(entry.billable),
    }


def entry_value(row: Row) -> Entry:
    """Return the entry that a row holds."""
    return Entry(
        row["id"],
        from_milliseconds(row["start"]),
        None if row["stop"] is None else from_milliseconds(row["stop"]),
        row["description"],
        row["project_id"],
        tags_value(row["tags"]),
        bool(row["billable"]),
        row["remote_id"],
    )


def _project_row(project: Project) -> dict[str, Any]:
    rate = project.hourly_rate
    return project._asdict() | {
        "billable": int(project.billable),
        "archived": int(project.archived),
        "hourly_rate": rate_text(rate),
    }


def rate_text(rate: Decimal | None) -> str | None:
    """Return a rate as a row has it."""
    return None if rate is None else format(rate, "f")


def _project_value(row: Row) -> Project:
    rate = row["hourly_rate"]
    return Project(
        row["id"],
        row["name"],
        row["client_id"],
        row["color"],
        bool(row["billable"]),
        None if rate is None else Decimal(rate),
        row["currency"],
        bool(row["archived"]),
        row["remote_id"],
    )


def _named_row(value: Client | Tag) -> dict[str, Any]:
    return value._asdict() | {"archived": int(value.archived)}


def _client_value(row: Row) -> Client:
    return Client(row["id"], row["name"], bool(row["archived"]), row["remote_id"])


def _tag_value(row: Row) -> Tag:
    return Tag(row["id"], row["name"], bool(row["archived"]), row["remote_id"])


def _favourite_row(favourite: Favourite) -> dict[str, Any]:
    draft = favourite.draft
    return {
        "id": favourite.id,
        "position": favourite.position,
        "description": draft.description,
        "project_id": draft.project_id,
        "tags": tags_text(draft.tags),
        "billable": None if draft.billable is None else int(draft.billable),
    }


def _favourite_value(row: Row) -> Favourite:
    billable = None if row["billable"] is None else bool(row["billable"])
    draft = Draft(row["description"], row["project_id"], tags_value(row["tags"]), billable)
    return Favourite(row["id"], row["position"], draft)


def tags_text(tags: tuple[str, ...]) -> str:
    """Return tags as a row has them."""
    return json.dumps(tags, ensure_ascii=False) if tags else "[]"


def tags_value(text: str) -> tuple[str, ...]:
    """Return the tags that a column holds."""
    return tuple(json.loads(text)) if text != "[]" else ()


KINDS: Mapping[type, Kind] = {
    Entry: Kind("entry", _entry_row, entry_value, synced=True),
    Project: Kind("project", _project_row, _project_value, synced=True),
    Client: Kind("client", _named_row, _client_value, synced=True),
    Tag: Kind("tag", _named_row, _tag_value),
    Favourite: Kind("favourite", _favourite_row, _favourite_value),
}
BY_TABLE: Mapping[str, Kind] = {kind.table: kind for kind in KINDS.values()}
