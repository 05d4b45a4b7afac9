"""The keys and the quiet: from a hotkey to the icon, and how often the hidden program wakes up."""

import time
from pathlib import Path

from tests.bench import hotkey
from tests.bench.desktop import BARE_TRAY
from tests.bench.stopwatch import Figure, in_turns
from tests.bench.wake_ups import per_minute
from tests.desktop.program import Program
from tests.desktop.screen import Screen, end, launch, wait_until

PRESSES = 15
WATCHED = 60.0
"""Seconds."""
_SETTLED = 5.0


def of_the_hotkey(folder: Path) -> Figure:
    """Return how long a key takes until the icon shows what it did."""
    with hotkey.listening_app(folder / "app") as app, hotkey.listening_floor(folder / "floor") as floor:
        taken = in_turns(
            {"app": lambda: hotkey.key_to_icon(app), "floor": lambda: hotkey.key_to_icon(floor)}, PRESSES
        )
    what = "hotkey until the icon shows it, on disk"
    return Figure(what, taken["app"], "an empty handler", taken["floor"])


def of_the_quiet(folder: Path) -> str:
    """Return how often the program wakes up with its window hidden, beside a bare tray."""
    with Screen(size="800x600") as screen, Program(screen, folder / "quiet") as program:
        bare = launch(BARE_TRAY, program.environment, folder / "bare.log")
        wait_until(lambda: len(screen.tray_icons()) == 2, "both icons")
        pids = {"app": program.pid, "bare": bare.pid}
        time.sleep(_SETTLED)
        stopped = per_minute(pids, WATCHED)
        program.ask("start", "Review")
        time.sleep(_SETTLED)
        running = per_minute(pids, WATCHED)
        end(bare)
    return "\n".join(
        f"wake-ups a minute, {state:18} {found['app']:6.0f}   a bare PySide6 tray: {found['bare']:.0f}"
        for state, found in (("no timer", stopped), ("a timer, hidden", running))
    )
