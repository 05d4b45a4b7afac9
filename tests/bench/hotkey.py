"""How long it takes from a key, pressed anywhere, until the tray icon shows what it did: in pixels."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.bench.desktop import seconds_until
from tests.desktop.program import Program
from tests.desktop.screen import Screen, end, launch, wait_until

from tabkeeper.desktop.hotkeys.x11_grabs import Grabs
from tabkeeper.settings.chord import parse_chord

BARE_HOTKEY = (sys.executable, str(Path(__file__).with_name("bare_hotkey.py")))
KEY = "F9"


@contextmanager
def listening_app(home: Path) -> Iterator[Screen]:
    """Run the app with the key bound to start and stop, and something to go on with."""
    with Screen(size="800x600") as screen:
        program = Program(screen, home)
        program.run("config", "set", "hotkey.toggle", KEY)
        program.run("start", "Review", "--ago", "90m")
        with program:
            program.icon()
            wait_until(lambda: is_held(screen), "the key to be held")
            yield screen


@contextmanager
def listening_floor(home: Path) -> Iterator[Screen]:
    """Run the smallest program that does something at the key."""
    with Screen(size="800x600") as screen:
        process = launch(BARE_HOTKEY, screen.environment, home.with_suffix(".log"))
        wait_until(screen.tray_icons, "the icon")
        wait_until(lambda: is_held(screen), "the key to be held")
        yield screen
        end(process)


def is_held(screen: Screen) -> bool:
    grabs = Grabs(screen.display)
    try:
        return bool(grabs.try_out({"key": parse_chord(KEY)})["key"].refusal)
    finally:
        grabs.close()


def key_to_icon(screen: Screen) -> float:
    """Press the key once, and return the seconds until the icon looks otherwise."""
    panel = screen.panels()[0]
    before = screen.picture(panel)
    began = time.perf_counter()
    screen.press(KEY)
    return seconds_until(lambda: screen.picture(panel) != before, began)
