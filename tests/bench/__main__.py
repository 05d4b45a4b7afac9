"""`make bench`: prints each figure as a ratio to its floor, both measured in this run.

`make bench ARGS="day frozen"` measures some of it: day, quiet, server, sync, frozen.
"""

import sys
import tempfile
from pathlib import Path

from tests.bench import command_line, desktop, filled, frozen, reflexes, reports, server, sync
from tests.bench.stopwatch import Figure, in_turns, table
from tests.desktop.screen import Screen
from tests.program_process import COMMAND

STARTS = 9
COMMANDS = 15
WINDOWS = 7
FEW, MANY = 100, 100_000


def of_the_start(home: Path) -> list[Figure]:
    with Screen(size="800x600") as screen:
        taken = in_turns(
            {
                "app": lambda: desktop.start_to_tray(screen, COMMAND, home),
                "bare": lambda: desktop.start_to_tray(screen, desktop.BARE_TRAY, home),
            },
            STARTS,
        )
    return [Figure("start until the icon is painted", taken["app"], "a bare PySide6 tray", taken["bare"])]


def of_the_command_line(home: Path) -> list[Figure]:
    taken = in_turns(
        {
            "status": lambda: command_line.seconds((*COMMAND, "status"), home),
            "start": lambda: command_line.seconds((*COMMAND, "start", "Review"), home),
            "floor": lambda: command_line.floor(home),
        },
        COMMANDS,
    )
    return [
        Figure(f"tabkeeper {word}", taken[word], "python -c pass", taken["floor"])
        for word in ("status", "start")
    ]


def of_the_window(folder: Path) -> list[Figure]:
    few, many = (filled.fill(folder / str(entries), entries) for entries in (FEW, MANY))
    with Screen() as screen:
        place = desktop.place_of_the_list(screen, few)
        taken = in_turns(
            {
                "many": lambda: desktop.click_to_list(screen, many, place),
                "few": lambda: desktop.click_to_list(screen, few, place),
            },
            WINDOWS,
        )
    return [
        Figure(f"click until {MANY:,} entries are painted", taken["many"], f"{FEW} entries", taken["few"])
    ]


def of_each_day(folder: Path) -> str:
    """Measure what a person waits for, each beside its floor."""
    figures = of_the_start(folder / "tray") + of_the_command_line(folder / "commands")
    figures += [*of_the_window(folder / "window"), reflexes.of_the_hotkey(folder)]
    return table(figures + reports.measured(folder / "reports"))


PARTS = {
    "day": of_each_day,
    "quiet": reflexes.of_the_quiet,
    "server": server.measured,
    "sync": sync.measured,
    "frozen": frozen.measured,
}


def main(words: list[str]) -> int:
    if unknown := set(words) - PARTS.keys():
        print(f"There is no part {', '.join(sorted(unknown))}, but {', '.join(PARTS)}.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="tk-") as name:
        for part in words or PARTS:
            folder = Path(name, part)
            folder.mkdir()
            print(PARTS[part](folder), end="\n\n", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
