"""Lets a story happen: two computers and the web against our real server, and then peace until all agree."""

import asyncio
import hashlib
import json
import logging
import os
import random
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import NamedTuple

import pytest
from tests.histories.acts import AT_A_COMPUTER, Web, Words, act_at
from tests.histories.computer import Computer
from tests.histories.inline_server import InlineServer
from tests.histories.ledger import Ledger
from tests.histories.network import Network
from tests.histories.story import COMPUTERS, Step, Story
from tests.histories.verdict import Ending, agree, complaints
from tests.histories.virtual_time import run_virtually

from tabkeeper.model import identity
from tabkeeper.store.file import Store
from tabkeeper.sync import pull, push, windows

MONDAY = datetime(2026, 11, 2, 8, tzinfo=UTC)
CLEAN_ROUNDS = 3
DOOMS = {"lose the change": "lost", "lose the answer": "unheard", "delay the change": "late"}
ANSWERS = 6


class Outcome(NamedTuple):
    """What came of a story: what is wrong, and a hash of everything that happened."""

    complaints: list[str]
    hash: str
    trace: list[str]


class World:
    """One process's server and folder, in which stories happen one after the other."""

    def __init__(self, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self._new_file = folder / "tabkeeper.db"
        Store.open(self._new_file).close()
        self._server = InlineServer(folder, patch)
        self._patch = patch
        # So that short histories have several pages, too, and changes that one round does not get to.
        patch.setattr(windows, "ROWS_A_PAGE", 3)
        patch.setattr(pull, "PLACES_A_ROUND", 1)
        patch.setattr(push, "SENT_A_ROUND", 2)

    def happen(self, story: Story) -> Outcome:
        """Let a story happen, always in the same way."""
        chance = random.Random(f"ids of {story.seed}")
        self._patch.setattr(identity, "os", SimpleNamespace(urandom=chance.randbytes))
        self._patch.setattr(
            identity, "time", SimpleNamespace(time_ns=lambda: round(self._server.now().timestamp() * 1e9))
        )
        trace: list[str] = []
        try:
            wrong = run_virtually(self._happen(story, trace))
        except Exception:  # whatever it is: it is what came of this story
            wrong = [f"it broke down: {traceback.format_exc()}"]
        return Outcome(wrong, hashlib.sha256("\n".join(trace).encode()).hexdigest(), trace)

    async def _happen(self, story: Story, trace: list[str]) -> list[str]:
        loop = asyncio.get_running_loop()
        self._server.begin(
            lambda: MONDAY + timedelta(seconds=loop.time()), random.Random(story.seed).randrange(1 << 60)
        )

        def note(line: str) -> None:
            trace.append(f"{loop.time():.3f} {line}")

        play = _Play(story, self._server, self._new_file, note)
        with _noticing() as faults:
            try:
                for step in story.steps:
                    await asyncio.sleep(step.gap)
                    note(f"{step.who}: {step.act}")
                    await play.act(step)
                await play.make_peace()
                ending = play.ending(faults)
                note(json.dumps([sorted(map(str, ending.web.items())), ending.waiting], default=str))
                return complaints(play.ledger, ending)
            finally:
                play.close()


class _Play:
    """A story while it happens."""

    def __init__(
        self, story: Story, server: InlineServer, new_file: Path, note: Callable[[str], None]
    ) -> None:
        self.ledger = Ledger()
        self._words = {name: Words(name[0]) for name in (*COMPUTERS, "web")}
        self._web = Web(server)
        self._dice = random.Random(f"answers of {story.seed}")
        self._computers = {}
        for name in COMPUTERS:
            network = Network(server, name, story.seed, note)
            network.trouble = story.trouble
            self._computers[name] = Computer(new_file, server, network, story.seed)
            self._computers[name].start()

    async def act(self, step: Step) -> None:
        chance = random.Random(step.dice)
        if step.who == "web":
            before = self._web.view()
            await self._web.act(step.act, chance, self._words["web"])
            self.ledger.note("web", step.act, before, self._web.view())
            return
        computer = self._computers[step.who]
        before = computer.view()
        if step.act in AT_A_COMPUTER:
            act_at(computer, step.act, chance, self._words[step.who])
            self.ledger.note(step.who, step.act, before, computer.view())
        else:
            self._happening(computer, step.act, chance)

    def _happening(self, computer: Computer, act: str, chance: random.Random) -> None:
        if act in ("offline", "online"):
            computer.network.online = act == "online"
        elif act in DOOMS:
            computer.network.doom = DOOMS[act]
        elif act == "crash":
            computer.crash()
        elif act == "sign out":
            computer.stop()
        elif act == "sign in":
            computer.sign_in()
        elif act == "wrong token":
            computer.sign_in_as_somebody_else()
        elif act == "back up":
            computer.back_up()
        elif act == "clock":
            computer.ahead = timedelta(minutes=chance.choice((-61, -3, 0, 2, 60)))
        elif act == "restore":
            before = computer.view()
            if computer.restore():
                self.ledger.doubt(computer.name, before, computer.view())
        if act in ("online", "wake"):
            computer.wake()

    async def make_peace(self) -> None:
        """Let everything arrive, mend the network, let the person answer, and sync until nothing is left."""
        for computer in self._computers.values():
            computer.stop()
            computer.network.online, computer.network.trouble, computer.network.doom = True, 0.0, None
            await computer.network.wait_for_the_late()
        await asyncio.sleep(20 * 60)
        answers = rounds = 0
        while rounds < CLEAN_ROUNDS:
            for computer in self._computers.values():
                await computer.sync_now()
            rounds += 1
            if answers < ANSWERS and any(one.needs_the_person() for one in self._computers.values()):
                for computer in self._computers.values():
                    self.ledger.uncertain |= computer.answer(self._dice, patiently=answers < 2)
                answers, rounds = answers + 1, 0
            elif agree(self.ending([])):
                break

    def ending(self, faults: list[str]) -> Ending:
        computers = self._computers
        return Ending(
            self._web.view(),
            {name: computer.view() for name, computer in computers.items()},
            {name: computer.tied() for name, computer in computers.items()},
            [record for computer in computers.values() for record in computer.overruled()],
            {name: len(computer.waiting()) for name, computer in computers.items()},
            frozenset().union(*(computer.network.races.found for computer in computers.values())),
            faults,
        )

    def close(self) -> None:
        for computer in self._computers.values():
            computer.close()


@contextmanager
def _noticing() -> Iterator[list[str]]:
    """Collect what the program logs as its own mistakes."""
    faults: list[str] = []

    class Collecting(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            faults.append(self.format(record))

    collecting = Collecting(logging.ERROR)
    loggers = [logging.getLogger(name) for name in ("tabkeeper", "tabkeeper_server", "asyncio")]
    for logger in loggers:
        logger.addHandler(collecting)
    try:
        yield faults
    finally:
        for logger in loggers:
            logger.removeHandler(collecting)


@contextmanager
def a_world() -> Iterator[World]:
    """Make a world in memory where the system has a place for that, else on disk."""
    memory = Path("/dev/shm")
    place = memory if memory.is_dir() and os.access(memory, os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=place) as folder, pytest.MonkeyPatch.context() as patch:
        yield World(Path(folder), patch)
