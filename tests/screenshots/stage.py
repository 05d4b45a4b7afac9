"""The real program on a real desktop, dressed for a picture: scheme, scale, and what its file holds."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageColor
from tests.desktop.program import Program
from tests.desktop.screen import Screen, Window, wait_until

from tabkeeper.ui.theme.tokens import DARK, LIGHT

FOLDER = Path(__file__).parents[2] / "screenshots"
SIZE = (1280, 900)
ICON = 22
Fill = Callable[[Program, Path], None]
"""Puts something into the file of a program's new folder."""

_UNDER_A_TOAST = ((20, 560), (20, 594))
"""Places in the window that any toast covers with nothing but its ground."""
_LOOKS_THE_SAME = 2
"""So many pictures in a row are a window that stands still; a busy machine takes few between two blinks."""


class Look(NamedTuple):
    """In which scheme, at which scale, and where something is drawn."""

    scheme: str
    scale: int = 1
    where: str = ""
    """Under what else than an X desktop."""

    @property
    def name(self) -> str:
        """Return the end of a picture's name."""
        parts = (self.scheme, f"{self.scale}x" if self.scale > 1 else "", self.where)
        return "-".join(filter(None, parts))


class Stage:
    """One program in one look. What a scene does to it, it does with the keys and the mouse."""

    def __init__(self, program: Program, look: Look) -> None:
        self.program, self.look = program, look
        self.screen = program.screen

    @property
    def opened(self) -> Window:
        """The window itself, beside which there may be a tooltip or a menu."""
        return max(self.program.windows(), key=lambda window: window.height)

    def click(self, window: Window, left: int, top: int) -> None:
        """Click so many logical pixels from the window's upper left corner."""
        self.screen.click(window, at=(left * self.look.scale, top * self.look.scale))

    def point(self, window: Window, left: int, top: int) -> None:
        """Point so many logical pixels from the window's upper left corner."""
        scale = self.look.scale
        self.screen.point(window.left + left * scale, window.top + top * scale)

    def look_away(self) -> None:
        """Take the pointer where it is over nothing."""
        self.screen.point(0, 0)

    def still(self, window: Window) -> Image.Image:
        """Wait until nothing in the window moves, but for what shows seconds, and return the picture."""
        pictures: list[Image.Image] = []

        def stands_still() -> bool:
            pictures.append(self.screen.picture(window))
            latest = pictures[-_LOOKS_THE_SAME:]
            return len(latest) == _LOOKS_THE_SAME and all(picture == latest[0] for picture in latest)

        wait_until(stands_still, "the window to stand still")
        return pictures[-1]

    def changed(self, window: Window, before: Image.Image) -> Image.Image:
        """Wait until the window shows something else than before, and stands still then."""
        wait_until(lambda: self.screen.picture(window) != before, "something else in the window")
        return self.still(window)

    def draw(self, name: str, act: Callable[[], object]) -> None:
        """Do something, and keep the picture of what comes of it in the window."""
        opened = self.opened
        before = self.still(opened)
        act()
        self.look_away()
        self.save(self.changed(opened, before), name)

    def outlast_toast(self) -> None:
        """Wait until no toast covers anything, where one does."""
        ground = ImageColor.getrgb((LIGHT if self.look.scheme == "light" else DARK).text)
        places = [(left * self.look.scale, top * self.look.scale) for left, top in _UNDER_A_TOAST]

        def is_gone() -> bool:
            picture = self.screen.picture(self.opened).convert("RGB")
            return any(picture.getpixel(place) != ground for place in places)

        wait_until(is_gone, "the toast to go")

    def save(self, picture: Image.Image, name: str) -> None:
        """Keep a picture under the name of what it shows and in which look."""
        path = picture_path(name, self.look)
        picture.save(path, optimize=True)
        print(path)


def half_a_year(program: Program, home: Path) -> None:
    """Fill a new file with somebody's half a year."""
    program.ask("demo", program.environment["TABKEEPER_HOME"])


def nothing(program: Program, home: Path) -> None:
    """Leave a new file empty."""


@contextmanager
def stage(look: Look, folder: Path, fill: Fill) -> Iterator[Stage]:
    """Run the program in a look, on a new file that is filled first."""
    home = folder / f"{look.name}-{fill.__name__}"
    width, height = (length * look.scale for length in SIZE)
    with Screen(look.scheme, f"{width}x{height}", ICON * look.scale) as screen:
        program = Program(screen, home, QT_SCALE_FACTOR=str(look.scale))
        fill(program, home)
        home.mkdir(exist_ok=True)
        (home / "settings.toml").write_text(f'[appearance]\ntheme = "{look.scheme}"\n')
        with program:
            program.icon()
            yield Stage(program, look)
    shutil.rmtree(home, ignore_errors=True)


def picture_path(name: str, look: Look) -> Path:
    """Return where the picture of a scene in a look is kept."""
    return FOLDER / f"{name}-{look.name}.png"
