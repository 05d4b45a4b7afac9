"""Hotkeys under X11: a thread that sleeps until one of its keys is pressed, or others are asked for."""

import asyncio
import logging
import os
import select
import socket
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from tabkeeper.desktop.hotkeys.door import Outcome
from tabkeeper.settings.chord import Chord

if TYPE_CHECKING:
    from tabkeeper.desktop.hotkeys.x11_grabs import Grabs

_NO_SERVER = "The X server does not answer, so no hotkey can be held. Start Tabkeeper again."
_PATIENCE = 1.0
"""Seconds that the end of the program waits for the thread."""
_log = logging.getLogger(__name__)


class X11Hotkeys(QObject):
    """Starts its thread, and loads what speaks to X, when the first keys are asked for."""

    pressed = Signal(str)
    answered = Signal(dict)

    # From the thread; the receivers of the public signals must run in the interface's.
    _heard = Signal(str)
    _settled = Signal(dict)

    def __init__(self, display: str | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._display = display if display is not None else os.environ.get("DISPLAY")
        self._wanted: dict[str, Chord] = {}
        self._thread: threading.Thread | None = None
        self._ear, self._mouth = socket.socketpair()
        self._heard.connect(self.pressed, Qt.ConnectionType.QueuedConnection)
        self._settled.connect(self.answered, Qt.ConnectionType.QueuedConnection)

    def bind(self, wanted: Mapping[str, Chord]) -> None:
        """Listen for these keys and for no others; returns at once."""
        self._wanted = dict(wanted)
        if self._thread is None and wanted:
            self._thread = threading.Thread(target=self._listen, name="hotkeys", daemon=True)
            self._thread.start()
        elif self._thread is None:
            self._settled.emit({})
            return
        self._mouth.send(b"b")

    async def release(self) -> None:
        """Give all keys back."""
        self._mouth.close()
        if self._thread is not None:
            await asyncio.to_thread(self._thread.join, _PATIENCE)
        self._ear.close()

    def _listen(self) -> None:
        import xcffib

        from tabkeeper.desktop.hotkeys.x11_grabs import Grabs

        try:
            grabs = Grabs(self._display)
        except xcffib.XcffibException as error:
            _log.warning("No hotkeys", exc_info=error)
            self._settled.emit({name: Outcome(refusal=_NO_SERVER) for name in self._wanted})
            return
        # When the server has gone, the program goes too: Qt ends it.
        with suppress(xcffib.ConnectionException):
            self._serve(grabs)
            grabs.close()

    def _serve(self, grabs: "Grabs") -> None:
        while True:
            for news in grabs.read():
                if isinstance(news, str):
                    self._heard.emit(news)
                else:
                    self._settled.emit(news)
            ready, _, _ = select.select((grabs.fileno(), self._ear.fileno()), (), ())
            if self._ear.fileno() in ready:
                if not self._ear.recv(64):
                    return
                self._settled.emit(grabs.hold(self._wanted))
