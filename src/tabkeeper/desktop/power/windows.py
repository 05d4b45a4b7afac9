"""Sleep and lock under Windows: messages that it sends to a window of ours, which is never shown."""

import asyncio
import ctypes
import logging
from ctypes import wintypes
from typing import Any, Protocol

from PySide6.QtCore import QAbstractNativeEventFilter, QCoreApplication, QObject, Signal
from PySide6.QtGui import QWindow

_WM_POWERBROADCAST, _WM_SESSION_CHANGE = 0x0218, 0x02B1
_FOR_THIS_SESSION = 0
_LEFT = {(_WM_POWERBROADCAST, 0x04), (_WM_SESSION_CHANGE, 0x07)}
"""It is about to sleep; the session is locked."""
_CAME_BACK = {(_WM_POWERBROADCAST, 0x12), (_WM_POWERBROADCAST, 0x07), (_WM_SESSION_CHANGE, 0x08)}
"""It has woken, by itself or for somebody; the session is unlocked."""
_log = logging.getLogger(__name__)


class Sessions(Protocol):
    """What of Windows is called, so that a window of ours is told of locks."""

    def WTSRegisterSessionNotification(self, window: wintypes.HWND, flags: int) -> int:
        """Return whether the window will be told."""

    def WTSUnRegisterSessionNotification(self, window: wintypes.HWND) -> int:
        """Have it told no more."""


class WindowsPower(QObject):
    """Hears sleep as every window does, and locks where Windows agrees to tell them."""

    left = Signal()
    came_back = Signal()

    def __init__(self, sessions: Sessions | None = None) -> None:
        super().__init__()
        self._sessions: Sessions = sessions or getattr(ctypes, "windll").wtsapi32  # noqa: B009 - on Windows only
        self._window: QWindow | None = None
        self._messages = _Messages(self._hear)

    async def begin(self) -> None:
        """Begin to hear; a system that cannot be heard is no error."""
        self._window = QWindow()
        self._window.setTitle("Tabkeeper's ear")
        self._window.create()
        self._messages.window = int(self._window.winId())
        application = QCoreApplication.instance()
        assert application is not None
        application.installNativeEventFilter(self._messages)
        # It asks a service, which at the start of a session may not be there yet.
        if not await asyncio.to_thread(
            self._sessions.WTSRegisterSessionNotification, self._handle(), _FOR_THIS_SESSION
        ):
            _log.info("Windows does not say when the session is locked")

    async def release(self) -> None:
        """Hear no more."""
        if self._window is None:
            return
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self._messages)
        await asyncio.to_thread(self._sessions.WTSUnRegisterSessionNotification, self._handle())
        self._window.destroy()
        self._window = None

    def _handle(self) -> wintypes.HWND:
        return wintypes.HWND(self._messages.window)

    def _hear(self, message: int, about: int) -> None:
        if (message, about) in _LEFT:
            self.left.emit()
        elif (message, about) in _CAME_BACK:
            self.came_back.emit()


class _Messages(QAbstractNativeEventFilter):
    """Sees the messages to Qt's windows, and passes on what comes to `window`."""

    def __init__(self, hear: Any) -> None:
        super().__init__()
        self.window = 0
        self._hear = hear

    def nativeEventFilter(self, kind: Any, message: Any) -> Any:
        """Pass on what was said, and leave the message to Qt as well."""
        if bytes(kind) == b"windows_generic_MSG":
            heard = wintypes.MSG.from_address(int(message))
            if heard.hWnd == self.window:
                self._hear(heard.message, int(heard.wParam))
        return False, 0
