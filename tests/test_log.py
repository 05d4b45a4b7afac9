"""The log is private, small, and holds no word of what a person tracked."""

import logging
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tabkeeper.log import begin_log


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "logs" / "tabkeeper.log"


@pytest.fixture(autouse=True)
def _as_it_was_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    yield
    for handler in set(root.handlers) - set(handlers):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def test_an_error_is_written_with_where_it_came_from_and_without_its_text(path: Path) -> None:
    begin_log(path)
    try:
        try:
            raise KeyError("Secret client")
        except KeyError as error:
            raise ValueError("Secret plan") from error
    except ValueError:
        logging.getLogger("tabkeeper.ui").exception("A change failed")
    text = path.read_text()
    assert "A change failed" in text
    assert "test_log.py" in text
    assert "builtins.ValueError" in text
    assert "builtins.KeyError" in text
    assert "Secret" not in text


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no permission bits")
def test_the_log_and_its_folder_are_private_also_when_it_has_turned_over(path: Path) -> None:
    begin_log(path)
    for _ in range(300):
        logging.getLogger("tabkeeper").info("x" * 2_000)
    files = sorted(path.parent.iterdir())
    assert [file.name for file in files] == ["tabkeeper.log", "tabkeeper.log.1"]
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_an_error_that_nobody_expected_is_logged_and_still_seen(path: Path) -> None:
    script = (
        f"from pathlib import Path; from tabkeeper.log import begin_log; begin_log(Path({str(path)!r})); 1/0"
    )
    done = subprocess.run((sys.executable, "-c", script), capture_output=True, text=True, check=False)
    assert "ZeroDivisionError: division by zero" in done.stderr
    assert "builtins.ZeroDivisionError" in path.read_text()


def test_without_a_place_for_the_log_the_program_goes_on(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path.parent.write_text("a file in the folder's place")
    begin_log(path)
    assert "goes on without its log" in capsys.readouterr().err
