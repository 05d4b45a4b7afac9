"""A history before it happens: steps as plain values, drawn from a seed, and cut short where one fails."""

import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tests.histories.acts import AT_A_COMPUTER, ON_THE_WEB

COMPUTERS = ("desk", "laptop")
_USUAL = (
    "start", "start", "start", "stop", "stop", "add", "rename", "retag", "assign", "move", "split", "delete",
)  # fmt: skip
_HAPPENINGS = (
    "offline", "online", "online", "crash", "wake", "sign out", "sign in", "sign in", "wrong token",
    "back up", "restore", "clock", "lose the change", "lose the answer", "lose the answer",
    "delay the change",
)  # fmt: skip
GAPS = (0, 0, 1, 2, 5, 15, 40)
LONG_GAPS = (5, 40, 120, 400)
"""Those in a scene in which something is under way for long."""


class Step(NamedTuple):
    """After `gap` seconds somebody (a computer's name, or the web) does something; `dice` decides details."""

    gap: float
    who: str
    act: str
    dice: int


class Story(NamedTuple):
    """What happens, and how bad the network is: the share of requests that something befalls."""

    seed: str
    trouble: float
    steps: tuple[Step, ...]


# What goes wrong in practice goes wrong around these; by single steps alone they would come up too rarely.
_MAKES, _EDITS = ("start", "add"), ("rename", "move", "stop", "retag", "assign")
_SCENES: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("lose the answer", "lose the change"), _MAKES, _EDITS, ("online",)),
    (("lose the answer",), _MAKES, ("delete", "undo"), ("redo", "wake"), ("online",)),
    ((*_MAKES,), ("wake",), ("lose the answer", "offline"), _EDITS, ("undo", *_EDITS), ("online",)),
    ((*_MAKES,), ("wake",), ("lose the answer", "offline"), ("delete",), ("undo",), ("online",)),
    (
        (*_MAKES,),
        ("wake",),
        ("delay the change",),
        _EDITS,
        ("online",),
        ("undo", "delete", *_EDITS),
        ("wake",),
    ),
    (("delay the change",), _MAKES, _EDITS, ("online",), ("web rename", "web stop", "web delete", *_EDITS)),
    (("offline",), ("start",), ("web start", "web add"), ("stop", "start"), ("online",)),
    (("back up",), (*_MAKES, *_EDITS, "delete"), ("wake",), ("restore",), ("online",)),
    (("crash",), _MAKES, ("crash",), _EDITS, ("crash", "wake")),
)


def story_of(seed: str) -> Story:
    """Draw a story: scenes in which one computer does several things, mixed with whatever else happens."""
    chance = random.Random(seed)
    steps: list[Step] = []
    for _ in range(chance.choice((1, 1, 2, 3))):
        steps += _scene(chance) if chance.random() < 0.6 else ()
        steps += [_step(chance) for _ in range(chance.choice((1, 2, 3, 5)))]
    return Story(seed, chance.choice((0, 0.1, 0.25, 0.5)), tuple(steps))


def _scene(chance: random.Random) -> list[Step]:
    who = chance.choice(COMPUTERS)
    steps = []
    scene = chance.choice(_SCENES)
    gaps = LONG_GAPS if ("delay the change",) in scene else GAPS
    for acts in scene:
        act = chance.choice(acts)
        steps.append(Step(chance.choice(gaps), "web" if act in ON_THE_WEB else who, act, _dice(chance)))
        if chance.random() < 0.15:
            steps.append(_step(chance))
    return steps


def _dice(chance: random.Random) -> int:
    return chance.randrange(1_000_000)


def _step(chance: random.Random) -> Step:
    kind = chance.random()
    gap, dice = chance.choice(GAPS), _dice(chance)
    if kind < 0.3:
        return Step(gap, "web", chance.choice(ON_THE_WEB), dice)
    who = chance.choice(COMPUTERS)
    if kind < 0.45:
        return Step(gap, who, chance.choice(_HAPPENINGS), dice)
    return Step(gap, who, chance.choice((*_USUAL, *AT_A_COMPUTER)), dice)


def shortened(story: Story, fails: Callable[[Story], bool], attempts: int = 400) -> Story:
    """Return a short story that fails as well: steps are left out, many at once and then one by one."""
    size = max(1, len(story.steps) // 2)
    while size and attempts > 0:
        for at in range(0, len(story.steps), size):
            attempts -= 1
            shorter = story._replace(steps=_without(story.steps, at, size))
            if shorter.steps != story.steps and fails(shorter):
                story = shorter
                break
        else:
            size //= 2
    calm = story._replace(trouble=0.0)
    return calm if fails(calm) else story


def _without(steps: Sequence[Step], at: int, size: int) -> tuple[Step, ...]:
    return (*steps[:at], *steps[at + size :])


def told(story: Story) -> str:
    """Return a story as a person reads it."""
    lines = [f"seed {story.seed!r}, trouble {story.trouble}"]
    lines += [f"  +{step.gap:g}s {step.who}: {step.act} ({step.dice})" for step in story.steps]
    return "\n".join(lines)
