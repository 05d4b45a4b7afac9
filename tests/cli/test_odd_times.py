"""Changing clocks, midnights and impossible times, as a person meets them on the command line in Berlin."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tabkeeper.tracker import Tracker


@pytest.fixture
def ask(here: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> Callable[..., Any]:
    def asked(*words: str) -> Any:
        capsys.readouterr()
        assert here(words[0], "--json", *words[1:]) == 0, capsys.readouterr().err
        return json.loads(capsys.readouterr().out)

    return asked


@pytest.fixture
def refusal(here: Callable[..., int], capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def refused(*words: str) -> str:
        capsys.readouterr()
        assert here(*words) == 1
        answer = capsys.readouterr()
        assert answer.out == ""
        assert answer.err.count("\n") == 1
        return answer.err.strip()

    return refused


@pytest.fixture
def set_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Let the computer's clock stand at an instant."""

    def stand(instant: datetime) -> None:
        monkeypatch.setattr(Tracker.__init__, "__defaults__", (lambda: instant,))

    return stand


@pytest.mark.parametrize(
    ("begin", "end", "start", "stop"),
    [
        # Spring: there is no 2:30 on this night; it becomes 3:30.
        ("2026-03-29 01:30", "03:30", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"),
        ("2026-03-29 01:30", "02:30", "2026-03-29T00:30:00Z", "2026-03-29T01:30:00Z"),
        ("2026-03-29 02:30", "04:00", "2026-03-29T01:30:00Z", "2026-03-29T02:00:00Z"),
        # Autumn: 2:30 comes twice; the first is meant, unless only the second can be.
        ("2025-10-26 01:30", "02:30", "2025-10-25T23:30:00Z", "2025-10-26T00:30:00Z"),
        ("2025-10-26 02:45", "02:15", "2025-10-26T00:45:00Z", "2025-10-26T01:15:00Z"),
        ("2025-10-26 02:30", "03:30", "2025-10-26T00:30:00Z", "2025-10-26T02:30:00Z"),
        ("2025-10-26T02:30:00+01:00", "03:00", "2025-10-26T01:30:00Z", "2025-10-26T02:00:00Z"),
        # Over midnight, over the change itself.
        ("2026-03-28 23:00", "07:00", "2026-03-28T22:00:00Z", "2026-03-29T05:00:00Z"),
        ("2025-10-25 23:00", "07:00", "2025-10-25T21:00:00Z", "2025-10-26T06:00:00Z"),
    ],
)
def test_times_of_nights_when_the_clocks_change_mean_what_is_decided(
    ask: Callable[..., Any], begin: str, end: str, start: str, stop: str
) -> None:
    entry = ask("add", "Night", "--from", begin, "--to", end)
    assert (entry["start"], entry["stop"]) == (start, stop)


def test_a_list_of_a_long_day_has_all_of_its_hours(ask: Callable[..., Any]) -> None:
    for hour in ("2025-10-26T00:00:00+02:00", "2025-10-26T23:00:00+01:00"):
        ask("add", "Hour", "--from", hour, "--duration", "1h")
    ask("add", "Next", "--from", "2025-10-27 00:00", "--duration", "1h")
    listed = ask("list", "--from", "2025-10-26", "--to", "2025-10-26")
    assert [entry["start"] for entry in listed] == ["2025-10-26T22:00:00Z", "2025-10-25T22:00:00Z"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ["add", "x", "--from", "2026-03-10 18:00", "--to", "2026-03-10 01:00"],
            "The stop is 17 h before the start. Type a later stop, or change the start first.",
        ),
        (
            ["add", "x", "--from", "2026-03-10 18:00", "--to", "17:00"],
            "The stop is 1 h before the start. Type a later stop, or change the start first.",
        ),
        (
            ["start", "x", "--at", "tomorrow"],
            "A timer cannot start in the future. Type a time that has passed.",
        ),
        (
            ["add", "x", "--from", "2099-01-01 9:00", "--duration", "1h"],
            "An entry can end at most 24 hours from now. Type an earlier time.",
        ),
        (["start", "x", "--at", "1969-12-31"], "Time is kept from 1970 to 9999. Type another start."),
        (
            ["start", "x" * 10_000],
            "A description holds up to 2,000 characters; this one has 10,000. Shorten it and try again.",
        ),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    ask: Callable[..., Any], refusal: Callable[..., str], words: list[str], sentence: str
) -> None:
    assert refusal(*words) == sentence
    assert ask("list") == []


def test_a_day_that_is_named_is_that_day_and_a_time_alone_may_be_of_the_next(ask: Callable[..., Any]) -> None:
    entry = ask("add", "Night", "--from", "2026-03-10 18:00", "--to", "1:00")
    assert entry["stop"] == "2026-03-11T00:00:00Z"
    assert ask("edit", "last", "--start", "2026-03-11 0:30")["seconds"] == 1800
    assert ask("edit", "last", "--start", "23:00")["start"] == "2026-03-10T22:00:00Z"


@pytest.mark.parametrize(
    "words", [["--start", "2026-03-10 23:00"], ["--stop", "2026-03-10 1:00"], ["--stop", "-16h"]]
)
def test_an_edit_to_a_named_time_that_cannot_be_is_refused(
    ask: Callable[..., Any], refusal: Callable[..., str], words: list[str]
) -> None:
    entry = ask("add", "Evening", "--from", "2026-03-10 18:00", "--to", "20:00")
    assert "before the start" in refusal("edit", "last", *words)
    assert ask("list") == [entry]


def test_a_timer_that_ended_with_nothing_because_the_clock_was_set_back_says_so(
    here: Callable[..., int],
    ask: Callable[..., Any],
    set_clock: Callable[[datetime], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)
    for command in ("stop", "toggle"):
        set_clock(now)
        entry = ask("start", command)
        set_clock(now - timedelta(days=3))
        assert ask("status")["entry"]["seconds"] == 0
        assert here(command) == 0
        assert capsys.readouterr().err == (
            "The computer's clock was set back while the timer ran, so it ended where it began. "
            f"Put its times right: tabkeeper edit {entry['id'][-8:]} --start TIME --stop TIME\n"
        )
        handle = entry["id"][-8:]
        right = ask("edit", handle, "--start", "2026-11-21 8:00", "--stop", "2026-11-21 9:00")
        assert right["seconds"] == 3600


def test_stopping_as_usual_says_nothing_of_clocks(
    here: Callable[..., int], ask: Callable[..., Any], capsys: pytest.CaptureFixture[str]
) -> None:
    ask("start", "x")
    here("stop")
    here("toggle")
    here("toggle")
    assert capsys.readouterr().err == ""
