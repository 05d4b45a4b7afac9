"""Projects, clients and tags from the command line."""

import json
from collections.abc import Callable
from typing import Any

import pytest

Ask = Callable[..., Any]


@pytest.fixture
def ask(here: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> Ask:
    """Return what a command of this process prints with `--json`."""

    def asked(*words: str) -> Any:
        capsys.readouterr()
        assert here(*words, "--json") == 0, capsys.readouterr().err
        return json.loads(capsys.readouterr().out)

    return asked


def names(things: Any) -> list[str]:
    return [thing["name"] for thing in things]


def test_a_project_has_client_colour_rate_and_currency(ask: Ask) -> None:
    made = ask(
        "projects", "add", "Renewal", "--client", "Acme", "--color", "#3B82F6", "--rate", "87,50",
        "--currency", "eur", "--billable",
    )  # fmt: skip
    assert made | {"id": ""} == {
        "id": "", "remote_id": None, "name": "Renewal", "client": "Acme", "color": "#3B82F6",
        "billable": True, "hourly_rate": "87.50", "currency": "EUR", "archived": False,
    }  # fmt: skip
    assert ask("start", "x", "-p", "renewal")["billable"] is True
    bare = ask("projects", "edit", "Renewal", "--client", "", "--color", "", "--rate", "", "--currency", "")
    assert [bare[field] for field in ("client", "color", "hourly_rate", "currency")] == [None] * 4
    assert ask("projects") == [bare]


def test_a_project_is_renamed_archived_and_restored(ask: Ask) -> None:
    ask("projects", "add", "Old")
    assert ask("projects", "rename", "old", "New")["name"] == "New"
    assert ask("projects", "archive", "New")["archived"] is True
    assert ask("projects") == ask("projects", "list") == []
    assert names(ask("projects", "--all")) == names(ask("projects", "list", "--all")) == ["New"]
    assert ask("projects", "restore", "New")["archived"] is False


def test_projects_of_one_name_are_told_apart_by_their_client(
    ask: Ask, here: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    ask("projects", "add", "Site", "--client", "Acme")
    ask("projects", "add", "Site", "--client", "Bolt")
    assert here("projects", "archive", "Site") == 1
    assert capsys.readouterr().err == (
        'Several projects have the name "Site". Type "Site · Acme" or "Site · Bolt".\n'
    )
    assert ask("projects", "archive", "site · bolt")["client"] == "Bolt"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["projects", "archive", "Renewl"], 'There is no project "Renewl". Did you mean Renewal?'),
        (["projects", "add", "renewal"], 'There is a project "Renewal" already. Choose another name.'),
        (
            ["projects", "edit", "Renewal", "--rate", "much"],
            '"much" is no hourly rate. Type a number, such as 175 or 175.50.',
        ),
        (
            ["projects", "edit", "Renewal", "--rate", "1,250"],
            '"1,250" can be read in two ways. Type 1250 or 1.2500.',
        ),
        (["projects", "edit", "Renewal", "--color", "blue"], '"blue" is no colour; write it as #3B82F6.'),
        (["clients", "rename", "Acme", "x"], 'There is no client "Acme".'),
        (["tags", "archive", "bug"], 'There is no tag "bug".'),
    ],
)
def test_a_refusal_is_one_sentence_that_names_the_way_out(
    words: list[str], sentence: str, ask: Ask, here: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    ask("projects", "add", "Renewal")
    assert here(*words) == 1
    answer = capsys.readouterr()
    assert (answer.out, answer.err) == ("", sentence + "\n")


@pytest.mark.parametrize("word", ["clients", "tags"])
def test_clients_and_tags_are_made_renamed_archived_and_restored(word: str, ask: Ask) -> None:
    made = ask(word, "add", "First")
    assert list(made) == ["id", "remote_id", "name", "archived"]
    assert ask(word, "rename", "first", "Second") == made | {"name": "Second"}
    assert ask(word, "archive", "Second")["archived"] is True
    assert ask(word) == []
    assert names(ask(word, "--all")) == ["Second"]
    assert ask(word, "restore", "Second")["archived"] is False
    assert names(ask(word, "list")) == ["Second"]


def test_a_renamed_tag_is_renamed_on_its_entries(ask: Ask) -> None:
    ask("start", "x", "-t", "bug")
    ask("tags", "rename", "#bug", "defect")
    assert ask("status")["entry"]["tags"] == ["defect"]


def test_json_may_be_asked_for_before_the_action(
    here: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    here("projects", "--json", "add", "Renewal")
    assert json.loads(capsys.readouterr().out)["name"] == "Renewal"


def test_people_read_a_line_for_each(here: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> None:
    here("projects", "add", "Renewal", "--client", "Acme", "--rate", "95", "--currency", "EUR", "--billable")
    assert capsys.readouterr().out == "Renewal · Acme  #3B82F6  95 EUR/h  billable\n"
    here("clients")
    here("tags", "add", "#bug")
    here("tags", "archive", "bug")
    here("tags", "--all")
    here("tags")
    answer = capsys.readouterr()
    assert answer.out.splitlines() == ["Acme", "bug", "bug  (archived)", "bug  (archived)"]
    assert answer.err == "No tags.\n"
