"""The real tray program with a probe on its loop, as a process: `python -m tests.bench.probed FILE`.

The probe wants to be called every millisecond. SIGUSR1 lets it begin anew; at SIGUSR2 it writes the longest
time, in seconds, that the loop kept it waiting since.
"""

import asyncio
import signal
import sys
import time
from pathlib import Path
from typing import Any

from tabkeeper import app, program

TICK = 0.001
"""Seconds."""


class Probe:
    """Measures how late it is called."""

    def __init__(self, answer: Path) -> None:
        self._answer, self._longest, self._last = answer, 0.0, 0.0
        signal.signal(signal.SIGUSR1, self._begin)
        signal.signal(signal.SIGUSR2, self._tell)

    async def watch(self) -> None:
        self._begin()
        while True:
            await asyncio.sleep(TICK)
            now = time.perf_counter()
            self._longest, self._last = max(self._longest, now - self._last - TICK), now

    def _begin(self, *_: object) -> None:
        self._longest, self._last = 0.0, time.perf_counter()

    def _tell(self, *_: object) -> None:
        part = self._answer.with_suffix(".part")
        part.write_text(str(self._longest))
        part.rename(self._answer)


def main(answer: Path) -> int:
    """Run the tray program, with the command line's words taken away."""
    probe, serve = Probe(answer), program._serve

    async def probed(*given: Any) -> None:
        watching = asyncio.ensure_future(probe.watch())
        await serve(*given)
        watching.cancel()

    program._serve = probed  # type: ignore[assignment]
    return app.main()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv.pop())))
