"""How many requests a second the server answers, beside its framework with constants; and its plans."""

import asyncio
import contextlib
import json
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tests.bench.decoding import of_decoding
from tests.bench.load import answers_a_second, one_answer, request
from tests.bench.stopwatch import Measure, in_turns, table
from tests.crowded import YEAR, caller, fill, page_of, plan
from tests.server_process import LISTENS, ServerProcess, Team, serving

from tabkeeper.api.wire import GroupBy, format_instant
from tabkeeper_server.clock import to_milliseconds
from tabkeeper_server.database import Database
from tabkeeper_server.services.entry_lists import EntryFilter
from tabkeeper_server.services.grouping import grouping_by
from tabkeeper_server.services.reports import Question, summary_query
from tabkeeper_server.settings import database_url

LISTED, REPORTED = 100_000, 1_000_000
ROUNDS = 5
REQUESTS = 400
PATH = "/api/v1/entries"
CONSTANT_SERVER = (sys.executable, "-m", "tests.bench.constant_server")


class Rate(NamedTuple):
    """Answers a second, beside those of the floor in the same run."""

    what: str
    rate: float
    floor: float


def measured(home: Path) -> str:
    """Run a server on a fresh database, and return all figures about it and about its client as text."""
    with serving(home) as server:
        listed, reported = server.team(), server.team()
        asyncio.run(fill(listed, LISTED))
        page = one_answer(port_of(server), request("GET", f"{PATH}?limit=200", listed.owner.token))[1]
        rates = of_requests(listed)
        asyncio.run(fill(reported, REPORTED))
        parts = (table_of_rates(rates), table([of_decoding(page)]), of_reports(reported))
    return "\n\n".join(parts)


def of_requests(team: Team) -> list[Rate]:
    """Measure list and create against constants of the same sizes."""
    port, token = port_of(team.server), team.owner.token
    project = team.owner.listed("/projects")[0]["id"]

    def listing() -> bytes:
        return request("GET", PATH, token)

    def creating() -> bytes:
        entry = {
            "description": "Drafting Q2 retainer renewal",
            "project_id": project,
            "tags": ["client-work", "writing"],
            "start": "2026-05-24T14:00:00Z",
            "stop": "2026-05-24T15:30:00Z",
            "billable": True,
            "idempotency_key": str(uuid.uuid4()),
        }
        return request("POST", PATH, token, json.dumps(entry).encode())

    page, entry = (len(one_answer(port, asked())[1]) for asked in (listing, creating))
    with constant_server(page, entry) as floor:
        measures: dict[str, Measure] = {
            "list": lambda: 1 / answers_a_second(port, listing, 200, REQUESTS),
            "list, floor": lambda: 1 / answers_a_second(floor, listing, 200, REQUESTS),
            "create": lambda: 1 / answers_a_second(port, creating, 201, REQUESTS),
            "create, floor": lambda: 1 / answers_a_second(floor, creating, 201, REQUESTS),
        }
        rates = {name: 1 / seconds for name, seconds in in_turns(measures, ROUNDS).items()}
    return [
        Rate(f"GET /entries, 50 rows of {LISTED:,}", rates["list"], rates["list, floor"]),
        Rate("POST /entries, with its key", rates["create"], rates["create, floor"]),
    ]


def of_reports(team: Team) -> str:
    """Return how long a year's summary takes, and how the database goes about that and about a first page."""
    year = f"from={format_instant(YEAR[0])}&to={format_instant(YEAR[1])}"
    asked = request("GET", f"/api/v1/reports/summary?{year}", team.owner.token)

    def seconds() -> float:
        began = time.perf_counter()
        status, body = one_answer(port_of(team.server), asked)
        assert status == 200, body
        return time.perf_counter() - began

    taken = in_turns({"summary": seconds}, ROUNDS)["summary"]
    head = f"GET /reports/summary, a year in {REPORTED:,} entries: {taken * 1000:.0f} ms"
    return "\n".join((head, asyncio.run(_plans(team))))


async def _plans(team: Team) -> str:
    who = await caller(team.owner)
    question = Question(from_=YEAR[0], to=YEAR[1], group_by=GroupBy.PROJECT, billable=None)
    grouping = grouping_by(GroupBy.PROJECT, [], "monday")
    queries = {
        "plan of a year's summary": summary_query(who, question, grouping, to_milliseconds(YEAR[1])),
        "plan of a page at offset 0": page_of(who, EntryFilter()),
    }
    database = Database(database_url(team.server.database))
    async with database.reading() as connection:
        lines = []
        for what, query in queries.items():
            steps = (await plan(connection, query)).splitlines()
            lines += [f"{what}, of {REPORTED:,} entries:", *(f"    {step}" for step in steps)]
    await database.close()
    assert not any("SCAN entries" in line for line in lines), lines
    return "\n".join(lines)


def table_of_rates(rates: list[Rate]) -> str:
    """Return the rates as lines of text."""
    head = f"{'':44} {'server':>9} {'floor':>9} {'ratio':>7}"
    lines = [
        f"{rate.what:44} {rate.rate:7,.0f}/s {rate.floor:7,.0f}/s {rate.floor / rate.rate:6.2f}x"
        "   floor: its framework, answering as many bytes"
        for rate in rates
    ]
    return "\n".join((head, *lines))


@contextlib.contextmanager
def constant_server(page: int, entry: int) -> Iterator[int]:
    """Run the framework with constants of these sizes, and give its port."""
    words = (*CONSTANT_SERVER, str(page), str(entry))
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            found = LISTENS.search(process.stdout.readline())
            assert found
            yield int(found[1].rpartition(":")[2])
        finally:
            process.terminate()


def port_of(server: ServerProcess) -> int:
    return int(server.url.rpartition(":")[2])


if __name__ == "__main__":
    with tempfile.TemporaryDirectory(prefix="tk-") as folder:
        print(measured(Path(folder)))
