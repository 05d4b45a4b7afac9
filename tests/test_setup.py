"""What the setup promises: locks that fix every byte, and a list of libraries that is Qt's own."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import PySide6
import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

PACKAGING = Path(__file__).parent.parent / "packaging"
LOCKS = sorted((PACKAGING / "locks").glob("*.txt"))
LIBRARIES_OF_C = {"libc.so.6", "libdl.so.2", "libm.so.6", "libpthread.so.0", "libresolv.so.2", "librt.so.1"}


def locked(lock: str) -> dict[str, str]:
    """Return version by name (and marker, where one package has several)."""
    text = (PACKAGING / "locks" / f"{lock}.txt").read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


@pytest.mark.parametrize("lock", [path.stem for path in LOCKS])
def test_a_lock_fixes_every_byte_and_names_no_place_to_get_it(lock: str) -> None:
    text = (PACKAGING / "locks" / f"{lock}.txt").read_text(encoding="utf-8")
    wishes = text.replace("\\\n", " ").splitlines()
    assert wishes
    assert not [wish for wish in wishes if not re.match(r"[\w.-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", wish)]
    assert "://" not in text
    assert "--index" not in text


@pytest.mark.parametrize("lock", ["app", "build", "freeze", "release", "server", "windows"])
def test_the_locks_agree_with_what_the_tests_run_on(lock: str) -> None:
    tested, wanted = locked("dev"), locked(lock)
    assert {name: version for name, version in wanted.items() if tested.get(name, version) != version} == {}


def test_windows_is_frozen_by_what_the_other_systems_are_frozen_by() -> None:
    freezing, there = locked("freeze"), locked("windows")
    assert {name: version for name, version in freezing.items() if there.get(name, version) != version} == {}
    assert "pyinstaller" in there


def libraries_beneath(*files: Path) -> set[str]:
    """Return the names of all libraries that `files` need, and those that these need."""
    answer = subprocess.run(("ldd", *files), capture_output=True, text=True, check=False).stdout
    return {line.split()[0] for line in answer.splitlines() if "=>" in line}


def known_libraries() -> dict[str, Path]:
    """Return where the system keeps each library, by name; the first one counts, as for the loader."""
    answer = subprocess.run(("/sbin/ldconfig", "-p"), capture_output=True, text=True, check=True).stdout
    lines = [line.split() for line in answer.splitlines() if "=>" in line]
    return {words[0]: Path(words[-1]) for words in reversed(lines)}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere Qt brings all it needs")
def test_the_setup_knows_every_library_that_qt_needs_and_does_not_bring() -> None:
    packages = [Path(package.__path__[0]) for package in (PySide6, shiboken6)]
    brought = {path.name for package in packages for path in package.rglob("*.so*")}
    plugins = packages[0] / "Qt" / "plugins"
    used = ["platforms/libqxcb.so", "platforms/libqwayland.so", "tls/libqopensslbackend.so"]
    used += [f"{folder}/*.so" for folder in ("xcbglintegrations", "wayland-*client", "wayland-shell-*")]
    needed = libraries_beneath(*(path for pattern in used for path in plugins.glob(pattern)))

    lines = (PACKAGING / "dev" / "needs-run.txt").read_text(encoding="utf-8").splitlines()
    listed = {line.split()[1] for line in lines if line.startswith("lib ")}
    beneath = libraries_beneath(*(known_libraries()[name] for name in listed))
    assert needed - brought - listed - beneath - LIBRARIES_OF_C == set()


def test_the_toolkit_does_not_miscount_none() -> None:
    """PySide6 6.12 gave None away at each of these calls, so that Python 3.11 aborted after some hours."""
    picture = QImage(4, 4, QImage.Format.Format_ARGB32)
    painter = QPainter(picture)
    before = sys.getrefcount(None)
    for _ in range(1000):
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(1, 2, 3))
    after = sys.getrefcount(None)
    painter.end()
    assert abs(after - before) < 100


# What it says where it can go no further


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout whose app needs a library that no system has."""
    shutil.copytree(PACKAGING, tmp_path / "packaging", ignore=shutil.ignore_patterns("__pycache__"))
    needs = tmp_path / "packaging" / "dev" / "needs-run.txt"
    needs.write_text("lib libnowhere.so.9 libnowhere9\n", encoding="utf-8")
    return tmp_path


def set_up(checkout: Path, *without: str, **programs: str) -> subprocess.CompletedProcess[str]:
    """Run the setup where only the usual programs exist, some of them replaced by lines of shell."""
    path = checkout / "bin"
    path.mkdir()
    usual = {"sh", "cat", "cksum", "dirname", "basename", "awk", "sort", "uname", "id", "apt-get"} - {
        *without
    }
    for name in usual - {*programs}:
        (path / name).symlink_to(shutil.which(name) or "/bin/true")
    for name, line in {"python3": f'exec {sys.executable} "$@"', **programs}.items():
        (path / name).write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        (path / name).chmod(0o755)
    words = (checkout / "packaging" / "dev" / "setup.sh", "run")
    return subprocess.run(words, env={"PATH": str(path)}, capture_output=True, text=True, check=False)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere Qt brings all it needs")
def test_somebody_who_may_not_install_packages_is_told_the_command_once(checkout: Path) -> None:
    done = set_up(checkout, id="echo 1000")
    assert done.returncode == 1
    assert done.stderr.count("libnowhere9") == 1
    assert "sudo apt-get install libnowhere9" in done.stderr
    assert not (checkout / ".venv").exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere Qt brings all it needs")
def test_where_there_is_no_apt_the_missing_library_is_named(checkout: Path) -> None:
    done = set_up(checkout, "apt-get")
    assert done.returncode == 1
    assert "libnowhere.so.9" in done.stderr


def test_an_old_python_is_named_with_the_way_out(checkout: Path) -> None:
    old = 'test "$1" = -V && echo Python 3.10.12; exit 1'
    done = set_up(checkout, python3=old)
    assert done.returncode == 1
    assert "Python 3.11 or newer, and python3 is Python 3.10.12" in done.stderr
    assert "make run PYTHON=" in done.stderr
