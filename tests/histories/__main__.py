"""Lets many histories happen on all processors: `python -m tests.histories 100000`; `make soak` does that.

What it prints suffices to see a failure again: `python -m tests.histories 1 --first 4711 --trace`.
"""

import argparse
import gc
import hashlib
import multiprocessing
import os
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import NamedTuple

from tests.histories.story import shortened, story_of, told
from tests.histories.world import World, a_world

MOST_IN_A_PART = 250


class Part(NamedTuple):
    """What came of several histories in a row; `wrong` has, of those that failed, the number and a reason."""

    hashes: Sequence[str]
    wrong: Sequence[tuple[int, str]]


def main() -> int:
    """Return 0 where all histories ended as they must."""
    given = _words()
    began = time.monotonic()
    hashes, wrong = hashlib.sha256(), []
    done = 0
    for part in _parts(given):
        hashes.update("".join(part.hashes).encode())
        wrong += part.wrong
        for number, complaint in part.wrong:
            print(f"History {number} went wrong: {complaint}", flush=True)
        done += len(part.hashes)
        print(f"{done} of {given.count}, {time.monotonic() - began:.0f} s, {len(wrong)} wrong", flush=True)
    print(f"hash {hashes.hexdigest()[:16]} of {given.count} histories from {given.first}", flush=True)
    if wrong:
        with a_world() as world:
            print(failure(world, wrong[0][0], given.season))
    return 1 if wrong else 0


def _words() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.histories", description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--first", type=int, default=0, help="the first history's number")
    parser.add_argument("--season", default="", help="another word gives other histories")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--trace", action="store_true", help="print everything that happens")
    return parser.parse_args()


def _parts(given: argparse.Namespace) -> Iterator[Part]:
    """Yield all histories in parts, in order; what comes of one depends on its number alone."""
    size = min(MOST_IN_A_PART, -(-given.count // given.jobs))
    firsts = range(given.first, given.first + given.count, max(1, size))
    numbers = [range(first, min(first + size, given.first + given.count)) for first in firsts]
    with ProcessPoolExecutor(given.jobs, initializer=_set_up) as workers:
        several = len(numbers)
        yield from workers.map(part_of, numbers, [given.season] * several, [given.trace] * several)


def _set_up() -> None:
    """Let this process look for garbage rarely, which saves a tenth, and not outlive who asked for it."""
    gc.set_threshold(200_000, 50, 100)
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def part_of(numbers: Sequence[int], season: str, trace: bool) -> Part:
    """Let histories happen one after the other."""
    hashes: list[str] = []
    wrong: list[tuple[int, str]] = []
    with a_world() as world:
        for number in numbers:
            outcome = world.happen(story_of(f"{season}{number}"))
            hashes.append(outcome.hash)
            wrong += [(number, outcome.complaints[0])] if outcome.complaints else []
            if trace:
                print(*outcome.trace, sep="\n", flush=True)
    return Part(hashes, wrong)


def failure(world: World, number: int, season: str = "") -> str:
    """Return how to see a failure again, the shortest story that fails as well, and what is wrong in it."""
    again = f"python -m tests.histories 1 --first {number}" + (f" --season {season}" if season else "")
    short = shortened(story_of(f"{season}{number}"), lambda other: bool(world.happen(other).complaints))
    wrong = "\n".join(f"- {complaint}" for complaint in world.happen(short).complaints)
    return f"{again} --trace\nshows it again; shortened:\n{told(short)}\n{wrong}"


if __name__ == "__main__":
    sys.exit(main())
