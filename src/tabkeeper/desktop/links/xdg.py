"""Links under Linux: a desktop entry of the person's own that says which links this program opens.

It is also what lets menus and notifications find the program. Where a package has installed such an entry for
everybody, that one does it all; the person's own, which goes before it, is only there to say no.
"""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tabkeeper.desktop import desktop_entry
from tabkeeper.desktop.links.door import SCHEME
from tabkeeper.desktop.own_command import own_command

_NAME = "tabkeeper.desktop"
_MIME = f"x-scheme-handler/{SCHEME}"
_PATIENCE = 10


class XdgLinks:
    """One file in the person's applications folder."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        folder = environment.get("XDG_DATA_HOME", "")
        base = Path(folder) if os.path.isabs(folder) else Path("~/.local/share").expanduser()
        self._path = base / "applications" / _NAME
        folders = environment.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
        self._of_everybody = [
            Path(folder) / "applications" / _NAME for folder in folders.split(":") if folder
        ]

    def switch(self, on: bool) -> None:
        """Be the one that opens our links, or not; raises OSError."""
        is_packaged = any(path.exists() for path in self._of_everybody)
        if on and not is_packaged and self._is_installed():
            return
        wanted = _entry(opens_links=on) if on != is_packaged else None
        if wanted == self._text():
            return
        if wanted is None:
            self._path.unlink(missing_ok=True)
        else:
            desktop_entry.write(self._path, wanted)
        if on:
            _run("xdg-mime", "default", _NAME, _MIME)
        _run("update-desktop-database", str(self._path.parent))

    def _is_installed(self) -> bool:
        """Return whether the entry there opens our links: ours does, and the tarball's, which says more."""
        fields = desktop_entry.fields_of(self._path) or {}
        return fields.get("TryExec") == own_command()[0] and _MIME in fields.get("MimeType", "")

    def _text(self) -> str | None:
        try:
            return self._path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None


def _entry(*, opens_links: bool) -> str:
    fields = {
        "Exec": desktop_entry.exec_line("open", "%u"),
        "Comment": "Keeps your time in the tray",
        "Categories": "Office;ProjectManagement;",
    }
    return desktop_entry.entry(fields | ({"MimeType": f"{_MIME};"} if opens_links else {}))


def _run(program: str, *words: str) -> None:
    """Let the desktop's own tool take notice, where there is one."""
    if shutil.which(program):
        try:
            subprocess.run((program, *words), capture_output=True, timeout=_PATIENCE, check=False)
        except subprocess.TimeoutExpired:
            return
