"""The built installer and a newer one, and a Windows for each test; skipped where there is no Wine."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.package_windows.installed import Installed
from tests.test_house import ROOT
from tests.windows.windows import PATIENCE, running_windows

from tabkeeper import __version__

NEWER = "9.9.9"
BUILT = ROOT / "build" / "windows"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give Wine the time it takes."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(10 * PATIENCE))


@pytest.fixture(scope="session")
def installer() -> Path:
    if "WINDOWS_PYTHON" not in os.environ:
        pytest.skip("make test-package-windows prepares a Wine, builds the installer, and tests it")
    return BUILT / f"tabkeeper-{__version__}-setup.exe"


@pytest.fixture(scope="session")
def app(installer: Path) -> Path:
    """The folder that is in the installer."""
    return BUILT / "app" / "tabkeeper"


@pytest.fixture(scope="session")
def newer_installer(app: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, but for a program that says it is a newer one."""
    folder = tmp_path_factory.mktemp("newer")
    newer, made = folder / "app", folder / f"tabkeeper-{NEWER}-setup.exe"
    shutil.copytree(app, newer)
    source = folder / "__init__.py"
    source.write_text((ROOT / "src" / "tabkeeper" / "__init__.py").read_text().replace(__version__, NEWER))
    compiling = "import py_compile, sys; print(py_compile.compile(*sys.argv[1:], doraise=True))"
    module = newer / "_internal" / "tabkeeper" / "__init__.pyc"
    python = (os.environ["WINE"], os.environ["WINDOWS_PYTHON"])
    subprocess.run(
        (*python, "-c", compiling, source, module), stdin=subprocess.DEVNULL, capture_output=True, check=True
    )
    pictures = BUILT / "work" / "tabkeeper"
    pack = ROOT / "packaging" / "windows" / "pack.sh"
    subprocess.run(
        (pack, newer, pictures, "amd64-unicode", made), env=os.environ | {"VERSION": NEWER}, check=True
    )
    shutil.rmtree(newer)
    return made


@pytest.fixture
def installed(installer: Path) -> Iterator[Installed]:
    with running_windows() as windows:
        yield Installed(windows)
