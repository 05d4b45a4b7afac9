"""What a system's notifications are to the rest of the program. Whether one may disturb, the system says."""

from typing import NamedTuple, Protocol

from PySide6.QtCore import SignalInstance


class Notice(NamedTuple):
    """One thing to say. A later notice of the same `key` takes the place of an earlier one."""

    key: str
    title: str
    text: str
    actions: tuple[tuple[str, str], ...] = ()
    """A name and a label for each button; `default` is a click on the notice itself."""


class Notifications(Protocol):
    """Shows notices until it is released. What is not asynchronous waits for nobody."""

    @property
    def chosen(self) -> SignalInstance:
        """A button was pressed: the notice's key, and the action's name."""

    @property
    def unshown(self) -> SignalInstance:
        """A notice that cannot be shown here, to be said in another way."""

    async def can_show(self) -> bool:
        """Return whether notices can be shown here as this system shows them."""

    def show(self, notice: Notice) -> None:
        """Show a notice; returns at once."""

    def withdraw(self, key: str) -> None:
        """Take a notice away that is of no use any more."""

    async def release(self) -> None:
        """Let go of what the system gave."""
