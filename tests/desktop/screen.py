"""A desktop of our own: X server, window manager, tray and session bus, with hands and eyes to use them.

Knows nothing of Tabkeeper; `program.py` runs that. Everything here waits for conditions, never for time.
"""

import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from PIL import Image, ImageGrab

Answer = TypeVar("Answer")

PANEL_COLOURS = {"dark": "#202326", "light": "#eff0f1"}
# The interface font of this desktop.
FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <alias binding="strong"><family>sans-serif</family><prefer><family>Inter</family></prefer></alias>
</fontconfig>
"""
# Of the notices, whose daemon the bus begins as soon as anybody asks for it.
DUNSTRC = """
[global]
    width = (300, 500)
    height = (0, 200)
    origin = top-right
    offset = 20x20
    mouse_left_click = do_action, close_current
"""
TINT2_CONFIGURATION = """
rounded = 0
border_width = 0
background_color = {colour} 100
panel_background_id = 1
panel_items = FS
panel_position = bottom center horizontal
panel_size = 100% {height}
panel_padding = 4 0 4
panel_layer = top
disable_transparency = 1
systray_padding = 4 4 4
systray_icon_size = {icon}
"""

_LOOKS = 50
"""How often something is looked for while windows close."""
_ICON = re.compile(r'\s+(0x\w+) (".+?"|\(has no name\)): \(".*\)\s+(\d+)x(\d+)\S+\s+\+(-?\d+)\+(-?\d+)$')


def wait_until(answer: Callable[[], Answer], what: str, seconds: float = 20) -> Answer:
    """Return the first true answer; raise `AssertionError` naming `what` when there is none in time."""
    deadline = time.monotonic() + seconds
    while not (found := answer()):
        if time.monotonic() > deadline:
            raise AssertionError(f"waited {seconds:g} s in vain for {what}")
        time.sleep(0.02)
    return found


@dataclass(frozen=True)
class Window:
    """A window that can be seen: its number, its title, and where it is, in pixels of the screen."""

    number: int
    title: str
    left: int
    top: int
    width: int
    height: int

    @property
    def middle(self) -> tuple[int, int]:
        return self.left + self.width // 2, self.top + self.height // 2

    @property
    def box(self) -> tuple[int, int, int, int]:
        return self.left, self.top, self.left + self.width, self.top + self.height


class Screen:
    """An X server with openbox, a tint2 panel (unless `panel` is None) and a session bus, for one `with`.

    `environment` is all that a program needs to appear here; it has a home folder of its own in it.
    """

    def __init__(self, panel: str | None = "dark", size: str = "1280x900", icon: int = 22) -> None:
        self.panel, self.size, self.icon = panel, size, icon
        self.environment: dict[str, str] = {}
        self._parts = ExitStack()
        self._panel_process: subprocess.Popen[str] | None = None
        self._beside = cycle((-4, 4))

    def __enter__(self) -> Self:
        try:
            # Short, because the path of a socket may have no more than a hundred characters.
            self.folder = Path(tempfile.mkdtemp(prefix="tk-"))
            self._parts.callback(shutil.rmtree, self.folder, ignore_errors=True)
            self._prepare_environment()
            self.display = f":{self._start_and_read('Xvfb', *self._xvfb_words(), '-displayfd', '1')}"
            self.environment["DISPLAY"] = self.display
            self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._start_and_read(
                "dbus-daemon", "--session", "--nofork", "--print-address=1"
            )
            # It says that it is there before it takes windows in, and one that comes in between stays unseen.
            begun = self.folder / "openbox.begun"
            self._start("openbox", "--sm-disable", "--startup", f"touch {begun}")
            wait_until(begun.exists, "openbox")
            if self.panel:
                self.show_panel(self.panel)
        except BaseException:
            self._parts.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._parts.close()

    def _xvfb_words(self) -> tuple[str, ...]:
        return "-screen", "0", f"{self.size}x24", "-nolisten", "tcp", "-noreset"

    def _prepare_environment(self) -> None:
        keep = ("PATH", "PYTHONPATH", "TZ", "LD_LIBRARY_PATH")
        self.environment |= {name: os.environ[name] for name in keep if name in os.environ}
        self.environment |= {"HOME": str(self.folder), "LANG": "C.UTF-8", "QT_QPA_PLATFORM": "xcb"}
        for name in ("CONFIG_HOME", "DATA_HOME", "CACHE_HOME", "STATE_HOME", "RUNTIME_DIR"):
            folder = self.folder / name.lower()
            folder.mkdir(mode=0o700)
            self.environment[f"XDG_{name}"] = str(folder)
        fonts = self.folder / "config_home" / "fontconfig" / "fonts.conf"
        fonts.parent.mkdir()
        fonts.write_text(FONTS)
        notices = self.folder / "config_home" / "dunst" / "dunstrc"
        notices.parent.mkdir()
        notices.write_text(DUNSTRC)

    def _start(self, *words: str, stdout: int | None = None) -> subprocess.Popen[str]:
        process = launch(words, self.environment, self.folder / f"{words[0]}.log", stdout)
        self._parts.callback(end, process)
        return process

    def _start_and_read(self, *words: str) -> str:
        """Start what prints one line when it is ready, and return that line."""
        process = self._start(*words, stdout=subprocess.PIPE)
        assert process.stdout
        line = process.stdout.readline().strip()
        self._parts.callback(process.stdout.close)
        assert line, f"{words[0]} did not start: {(self.folder / f'{words[0]}.log').read_text()}"
        return line

    def _run(self, *words: str) -> str:
        """Return what a program prints; nothing when it found nothing."""
        return self._done(*words).stdout

    def _done(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            words, env=self.environment, capture_output=True, text=True, timeout=30, check=False
        )

    def _looked(self, *words: str) -> str:
        """Return what a program prints that looks through windows.

        Where one closes meanwhile, whosever it is, it ends without a word of the others, and looks again.
        """
        for _ in range(_LOOKS):
            done = self._done(*words)
            if "X Error" not in done.stderr:
                break
        return done.stdout

    # The panel

    def show_panel(self, colours: str) -> None:
        """Show a panel with a tray, `dark` or `light`, in place of the one there may be."""
        self.hide_panel()
        configuration = self.folder / "tint2rc"
        words = {"height": self.icon + 8, "icon": self.icon, "colour": PANEL_COLOURS[colours]}
        configuration.write_text(TINT2_CONFIGURATION.format(**words))
        self._panel_process = self._start("tint2", "-c", str(configuration))
        wait_until(self.panels, "the panel")

    def hide_panel(self) -> None:
        """Take the panel away, as a crash of it would."""
        if self._panel_process:
            end(self._panel_process)
            self._panel_process = None

    def panels(self) -> list[Window]:
        """Return the panel, when there is one."""
        return self.visible("--class", "Tint2")

    def tray_icons(self) -> list[Window]:
        """Return the icons in the panel's tray, the first one first."""
        icons = []
        for panel in self.panels():
            for line in self._looked("xwininfo", "-tree", "-id", str(panel.number)).splitlines():
                # The tray holds each icon in a window that has no class; sizes under 8 are not drawn yet.
                match = _ICON.match(line)
                if match and int(match[3]) >= 8 and match[2] not in ('"tint2"', '"Openbox"'):
                    width, height, left, top = (int(number) for number in match.groups()[2:])
                    icons.append(Window(int(match[1], 16), match[2].strip('"'), left, top, width, height))
        return icons

    # Eyes

    def windows(self, pid: int) -> list[Window]:
        """Return the windows of process `pid` that can be seen, menus among them, tray icons not."""
        icons = {icon.number for icon in self.tray_icons()}
        windows = [window for window in self.visible("--pid", str(pid)) if window.number not in icons]
        return [window for window in windows if window.width > 8 and window.height > 8]

    def visible(self, *which: str) -> list[Window]:
        """Return the windows that can be seen and are so, in the words of `xdotool search`."""
        numbers = self._looked("xdotool", "search", "--onlyvisible", *which).split()
        return [window for number in numbers if (window := self._look_at(int(number)))]

    def _look_at(self, number: int) -> Window | None:
        words = self._run("xwininfo", "-id", str(number))
        title = re.search(r'Window id: \w+ "(.*)"$', words, re.MULTILINE)
        place = dict(re.findall(r"(Absolute upper-left [XY]|Width|Height): +(-?\d+)", words))
        if not place:
            return None  # closed in the meantime
        left, top, width, height = (int(value) for value in place.values())
        return Window(number, title[1] if title else "", left, top, width, height)

    def active_window(self) -> int:
        """Return the number of the window that has the keyboard, or 0."""
        return int(self._run("xdotool", "getactivewindow").strip() or 0)

    def picture(self, window: Window | None = None) -> Image.Image:
        """Return what is to be seen now, on the whole screen or where `window` is."""
        return ImageGrab.grab(xdisplay=self.display, bbox=window.box if window else None)

    # Hands

    def point(self, left: int, top: int) -> None:
        """Move the pointer there."""
        # Where it is there already, xdotool would wait a quarter of a minute for it to move.
        if not self._run("xdotool", "getmouselocation").startswith(f"x:{left} y:{top} "):
            self._run("xdotool", "mousemove", "--sync", str(left), str(top))

    def click(self, window: Window, button: int = 1, at: tuple[int, int] | None = None) -> None:
        """Click `window` near its middle, or `at` so many pixels from its upper left corner."""
        # Two clicks of a test at one place are a double click to a toolkit, for which an icon does nothing.
        left, top = at or (window.width // 2 + next(self._beside), window.height // 2)
        place = str(window.left + left), str(window.top + top)
        self._run("xdotool", "mousemove", *place, "click", str(button))

    def press(self, *keys: str) -> None:
        """Press keys by their X names, one after the other: `Return`, `ctrl+z`."""
        self._run("xdotool", "key", "--delay", "30", *keys)

    def write(self, text: str) -> None:
        """Type `text` as a person would."""
        self._run("xdotool", "type", "--delay", "15", text)


def launch(
    words: Sequence[str], environment: dict[str, str], log: Path, stdout: int | None = None
) -> subprocess.Popen[str]:
    """Start a process with nothing to read; what it says is added to `log`."""
    nothing = subprocess.DEVNULL
    words = ("setpriv", "--pdeathsig", "TERM", *words)  # a test run that crashes leaves nothing behind
    with log.open("a") as said:
        return subprocess.Popen(
            words, env=environment, stdin=nothing, stdout=stdout or said, stderr=said, text=True
        )


def end(process: subprocess.Popen[str], signal: int = 15) -> None:
    """End a process and wait until it is gone; one that does not listen is killed."""
    if process.poll() is None:
        process.send_signal(signal)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=10)
