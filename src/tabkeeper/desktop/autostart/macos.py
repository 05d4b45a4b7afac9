"""Start with the session under macOS: a launch agent of the person's own, which launchd reads at login."""

import plistlib
from pathlib import Path

from tabkeeper.desktop.autostart.door import AutostartTrouble
from tabkeeper.desktop.own_command import own_command

_LABEL = "app.tabkeeper"


class LaunchAgent:
    """One property list in the person's LaunchAgents folder."""

    def __init__(self, folder: Path | None = None) -> None:
        self._path = (folder or Path("~/Library/LaunchAgents").expanduser()) / f"{_LABEL}.plist"

    def is_on(self) -> bool:
        """Return whether the session will start the program."""
        try:
            return not plistlib.loads(self._path.read_bytes()).get("Disabled", False)
        except (OSError, plistlib.InvalidFileException, ValueError):
            return False

    def switch(self, on: bool) -> None:
        """Let the session start the program, or not; raises `AutostartTrouble`."""
        agent = {
            "Label": _LABEL,
            "ProgramArguments": list(own_command()),
            "RunAtLoad": True,
            "ProcessType": "Interactive",
        }
        try:
            if on:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._path.write_bytes(plistlib.dumps(agent))
            else:
                self._path.unlink(missing_ok=True)
        except OSError as error:
            raise AutostartTrouble(
                f"{self._path} could not be changed ({error.strerror or error}), so the start with your "
                "session stays as it was."
            ) from error
