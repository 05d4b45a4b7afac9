"""Notices under Linux that a package has put another version in the place of the program that runs.

What is loaded stays in memory, but what is loaded later would come from the other version, and its command
line may have a newer form of the file. So the program begins anew, as soon as none of its windows is open.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

QUIET = 3_000
"""Milliseconds without a change after which a package's files are taken to be all there."""


class Renewal(QObject):
    """Watches a program's file from its making on; `due` is emitted once."""

    due = Signal()

    def __init__(self, program: Path, quiet: int = QUIET) -> None:
        super().__init__()
        self.is_due = False
        self._program, self._running = program, _identity(program)
        # The folder tells of a file that is not there for a moment, too.
        self._watcher = QFileSystemWatcher([str(program.parent), str(program)], self)
        self._settling = QTimer(self, interval=quiet, singleShot=True)
        self._settling.timeout.connect(self._look)
        self._watcher.directoryChanged.connect(self._wait)
        self._watcher.fileChanged.connect(self._wait)

    @Slot()
    def _wait(self) -> None:
        if not self.is_due:
            self._settling.start()

    @Slot()
    def _look(self) -> None:
        now = _identity(self._program)
        if now is None or now == self._running:
            return  # it was taken away, or somebody only looked after it
        if any(window.isVisible() and window.title() for window in QGuiApplication.topLevelWindows()):
            self._settling.start()
            return
        self.is_due = True
        self.due.emit()


def renewal_of_this_program() -> Renewal | None:
    """Return what watches this program; None where no package replaces it while it runs."""
    if getattr(sys, "frozen", False) and sys.platform.startswith("linux"):
        return Renewal(Path(sys.executable))
    return None


def _identity(program: Path) -> tuple[int, int, int] | None:
    try:
        found = os.stat(program)
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
