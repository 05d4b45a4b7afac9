"""The app under Wine, drawn by `make screenshots` where there is one: icon, menu, the line over Notepad.

What is round them is Wine's and this screen's: Windows draws its own taskbar and title bars.
"""

import sys
import tempfile
from pathlib import Path

from PIL import ImageColor
from tests.desktop.screen import wait_until
from tests.screenshots.scenes import menu, tray
from tests.screenshots.stage import FOLDER, Look, Stage, half_a_year
from tests.windows.windows import Scheme, Windows, running_windows

from tabkeeper.ui.theme.tokens import DARK, LIGHT

KEYS = "Ctrl+Alt+Q"
A_FEW = 200
"""So many pixels of a colour may be the edges of letters."""
SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tk-") as folder:
        for scheme in SCHEMES:
            with running_windows(scheme) as windows:
                windows.dress(taskbar=scheme, programs=scheme)
                look, home = Look(scheme, where="wine"), Path(folder) / scheme
                _draw_tray(windows, look, home)
                _draw_line(windows, look, home.with_suffix(".new"))
    return 0


def _draw_tray(windows: Windows, look: Look, home: Path) -> None:
    program = windows.program(home)
    half_a_year(program, home)
    program.run("config", "set", "hotkey.quick_add", KEYS)
    with program:
        program.icon()
        # Once its keys are held, there is more of it than its icon, and it hears the command line.
        windows.open_line(program, KEYS.lower())
        program.screen.press("Escape")
        wait_until(lambda: not program.windows(), "the line to close", program.way.patience)
        for scene in (tray, menu):
            scene(Stage(program, look))
    program.wait_for_no_icon()


def _draw_line(windows: Windows, look: Look, home: Path) -> None:
    """Draw the line with nothing to offer for it: Wine takes the keyboard from a small window that grows."""
    program = windows.program(home)
    program.run("config", "set", "hotkey.quick_add", KEYS)
    with program:
        program.icon()
        stage = Stage(program, look)
        line = windows.open_line(program, KEYS.lower())
        stage.screen.write("Review PR 812 #code-review 30m ago")
        mark = ImageColor.getrgb((LIGHT if look.scheme == "light" else DARK).hover)

        def is_understood() -> bool:
            picture = stage.still(line).convert("RGB")
            counted = picture.getcolors(picture.width * picture.height) or ()
            return any(number > A_FEW and colour == mark for number, colour in counted)

        wait_until(is_understood, "the mark behind the time")
        stage.save(stage.screen.picture(), "quick-add")


if __name__ == "__main__":
    sys.exit(main())
