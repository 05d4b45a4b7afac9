"""A history of real processes before it happens: steps as plain values, drawn from a seed."""

import random

from tests.histories.acts import ON_THE_WEB
from tests.histories.story import COMPUTERS, Step, Story

_USUAL = ("start", "start", "start", "stop", "stop", "add", "rename", "retag", "assign", "move", "delete",
          "undo", "redo")  # fmt: skip
_SYNCS = ("sync", "sync", "sync", "sync meanwhile web", "sync meanwhile", "sync both")
_RARELY = ("back up", "restore", "restore", "wrong token", "travel", "travel")


def story_of(seed: str) -> Story:
    """Draw a story: at one computer several things are done, then it syncs, while others do what they do."""
    chance = random.Random(f"processes {seed}")
    steps: list[Step] = []
    for _ in range(chance.choice((2, 3, 4))):
        who = chance.choice(COMPUTERS)
        steps += [_step(chance, who, chance.choice(_USUAL)) for _ in range(chance.choice((1, 2, 3)))]
        if chance.random() < 0.4:
            steps.append(_step(chance, "web", chance.choice(ON_THE_WEB)))
        if chance.random() < 0.15:
            steps.append(_step(chance, who, chance.choice(_RARELY)))
        if chance.random() < 0.9:
            steps.append(_step(chance, who, chance.choice(_SYNCS)))
    return Story(seed, chance.choice((0.1, 0.3, 0.5)), tuple(steps))


def _step(chance: random.Random, who: str, act: str) -> Step:
    return Step(0, who, act, chance.randrange(1_000_000))
