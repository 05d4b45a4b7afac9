"""The power cut between any two steps: a process that is killed in a use case leaves all of it or nothing."""

import inspect
import os
from pathlib import Path

import pytest
from tests.kill_points import outcomes
from tests.tracker.use_cases import CASES

from tabkeeper.tracker import Tracker

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes as POSIX systems do")

ASKING = {
    "now", "running", "entry", "entries", "page", "last_stopped", "recents", "favourites", "suggestions",
    "catalogue", "today_seconds", "week_seconds", "undoable", "redoable", "entry_of", "waiting_changes",
    "changed_elsewhere", "snapshot", "subscribe", "back_up_daily",
}  # fmt: skip


def test_every_use_case_is_killed_here() -> None:
    methods = {name for name, _ in inspect.getmembers(Tracker, inspect.isfunction) if name[0] != "_"}
    assert methods - ASKING == CASES.keys()


@pytest.mark.parametrize("name", CASES)
def test_a_use_case_that_is_killed_is_kept_whole_or_not_at_all(name: str, tmp_path: Path) -> None:
    found = outcomes("tests.tracker.use_cases", name, tmp_path)
    assert found["differs"] == [["", "True"]]
    points, left = zip(*found["killed"], strict=True)
    committed = points.index("COMMIT", points.index("BEGIN IMMEDIATE"))
    assert list(left) == ["none"] * (committed + 1) + ["whole"] * (len(left) - committed - 1)
    assert len(points) > 6
    assert {outcome for _, outcome in found["torn"]} == {"none"}
    assert len(found["torn"]) > 6
