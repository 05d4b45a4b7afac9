"""What a person types at a computer in a history: each act as the words of a command."""

import random
from collections.abc import Callable, Sequence
from datetime import timedelta

from tests.histories.acts import PROJECTS, TAGS, Words, changed_text

from tabkeeper.model.entry import Entry
from tabkeeper.model.instants import rfc3339
from tabkeeper.tracker import Tracker

_MINUTE = timedelta(minutes=1)


def start(_: Tracker, chance: random.Random, words: Words) -> Sequence[str]:
    ago = chance.choice(((), (), (), ("--ago", "3m"), ("--ago", "20m")))
    return ("start", words.fresh(), *ago, *_on(chance.choice(PROJECTS)), *_tagged(chance.choice(TAGS)))


def stop(_: Tracker, _chance: random.Random, _words: Words) -> Sequence[str]:
    return ("stop",)


def add(tracker: Tracker, chance: random.Random, words: Words) -> Sequence[str]:
    begin = tracker.now().replace(microsecond=0) - chance.randrange(60, 60 * 24 * 12) * _MINUTE
    lasted = ("--duration", f"{chance.randrange(1, 60)}m")
    return ("add", words.fresh(), "--from", rfc3339(begin), *lasted, *chance.choice(((), ("--billable",))))


def rename(tracker: Tracker, chance: random.Random, _words: Words) -> Sequence[str]:
    entry = _some(tracker, chance)
    return ("edit", entry.id, "--description", changed_text(entry.description, chance)) if entry else ()


def retag(tracker: Tracker, chance: random.Random, _words: Words) -> Sequence[str]:
    entry = _some(tracker, chance)
    tags = _tagged(chance.choice(TAGS)) or ("--no-tags",)
    return ("edit", entry.id, *tags, chance.choice(("--billable", "--no-billable"))) if entry else ()


def assign(tracker: Tracker, chance: random.Random, _words: Words) -> Sequence[str]:
    entry = _some(tracker, chance)
    return ("edit", entry.id, *_on(chance.choice(("Website", "Retainer", "Errands")))) if entry else ()


def move(tracker: Tracker, chance: random.Random, _words: Words) -> Sequence[str]:
    entry, minutes = _some(tracker, chance), chance.randrange(1, 30)
    if entry is None:
        return ()
    if entry.stop is None or chance.random() < 0.5:
        return ("edit", entry.id, "--start", f"-{minutes}m")
    return ("edit", entry.id, "--stop", f"+{minutes}m")


def delete(tracker: Tracker, chance: random.Random, _words: Words) -> Sequence[str]:
    entry = _some(tracker, chance)
    return ("delete", entry.id) if entry else ()


def undo(_: Tracker, _chance: random.Random, _words: Words) -> Sequence[str]:
    return ("undo",)


def redo(_: Tracker, _chance: random.Random, _words: Words) -> Sequence[str]:
    return ("redo",)


Typed = Callable[[Tracker, random.Random, Words], Sequence[str]]
TYPED: dict[str, Typed] = {
    act.__name__: act for act in (start, stop, add, rename, retag, assign, move, delete, undo, redo)
}


def _some(tracker: Tracker, chance: random.Random) -> Entry | None:
    entries = tracker.entries(None, None, limit=6)
    return chance.choice(entries) if entries else None


def _on(project: str | None) -> Sequence[str]:
    return () if project is None else ("--project", project)


def _tagged(tags: Sequence[str]) -> Sequence[str]:
    return [word for tag in tags for word in ("--tag", tag)]
