"""Values that lost against others: what a person reads, and what a script does."""

from collections.abc import Mapping
from datetime import UTC

from tabkeeper.model.catalogue import Catalogue, Client, Project
from tabkeeper.model.lost_values import said, value_of
from tabkeeper.model.typed_time import format_time

CATALOGUE = Catalogue({"p": Project("p", "Website", "c")}, {"c": Client("c", "Acme")}, {})
ALL = {
    "start": 9 * 3_600_000,
    "stop": None,
    "description": "Draft " * 20,
    "project_id": "p",
    "tags": '["bug", "call"]',
    "billable": 1,
}


def words(fields: Mapping[str, object]) -> str:
    return said("deleted here", fields, CATALOGUE, lambda instant: format_time(instant, UTC))


def test_an_entry_is_said_in_the_order_in_which_a_person_reads_it() -> None:
    shown = words(ALL)
    assert shown.startswith("deleted here; not kept: “Draft Draft ")
    assert shown.endswith("Draft…”, from 09:00, running, Website · Acme, #bug #call, billable")
    assert words({"stop": 0, "description": ""}) == "deleted here; not kept: no description, to 00:00"
    plain = {"project_id": None, "tags": "[]", "billable": 0}
    assert words(plain) == "deleted here; not kept: no project, no tags, not billable"
    assert words({"archived": 1}) == "deleted here"


def test_a_script_gets_names_and_instants() -> None:
    assert value_of(ALL, CATALOGUE) == {
        "start": "1970-01-01T09:00:00Z",
        "stop": None,
        "description": "Draft " * 20,
        "project": "Website",
        "tags": ["bug", "call"],
        "billable": True,
    }
    project = {"name": "Website", "client_id": None, "archived": 0, "color": "#112233"}
    assert value_of(project, CATALOGUE) == {
        "name": "Website",
        "client": None,
        "archived": False,
        "color": "#112233",
    }
