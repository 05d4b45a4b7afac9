"""Histories of real processes: our command line, a real server on either database, and a real way between."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.histories.stack import trouble
from tests.histories.stack.__main__ import MODULE
from tests.histories.stack.play import happen
from tests.histories.stack.program import ROOT, loaded
from tests.histories.stack.story import story_of
from tests.server.postgresql import programs
from tests.server_process import serving
from tests.sync.proxy import Answer, Asked, delivered

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks and kills as POSIX systems do")

HISTORIES = 52


@pytest.mark.timeout(1800)
def test_histories_of_processes_end_in_agreement_and_nothing_was_lost_or_doubled() -> None:
    """Half of them on each database, both halves at once; without PostgreSQL all on SQLite."""
    where = () if programs() is not None else ("--database", "sqlite")
    words = (sys.executable, "-m", MODULE, str(HISTORIES), *where)
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_key_that_is_lost_on_the_way_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def without_key(server: str, asked: Asked) -> Answer:
        if asked.method == "POST":
            body = json.loads(asked.body)
            body.pop("idempotency_key", None)
            asked = asked._replace(body=json.dumps(body).encode())
        return delivered(server, asked)

    monkeypatch.setattr(trouble, "delivered", without_key)
    with serving(tmp_path) as server, loaded() as program:
        somebody_else = server.team().owner.token
        stories = (story_of(f"planted {number}")._replace(trouble=0.5) for number in range(7, 30))
        assert any(happen(story, server, program, somebody_else, lambda _: None) for story in stories)
