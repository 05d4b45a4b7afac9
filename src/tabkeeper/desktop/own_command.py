"""How this very program is started again: by the system at the next session, or for a link."""

import sys
from pathlib import Path


def own_command() -> tuple[str, ...]:
    """Return the words that start this program: the frozen one, or this Python with this package."""
    program = _without_console(Path(sys.executable))
    return (program,) if getattr(sys, "frozen", False) else (program, "-m", "tabkeeper")


def _without_console(program: Path) -> str:
    """Return what does the same and opens no console window, where Windows has two of a program."""
    quiet = {"python.exe": "pythonw.exe", "tabkeeper.exe": "tabkeeper-tray.exe"}.get(program.name.lower())
    return str(program.with_name(quiet) if quiet and program.with_name(quiet).exists() else program)
