"""What every package holds: no more than was promised, and the licence of each part."""

import subprocess
import tarfile
from pathlib import Path

import pytest

INSTALLED, TO_DOWNLOAD = 100e6, 32e6
"""Bytes that a package may take at most."""


def sizes_below(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if path.is_symlink() or path.is_file())


@pytest.fixture(params=["deb", "built_rpm", "tarball"])
def package(request: pytest.FixtureRequest) -> Path:
    package: Path = request.getfixturevalue(request.param)
    return package


@pytest.fixture
def unpacked(package: Path, tmp_path: Path) -> Path:
    """The files of a package."""
    if package.suffix == ".deb":
        subprocess.run(("dpkg-deb", "--extract", package, tmp_path), check=True)
    elif package.suffix == ".rpm":
        words = f"rpm2archive - <'{package}' | tar --extract --gzip"
        subprocess.run(words, shell=True, cwd=tmp_path, check=True)
    else:
        with tarfile.open(package) as packed:
            packed.extractall(tmp_path, filter="tar")
    return tmp_path


def test_a_package_is_as_small_as_was_promised(package: Path, unpacked: Path) -> None:
    assert package.stat().st_size <= TO_DOWNLOAD
    assert sizes_below(unpacked) <= INSTALLED


def test_a_package_has_the_icon_in_every_size(unpacked: Path) -> None:
    [theme] = unpacked.rglob("share/icons/hicolor")
    sides = {f"{side}x{side}" for side in (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)}
    drawn = {path.parts[-3]: path.name for path in theme.rglob("*") if path.is_file()}
    assert drawn == dict.fromkeys(sides, "tabkeeper.png") | {
        "scalable": "tabkeeper.svg",
        "symbolic": "tabkeeper-symbolic.svg",
    }


def test_a_package_has_a_license_text_of_each_part(unpacked: Path) -> None:
    [licenses] = unpacked.rglob("_internal/licenses")
    internal = licenses.parent
    packages = {path.name for path in internal.iterdir() if path.is_dir()}
    told = {path.name for path in licenses.iterdir() if path.is_dir() and any(path.iterdir())}
    assert {"httpx", "keyring", "msgspec", "qasync"} <= packages & told
    assert {"python", "pyside6-essentials", "icu", "pyinstaller", "cffi"} <= told
    assert (licenses / "pyside6-essentials" / "LGPL-3.0.txt").exists()
    for path in internal.glob("*.dist-info"):
        assert path.name.partition("-")[0].replace("_", "-").replace(".", "-").lower() in told
    [copyright_file] = unpacked.rglob("doc/tabkeeper/copyright")
    text = copyright_file.read_text(encoding="utf-8")
    for name in ("httpx", "PySide6", "msgspec"):
        assert f"usr/lib/tabkeeper/_internal/{name}*" in text
