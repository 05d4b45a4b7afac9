"""One tray program per person and folder: a lock says who is first, a private socket hears the others."""

import errno
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile, QObject, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from tabkeeper.desktop.nudge import address
from tabkeeper.paths import make_private

if TYPE_CHECKING:
    from collections.abc import Callable

_LONGEST_LINE = 4_200
_log = logging.getLogger(__name__)


class SingleInstance(QObject):
    """Holds the lock beside `path` and listens there; each line that arrives is a word of `nudge`."""

    word_received = Signal(str)
    link_received = Signal(str)

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.answers: dict[str, Callable[[], str]] = {}
        """What is answered to the questions of `nudge`, one line each, once somebody knows it."""
        self._path = path
        self._lock = QLockFile(str(path.with_suffix(".lock")))
        # A tray program runs for weeks: its age makes no lock stale, only the end of its process does.
        self._lock.setStaleLockTime(0)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)

    def claim(self) -> bool:
        """Become the one instance and listen; False where another process is it already.

        Raises OSError where the socket's folder cannot be made, or does not take the lock.
        """
        make_private(self._path.parent)
        if not self._lock.tryLock(0):
            if self._lock.error() is QLockFile.LockError.LockFailedError:
                return False
            raise OSError(errno.EIO, "its folder takes no lock file, as on a full disk")
        os.chmod(self._lock.fileName(), 0o600)  # it names the computer, and Qt lets everybody read it
        # Who holds the lock may clear away what a killed process left.
        QLocalServer.removeServer(address(self._path))
        if not self._server.listen(address(self._path)):
            _log.warning("Nobody can be heard at %s: %s", self._path, self._server.errorString())
        return True

    def release(self) -> None:
        """Stop listening and let the next start be the first."""
        self._server.close()
        self._lock.unlock()

    @Slot()
    def _greet(self) -> None:
        while (connection := self._server.nextPendingConnection()) is not None:
            connection.setReadBufferSize(_LONGEST_LINE)
            connection.readyRead.connect(self._listen)
            connection.disconnected.connect(self._listen)
            # A closure over the connection would keep it alive after Qt has deleted it.
            connection.disconnected.connect(connection.deleteLater)
            self._hear(connection)

    @Slot()
    def _listen(self) -> None:
        connection = self.sender()
        if isinstance(connection, QLocalSocket):
            self._hear(connection)

    def _hear(self, connection: QLocalSocket) -> None:
        while connection.canReadLine():
            line = bytes(connection.readLine().data())
            word, _, about = line.decode(errors="replace").strip().partition(" ")
            if word in self.answers:
                connection.write(f"{self.answers[word]()}\n".encode())
            elif word == "link":
                self.link_received.emit(about)
            else:
                self.word_received.emit(word)
