"""How long the program takes until a person sees something, watched from outside: in the screen's pixels."""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.desktop.program import COMMAND, Program
from tests.desktop.screen import Screen, Window, end, launch

BARE_TRAY = (sys.executable, str(Path(__file__).with_name("bare_tray.py")))
COLOURS_OF_TEXT = 16  # soft edges of letters have more; an empty surface with its lines has fewer


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


def start_of_tabkeeper(screen: Screen, home: Path) -> float:
    return start_to_tray(screen, COMMAND, home)


def start_of_bare_tray(screen: Screen, home: Path) -> float:
    return start_to_tray(screen, BARE_TRAY, home)


def place_of_the_list(screen: Screen, home: Path) -> Window:
    """Open the window once and return where its list is: its middle third."""
    with Program(screen, home) as program:
        screen.click(program.icon())
        window = program.window()
    third = window.height // 3
    return replace(window, top=window.top + third, height=third)


def first_paint(screen: Screen, home: Path, place: Window) -> float:
    """Return the seconds from the first click on the icon until the list can be read at `place`."""
    with Program(screen, home) as program:
        icon = program.icon()
        assert colours(screen, place) == 1, "something covers the place of the list"
        began = time.perf_counter()
        screen.click(icon)
        return seconds_until(lambda: colours(screen, place) > COLOURS_OF_TEXT, began)
