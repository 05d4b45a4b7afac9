"""Sleep and lock under macOS: from the notifications of the workspace, and of the login window."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal

_WORKSPACE = {
    "NSWorkspaceWillSleepNotification": False,
    "NSWorkspaceDidWakeNotification": True,
    "NSWorkspaceSessionDidResignActiveNotification": False,
    "NSWorkspaceSessionDidBecomeActiveNotification": True,
}
"""Each with whether somebody is there then; a session that is not active is behind another person's."""
_LOGIN_WINDOW = {"com.apple.screenIsLocked": False, "com.apple.screenIsUnlocked": True}


class Centers(Protocol):
    """What of macOS is called; `NotificationCenters` calls it in earnest."""

    def listen(self, workspace: list[str], distributed: list[str], hear: Callable[[str], None]) -> None:
        """Call `hear` with the name of each of these notifications, of the workspace and of all programs."""

    def release(self) -> None:
        """Hear no more."""


class MacPower(QObject):
    """Notifications arrive in the thread of the interface, between two of Qt's events."""

    left = Signal()
    came_back = Signal()

    def __init__(self, centers: Centers | None = None) -> None:
        super().__init__()
        self._centers = centers

    async def begin(self) -> None:
        """Begin to hear."""
        if self._centers is None:
            from tabkeeper.desktop.power.macos_centers import NotificationCenters

            self._centers = NotificationCenters()
        self._centers.listen([*_WORKSPACE], [*_LOGIN_WINDOW], self._hear)

    async def release(self) -> None:
        """Hear no more."""
        if self._centers is not None:
            self._centers.release()

    def _hear(self, name: str) -> None:
        somebody_is_there = (_WORKSPACE | _LOGIN_WINDOW)[name]
        (self.came_back if somebody_is_there else self.left).emit()
