"""Opens the settings' dialog when it is first wanted: until then nothing of it is built."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from tabkeeper.ui.settings.choices import Choices
from tabkeeper.ui.theme import Theme, ThemeSource

if TYPE_CHECKING:
    from tabkeeper.ui.settings.dialog import SettingsDialog

MakePage = Callable[[Theme], QWidget]


class SettingsOpener(QObject):
    """Knows what the dialog is made of. Pages are added, before it opens, in the order they stand in."""

    opened = Signal()

    def __init__(self, choices: Choices, source: ThemeSource) -> None:
        super().__init__()
        self._choices, self._source = choices, source
        self._pages: list[tuple[str, MakePage]] = []
        self._last_pages: list[tuple[str, MakePage]] = []
        self._dialog: SettingsDialog | None = None

    def add_page(self, title: str, make: MakePage, *, last: bool = False) -> None:
        """Let the dialog have a page, made when it opens; before the settings' own, or `last`."""
        (self._last_pages if last else self._pages).append((title, make))

    @Slot()
    def open(self, title: str = "") -> None:
        """Bring the dialog to the front, at a page where one is named."""
        if self._dialog is None:
            self._dialog = self._made()
        if title:
            self._dialog.show_page(title)
        self._dialog.show()
        self._dialog.raise_()
        self._dialog.activateWindow()
        self.opened.emit()

    @Slot(str, str)
    def warn(self, title: str, text: str) -> None:
        """Say on a page of settings what does not work here."""
        if self._dialog is not None:
            self._dialog.warn(title, text)

    def finish(self) -> None:
        """Take the dialog away."""
        if self._dialog is not None:
            self._dialog.hide()

    def _made(self) -> "SettingsDialog":
        from tabkeeper.ui.settings.dialog import SettingsDialog
        from tabkeeper.ui.settings.page import SettingsPage
        from tabkeeper.ui.settings.pages import APPEARANCE, AWAY, GENERAL, REMINDERS

        theme = self._source.theme
        dialog = SettingsDialog(theme)
        for title, make in self._pages:
            dialog.add_page(title, make(theme))
        dialog.add_page("Away", SettingsPage(AWAY, self._choices, theme))
        dialog.add_page("Reminders", SettingsPage(REMINDERS, self._choices, theme))
        dialog.add_page("Appearance", SettingsPage(APPEARANCE, self._choices, theme))
        dialog.add_page("General", SettingsPage(GENERAL, self._choices, theme))
        for title, make in self._last_pages:
            dialog.add_page(title, make(theme))
        return dialog
