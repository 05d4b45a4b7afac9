"""Opens the dialog that signs in when it is first wanted: until then nothing of it is built."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from tabkeeper.ui.accounts.account_desk import AccountDesk
from tabkeeper.ui.theme import ThemeSource

if TYPE_CHECKING:
    from tabkeeper.ui.accounts.sign_in_dialog import SignInDialog


class SignInOpener(QObject):
    """Knows what the dialog is made of; `default_server` is where most sign in."""

    def __init__(self, desk: AccountDesk, source: ThemeSource, default_server: str) -> None:
        super().__init__()
        self._desk, self._source, self._default_server = desk, source, default_server
        self._dialog: SignInDialog | None = None

    @Slot()
    def open(self) -> None:
        """Ask for a token; for the server in use, where somebody signs in again.

        A dialog that is open comes to the front as it is: somebody is typing in it, or waits for an answer.
        """
        if self._dialog is None:
            from tabkeeper.ui.accounts.sign_in_dialog import SignInDialog

            self._dialog = SignInDialog(self._source.theme, self._desk, self._default_server)
        if self._dialog.isVisible():
            self._dialog.raise_()
            self._dialog.activateWindow()
            return
        current = self._desk.standing.current
        self._dialog.begin(current.server if current else "")

    def finish(self) -> None:
        """Take the dialog away."""
        if self._dialog is not None:
            self._dialog.hide()
