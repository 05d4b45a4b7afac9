"""The frozen app beside a bare tray frozen by the same rules, and its start beside the one from source."""

import subprocess
import sys
from pathlib import Path

from tests.bench import command_line, desktop
from tests.bench.stopwatch import Figure, in_turns, table
from tests.desktop.screen import Screen
from tests.test_house import ROOT

APP = ROOT / "build" / "app" / "tabkeeper"
_PYTHON = ROOT / "build" / "freeze" / "venv" / "bin" / "python"
_SOURCE = (sys.executable, "-m", "tabkeeper")
_ROUNDS = 9


def measured(folder: Path) -> str:
    """Return sizes and times; of nothing, where the app is not built."""
    if not APP.is_dir():
        return "The frozen app was not measured; make package builds it."
    return "\n".join((*_sizes(_bare_tray(folder)), table(_starts(folder))))


def _bare_tray(folder: Path) -> Path:
    words = ("--log-level", "ERROR", "--distpath", folder / "dist", "--workpath", folder / "work")
    spec = Path(__file__).with_name("bare_tray.spec")
    subprocess.run((_PYTHON, "-m", "PyInstaller", *words, spec), check=True, capture_output=True)
    return folder / "dist" / "bare-tray"


def _sizes(bare: Path) -> list[str]:
    lines = []
    for what, size in (("installed", _installed), ("to download, as .tar.xz", _packed)):
        app, floor = size(APP) / 1e6, size(bare) / 1e6
        lines.append(
            f"{what:44} {app:6.1f} MB {floor:6.1f} MB {app / floor:6.2f}x   floor: a bare tray, frozen"
        )
    return lines


def _installed(folder: Path) -> int:
    return sum(path.lstat().st_size for path in folder.rglob("*") if not path.is_dir() or path.is_symlink())


def _packed(folder: Path) -> int:
    words = f"tar --create --directory '{folder}' . | xz -6 --threads=0 | wc --bytes"
    return int(subprocess.run(words, shell=True, check=True, capture_output=True).stdout)


def _starts(folder: Path) -> list[Figure]:
    frozen = (str(APP / "tabkeeper"),)
    with Screen(size="800x600") as screen:
        trays = in_turns(
            {
                "frozen": lambda: desktop.start_to_tray(screen, frozen, folder / "of the frozen"),
                "source": lambda: desktop.start_to_tray(screen, _SOURCE, folder / "of the source"),
            },
            _ROUNDS,
        )
    words = in_turns(
        {
            "frozen": lambda: command_line.seconds((*frozen, "status"), folder / "of the frozen"),
            "source": lambda: command_line.seconds((*_SOURCE, "status"), folder / "of the source"),
        },
        _ROUNDS,
    )
    return [
        Figure(
            "start of the frozen app until its icon is painted", trays["frozen"], "source", trays["source"]
        ),
        Figure("the frozen tabkeeper status", words["frozen"], "from source", words["source"]),
    ]
