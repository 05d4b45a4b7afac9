"""The installer's program in a Windows of our own, as a person there uses it: by menu, terminal and list.

It keeps its data where it does for everybody, so one Windows has one of it.
"""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

from tests.desktop.screen import wait_until
from tests.windows.windows import PATIENCE, Windows

LISTED = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\Tabkeeper"
WRITTEN = (
    r"HKEY_CURRENT_USER\Environment",
    r"HKEY_CURRENT_USER\Software\Classes",
    r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Run",
    r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Uninstall",
)


class Installed:
    """What an installer of ours puts into a Windows."""

    def __init__(self, windows: Windows) -> None:
        self.windows = windows
        self.drive = Path(windows.screen.environment["WINEPREFIX"], "drive_c")
        (self.profile,) = (self.drive / "users").glob("[!P]*")
        local = self.profile / "AppData" / "Local"
        self.folder, self.data = local / "Programs" / "Tabkeeper", local / "tabkeeper"
        menu = self.profile / "AppData" / "Roaming" / "Microsoft" / "Windows" / "Start Menu" / "Programs"
        self.shortcut = menu / "Tabkeeper.lnk"
        self.own_path = rf"C:\users\{self.profile.name}\AppData\Local\Programs\Tabkeeper"

    def install(self, installer: Path, *words: str) -> int:
        """Run an installer that asks nothing; returns how it ended."""
        return self._run(str(installer), "/S", *words)

    def uninstall(self) -> None:
        """Remove it as Windows' list of programs does for who asks it to be silent."""
        told = self.windows.registered(LISTED, "QuietUninstallString") or ""
        words = re.fullmatch(r'"(.+)" /S', told)
        assert words, told
        self._run(words[1], "/S")
        # What that starts is a copy of itself, which it does not wait for.
        wait_until(lambda: not self.folder.exists(), "the program's folder to go", PATIENCE)
        wait_until(lambda: self.windows.registered(LISTED, "DisplayName") is None, "the list", PATIENCE)

    def start(self) -> None:
        """Start the program in the tray by its place in the menu."""
        self._run("start", rf"C:\users\{self.profile.name}{self._below_profile(self.shortcut)}")

    def start_with_data_in(self, folder: Path) -> None:
        """Start it in the tray for other data, so that it is not the one that the command speaks to."""
        self._run("start", rf"{self.own_path}\tabkeeper-tray.exe", TABKEEPER_HOME=self.windows.path(folder))

    def say(self, *words: str, said: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        """Give a command by its name alone, in a terminal that is opened now."""
        return subprocess.run(
            (self.windows.wine, "cmd", "/c", "tabkeeper", *words),
            env=self.windows.screen.environment | environment,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
            input=said,
        )

    def ask(self, *words: str) -> Any:
        """Return what `tabkeeper WORDS --json` answers."""
        done = self.say(*words, "--json")
        assert done.returncode == 0, done.stdout + done.stderr
        return json.loads(done.stdout)

    def began(self) -> list[str]:
        """Return the versions whose trays have begun, by the log, one after the other."""
        log = self.data / "Logs" / "tabkeeper.log"
        return re.findall(r"Tabkeeper (\S+) begins, on ", log.read_text()) if log.exists() else []

    def files(self) -> set[str]:
        """Return all that is in the person's folder, but for what is in the folder of temporary files."""
        found = {str(path.relative_to(self.profile)) for path in self.profile.rglob("*") if path.is_file()}
        return {path for path in found if not path.startswith(("Temp/", "AppData/Local/Temp/"))}

    def registry(self) -> list[str]:
        """Return the person's own keys and values where programs write any."""
        told = [
            line
            for key in WRITTEN
            for line in self.windows.run(self.windows.wine, "reg", "query", key, "/s").stdout.splitlines()
        ]
        return [line for line in told if line.startswith(("    ", "HKEY_")) and line not in WRITTEN]

    def _run(self, *words: str, **environment: str) -> int:
        """Run something whose children may stay, and would keep a pipe open."""
        nothing = subprocess.DEVNULL
        return subprocess.run(
            (self.windows.wine, *words),
            env=self.windows.screen.environment | environment,
            stdin=nothing,
            stdout=nothing,
            stderr=nothing,
            timeout=3 * PATIENCE,
            check=False,
        ).returncode

    def _below_profile(self, path: Path) -> str:
        return "\\" + str(path.relative_to(self.profile)).replace("/", "\\")
