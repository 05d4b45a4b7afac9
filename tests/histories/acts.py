"""What persons do in a history: at a computer through the real tracker, on the web through the real API."""

import random
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Protocol

import httpx
from tests.histories.computer import Computer
from tests.histories.ledger import View
from tests.histories.races import Wired

from tabkeeper.model.entry import Draft, Entry
from tabkeeper.model.instants import rfc3339
from tabkeeper.model.refusal import Refused
from tabkeeper.tracker import Tracker

MINUTE = timedelta(minutes=1)
PROJECTS = (None, None, "Website", "Retainer")
TAGS = ((), (), ("bug",), ("bug", "call"))


class Words:
    """Gives each new entry a word of its own."""

    def __init__(self, of: str) -> None:
        self._of = of
        self._count = 0
        self.renamings: set[int] = set()
        """The steps that gave the second half of a split its word: one act with the split."""

    def fresh(self) -> str:
        self._count += 1
        return f"{self._of}{self._count}"


def changed_text(description: str, chance: random.Random) -> str:
    """Return another description of the same entry."""
    return f"{description.partition(' ')[0]} v{chance.randrange(1000)}"


# At a computer


def start(tracker: Tracker, chance: random.Random, words: Words) -> None:
    draft = Draft(words.fresh(), tags=chance.choice(TAGS))
    ago = chance.choice((0, 0, 0, 3, 20)) * MINUTE
    tracker.start(draft, tracker.now() - ago if ago else None, project=chance.choice(PROJECTS))


def stop(tracker: Tracker, _chance: random.Random, _words: Words) -> None:
    tracker.stop()


def add(tracker: Tracker, chance: random.Random, words: Words) -> None:
    begin = tracker.now() - chance.randrange(1, 60 * 24 * 12) * MINUTE
    draft = Draft(words.fresh(), billable=chance.choice((None, True, False)))
    tracker.add(draft, begin, begin + min(chance.randrange(1, 90) * MINUTE, tracker.now() - begin))


def rename(tracker: Tracker, chance: random.Random, _words: Words) -> None:
    entry = _some(tracker, chance)
    tracker.edit(entry.id, description=changed_text(entry.description, chance))


def retag(tracker: Tracker, chance: random.Random, _words: Words) -> None:
    tracker.edit(_some(tracker, chance).id, tags=chance.choice(TAGS), billable=chance.random() < 0.5)


def assign(tracker: Tracker, chance: random.Random, _words: Words) -> None:
    tracker.edit(_some(tracker, chance).id, project=chance.choice(("Website", "Retainer", "Errands")))


def move(tracker: Tracker, chance: random.Random, _words: Words) -> None:
    entry = _some(tracker, chance)
    by = chance.randrange(-30, 30) * MINUTE
    if entry.stop is None:
        tracker.edit(entry.id, start=entry.start - abs(by))
    elif chance.random() < 0.5:
        tracker.edit(entry.id, start=min(entry.start + by, entry.stop))
    else:
        tracker.edit(entry.id, stop=max(entry.stop + by, entry.start))


def resume(tracker: Tracker, chance: random.Random, _words: Words) -> None:
    tracker.edit(_some(tracker, chance).id, stop=None)


def split(tracker: Tracker, chance: random.Random, words: Words) -> None:
    entry = _some(tracker, chance)
    _, second = tracker.split(entry.id, entry.start + ((entry.stop or tracker.now()) - entry.start) / 2)
    tracker.edit(second.id, description=words.fresh())
    step = tracker.undoable()
    assert step is not None, "it was just made"
    words.renamings.add(step.id)


def delete(tracker: Tracker, chance: random.Random, _words: Words) -> None:
    tracker.delete([_some(tracker, chance).id])


def undo(tracker: Tracker, _chance: random.Random, words: Words) -> None:
    if tracker.undo().id in words.renamings:
        try:
            tracker.undo()
        except Refused:
            tracker.redo()


def redo(tracker: Tracker, _chance: random.Random, words: Words) -> None:
    tracker.redo()
    following = tracker.redoable()
    if following is not None and following.id in words.renamings:
        with suppress(Refused):
            tracker.redo()


AT_A_COMPUTER: dict[str, Callable[[Tracker, random.Random, Words], None]] = {
    act.__name__: act
    for act in (start, stop, add, rename, retag, assign, move, resume, split, delete, undo, redo)
}


def act_at(computer: Computer, act: str, chance: random.Random, words: Words) -> None:
    """Do something at a computer; what is not possible just then is not done."""
    with suppress(Refused):
        AT_A_COMPUTER[act](computer.tracker, chance, words)
    computer.wake()


def _some(tracker: Tracker, chance: random.Random) -> Entry:
    entries = tracker.entries(None, None, limit=6)
    if not entries:
        raise Refused("There is nothing yet.")
    return chance.choice(entries)


# On the web

ON_THE_WEB = ("web start", "web stop", "web add", "web rename", "web move", "web delete", "web retag")


class Served(Protocol):
    """What the web application needs of a server: the way there, and a look at what it holds."""

    base: str
    secret: str

    def now(self) -> datetime: ...
    def transport(self) -> httpx.AsyncBaseTransport: ...
    def entries(self) -> Sequence[Wired]: ...
    def project_name(self, project_id: str | None) -> str | None: ...


class Web:
    """The person at the web application: everything arrives at once."""

    def __init__(self, server: Served) -> None:
        self._server = server
        self._http = httpx.AsyncClient(
            transport=server.transport(), headers={"Authorization": f"Bearer {server.secret}"}
        )

    def view(self) -> View:
        return {row["id"]: self._seen(row) for row in self._server.entries()}

    async def act(self, act: str, chance: random.Random, words: Words) -> None:
        rows = sorted(self._server.entries(), key=lambda row: (row["start"], row["id"]))[-6:]
        now = self._server.now().replace(microsecond=0)
        if act in ("web start", "web add"):
            await self._create(act, now, chance, words)
        elif act == "web stop":
            await self._ask("POST", "/entries/stop")
        elif rows:
            await self._change(act, chance.choice(rows), chance)

    async def _create(self, act: str, now: datetime, chance: random.Random, words: Words) -> None:
        body: dict[str, Any] = {"description": words.fresh(), "start": rfc3339(now)}
        if act == "web add":
            begin = now - chance.randrange(1, 60 * 24 * 12) * MINUTE
            body |= {"start": rfc3339(begin), "stop": rfc3339(begin + chance.randrange(90) * MINUTE)}
        await self._ask("POST", "/entries", body)

    async def _change(self, act: str, row: Wired, chance: random.Random) -> None:
        path = f"/entries/{row['id']}"
        if act == "web delete":
            await self._ask("DELETE", path)
            return
        body: dict[str, Any] = {}
        if act == "web rename":
            body["description"] = changed_text(row["description"], chance)
        elif act == "web retag":
            body |= {"tags": chance.choice(TAGS), "billable": chance.random() < 0.5}
        else:
            begin = datetime.fromisoformat(row["start"]) - chance.randrange(1, 30) * MINUTE
            body["start"] = rfc3339(begin)
        await self._ask("PATCH", path, body)

    async def _ask(self, method: str, path: str, body: Any = None) -> None:
        await self._http.request(method, self._server.base + path, json=body)

    def _seen(self, row: Wired) -> dict[str, Any]:
        fields = {name: row[name] for name in ("description", "start", "stop", "billable")}
        return fields | {"tags": tuple(row["tags"]), "project": self._server.project_name(row["project_id"])}


def acts() -> Sequence[str]:
    """Return everything persons do."""
    return (*AT_A_COMPUTER, *ON_THE_WEB)
