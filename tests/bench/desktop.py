"""How long the program takes until a person sees something, watched from outside: in the screen's pixels."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.desktop.screen import Screen, Window, end, launch

BARE_TRAY = (sys.executable, str(Path(__file__).with_name("bare_tray.py")))


def seconds_until(is_there: Callable[[], bool], began: float, limit: float = 60) -> float:
    """Look without pause until it is there; return the seconds since `began`."""
    while not is_there():
        assert time.perf_counter() - began < limit, f"nothing to see after {limit:g} s"
    return time.perf_counter() - began


def colours(screen: Screen, place: Window) -> int:
    """Return how many colours can be seen there."""
    picture = screen.picture(place)
    return len(picture.getcolors(picture.width * picture.height) or ())


def start_to_tray(screen: Screen, words: tuple[str, ...], home: Path) -> float:
    """Return the seconds from starting a program until its icon is painted in the tray."""
    panel = screen.panels()[0]
    assert colours(screen, panel) == 1, "the panel is not empty"
    environment = screen.environment | {"TABKEEPER_HOME": str(home)}
    began = time.perf_counter()
    process = launch(words, environment, home.with_suffix(".log"))
    try:
        return seconds_until(lambda: colours(screen, panel) > 1, began)
    finally:
        end(process)
        seconds_until(lambda: colours(screen, panel) == 1, time.perf_counter())
