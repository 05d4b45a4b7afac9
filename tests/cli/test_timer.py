"""Starting, stopping, toggling, continuing and asking what runs, from the command line."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from tests.cli.conftest import CommandLine

FIELDS = [
    "id",
    "remote_id",
    "description",
    "project",
    "client",
    "tags",
    "billable",
    "start",
    "stop",
    "seconds",
]


def test_a_timer_is_started_asked_for_and_stopped_by_scripts(tabkeeper: CommandLine) -> None:
    began = datetime.now(UTC).replace(microsecond=0)
    started = tabkeeper.ask("start", "Review", "-p", "Acme", "-t", "bug", "-t", "Call", "--ago", "10m")
    assert list(started) == FIELDS
    assert (started["description"], started["project"], started["tags"]) == (
        "Review",
        "Acme",
        ["bug", "Call"],
    )
    assert started["stop"] is None
    start = datetime.fromisoformat(started["start"])
    assert timedelta(0) <= start - (began - timedelta(minutes=10)) < timedelta(minutes=1)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", started["start"])

    status = tabkeeper.ask("status")
    assert (list(status), status["running"]) == (["running", "entry", "today_seconds", "sync"], True)
    assert status["entry"]["id"] == started["id"]
    assert status["entry"]["seconds"] >= 600

    stopped = tabkeeper.ask("stop")
    assert stopped["id"] == started["id"]
    assert stopped["stop"] is not None
    assert tabkeeper.ask("status")["entry"] is None


def test_a_project_that_is_made_by_naming_it_is_told_with_what_may_have_been_meant(
    here: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    here("start", "a", "-p", "Renewal")
    assert capsys.readouterr().err == "Created the project Renewal.\n"
    here("start", "b", "-p", "renewal")
    assert capsys.readouterr().err == ""
    here("start", "c", "-p", "Renewl")
    assert capsys.readouterr().err == "Created the project Renewl. Did you mean Renewal?\n"


def test_a_start_before_what_runs_says_why_it_does_not_run(tabkeeper: CommandLine) -> None:
    tabkeeper.run("start", "Review", "--ago", "10m")
    earlier = tabkeeper.run("start", "Mail", "--ago", "30m")
    assert '"Review" was started later' in earlier.stderr
    assert "added before it" in earlier.stderr
    assert tabkeeper.ask("status")["entry"]["description"] == "Review"
    assert tabkeeper.run("start", "Call", "--ago", "5m").stderr == ""


def test_a_refused_start_leaves_no_project_behind(
    here: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert here("start", "x", "-p", "Acme", "--at", "tomorrow") == 1
    assert capsys.readouterr().err == "A timer cannot start in the future. Type a time that has passed.\n"
    here("projects", "--json")
    assert capsys.readouterr().out == "[]\n"


def test_nothing_to_act_on_has_a_code_of_its_own(
    here: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert [here("stop"), here("toggle"), here("continue"), here("undo"), here("redo")] == [3] * 5
    assert here("edit", "current", "--description", "x") == here("delete", "last") == 3
    answer = capsys.readouterr()
    assert answer.out == ""
    assert answer.err.splitlines()[:2] == [
        "No timer is running.",
        "There is nothing to continue yet. Start a timer first.",
    ]


@pytest.mark.parametrize(
    "words",
    [
        ["frobnicate"], ["--frobnicate"], ["-5"], ["start", "--ago"],
        ["start", "--ago", "5m", "--at", "9:00"],
        ["status", "--format", "{nope}"], ["status", "--format", "{"], ["status", "--format", "{project[0]}"],
        ["status", "--json", "--format", "x"],
        ["list", "--today", "--week"], ["list", "--today", "--to", "9:00"], ["list", "--limit", "-1"],
        ["edit", "last"], ["edit", "last", "--start", "9", "--stop", "10", "--duration", "1h"],
        ["add", "x", "--from", "9:00"], ["projects", "edit", "Acme"], ["completion", "tcsh"],
        ["start", "--tags"],
    ],
)  # fmt: skip
def test_words_that_are_not_understood_are_usage(words: list[str], here: Callable[..., int]) -> None:
    assert here(*words) == 2


def test_an_unknown_field_of_a_format_names_the_known_ones(
    here: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    here("status", "--format", "{name}")
    error = capsys.readouterr().err
    assert "no field 'name'; the fields are elapsed, short, description, project, client" in error


def test_a_brace_that_stands_alone_in_a_format_is_explained(
    here: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    assert here("status", "--format", "{elapsed") == 2
    error = capsys.readouterr().err
    assert "a brace is no field; write fields as {elapsed}, and {{ for a brace" in error


def test_a_bar_shows_what_its_format_says_on_one_line(
    here: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    here("start", "<b>R&D</b>\x1b[31m", "-p", "Acme", "-t", "bug", "--ago", "83m")
    capsys.readouterr()
    here("status", "--format", "{short}|{description}|{project}|{tags}|{state}|{color:.1}|{{}}")
    assert capsys.readouterr().out == "1:23|<b>R&D</b>[31m|Acme|#bug|running|#|{}\n"
    here("stop")
    capsys.readouterr()
    here("status", "--format", "{elapsed}{project}")
    assert capsys.readouterr().out == "\n"
    here("status", "--format", "{state}")
    assert capsys.readouterr().out == "stopped\n"


def test_a_stop_is_on_the_day_of_its_start(
    here: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    here("start", "Night", "--at", "yesterday 22:00")
    assert here("stop", "--at", "21:59") == 1
    assert "before the start" in capsys.readouterr().err
    here("stop", "--at", "23:30", "--json")
    assert '"seconds": 5400' in capsys.readouterr().out


def test_toggle_stops_and_goes_on_with_the_last_thing(tabkeeper: CommandLine) -> None:
    first = tabkeeper.ask("start", "Review", "-p", "Acme")
    assert tabkeeper.ask("toggle")["id"] == first["id"]
    again = tabkeeper.ask("toggle")
    assert again["id"] != first["id"]
    assert (again["description"], again["project"], again["stop"]) == ("Review", "Acme", None)


def test_continue_takes_the_last_thing_or_an_entry_by_the_end_of_its_id(tabkeeper: CommandLine) -> None:
    older = tabkeeper.ask("add", "Older", "--from", "yesterday 9:00", "--to", "10:00")
    tabkeeper.ask("add", "Newer", "--from", "yesterday 11:00", "--duration", "30m")
    assert tabkeeper.ask("continue")["description"] == "Newer"
    assert tabkeeper.ask("continue", older["id"][-8:])["description"] == "Older"


def test_words_of_a_description_need_no_quotes(tabkeeper: CommandLine) -> None:
    assert tabkeeper.ask("start", "Drafting", "the", "renewal")["description"] == "Drafting the renewal"
