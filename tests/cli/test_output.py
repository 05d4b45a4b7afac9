"""What scripts and people read: the JSON shape of an entry and of the status, and the line of text."""

from datetime import UTC, datetime, timedelta

from tabkeeper.cli.output import entry_line, status_value
from tabkeeper.model.catalogue import EMPTY_CATALOGUE, Catalogue, Client, Project
from tabkeeper.model.entry import Entry
from tabkeeper.model.entry_json import entry_value

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
NOW = START + timedelta(hours=1, minutes=23, seconds=45)
CATALOGUE = Catalogue({"p": Project("p", "Renewal", "c")}, {"c": Client("c", "Acme")}, {})
ENTRY = Entry("e", START, None, "Drafting", "p", ("bug",), True)


def test_an_entry_has_the_documented_fields_in_their_order() -> None:
    assert list(entry_value(ENTRY, CATALOGUE, NOW).items()) == [
        ("id", "e"), ("remote_id", None), ("description", "Drafting"), ("project", "Renewal"),
        ("client", "Acme"), ("tags", ["bug"]), ("billable", True), ("start", "2026-11-24T09:00:00Z"),
        ("stop", None), ("seconds", 5025),
    ]  # fmt: skip


def test_a_status_without_a_timer_has_no_entry() -> None:
    wanted = {"running": False, "entry": None, "today_seconds": 60, "sync": "signed out"}
    assert status_value(None, EMPTY_CATALOGUE, NOW, 60, "signed out") == wanted


def test_a_status_with_a_timer_holds_its_entry() -> None:
    status = status_value(ENTRY, CATALOGUE, NOW, 5025, "idle")
    assert status["running"] is True
    assert status["entry"] == entry_value(ENTRY, CATALOGUE, NOW)


def test_a_line_cannot_command_the_terminal() -> None:
    line = entry_line(ENTRY._replace(description="\x1b[2Jred\x9b31m\nnext"), CATALOGUE, NOW, UTC)
    assert not [character for character in line if not character.isprintable()]


def test_a_line_names_handle_time_project_client_and_tags() -> None:
    stopped = ENTRY._replace(stop=NOW)
    wanted = "e  2026-11-24 09:00-10:23  1:23:45  Drafting  Renewal · Acme  #bug"
    assert entry_line(stopped, CATALOGUE, NOW, UTC) == wanted
