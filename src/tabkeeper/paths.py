"""The folders and files of this program on each platform, and how such a folder is made."""

import hashlib
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

# The shortest limit of the systems we run on for the path of a socket (macOS: 104 bytes with the final zero).
_SOCKET_PATH_LIMIT = 100


class Paths(NamedTuple):
    """Where this program keeps things. `socket` is a pipe's name on Windows."""

    data: Path
    config: Path
    logs: Path
    socket: Path

    @property
    def database(self) -> Path:
        """The one file that holds all time."""
        return self.data / "tabkeeper.db"

    @property
    def settings(self) -> Path:
        """The settings, as TOML that a person can read."""
        return self.config / "settings.toml"

    @property
    def log(self) -> Path:
        """The log of the tray program."""
        return self.logs / "tabkeeper.log"


def find_paths(environment: Mapping[str, str]) -> Paths:
    """Return the folders to use: all in `TABKEEPER_HOME` where that is set, else the platform's own."""
    home = environment.get("TABKEEPER_HOME")
    if home:
        folder = Path(home).expanduser().absolute()
        return Paths(folder, folder, folder / "logs", _socket(folder, folder))
    from platformdirs import PlatformDirs  # 30 ms that a home of one's own need not pay

    folders = PlatformDirs("tabkeeper", appauthor=False)
    data = folders.user_data_path
    return Paths(
        data, folders.user_config_path, folders.user_log_path, _socket(folders.user_runtime_path, data)
    )


def make_private(folder: Path) -> None:
    """Make a folder that only its owner can use, and those above it that are missing; whatever the umask.

    One that is there stays as it is. Raises OSError.
    """
    if not folder.is_dir():
        make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def _socket(folder: Path, data: Path) -> Path:
    """Return the socket's place: in `folder`, or under a name of its own where that path is too long."""
    of_these_data = hashlib.blake2s(os.fsencode(data), digest_size=8).hexdigest()
    if sys.platform == "win32":
        return Path(rf"\\.\pipe\tabkeeper-{of_these_data}")
    place = folder / "tabkeeper.socket"
    if len(os.fsencode(place)) <= _SOCKET_PATH_LIMIT:
        return place
    return Path(f"/tmp/tabkeeper-{os.getuid()}") / of_these_data  # noqa: S108 - the folder is made private
