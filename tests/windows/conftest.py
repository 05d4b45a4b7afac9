"""One Windows for all tests of this folder, and a fresh Tabkeeper for each; skipped where there is none."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.desktop.conftest import PROGRAM, pytest_runtest_makereport
from tests.desktop.program import Program
from tests.windows.windows import Windows

__all__ = ["pytest_runtest_makereport"]


@pytest.fixture(scope="session")
def windows() -> Iterator[Windows]:
    if "WINDOWS_PYTHON" not in os.environ:
        pytest.skip("make test-windows prepares a Wine and runs this in it")
    with Windows() as windows:
        yield windows


@pytest.fixture
def program(windows: Windows, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Program]:
    """A Tabkeeper of its own folder, not started yet."""
    program = windows.program(tmp_path / "home")
    request.node.stash[PROGRAM] = program
    yield program
    program.end()
