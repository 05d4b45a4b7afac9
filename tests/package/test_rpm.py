"""The .rpm, installed by rpm into a Debian that has the libraries; replaced while it runs, and removed."""

import subprocess
from pathlib import Path

from tests.desktop.screen import wait_until
from tests.package.root import Installed, Root

from tabkeeper import __version__


def rpm(root: Root, *words: str | Path) -> None:
    """Let this computer's rpm work in the root; the packages there are Debian's, so it asks for none."""
    subprocess.run(("rpm", "--root", root.folder, "--nodeps", *words), check=True, capture_output=True)


def test_it_installs_works_is_replaced_while_it_runs_and_leaves_only_the_persons_data(
    root: Root, installed: Installed, deb: Path, built_rpm: Path
) -> None:
    root.install_what_is_needed_by(deb)
    before = root.files()
    rpm(root, "--install", built_rpm)
    installed.start()
    wait_until(installed.screen.tray_icons, "the tray icon")
    started = installed.ask("start", "Review")

    rpm(root, "--upgrade", "--replacepkgs", built_rpm)
    wait_until(lambda: installed.began() == [__version__] * 2, "the program to begin anew by itself")
    assert installed.ask("status")["entry"]["start"] == started["start"]
    assert installed.runs()

    installed.end()
    rpm(root, "--erase", "tabkeeper")
    assert root.files() - before == set()
    assert (root.home / ".local" / "share" / "tabkeeper" / "tabkeeper.db").exists()


def test_it_requires_no_library_that_it_brings_along(built_rpm: Path) -> None:
    words = ("rpm", "--query", "--package", "--requires", built_rpm)
    required = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert "libxcb-cursor.so.0" in required
    assert not [line for line in required.splitlines() if line.startswith(("libQt6", "libicu", "libpython"))]


def test_it_names_the_license_of_each_part(built_rpm: Path, tmp_path: Path) -> None:
    words = ("rpm", "--query", "--package", "--queryformat", "%{LICENSE} | %{BUILDHOST}", built_rpm)
    said, _, builder = subprocess.run(words, capture_output=True, text=True, check=True).stdout.partition(
        " | "
    )
    unpacked = f"rpm2archive - <'{built_rpm}' | tar --extract --gzip"
    subprocess.run(unpacked, shell=True, cwd=tmp_path, check=True)
    [told] = tmp_path.rglob("licenses/README.txt")
    licenses = {
        line.strip().partition(",")[0] for line in told.read_text().splitlines() if line[:4] == "    "
    }
    names = {name for each in licenses - {"see there"} for name in each.split(" OR ")[:1]}
    assert names <= {*said.split(" AND ")}
    assert builder == "localhost"
