"""One desktop for all tests of this folder, a fresh Tabkeeper for each, and a picture when one fails."""

import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import pytest
from tests.desktop.program import Program
from tests.desktop.screen import Screen

PROGRAM = pytest.StashKey[Program]()


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    if not sys.platform.startswith("linux"):
        pytest.skip("X, tint2 and xdotool are Linux's")
    with Screen() as screen:
        yield screen


@pytest.fixture
def program(screen: Screen, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Program]:
    """A Tabkeeper of its own folder, not started yet."""
    program = Program(screen, tmp_path / "home")
    request.node.stash[PROGRAM] = program
    yield program
    program.end()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the program's output and a picture of the screen to the report of a test that failed."""
    report = yield
    program = item.stash.get(PROGRAM, None)
    if program and call.when == "call" and report.failed:
        picture = program.log.with_suffix(".png")
        program.screen.picture().save(picture)
        log = program.log.read_text() if program.log.exists() else ""
        report.sections += [("What Tabkeeper said", log), ("What was on the screen", str(picture))]
    return report
