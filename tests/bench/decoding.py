"""How long the client takes to make entries of an answer, beside what Python's own JSON takes to read it."""

import json
import time
from collections.abc import Callable

from tests.bench.stopwatch import Figure, in_turns

from tabkeeper.api._reader import read_page
from tabkeeper.api.wire import Entry

AT_A_TIME = 50
ROUNDS = 5


def of_decoding(page: bytes) -> Figure:
    """Measure the reading of a page of entries."""

    def seconds(read: Callable[[], object]) -> float:
        began = time.perf_counter()
        for _ in range(AT_A_TIME):
            read()
        return (time.perf_counter() - began) / AT_A_TIME

    rows = len(read_page(Entry, page, "GET /entries").data)
    taken = in_turns(
        {
            "client": lambda: seconds(lambda: read_page(Entry, page, "GET /entries")),
            "floor": lambda: seconds(lambda: json.loads(page)),
        },
        ROUNDS,
    )
    return Figure(f"the client reads a page of {rows} entries", taken["client"], "json.loads", taken["floor"])
