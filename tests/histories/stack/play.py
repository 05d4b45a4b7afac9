"""Lets a story happen to real processes, and then peace until all agree; what must hold is the verdict's."""

import asyncio
import random
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tests.histories import own_file
from tests.histories.acts import ON_THE_WEB, Web, Words
from tests.histories.ledger import Ledger
from tests.histories.races import Races
from tests.histories.stack.computer import Computer
from tests.histories.stack.program import Program
from tests.histories.stack.server import RealServer
from tests.histories.stack.trouble import Way
from tests.histories.stack.typing import TYPED
from tests.histories.story import COMPUTERS, Step, Story
from tests.histories.verdict import Ending, agree, complaints
from tests.histories.world import ANSWERS, CLEAN_ROUNDS
from tests.server_process import ServerProcess
from tests.sync.proxy import passing

_REQUESTS_OF_A_SYNC = 7


def happen(
    story: Story, process: ServerProcess, program: Program, somebody_else: str, trace: Callable[[str], None]
) -> list[str]:
    """Let a story happen; returns what is wrong at its end. `somebody_else` is another person's token."""
    with _play(story, process, program, somebody_else, trace) as play:
        for step in story.steps:
            trace(f"{step.who}: {step.act}")
            play.act(step)
        play.make_peace()
        return complaints(play.ledger, play.ending())


@contextmanager
def _play(
    story: Story, process: ServerProcess, program: Program, somebody_else: str, trace: Callable[[str], None]
) -> Iterator["_Play"]:
    server = RealServer(process)
    with ExitStack() as stack, tempfile.TemporaryDirectory(prefix="tk-", dir=_quick_place()) as folder:
        stack.callback(server.close)
        computers = {}
        for name in COMPUTERS:
            way = Way(
                process.url,
                server.turn,
                Races(server.entry, server.project_name),
                f"{story.seed}/{name}",
                trace,
            )
            address = stack.enter_context(passing(way))
            computers[name] = Computer(Path(folder) / name, program, way, address, server.secret)
            stack.callback(computers[name].close)
            way.trouble = story.trouble
        with asyncio.Runner() as loop:
            yield _Play(story, server, computers, somebody_else, loop)


def _quick_place() -> Path | None:
    memory = Path("/dev/shm")
    return memory if memory.is_dir() else None


class _Play:
    """A story while it happens."""

    def __init__(
        self,
        story: Story,
        server: RealServer,
        computers: dict[str, Computer],
        somebody_else: str,
        loop: asyncio.Runner,
    ) -> None:
        self.ledger = Ledger()
        self._server, self._computers, self._somebody_else = server, computers, somebody_else
        self._web, self._loop = Web(server), loop
        self._words = {name: Words(name[0]) for name in (*COMPUTERS, "web")}
        self._dice = random.Random(f"answers of {story.seed}")

    def act(self, step: Step) -> None:
        chance = random.Random(step.dice)
        if step.who == "web":
            self._on_the_web(step.act, chance)
        elif step.act in TYPED:
            self._at(step.who, step.act, chance)
        elif step.act.startswith("sync"):
            self._sync(step.who, step.act, chance)
        else:
            self._befall(step.who, step.act)

    def make_peace(self) -> None:
        """Let everything arrive, mend the network, let the person answer, and sync until nothing is left."""
        computers = self._computers.values()
        for computer in computers:
            computer.way.trouble = 0.0
            computer.way.wait_for_the_late()
        answers = rounds = 0
        while rounds < CLEAN_ROUNDS:
            for computer in computers:
                computer.sync()
            rounds += 1
            if answers < ANSWERS and any(own_file.needs_the_person(one.store) for one in computers):
                for computer in computers:
                    self.ledger.uncertain |= own_file.answer(
                        computer.store, self._dice, patiently=answers < 2
                    )
                answers, rounds = answers + 1, 0
            elif agree(self.ending()):
                break

    def ending(self) -> Ending:
        computers = self._computers
        return Ending(
            self._web.view(),
            {name: computer.view() for name, computer in computers.items()},
            {name: computer.tied() for name, computer in computers.items()},
            [record for computer in computers.values() for record in computer.records()],
            {name: len(own_file.waiting(computer.store)) for name, computer in computers.items()},
            frozenset().union(*(computer.way.races.found for computer in computers.values())),
            [fault for each in computers.values() for fault in (*each.faults, *each.way.faults)],
        )

    def _on_the_web(self, act: str, chance: random.Random) -> None:
        with self._server.turn:
            before = self._web.view()
            self._loop.run(self._web.act(act, chance, self._words["web"]))
            self.ledger.note("web", act, before, self._web.view())

    def _at(self, who: str, act: str, chance: random.Random) -> None:
        computer = self._computers[who]
        before = computer.view()
        if words := TYPED[act](computer.tracker, chance, self._words[who]):
            computer.run(*words)
        self.ledger.note(who, act, before, computer.view())

    def _sync(self, who: str, act: str, chance: random.Random) -> None:
        with ThreadPoolExecutor(len(self._computers)) as threads:
            if act == "sync both":
                list(threads.map(Computer.sync, self._computers.values()))
            elif act == "sync":
                self._computers[who].sync()
            else:
                meanwhile = Step(0, *self._somebody(who, act, chance), chance.randrange(1000))
                with self._computers[who].way.halt_at(chance.randrange(_REQUESTS_OF_A_SYNC)) as halt:
                    syncing = threads.submit(self._computers[who].sync)
                    syncing.add_done_callback(lambda _: halt.reached.set())
                    halt.reached.wait()
                    if not syncing.done():
                        self.act(meanwhile)

    def _somebody(self, who: str, act: str, chance: random.Random) -> tuple[str, str]:
        """Return who does what in the middle of a sync."""
        if act == "sync meanwhile web":
            return "web", chance.choice(ON_THE_WEB)
        return who, chance.choice(tuple(TYPED))

    def _befall(self, who: str, act: str) -> None:
        computer = self._computers[who]
        if act == "wrong token":
            computer.sync(token=self._somebody_else)
        elif act == "back up":
            computer.back_up()
        elif act == "travel":
            computer.travel()
        else:
            before = computer.view()
            if computer.restore():
                self.ledger.doubt(who, before, computer.view())
