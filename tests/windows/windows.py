"""A Windows of our own: Wine on a `Screen`, with a copy of the prepared prefix that is gone afterwards.

`packaging/dev/wine.sh` prepares it. Notepad is open in it: the other program, which has the keyboard.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from tests.desktop.program import Program
from tests.desktop.screen import Screen, Window, end, launch, wait_until
from tests.program_process import Way

Scheme = Literal["light", "dark"]
SOURCES = Path(__file__).parents[2] / "src"
PATIENCE = 90
"""Seconds; Wine takes some to start a program."""
_MODULE = ("-m", "tabkeeper")
_INTO_A_PIPE = ("bash", "-c", 'exec "$@" > >(exec cat) 2>&1', "bash")
"""The words before a command whose output goes to a file, which a Windows program takes for no handle."""
_LOOK = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
_SAY_THAT_THE_LOOK_IS_ANOTHER = """
import ctypes
EVERYBODY, WM_SETTINGCHANGE = 0xFFFF, 0x1A
ctypes.windll.user32.SendMessageTimeoutW(EVERYBODY, WM_SETTINGCHANGE, 0, "ImmersiveColorSet", 2, 5_000, None)
"""
_METRICS = r"HKCU\Control Panel\Desktop\WindowMetrics"


@contextmanager
def running_windows(panel: Scheme = "dark") -> Iterator["Windows"]:
    """Begin it on a screen of its own, with Notepad open, and end all that runs in it."""
    with Screen(panel) as screen:
        prefix = screen.folder / "prefix"
        shutil.copytree(os.environ["WINEPREFIX"], prefix, symlinks=True)
        screen.environment |= {
            **{name: value for name, value in os.environ.items() if name.startswith("WINE")},
            "WINEPREFIX": str(prefix),
            "QT_QPA_PLATFORM": "windows",
        }
        windows = Windows(screen)
        try:
            windows.write_as_this_screen_does()
            with windows.notepad():
                yield windows
        finally:
            windows.run(os.environ["WINESERVER"], "-k")


class Windows:
    """A Windows that runs, and whose programs are seen on `screen`."""

    def __init__(self, screen: Screen) -> None:
        self.screen = screen
        self.wine, self.python_program = os.environ["WINE"], os.environ["WINDOWS_PYTHON"]
        screen.environment["PYTHONPATH"] = self.path(SOURCES)

    def path(self, path: Path) -> str:
        """Return what Windows calls a file or folder of this system."""
        return "Z:" + str(path).replace("/", "\\")

    def program(self, home: Path, **environment: str) -> Program:
        """Return a Tabkeeper of its own folder, not started yet."""
        command = (self.wine, self.python_program, *_MODULE)
        return Program(
            self.screen,
            home,
            Way(command, (*_INTO_A_PIPE, *command), PATIENCE),
            **{"TABKEEPER_HOME": self.path(home)} | environment,
        )

    def run(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run something to its end."""
        return subprocess.run(
            words,
            env=self.screen.environment | environment,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=120,
            check=False,
            input="",
        )

    def begin_session(self, program: Program) -> None:
        """Start what Windows starts when somebody logs in; a Tabkeeper in it uses the folder of `program`."""
        nothing = subprocess.DEVNULL
        words = (self.wine, "wineboot")
        subprocess.run(
            words, env=program.environment, stdin=nothing, stdout=nothing, stderr=nothing, check=True
        )

    def end_session(self) -> None:
        """End what a session has started."""
        self.run(self.wine, "taskkill", "/F", "/IM", "pythonw.exe")
        wait_until(lambda: not self.screen.tray_icons(), "the icons to go", PATIENCE)

    def ask_python(self, *words: str, **environment: str) -> str:
        """Return what the Windows Python prints."""
        done = self.run(self.wine, self.python_program, *words, **environment)
        assert done.returncode == 0, done.stderr
        return done.stdout.replace("\r\n", "\n")

    def python(self, *words: str) -> subprocess.Popen[str]:
        """Start the Windows Python, whose words are to be read from `stdout`."""
        command = (self.wine, self.python_program, *words)
        pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
        return subprocess.Popen(
            command, env=self.screen.environment, stdin=nothing, stdout=pipe, stderr=pipe, text=True
        )

    def registered(self, key: str, name: str | None = None) -> str | None:
        """Return a text of the registry: a key's own, or the one called `name`; None where there is none."""
        asked = ("/ve",) if name is None else ("/v", name)
        said = self.run(self.wine, "reg", "query", key, *asked).stdout
        found = re.search(r"    REG_SZ    (.*?)\r?$", said, re.MULTILINE)
        return found[1] if found else None

    def dress(self, *, taskbar: Scheme, programs: Scheme) -> None:
        """Choose how light the taskbar and the programs are, and tell everybody, as Windows' settings do."""
        for name, scheme in (("SystemUsesLightTheme", taskbar), ("AppsUseLightTheme", programs)):
            number = ("/v", name, "/t", "REG_DWORD", "/d", str(int(scheme == "light")), "/f")
            self.run(self.wine, "reg", "add", _LOOK, *number)
        self.ask_python("-c", _SAY_THAT_THE_LOOK_IS_ANOTHER)

    def open_line(self, program: Program, keys: str) -> Window:
        """Press `keys` in another program until the line is there: the icon comes before they are held."""
        self.focus_notepad()

        def opens() -> bool:
            self.screen.press(keys)
            return bool(program.windows())

        wait_until(opens, f"{keys} to be held", PATIENCE)
        line = program.window()
        wait_until(lambda: self.keyboard() == line.number, "the keyboard in the line", PATIENCE)
        return line

    def keyboard(self) -> int:
        """Return the number of the window that is typed in, also where no window manager knows of it."""
        return int(self.screen._run("xdotool", "getwindowfocus").strip() or 0)

    def focus_notepad(self) -> None:
        """Give the keyboard to another program than ours."""

        def has_it() -> bool:
            self.screen._run("xdotool", "search", "--onlyvisible", "--name", "Notepad", "windowactivate")
            return "Notepad" in self.screen._run("xdotool", "getactivewindow", "getwindowname")

        wait_until(has_it, "Notepad to have the keyboard")

    @contextmanager
    def notepad(self) -> Iterator[None]:
        """Have another program open than ours."""
        process = launch((self.wine, "notepad"), self.screen.environment, self.screen.folder / "notepad.log")
        try:
            wait_until(
                lambda: self.screen._run("xdotool", "search", "--onlyvisible", "--name", "Notepad"),
                "Notepad",
                PATIENCE,
            )
            yield
        finally:
            end(process)

    def write_as_this_screen_does(self) -> None:
        """Have Windows name a font that is there for what it writes: one whose full name is its family's."""
        height, weight = -12, 400
        numbers = (height, 0, 0, 0, weight)
        font = b"".join(number.to_bytes(4, "little", signed=True) for number in numbers) + bytes(8)
        font += "DejaVu Sans".encode("utf-16-le").ljust(64, b"\0")
        for name in ("MessageFont", "MenuFont"):
            value = ("/v", name, "/t", "REG_BINARY", "/d", font.hex(), "/f")
            self.run(self.wine, "reg", "add", _METRICS, *value)
