"""A bare Debian in a folder, in which packages are installed and run; their screen is outside of it."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.desktop.screen import Screen, end, launch

_FOLDERS = ("proc", "dev")
_NOT_THE_PACKAGES = ("proc/", "dev/", "tmp/", "home/", "root/", "srv/", "var/", "etc/ld.so.cache")
"""What a package's coming and going leaves traces in that are the system's: its lists, logs and caches."""


class Root:
    """One copy of a Debian. A person without rights runs the program in it; the system's words are root's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home" / "person"

    def system(self, *words: str | Path) -> str:
        """Run something as root; returns what it said. It must succeed."""
        environment = {"PATH": os.environ["PATH"], "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            ("chroot", self.folder, *words),
            env=environment | {key: value for key, value in os.environ.items() if key.endswith("_proxy")},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{words}: {done.stdout}"
        return done.stdout

    def install(self, package: Path) -> None:
        """Install a .deb and what it depends on, and no more."""
        shutil.copy(package, self.folder / "srv")
        self.system("apt-get", "-q", "install", "--yes", "--no-install-recommends", f"/srv/{package.name}")

    def install_what_is_needed_by(self, package: Path) -> None:
        """Install what a .deb depends on, without it."""
        field = ("dpkg-deb", "--field", package, "Depends")
        depends = subprocess.run(field, capture_output=True, text=True, check=True).stdout
        names = [one.split()[0] for one in depends.split(",")]
        self.system("apt-get", "-q", "install", "--yes", "--no-install-recommends", *names)

    def files(self) -> set[str]:
        """Return the paths of all that is there, but for the system's own notes."""
        found = self.system("find", "/", "-xdev", "-not", "-type", "d").splitlines()
        return {path[1:] for path in found if not path[1:].startswith(_NOT_THE_PACKAGES)}


class Installed:
    """The program of a package, as a person in a root runs it."""

    def __init__(self, root: Root, screen: Screen) -> None:
        self.root, self.screen = root, screen
        self.log = root.home / "said"
        self._process: subprocess.Popen[str] | None = None
        own = ("HOME=/home/person", "PATH=/usr/bin:/bin", f"DISPLAY={screen.environment['DISPLAY']}")
        self._entry = ("chroot", "--userspec=person", str(root.folder), "/usr/bin/env", "-i", *own)

    def start(self) -> None:
        """Start the tray program as a menu does; returns at once."""
        self._process = launch((*self._entry, "tabkeeper"), dict(os.environ), self.log)

    def runs(self) -> bool:
        """Return whether the process that was started goes on; beginning anew keeps it."""
        return self._process is not None and self._process.poll() is None

    def end(self) -> None:
        if self._process is not None:
            end(self._process)

    def broken_checks(self) -> list[str]:
        """Return what the doctor could not look at, as where a module that it needs was not packed."""
        checks = self.ask("doctor", wanted=(0, 1))["checks"]
        return [check["what"] for check in checks if "could not be found out" in check["detail"]]

    def ask(self, *words: str, wanted: tuple[int, ...] = (0,)) -> Any:
        """Return what `tabkeeper WORDS --json` answers."""
        done = subprocess.run(
            (*self._entry, "tabkeeper", *words, "--json"),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode in wanted, done.stderr
        return json.loads(done.stdout)

    def began(self) -> list[str]:
        """Return the versions that the tray program's log says have begun, one after the other."""
        log = self.root.home / ".local" / "state" / "tabkeeper" / "log" / "tabkeeper.log"
        text = log.read_text() if log.exists() else ""
        return [
            line.split("Tabkeeper ")[1].split()[0] for line in text.splitlines() if " begins, on " in line
        ]


@contextmanager
def copied(base: Path, folder: Path) -> Iterator[Root]:
    """Copy a prepared Debian, and let programs run in the copy."""
    subprocess.run(("cp", "-a", "--reflink=auto", base, folder), check=True)
    for name in _FOLDERS:
        subprocess.run(("mount", "--bind", f"/{name}", folder / name), check=True)
    try:
        yield Root(folder)
    finally:
        for name in _FOLDERS:
            subprocess.run(("umount", "--lazy", folder / name), check=True)
