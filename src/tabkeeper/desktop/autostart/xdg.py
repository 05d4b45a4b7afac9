"""Start with the session by the XDG Autostart specification, which GNOME, KDE, Xfce and their like follow."""

import os
from collections.abc import Mapping
from pathlib import Path

from tabkeeper.desktop import desktop_entry
from tabkeeper.desktop.autostart.door import AutostartTrouble

_NAME = "tabkeeper.desktop"


class XdgAutostart:
    """One file in the person's autostart folder; other programs may have switched it off in there."""

    def __init__(self, environment: Mapping[str, str] = os.environ) -> None:
        folder = environment.get("XDG_CONFIG_HOME", "")
        base = Path(folder) if os.path.isabs(folder) else Path("~/.config").expanduser()
        self._path = base / "autostart" / _NAME

    def is_on(self) -> bool:
        """Return whether the session will start the program."""
        fields = desktop_entry.fields_of(self._path)
        if fields is None or fields.get("Hidden", "").lower() == "true":
            return False
        return fields.get("X-GNOME-Autostart-enabled", "").lower() != "false"

    def switch(self, on: bool) -> None:
        """Let the session start the program, or not; raises `AutostartTrouble`."""
        try:
            if on:
                fields = {"Exec": desktop_entry.exec_line(), "Comment": "Keeps your time in the tray"}
                desktop_entry.write(self._path, desktop_entry.entry(fields))
            else:
                self._path.unlink(missing_ok=True)
        except OSError as error:
            raise AutostartTrouble(
                f"{self._path} could not be changed ({error.strerror or error}), so the start with your "
                "session stays as it was."
            ) from error
