"""Links under Linux: a desktop entry of the person's own that says which links this program opens.

It is also what lets menus and notifications find the program, where no package has installed such an entry.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tabkeeper.desktop import desktop_entry
from tabkeeper.desktop.links.door import SCHEME

_NAME = "tabkeeper.desktop"
_MIME = f"x-scheme-handler/{SCHEME}"
_PATIENCE = 10


class XdgLinks:
    """One file in the person's applications folder."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        folder = environment.get("XDG_DATA_HOME", "")
        base = Path(folder) if os.path.isabs(folder) else Path("~/.local/share").expanduser()
        self._path = base / "applications" / _NAME

    def switch(self, on: bool) -> None:
        """Be the one that opens our links, or not; raises OSError."""
        text = desktop_entry.entry(
            {
                "Exec": desktop_entry.exec_line("open", "%u"),
                "Comment": "Keeps your time in the tray",
                "Categories": "Office;ProjectManagement;",
                "MimeType": f"{_MIME};",
            }
        )
        if on == self._says(text):
            return
        if on:
            desktop_entry.write(self._path, text)
            _run("xdg-mime", "default", _NAME, _MIME)
        else:
            self._path.unlink(missing_ok=True)
        _run("update-desktop-database", str(self._path.parent))

    def _says(self, text: str) -> bool:
        try:
            return self._path.read_text(encoding="utf-8") == text
        except (OSError, UnicodeDecodeError):
            return False


def _run(program: str, *words: str) -> None:
    """Let the desktop's own tool take notice, where there is one."""
    if shutil.which(program):
        try:
            subprocess.run((program, *words), capture_output=True, timeout=_PATIENCE, check=False)
        except subprocess.TimeoutExpired:
            return
