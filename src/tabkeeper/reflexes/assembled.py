"""All reflexes of the tray program put together, for as long as it runs."""

import os

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tabkeeper.desktop.hotkeys import hotkeys_of_this_session
from tabkeeper.reflexes.keys import Keys
from tabkeeper.ui.desk import Desk
from tabkeeper.ui.settings.choices import Choices
from tabkeeper.ui.settings.opening import SettingsOpener
from tabkeeper.ui.theme import Theme
from tabkeeper.ui.tray import Tray
from tabkeeper.ui.window.opening import WindowOpener


class Reflexes(QObject):
    """Connects, from its making until `release`."""

    told = Signal(str)
    """A sentence for the person."""

    def __init__(
        self, desk: Desk, choices: Choices, tray: Tray, opener: WindowOpener, dialog: SettingsOpener
    ) -> None:
        super().__init__()
        acts = {
            "toggle": lambda: desk.change(lambda tracker: tracker.toggle()),
            "continue": lambda: desk.change(lambda tracker: tracker.continue_last()),
            "quick_add": opener.open_quick_add,
            "window": lambda: opener.toggle(tray.place()),
        }
        heard = hotkeys_of_this_session(QGuiApplication.platformName(), os.environ)
        self.keys = Keys(heard, choices.settings, acts)
        self.keys.told.connect(self.told)
        choices.changed.connect(self.keys.follow)

        def keys_page(theme: Theme) -> QWidget:
            from tabkeeper.ui.settings.keys_page import KeysPage

            page = KeysPage(choices, theme, self.keys.outcomes)
            self.keys.settled.connect(page.show_outcomes)
            page.listening.connect(self.keys.rest)
            return page

        dialog.add_page("Keys", keys_page)

    def release(self) -> None:
        """Let go of what the system gave."""
        self.keys.release()
