"""The app under Wine, drawn by `make screenshots` where there is one: icon, menu, the line over Notepad.

What is round them is Wine's and this screen's: Windows draws its own taskbar and title bars.
"""

import sys
import tempfile
from pathlib import Path

from tests.screenshots.scenes import menu, tray
from tests.screenshots.stage import FOLDER, Look, Stage, half_a_year
from tests.windows.windows import Scheme, Windows, running_windows

SCHEMES: tuple[Scheme, ...] = ("light", "dark")


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="tk-") as folder, running_windows() as windows:
        for scheme in SCHEMES:
            windows.screen.show_panel(scheme)
            windows.dress(taskbar=scheme, programs=scheme)
            _draw(windows, Look(scheme, where="wine"), Path(folder) / scheme)
    return 0


def _draw(windows: Windows, look: Look, home: Path) -> None:
    program = windows.program(home)
    half_a_year(program, home)
    program.run("config", "set", "hotkey.quick_add", "Ctrl+Alt+Q")
    with program:
        stage = Stage(program, look)
        program.icon()
        tray(stage)
        menu(stage)
        line = windows.open_line(program, "ctrl+alt+q")
        stage.screen.write("Review PR @Web shop #call 30m ago")
        stage.still(line)
        stage.save(stage.screen.picture(), "quick-add")


if __name__ == "__main__":
    sys.exit(main())
