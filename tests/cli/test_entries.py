"""Listing, adding, editing and deleting entries from the command line, and undoing it."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.cli.conftest import CommandLine

Ask = Callable[..., Any]


@pytest.fixture
def ask(here: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> Ask:
    """Return what a command of this process prints with `--json`."""

    def asked(*words: str) -> Any:
        capsys.readouterr()
        assert here(words[0], "--json", *words[1:]) == 0, capsys.readouterr().err
        return json.loads(capsys.readouterr().out)

    return asked


@pytest.fixture
def standup(ask: Ask) -> Any:
    return ask("add", "Standup", "--from", "2026-03-10 09:00", "--to", "09:15", "-p", "Acme", "-t", "daily")


def times(entry: Any) -> tuple[str, str]:
    """Return start and stop of an entry of March, which is an hour behind Berlin's clocks."""
    assert entry["start"].startswith("2026-03-10T")
    return entry["start"][11:16], entry["stop"][11:16]


def test_past_time_is_added_as_clocks_here_show_it(standup: Any) -> None:
    assert (standup["start"], standup["stop"]) == ("2026-03-10T08:00:00Z", "2026-03-10T08:15:00Z")
    assert (standup["seconds"], standup["project"], standup["tags"]) == (900, "Acme", ["daily"])


def test_an_end_so_much_later_counts_from_the_start(ask: Ask) -> None:
    assert times(ask("add", "Call", "--from", "2026-03-10 09:00", "--to", "+20m")) == ("08:00", "08:20")


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["--start", "8:30"], ("07:30", "08:15")),
        (["--start", "-5m"], ("07:55", "08:15")),
        (["--stop", "9:30"], ("08:00", "08:30")),
        (["--stop", "+15m"], ("08:00", "08:30")),
        (["--duration", "1h20"], ("08:00", "09:20")),
        (["--duration", "-5m"], ("08:00", "08:10")),
        (["--start", "14:00", "--stop", "15:30"], ("13:00", "14:30")),
        (["--start", "14:00", "--duration", "1h"], ("13:00", "14:00")),
        (["--stop", "14:00", "--duration", "1h"], ("12:00", "13:00")),
    ],
)
def test_one_time_keeps_the_sensible_other_and_two_decide_both(
    words: list[str], expected: tuple[str, str], standup: Any, ask: Ask
) -> None:
    assert times(ask("edit", "last", *words)) == expected


def test_an_edit_changes_what_it_names_and_nothing_else(standup: Any, ask: Ask) -> None:
    changed = ask("edit", standup["id"], "--description", "Retro", "--tag", "a", "-t", "b", "--billable")
    assert changed == standup | {"description": "Retro", "tags": ["a", "b"], "billable": True}
    bare = ask("edit", "last", "--project", "", "--no-tags", "--no-billable")
    assert bare == changed | {"project": None, "tags": [], "billable": False}


def test_the_running_entry_is_edited_too(ask: Ask) -> None:
    started = ask("start", "Review", "--ago", "5m")
    longer = ask("edit", "current", "--duration", "1h")
    assert (longer["id"], longer["stop"]) == (started["id"], None)
    assert longer["seconds"] >= 3600


def test_an_impossible_edit_is_refused_and_makes_no_project(
    standup: Any, ask: Ask, here: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert here("edit", "last", "-p", "New", "--description", "x" * 10_000) == 1
    assert "2,000 characters; this one has 10,000" in capsys.readouterr().err
    assert here("edit", "0000000", "--description", "x") == 1
    assert capsys.readouterr().err == 'There is no entry "0000000".\n'
    assert [project["name"] for project in ask("projects")] == ["Acme"]
    assert ask("list") == [standup]


def test_a_list_is_newest_first_and_ends_with_the_day_it_names(ask: Ask) -> None:
    for day in ("2026-03-09", "2026-03-10", "2026-03-11"):
        ask("add", day, "--from", f"{day} 23:30", "--duration", "20m")

    def listed(*words: str) -> list[str]:
        return [entry["description"] for entry in ask("list", *words)]

    assert listed() == ["2026-03-11", "2026-03-10", "2026-03-09"]
    assert listed("--from", "2026-03-09", "--to", "2026-03-10") == ["2026-03-10", "2026-03-09"]
    assert listed("--to", "2026-03-10 23:30") == ["2026-03-09"]
    assert listed("--limit", "1") == ["2026-03-11"]
    assert listed("--limit", f"{2**63}") == listed("--to", "9999-12-31") == listed()
    assert listed("--today") == listed("--week") == []
    ask("start", "now")
    assert listed("--today") == listed("--week") == ["now"]


def test_a_line_begins_with_a_handle_that_names_its_entry(
    standup: Any, here: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    here("list")
    line = capsys.readouterr().out
    assert line == f"{standup['id'][-8:]}  2026-03-10 09:00-09:15  0:15:00  Standup  Acme  #daily\n"
    assert here("delete", line.split()[0]) == 0


def test_what_was_deleted_comes_back_and_goes_again(standup: Any, ask: Ask) -> None:
    assert ask("delete", "last") == standup
    assert ask("list") == []
    assert ask("undo") == standup
    assert ask("list") == [standup]
    assert ask("redo") is None
    assert ask("list") == []


def test_an_entry_that_is_named_twice_is_deleted_once(
    standup: Any, here: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert here("delete", "last", standup["id"]) == 0
    assert capsys.readouterr().out.count("Standup") == 1
    assert here("undo") == 0
    assert capsys.readouterr().out.startswith("Undone: delete Standup\n")


def test_several_entries_are_deleted_in_one_step(
    standup: Any, ask: Ask, here: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    second = ask("add", "Second", "--from", "2026-03-10 10:00", "--duration", "5m")
    assert ask("delete", standup["id"], second["id"]) == [standup, second]
    assert here("undo", "--json") == 0
    assert capsys.readouterr().err == "Undone: delete Standup (+1)\n"
    assert ask("list") == [second, standup]


DESCRIPTIONS = [
    "", "שלום עולם, مرحبا", "👩‍🚀 launch 🎉", "<img src=x> & <b>bold</b>", "x" * 2_000,
    "%s {0} \\n $HOME `id`", "\u202eevil\u2066",
]  # fmt: skip


def test_descriptions_are_text_and_come_back_as_they_were(ask: Ask) -> None:
    for description in DESCRIPTIONS:
        assert ask("start", "--", description)["description"] == description
    assert {entry["description"] for entry in ask("list")} == set(DESCRIPTIONS)


def test_a_line_of_a_list_keeps_its_own_direction_and_obeys_nothing(
    here: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    here("start", "\u202eevil\u2066 \x1b[2J\x9b31m", "-p", "\u202bproject")
    here("list")
    output = capsys.readouterr().out
    assert not [letter for letter in output.replace("\n", "") if not letter.isprintable()]
    assert "evil" in output


def test_a_description_that_looks_like_an_option_follows_two_dashes(tabkeeper: CommandLine) -> None:
    done = tabkeeper.run("start", "--json", "--", "--json -5m")
    assert json.loads(done.stdout)["description"] == "--json -5m"


def test_what_the_person_must_be_told_is_not_told_to_a_shell_that_completes(tabkeeper: CommandLine) -> None:
    tabkeeper.ask("start", "Standup")
    (tabkeeper.home / "tabkeeper.db").write_bytes(b"x" * 5_000)
    tabkeeper.completions("tabkeeper edit ")
    assert "was damaged" in tabkeeper.run("status").stderr
    assert "was damaged" not in tabkeeper.run("status").stderr


@pytest.mark.parametrize("command", ["continue", "edit", "delete"])
def test_a_shell_completes_the_ids_of_entries(tabkeeper: CommandLine, standup: Any, command: str) -> None:
    assert {"last", "current", standup["id"][-8:]} <= set(tabkeeper.completions(f"tabkeeper {command} "))
