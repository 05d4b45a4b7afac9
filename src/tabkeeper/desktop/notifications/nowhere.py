"""Where Qt's tray is the way to notify: each notice is handed back, for a balloon without buttons."""

from PySide6.QtCore import QObject, Signal

from tabkeeper.desktop.notifications.door import Notice


class NoNotifications(QObject):
    """Shows nothing itself."""

    chosen = Signal(str, str)
    unshown = Signal(object)

    async def can_show(self) -> bool:
        """Return that balloons are how it is here."""
        return True

    def show(self, notice: Notice) -> None:
        """Hand the notice back."""
        self.unshown.emit(notice)

    def withdraw(self, key: str) -> None:
        """A balloon goes by itself."""

    async def release(self) -> None:
        """There is nothing to let go of."""
