"""Randomised histories: whatever people, networks and crashes do, each entry is there once, as it was."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tests.histories.story import shortened, story_of
from tests.histories.world import World

HISTORIES = int(os.environ.get("TABKEEPER_HISTORIES", "2000"))
FIRST = "0"
ROOT = Path(__file__).parents[2]


def run(*words: str) -> "subprocess.CompletedProcess[str]":
    call = (sys.executable, "-m", "tests.histories", *words)
    return subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.timeout(1800)
def test_histories_end_in_agreement_and_nothing_was_lost_doubled_or_resurrected() -> None:
    done = run(str(HISTORIES), "--first", FIRST)
    assert done.returncode == 0, done.stdout + done.stderr


def test_histories_are_the_same_however_many_processes_share_them() -> None:
    hashes = {run("8", "--first", FIRST, "--jobs", jobs).stdout.splitlines()[-1] for jobs in ("1", "3")}
    assert len(hashes) == 1
    assert hashes.pop().startswith("hash ")


def test_a_story_that_fails_is_cut_down_to_what_it_takes() -> None:
    story = next(story for story in map(story_of, map(str, range(100))) if len(story.steps) > 9)
    first, last = story.steps[2], story.steps[-2]
    short = shortened(story, lambda other: {first, last} <= set(other.steps))
    assert short == story._replace(trouble=0.0, steps=(first, last))


def test_the_same_seed_gives_the_same_history_to_the_last_request(world: World) -> None:
    for number in range(12):
        first, again = (world.happen(story_of(f"same{number}")) for _ in range(2))
        assert first.trace == again.trace
        assert first.hash == again.hash
