"""The folders and files of this program on each platform, and how such a folder or file is made."""

import errno
import os
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

# The shortest limit of the systems we run on for the path of a socket (macOS: 104 bytes with the final zero).
_SOCKET_PATH_LIMIT = 100


class Paths(NamedTuple):
    """Where this program keeps things. On Windows no file is at `socket`, but a pipe is named after it."""

    data: Path
    config: Path
    logs: Path
    socket: Path

    @property
    def database(self) -> Path:
        """The file that holds the time of a person without an account."""
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
    """Return the folders to use: all in `TABKEEPER_HOME` where that is set, else the platform's own.

    The socket is beside the data on every platform, so that whoever works on these data hears of it: a shell
    of cron or over ssh has no runtime folder, and the session's would be another one.
    """
    home = environment.get("TABKEEPER_HOME")
    if home:
        folder = Path(home).expanduser().absolute()
        return Paths(folder, folder, folder / "logs", _socket(folder))
    return _of_xdg(environment) if sys.platform.startswith("linux") else _of_the_platform()


def _of_the_platform() -> Paths:
    from platformdirs import PlatformDirs

    folders = PlatformDirs("tabkeeper", appauthor=False)
    data = folders.user_data_path
    return Paths(data, folders.user_config_path, folders.user_log_path, _socket(data))


def _of_xdg(environment: Mapping[str, str]) -> Paths:
    """Return the folders of the XDG Base Directory Specification.

    They are what platformdirs says, but loading that takes longer than a command of the command line may.
    """

    def base(name: str, otherwise: str) -> Path:
        value = environment.get(name, "")
        return Path(value if os.path.isabs(value) else os.path.expanduser(otherwise)) / "tabkeeper"

    data = base("XDG_DATA_HOME", "~/.local/share")
    config, state = base("XDG_CONFIG_HOME", "~/.config"), base("XDG_STATE_HOME", "~/.local/state")
    return Paths(data, config, state / "log", _socket(data))


def make_private(folder: Path) -> None:
    """Make a folder that only its owner can use, and those above it that are missing; whatever the umask.

    One that is there stays as it is. Raises OSError.
    """
    if not folder.is_dir():
        make_private(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)


def write_whole(path: Path, text: str) -> None:
    """Write a private file that is whole at any moment, the old text or the new. Raises OSError."""
    if not path.name:
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), f"{path}")
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.part")
    unfinished.unlink(missing_ok=True)
    flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
    try:
        with open(os.open(unfinished, flags, 0o600), "w", encoding="utf-8", newline="") as target:
            target.write(text)
            target.flush()
            os.fsync(target.fileno())
        unfinished.replace(path)
    except BaseException:
        with suppress(OSError):
            unfinished.unlink()
        raise


def _socket(data: Path) -> Path:
    """Return the socket's place: beside the data, or under a name of its own where that path is too long."""
    place = data / "tabkeeper.socket"
    if sys.platform == "win32" or len(os.fsencode(place)) <= _SOCKET_PATH_LIMIT:
        return place
    import hashlib  # which loads OpenSSL

    of_these_data = hashlib.blake2s(os.fsencode(data), digest_size=8).hexdigest()
    return Path(f"/tmp/tabkeeper-{os.getuid()}") / of_these_data  # noqa: S108 - the folder is made private
