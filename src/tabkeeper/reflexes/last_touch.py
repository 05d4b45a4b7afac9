"""The last touch, kept as the time stamp of an empty file, to be known after a crash or a power cut."""

import os
from datetime import UTC, datetime
from pathlib import Path


class LastTouch:
    """Written while a timer runs, once a minute at most; never flushed to the disk at any cost."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> datetime | None:
        """Return the last touch of an earlier run; None where that ended with nobody wanting to be asked."""
        try:
            return datetime.fromtimestamp(int(self._path.stat().st_mtime), UTC)
        except (OSError, OverflowError, ValueError):
            return None

    def keep(self, touched: datetime) -> None:
        """Keep the last touch; where it cannot be kept, a crash will not be asked about."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._path.touch(mode=0o600)
            os.utime(self._path, (touched.timestamp(), touched.timestamp()))
        except OSError:
            return

    def forget(self) -> None:
        """Let the next start ask nothing."""
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            return
