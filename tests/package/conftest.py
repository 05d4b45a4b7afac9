"""The built packages, and a newer .deb; skipped where `make test-package` has not prepared for it."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.desktop.screen import Screen
from tests.package.root import Installed, Root, copied
from tests.test_house import ROOT

from tabkeeper import __version__

NEWER = "9.9.9"
DIST = ROOT / "dist"
_FREEZING_PYTHON = ROOT / "build" / "freeze" / "venv" / "bin" / "python"


def make_newer(tree: Path) -> None:
    """Make the program in a package's tree say that it is a newer one."""
    module = tree / "lib" / "tabkeeper" / "_internal" / "tabkeeper" / "__init__.pyc"
    source = (ROOT / "src" / "tabkeeper" / "__init__.py").read_text().replace(__version__, NEWER)
    compiled = "import py_compile, sys; py_compile.compile(*sys.argv[1:], doraise=True)"
    text = module.with_suffix(".py")
    text.write_text(source)
    subprocess.run((_FREEZING_PYTHON, "-c", compiled, text, module), check=True)
    text.unlink()


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    with Screen() as screen:
        yield screen


def _built(pattern: str) -> Path:
    if "DEBIAN_ROOTS" not in os.environ:
        pytest.skip("make test-package builds the packages and tests them")
    (package,) = DIST.glob(pattern)
    return package


@pytest.fixture(scope="session")
def deb() -> Path:
    return _built(f"tabkeeper_{__version__}_*.deb")


@pytest.fixture(scope="session")
def built_rpm() -> Path:
    return _built(f"tabkeeper-{__version__}-*.rpm")


@pytest.fixture(scope="session")
def tarball() -> Path:
    return _built(f"tabkeeper-{__version__}-linux-*.tar.xz")


@pytest.fixture(scope="session")
def newer_deb(deb: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("newer")
    tree, made = folder / "tree", folder / deb.name.replace(__version__, NEWER)
    subprocess.run(("dpkg-deb", "-R", deb, tree), check=True)
    make_newer(tree / "usr")
    control = tree / "DEBIAN" / "control"
    control.write_text(control.read_text().replace(f"Version: {__version__}", f"Version: {NEWER}"))
    subprocess.run(("dpkg-deb", "--root-owner-group", "-Znone", "--build", tree, made), check=True, stdout=-3)
    shutil.rmtree(tree)
    return made


@pytest.fixture
def debian() -> str:
    """Which Debian a test is in; it may be asked for another one."""
    return "debian-12"


@pytest.fixture
def root(tmp_path: Path, deb: Path, debian: str) -> Iterator[Root]:
    with copied(Path(os.environ["DEBIAN_ROOTS"]) / debian, tmp_path / "root") as root:
        yield root


@pytest.fixture
def installed(root: Root, screen: Screen) -> Iterator[Installed]:
    program = Installed(root, screen)
    yield program
    program.end()
