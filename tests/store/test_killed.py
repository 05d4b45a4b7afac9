"""The power cut in the middle of work on the file as a whole: no entry and no backup is lost by it."""

import os
from pathlib import Path

import pytest
from tests.kill_points import outcomes
from tests.store.file_work import CASES

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills processes as POSIX systems do")

# Each is killed at its SQL statements and where it opens, renames or removes a file; then backups are read.
AFTERWARDS = {"begin": {"whole"}, "back up": {"whole"}, "restore": {"none", "whole"}, "mend": {"whole"}}


@pytest.mark.parametrize("name", CASES)
def test_work_on_the_file_that_is_killed_loses_nothing(name: str, tmp_path: Path) -> None:
    found = outcomes("tests.store.file_work", name, tmp_path)
    assert len(found["killed"]) > 12
    assert {left for _, left in found["killed"]} == AFTERWARDS[name]
    assert {left for _, left in found["torn"]} <= AFTERWARDS[name]
    assert found["killed"][-1] == ["the end", "whole"]
