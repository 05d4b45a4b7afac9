"""Names are found whatever their case, and projects are shown with their client."""

from tabkeeper.model.catalogue import EMPTY_CATALOGUE, Catalogue, Client, Project, Tag

CATALOGUE = Catalogue(
    {
        "old": Project("old", "Website", archived=True),
        "web": Project("web", "Website", "acme"),
        "app": Project("app", "app"),
        "lost": Project("lost", "Lost", "gone"),
    },
    {"past": Client("past", "Acme", archived=True), "acme": Client("acme", "Acme")},
    {"bug": Tag("bug", "Bug")},
)


def test_a_name_is_found_whatever_its_case_and_one_in_use_before_an_archived_one() -> None:
    assert CATALOGUE.project_named(" WEBSITE ") == CATALOGUE.projects["web"]
    assert CATALOGUE.client_named("acme") == CATALOGUE.clients["acme"]
    assert CATALOGUE.tag_named("bUG") == CATALOGUE.tags["bug"]


def test_an_unknown_name_is_none() -> None:
    assert CATALOGUE.project_named("web") is None
    assert EMPTY_CATALOGUE.client_named("acme") is None
    assert EMPTY_CATALOGUE.tag_named("") is None


def test_a_project_is_labelled_with_its_client_where_it_has_one() -> None:
    assert CATALOGUE.project_label("web") == "Website · Acme"
    assert CATALOGUE.project_label("app") == "app"
    assert CATALOGUE.project_label("lost") == "Lost"
    assert CATALOGUE.project_label("deleted") == CATALOGUE.project_label(None) == ""


def test_the_projects_in_use_are_listed_by_name_whatever_its_case() -> None:
    assert [project.id for project in CATALOGUE.active_projects()] == ["app", "lost", "web"]
