"""What happens to requests on a real way to a real server: a handler of the proxy that draws their fates.

The fates are those of the simulation's network, with real sockets, real threads and real signals.
"""

import os
import random
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tests.histories import fates
from tests.histories.races import Races
from tests.sync.proxy import Answer, Asked, delivered

_LATEST_SECONDS = 0.6


class Halt:
    """A moment in a sync at which others act, once so many requests were answered."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.reached, self.over = threading.Event(), threading.Event()


class Way:
    """A computer's way to the server. Writing goes through the server's `turn`, so that races can be noted.

    `victim` is the process that asks.
    """

    def __init__(
        self, server: str, turn: threading.Lock, races: Races, seed: str, trace: Callable[[str], None]
    ) -> None:
        self.trouble = 0.0
        self.victim: int | None = None
        self.faults: list[str] = []
        self.races = races
        self._halt: Halt | None = None
        self._server, self._turn, self._seed, self._trace = server, turn, seed, trace
        self._count = 0
        self._late: list[threading.Thread] = []

    @contextmanager
    def halt_at(self, request: int) -> Iterator[Halt]:
        """Let one of the requests to come wait for the end of the block, which sees when it is reached."""
        self._halt = halt = Halt(self._count + request)
        try:
            yield halt
        finally:
            self._halt = None
            halt.over.set()

    def wait_for_the_late(self) -> None:
        """Wait until nothing is under way any more."""
        while self._late:
            self._late.pop().join()

    def __call__(self, asked: Asked) -> Answer | None:
        self._count += 1
        chance = random.Random(f"{self._seed}/{self._count}")
        if (halt := self._halt) is not None and self._count > halt.after:
            halt.reached.set()
            halt.over.wait()
        fate = fates.drawn(chance, self.trouble)
        answer = self._suffer(fate, asked, chance)
        outcome = "no answer" if answer is None else answer.status
        self._trace(f"{self._seed} {asked.name} {asked.body.decode()} {fate} = {outcome}")
        return answer

    def _suffer(self, fate: str, asked: Asked, chance: random.Random) -> Answer | None:
        if fate == "crash before":
            self._kill()
        if fate in ("lost", "crash before"):
            return None
        if fate == "late":
            late = threading.Thread(
                target=self._deliver_late, args=(asked, chance.uniform(0, _LATEST_SECONDS))
            )
            self._late.append(late)
            late.start()
            return None
        if fate in fates.SPOKEN and fate != "500 after":
            return _spoken(fate)
        if fate == "slow":
            time.sleep(chance.uniform(0, 0.1))
        if fate == "twice":
            self._deliver(asked)
        answer = self._deliver(asked)
        if fate == "crash after":
            self._kill()
        if fate in ("unheard", "crash after"):
            return None
        if fate == "500 after":
            return _spoken(fate)
        if fate == "cut":
            return answer._replace(cut=chance.randrange(max(1, len(answer.body))))
        self.races.note_answer(answer.status, answer.body)
        return answer

    def _deliver_late(self, asked: Asked, seconds: float) -> None:
        time.sleep(seconds)
        self._trace(f"{self._seed} late {asked.name}")
        self._deliver(asked)

    def _deliver(self, asked: Asked) -> Answer:
        """Let the server act; writing in one step that nothing comes between."""
        if asked.method == "GET":
            answer = delivered(self._server, asked)
        else:
            with self._turn:
                self.races.note_request(asked.method, asked.path, asked.body)
                answer = delivered(self._server, asked)
        if answer.status >= 500:
            self.faults.append(f"the server answered {asked.name} {asked.body!r} with {answer.status}")
        return answer

    def _kill(self) -> None:
        if self.victim is not None:
            os.kill(self.victim, signal.SIGKILL)


def _spoken(fate: str) -> Answer:
    status, content = fates.spoken(fate)
    kind = "application/json" if content.startswith(b"{") else "text/html"
    return Answer(status, {"Content-Type": kind, "Retry-After": "0"}, content)
