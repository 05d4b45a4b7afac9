"""How long the program takes until a person sees something, watched from outside: in the screen's pixels."""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.desktop.program import Program
from tests.desktop.screen import Screen, Window, end, launch

_HEADER, _FOOT = 160, 40
"""Pixels of the window above and below its list, generously."""
_COLOURS_WITHOUT_ENTRIES = 12
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


def place_of_the_list(screen: Screen, home: Path) -> Window:
    """Return where the entries are in the window, which opens at the same place each time."""
    with Program(screen, home) as program:
        opened = program.open_window()
    return replace(opened, top=opened.top + _HEADER, height=opened.height - _HEADER - _FOOT)


def click_to_list(screen: Screen, home: Path, place: Window) -> float:
    """Return the seconds from a click on the icon of a fresh program until its window shows entries."""
    with Program(screen, home) as program:
        icon = program.icon()
        began = time.perf_counter()
        screen.click(icon)
        return seconds_until(lambda: colours(screen, place) > _COLOURS_WITHOUT_ENTRIES, began)
