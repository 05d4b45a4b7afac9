"""The power cut between any two steps: a process that is killed in a use case leaves all of it or nothing."""

import inspect
import os
import re
from pathlib import Path

import pytest
from tests.kill_points import outcomes
from tests.tracker.use_cases import CASES

from tabkeeper.tracker import Tracker
from tabkeeper.tracker.names import Names

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes as POSIX systems do")


def test_every_use_case_is_killed_here() -> None:
    methods = [pair for door in (Tracker, Names) for pair in inspect.getmembers(door, inspect.isfunction)]
    changing = {
        name
        for name, method in methods
        if not name.startswith("_") and re.search(r"\.changing\(|transaction\(", inspect.getsource(method))
    }
    assert {"start", "add_project"} < changing
    assert len(changing) > 15
    assert changing <= CASES.keys()


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
