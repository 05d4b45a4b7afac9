"""One Plasma for all tests of this folder, and a fresh Tabkeeper for each; skipped where there is none."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.program_process import ProgramProcess
from tests.wayland.plasma import Plasma, running_plasma


@pytest.fixture(scope="session")
def plasma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Plasma]:
    root = os.environ.get("PLASMA_ROOT")
    if not root:
        pytest.skip("make test-wayland prepares a Plasma and runs this in it")
    home = tmp_path_factory.mktemp("plasma") / "home"
    home.mkdir()
    with running_plasma(Path(root), home) as plasma:
        yield plasma


@pytest.fixture
def program(plasma: Plasma, tmp_path: Path) -> Iterator[ProgramProcess]:
    """A Tabkeeper of its own folder, not started yet."""
    home = tmp_path / "home"
    program = ProgramProcess(plasma.environment | {"TABKEEPER_HOME": str(home)}, home.with_suffix(".log"))
    yield program
    program.end()
