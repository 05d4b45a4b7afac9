"""`make screenshots`: draws the real program in a real panel, with times in it, into `screenshots/`."""

import sys
import tempfile
from functools import partial
from pathlib import Path

from PIL import Image
from tests.desktop.program import Program
from tests.desktop.screen import Screen, Window, wait_until

FOLDER = Path(__file__).parents[2] / "screenshots"
PANELS = ("dark", "light")
STATES = {"stopped": ("stop",), "running": ("start", "Drafting the renewal", "--ago", "83m")}
SURROUNDINGS = 120
"""Pixels of the panel to be seen on the left of the icon."""


def save(picture: Image.Image, name: str) -> None:
    path = FOLDER / f"{name}.png"
    picture.save(path)
    print(path)


def corner(screen: Screen, icon: Window) -> Image.Image:
    """Return the end of the panel with the icon in it."""
    panel = screen.panels()[0]
    return screen.picture(panel).crop((icon.left - SURROUNDINGS, 0, panel.width, panel.height))


def draw_tray(program: Program, size: str) -> None:
    """Draw the icon, stopped and running, in a dark and in a light panel."""
    screen = program.screen
    for panel in PANELS:
        screen.show_panel(panel)
        for state, words in STATES.items():
            before = screen.picture(program.icon())
            if program.run(*words).returncode == 0:
                wait_until(partial(has_changed, program, before), "another icon")
            save(corner(screen, program.icon()), f"tray-{state}-{panel}{size}")


def has_changed(program: Program, before: Image.Image) -> bool:
    return program.screen.picture(program.icon()) != before


def draw_menu(program: Program) -> None:
    program.screen.click(program.icon(), button=3)
    save(program.screen.picture(program.window()), "menu")
    program.screen.press("Escape")


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tk-") as folder:
        with Screen() as screen, Program(screen, Path(folder) / "once") as program:
            draw_tray(program, "")
            draw_menu(program)
        with (
            Screen(size="1800x1200", icon=44) as screen,
            Program(screen, Path(folder) / "twice", QT_SCALE_FACTOR="2") as program,
        ):
            draw_tray(program, "-2x")
    return 0


if __name__ == "__main__":
    sys.exit(main())
