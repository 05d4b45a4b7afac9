"""A link is text: what it asks for is shown as a line to confirm, whatever somebody has written into it."""

from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabkeeper.model.catalogue import EMPTY_CATALOGUE, Project
from tabkeeper.model.entry import Draft
from tabkeeper.model.quick_add import parse
from tabkeeper.model.refusal import Refused
from tabkeeper.reflexes.link import LONGEST, parse_link

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ACME = Project("p", "Acme", billable=True)
CATALOGUE = EMPTY_CATALOGUE._replace(projects={"p": ACME})


def test_a_link_names_what_to_start() -> None:
    link = parse_link("tabkeeper://start?description=Review%20PR&project=acme&tag=bug,urgent&billable=false")
    assert link == (Draft("Review PR", None, ("bug", "urgent"), False), "acme")
    assert link.line(CATALOGUE) == "Review PR @Acme #bug #urgent -$"


@pytest.mark.parametrize("text", ["tabkeeper:start?description=x", "TABKEEPER://START/?description=x"])
def test_links_are_understood_as_systems_write_them(text: str) -> None:
    assert parse_link(text).draft == Draft("x")


@pytest.mark.parametrize(
    "text",
    [
        "https://start?description=x", "tabkeeper://stop", "tabkeeper://start/../stop", "", "tabkeeper",
        "tabkeeper://[start", "tabkeeper://start?description=" + "x" * LONGEST, "file:///etc/passwd",
        "tabkeeper://start?description=" + "x" * 2_001, "tabkeeper://start?" + "a=1&" * 100,
        "tabkeeper://user@start?description=x",
    ],
)  # fmt: skip
def test_anything_else_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(Refused, match=r"\.|=Acme"):
        parse_link(text)


@given(st.text(max_size=60), st.text(max_size=30), st.lists(st.text(max_size=15), max_size=3))
def test_nothing_in_a_link_means_more_than_the_text_it_is(
    description: str, project: str, tags: list[str]
) -> None:
    words = [f"description={quote(description, errors='replace')}"]
    words += [
        f"project={quote(project, errors='replace')}",
        *(f"tag={quote(t, errors='replace')}" for t in tags),
    ]
    try:
        link = parse_link("tabkeeper://start?" + "&".join(words))
    except Refused:
        return
    line = link.line(CATALOGUE)
    assert "\n" not in line
    meaning = parse(line, CATALOGUE, NOW, UTC)
    # No time, and no more of anything than the link names.
    assert (meaning.start, meaning.stop) == (None, None)
    assert meaning.draft.description.split() == link.draft.description.split()
    if link.project is None:
        assert (meaning.new_project, meaning.draft.project_id) == (None, None)
