"""One Windows for all tests of this folder, and a fresh Tabkeeper for each; skipped where there is none."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.desktop.conftest import PROGRAM, pytest_runtest_makereport
from tests.desktop.program import Program
from tests.windows.windows import PATIENCE, Windows, running_windows

__all__ = ["pytest_runtest_makereport"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give Wine the time it takes to start a program, some times over."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(5 * PATIENCE))


@pytest.fixture(scope="session")
def windows() -> Iterator[Windows]:
    if "WINDOWS_PYTHON" not in os.environ:
        pytest.skip("make test-windows prepares a Wine and runs this in it")
    with running_windows() as windows:
        yield windows


@pytest.fixture
def program(windows: Windows, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Program]:
    """A Tabkeeper of its own folder, not started yet."""
    program = windows.program(tmp_path / "home")
    request.node.stash[PROGRAM] = program
    yield program
    program.end()
    # Wine's taskbar takes the icon of an ended program out a while later; the next test would click on it.
    program.wait_for_no_icon()
