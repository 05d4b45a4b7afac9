"""Lets many histories happen on all processors: `python -m tests.histories 100000`; `make soak` does that.

What it prints suffices to see a failure again: `python -m tests.histories 1 --first 4711 --trace`.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Sequence

from tests.histories.story import Story, shortened, story_of, told
from tests.histories.world import World, a_world


def main() -> int:
    """Return 0 where all histories ended as they must."""
    parser = argparse.ArgumentParser(prog="python -m tests.histories", description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--first", type=int, default=0, help="the first history's number")
    parser.add_argument("--season", default="", help="another word gives other histories")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--trace", action="store_true", help="print everything that happens")
    given = parser.parse_args()
    began = time.monotonic()
    several = given.jobs > 1 and given.count > 1
    code = _in_parts(given) if several else _one_after_the_other(given)
    if not code:
        print(f"{given.count} histories from {given.first}, {time.monotonic() - began:.0f} s, all well")
    return code


def _in_parts(given: argparse.Namespace) -> int:
    share = -(-given.count // given.jobs)
    parts = [(first, min(share, given.count - first)) for first in range(0, given.count, share)]
    running = [subprocess.Popen(_words(given.first + first, count, given.season)) for first, count in parts]
    return max(process.wait() for process in running)


def _words(first: int, count: int, season: str) -> Sequence[str]:
    where = ("--first", str(first), "--season", season, "--jobs", "1")
    return (sys.executable, "-m", "tests.histories", str(count), *where)


def _one_after_the_other(given: argparse.Namespace) -> int:
    hashes = hashlib.sha256()
    with a_world() as world:
        for number in range(given.first, given.first + given.count):
            story = story_of(f"{given.season}{number}")
            outcome = world.happen(story)
            hashes.update(outcome.hash.encode())
            if given.trace:
                print(*outcome.trace, sep="\n")
            if outcome.complaints:
                print(_failure(world, story))
                return 1
    print(f"hash {hashes.hexdigest()[:16]} of {given.count} from {given.first}", flush=True)
    return 0


def _failure(world: World, story: Story) -> str:
    """Return the shortest story that fails as this one does, and what is wrong in it."""
    short = shortened(story, lambda other: bool(world.happen(other).complaints))
    wrong = "\n".join(f"- {complaint}" for complaint in world.happen(short).complaints)
    return f"History {story.seed!r} went wrong; shortened:\n{told(short)}\n{wrong}"


if __name__ == "__main__":
    sys.exit(main())
