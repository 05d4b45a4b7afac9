"""The server's sums and the computer's own, of the same entries: the same to the second and to the cent."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import worlds
from tests.server_process import Person, ServerProcess
from tests.tracker.test_report import BERLIN, reported
from tests.worlds import World

from tabkeeper.model.catalogue import Catalogue
from tabkeeper.model.report import OF_THIS_COMPUTER, Question
from tabkeeper.model.report_forms import as_summary

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def told_to(person: Person, world: World) -> World:
    """Make all of a world on the server as well, and return it with the server's ids."""
    catalogue = world.catalogue
    clients = {
        client.id: client._replace(remote_id=person.made("/clients", name=client.name)["id"])
        for client in catalogue.clients.values()
    }
    projects = {}
    for project in catalogue.projects.values():
        fields = {
            "name": project.name,
            "client_id": clients[project.client_id].remote_id if project.client_id else None,
            "color": project.color,
            "hourly_rate": None if project.hourly_rate is None else str(project.hourly_rate),
            "currency": project.currency,
        }
        made = person.made(
            "/projects", **{name: value for name, value in fields.items() if value is not None}
        )
        projects[project.id] = project._replace(remote_id=made["id"], color=made["color"])
    for entry in world.entries:
        project_id = projects[entry.project_id].remote_id if entry.project_id else None
        person.entry(
            entry.start.isoformat(),
            entry.stop.isoformat() if entry.stop else None,
            **({"project_id": project_id} if project_id else {}),
            tags=list(entry.tags),
            billable=entry.billable,
        )
    for project in projects.values():
        if project.archived:
            person.patch(f"/projects/{project.remote_id}", {"archived": True})
    tags = {tag["name"]: tag["id"] for tag in person.listed("/tags")}
    known = {tag.id: tag._replace(remote_id=tags.get(tag.name)) for tag in catalogue.tags.values()}
    return world._replace(catalogue=Catalogue(projects, clients, known))


def asked_of(person: Person, question: Question, billable: bool | None) -> dict[str, Any]:
    """Return the server's summary, its amounts as text."""
    query = {
        "from": question.start.isoformat(),
        "to": question.stop.isoformat(),
        "group_by": question.by,
        **({} if billable is None else {"billable": str(billable).lower()}),
    }
    answer = person.get("/reports/summary", **query)
    assert answer.status_code == 200, answer.text
    return with_text(msgspec.json.Decoder(float_hook=Decimal).decode(answer.content))


def with_text(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: with_text(part, key) for key, part in value.items()}
    if isinstance(value, list):
        return [with_text(part) for part in value]
    return str(value) if name == "billable_amount" else value


def by_key(summary: dict[str, Any]) -> dict[str, Any]:
    """Return a summary whose groups of equal length cannot stand in two orders."""
    return summary | {"groups": sorted(summary["groups"], key=lambda group: str(group["key"]))}


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    worlds.worlds(most=12),
    st.sampled_from(["Europe/Berlin", "America/Santiago", "Asia/Kathmandu"]),
    st.integers(0, 6),
    st.none() | st.booleans(),
    st.integers(-60 * 24 * 60, 0),
)
def test_the_server_and_this_computer_count_the_same(
    server: ServerProcess, world: World, zone: str, weekday: int, billable: bool | None, begin: int
) -> None:
    world = world._replace(entries=[entry for entry in world.entries if entry.stop is not None])
    owner = server.team(timezone=zone, currency="EUR", week_start=WEEKDAYS[weekday]).owner
    world = told_to(owner, world)
    start = world.now.replace(second=0) + timedelta(minutes=begin)
    filters = worlds.Filter(billable=billable)
    for by in OF_THIS_COMPUTER:
        question = Question(start, start + timedelta(days=40), by, (filters,), weekday, currency="EUR")
        ours = as_summary(reported(world, question, worlds.ZoneInfo(zone)), world.catalogue)
        theirs = asked_of(owner, question, billable)
        assert by_key(ours) == by_key(theirs)
        lengths = [[group["seconds"] for group in summary["groups"]] for summary in (ours, theirs)]
        assert lengths[0] == lengths[1]


@pytest.mark.parametrize(("day", "hours"), [(date(2024, 3, 31), 23), (date(2024, 10, 27), 25)])
def test_both_give_a_day_the_hours_that_its_clocks_show(server: ServerProcess, day: date, hours: int) -> None:
    owner = server.team(timezone="Europe/Berlin", currency="EUR").owner
    begin = datetime(day.year, day.month, day.day, tzinfo=BERLIN).astimezone(UTC)
    starts = [begin + timedelta(hours=hour) for hour in range(-1, hours + 1)]
    entries = [worlds.Entry(f"e{start:%d%H}", start, start + timedelta(hours=1)) for start in starts]
    world = told_to(owner, World(Catalogue({}, {}, {}), entries, begin + timedelta(days=2)))
    for by in ("week", "day"):
        question = Question(starts[0], starts[-1] + timedelta(hours=1), by, currency="EUR")
        ours = as_summary(reported(world, question), world.catalogue)
        assert ours == asked_of(owner, question, None)
    assert {group["key"]: group["seconds"] for group in ours["groups"]}[str(day)] == hours * 3600


def test_both_count_a_running_entry_up_to_now(server: ServerProcess) -> None:
    owner = server.team(currency="EUR").owner
    began = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=3)
    owner.entry(began.isoformat())
    question = Question(began, began + timedelta(hours=1))
    entry = worlds.Entry("running", began)

    def ours() -> int:
        world = World(Catalogue({}, {}, {}), [entry], datetime.now(UTC))
        return reported(world, question).total.seconds

    before, theirs, after = ours(), asked_of(owner, question, None)["total"]["seconds"], ours()
    assert before <= theirs <= after
