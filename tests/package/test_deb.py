"""The .deb in a bare Debian: it comes, works, is upgraded while it runs, and goes; the times stay."""

import subprocess
from pathlib import Path

import pytest
from tests.desktop.screen import wait_until
from tests.package.conftest import NEWER
from tests.package.root import Installed, Root

from tabkeeper import __version__

pytestmark = pytest.mark.timeout(600)  # a whole Debian is unpacked, and lintian reads every file


def test_lintian_finds_no_error(deb: Path) -> None:
    done = subprocess.run(("lintian", "--fail-on", "error", deb), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("debian", ["debian-12", "debian-13"])
def test_it_installs_works_is_upgraded_while_it_runs_and_leaves_only_the_persons_data(
    root: Root, installed: Installed, deb: Path, newer_deb: Path
) -> None:
    before = root.files()
    root.install(deb)
    assert not {"usr/bin/gcc", "usr/bin/python3"} & root.files(), "the root is not bare"
    installed.start()
    wait_until(installed.screen.tray_icons, "the tray icon")
    assert installed.broken_checks() == []
    started = installed.ask("start", "Review")

    root.install(newer_deb)
    wait_until(lambda: installed.began() == [__version__, NEWER], "the newer version to begin by itself")
    wait_until(installed.screen.tray_icons, "the newer version's tray icon")
    entry = installed.ask("status")["entry"]
    assert (entry["id"], entry["start"]) == (started["id"], started["start"])
    assert installed.runs()

    installed.end()
    root.system("apt-get", "-q", "purge", "--yes", "--autoremove", "tabkeeper")
    assert root.files() - before == set()
    assert (root.home / ".local" / "share" / "tabkeeper" / "tabkeeper.db").exists()
    root.install(deb)
    assert installed.ask("status")["entry"]["id"] == started["id"]
