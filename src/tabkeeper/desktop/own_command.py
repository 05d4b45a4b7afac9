"""How this very program is started again: by the system at the next session, or for a link."""

import os
import sys
from pathlib import Path


def own_command() -> tuple[str, ...]:
    """Return the words that start this program: the frozen one, or this Python with this package."""
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    return (_without_console(Path(sys.executable)), "-m", "tabkeeper")


def _without_console(python: Path) -> str:
    """Return the Python that opens no console window, where there are two."""
    quiet = python.with_name("pythonw.exe")
    return str(quiet if os.name == "nt" and quiet.exists() else python)
