"""The rows of the page: which there are, in which order, and what they say."""

from decimal import Decimal

import pytest

from tabkeeper.model.catalogue import Catalogue, Client, Project, Tag
from tabkeeper.ui.projects.things import Kind, named, things, usual_currency

ACME, NORTH = Client("c1", "Acme"), Client("c2", "Northwind", archived=True)
PROJECTS = (
    Project("p1", "website", "c1", "#3B82F6", billable=True, hourly_rate=Decimal("175.5"), currency="USD"),
    Project("p2", "Billing", "c2", hourly_rate=Decimal(90), currency="EUR"),
    Project("p3", "Old website", "c1", archived=True),
    Project("p4", "Internal", hourly_rate=Decimal(10), currency="EUR"),
)
CATALOGUE = Catalogue(
    {project.id: project for project in PROJECTS},
    {client.id: client for client in (ACME, NORTH)},
    {tag.id: tag for tag in (Tag("t1", "writing"), Tag("t2", "Bug"), Tag("t3", "old", archived=True))},
)


def names(kind: Kind, wanted: str = "", archived: bool = False, kept: str | None = None) -> list[str]:
    return [thing.name for thing in things(kind, CATALOGUE, wanted, archived, kept)]


def test_rows_are_in_the_order_of_their_names_whatever_the_letters_case() -> None:
    assert names("project") == ["Billing", "Internal", "website"]
    assert names("tag") == ["Bug", "writing"]


def test_archived_ones_are_shown_on_request_and_last() -> None:
    assert names("project", archived=True) == ["Billing", "Internal", "website", "Old website"]
    assert names("client", archived=True) == ["Acme", "Northwind"]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ("WEB", ["website"]),
        ("acme web", ["website"]),
        ("north", ["Billing"]),
        ("xyz", []),
        (" ", names("project")),
    ],
)
def test_each_typed_word_is_somewhere_in_the_row(wanted: str, found: list[str]) -> None:
    assert names("project", wanted) == found


def test_the_one_that_is_edited_stays_whatever_is_typed() -> None:
    assert names("project", "website", kept="p2") == ["Billing", "website"]
    assert names("project", kept="p3") == ["Billing", "Internal", "website", "Old website"]


def test_a_row_says_client_rate_and_whether_it_is_billable() -> None:
    website = things("project", CATALOGUE, "website")[0]
    assert (website.below, website.side) == ("Acme · billable", "$ 175.50/h")
    assert website.spoken == "website, Acme · billable, $ 175.50/h"
    assert things("project", CATALOGUE, "old", archived=True)[0].below == "Acme · archived"


def test_a_client_says_how_many_projects_it_has() -> None:
    assert [thing.below for thing in things("client", CATALOGUE, archived=True)] == [
        "1 project",
        "1 project · archived",
    ]


def test_a_name_is_found_whole_whatever_its_letters_case() -> None:
    found = named("project", CATALOGUE, "WEBSITE ")
    assert found is not None
    assert found.id == "p1"
    assert named("project", CATALOGUE, "web") is None


def test_the_usual_currency_is_that_of_most_projects() -> None:
    assert usual_currency(CATALOGUE) == "EUR"
    assert usual_currency(Catalogue({}, {}, {})) == ""
