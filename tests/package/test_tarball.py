"""The tarball's install.sh in a home: for one person, without rights, again while it runs, and away again."""

import os
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.desktop.program import Program
from tests.desktop.screen import Screen, launch, wait_until

from tabkeeper import __version__


class AtHome(Program):
    """The program that is installed in a home of its own."""

    def __init__(self, screen: Screen, home: Path) -> None:
        super().__init__(screen, home)
        self.home = home
        self.environment = {
            "HOME": str(home),
            "PATH": os.environ["PATH"],
            "DISPLAY": screen.environment["DISPLAY"],
        }
        self.command = str(home / ".local" / "bin" / "tabkeeper")

    def start(self) -> None:
        self.process = launch((self.command,), self.environment, self.log)

    def run(self, *words: str, said: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            (self.command, *words),
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            input=said,
        )

    def install(self, folder: Path, *words: str) -> str:
        """Run the script that came with it; returns what it said."""
        script = (str(folder / "install.sh"), *words, "--user")
        return subprocess.run(script, env=self.environment, capture_output=True, text=True, check=True).stdout

    def began(self) -> int:
        """Return how often the tray program has begun, by its log."""
        log = self.home / ".local" / "state" / "tabkeeper" / "log" / "tabkeeper.log"
        return log.read_text().count(f"Tabkeeper {__version__} begins, on ") if log.exists() else 0


@pytest.fixture
def folder(tarball: Path, tmp_path: Path) -> Path:
    """The tarball, unpacked."""
    with tarfile.open(tarball) as packed:
        packed.extractall(tmp_path, filter="tar")
    return tmp_path / tarball.name.removesuffix(".tar.xz")


@pytest.fixture
def at_home(screen: Screen, tmp_path: Path) -> Iterator[AtHome]:
    home = tmp_path / "home of R&D"
    home.mkdir()
    program = AtHome(screen, home)
    yield program
    program.end()


def test_it_installs_works_is_replaced_while_it_runs_and_leaves_only_the_persons_data(
    at_home: AtHome, folder: Path
) -> None:
    assert f"tabkeeper {__version__}" in at_home.install(folder)
    entry = at_home.home / ".local" / "share" / "applications" / "tabkeeper.desktop"
    subprocess.run(("desktop-file-validate", entry), check=True)
    known = entry.with_name("mimeinfo.cache").read_text(encoding="utf-8")
    assert "x-scheme-handler/tabkeeper=tabkeeper.desktop;" in known
    at_home.start()
    at_home.icon()
    started = at_home.ask("start", "Review")

    at_home.install(folder)
    wait_until(lambda: at_home.began() == 2, "the program to begin anew by itself")
    assert at_home.ask("status")["entry"]["start"] == started["start"]
    assert at_home.pid

    running = at_home.process
    at_home.install(at_home.home / ".local" / "lib" / "tabkeeper", "--uninstall")
    wait_until(lambda: running is not None and running.poll() == 0, "the program to have ended")
    left = {path.relative_to(at_home.home).as_posix() for path in at_home.home.rglob("*") if path.is_file()}
    assert {
        path for path in left if not path.startswith((".local/share/tabkeeper/", ".local/state/tabkeeper/"))
    } == set()
    assert ".local/share/tabkeeper/tabkeeper.db" in left


def test_a_command_loads_nothing_of_qt(at_home: AtHome, folder: Path) -> None:
    at_home.install(folder)
    at_home.environment["LD_DEBUG"] = "files"
    loaded = at_home.run("status").stderr
    assert "libpython" in loaded
    assert "libQt6" not in loaded


def test_the_copy_that_stays_only_uninstalls_and_what_was_in_the_place_before_stays(
    at_home: AtHome, folder: Path
) -> None:
    beside = at_home.home / ".local" / "share" / "man" / "man1" / "other.1"
    beside.parent.mkdir(parents=True)
    beside.touch()
    at_home.install(folder)
    with pytest.raises(subprocess.CalledProcessError) as refused:
        at_home.install(at_home.home / ".local" / "lib" / "tabkeeper")
    assert refused.value.stderr == "This copy only uninstalls: call it with --uninstall.\n"
    at_home.install(at_home.home / ".local" / "lib" / "tabkeeper", "--uninstall")
    assert [path for path in at_home.home.rglob("*") if path.is_file()] == [beside]
