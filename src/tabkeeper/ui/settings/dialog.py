"""The one dialog of all settings: the names of the pages at its side, and the page that is chosen.

Everything on a page holds at once; there is nothing to apply, and closing the dialog loses nothing.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QListWidget, QScrollArea, QStackedWidget, QWidget

from tabkeeper.ui.icons import application_icon
from tabkeeper.ui.settings.keys_page import KeysPage
from tabkeeper.ui.settings.page import SettingsPage
from tabkeeper.ui.theme import Theme

WIDTH, HEIGHT = 620, 480
_NAVIGATION_LETTERS = 16


class SettingsDialog(QDialog):
    """Holds the pages; `add_page` in the order in which they are to stand."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setWindowTitle("Settings")
        self.setWindowIcon(application_icon())
        self.resize(theme.pixels(WIDTH), theme.pixels(HEIGHT))
        self.navigation = QListWidget()
        self.navigation.setAccessibleName("Pages")
        self.navigation.setProperty("surface", "navigation")
        self.navigation.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.navigation.setFixedWidth(
            self.navigation.fontMetrics().horizontalAdvance("n" * _NAVIGATION_LETTERS)
        )
        self._pages = QStackedWidget()
        self.navigation.currentRowChanged.connect(self._pages.setCurrentIndex)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(self._pages, 1)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self).activated.connect(self.close)

    def add_page(self, title: str, page: QWidget) -> None:
        """Add a page, last."""
        room = QScrollArea()
        room.setWidget(page)
        room.setWidgetResizable(True)
        room.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        room.setFrameShape(QFrame.Shape.NoFrame)
        room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._pages.addWidget(room)
        self.navigation.addItem(title)
        if self._pages.count() == 1:
            self.navigation.setCurrentRow(0)

    def page(self, title: str) -> QWidget:
        """Return a page by its title."""
        room = self._pages.widget(self.titles.index(title))
        assert isinstance(room, QScrollArea)
        shown = room.widget()
        assert shown is not None
        return shown

    def warn(self, title: str, text: str) -> None:
        """Say on a page of settings what does not work here."""
        page = self.page(title)
        assert isinstance(page, SettingsPage | KeysPage)
        page.warn(text)

    @property
    def titles(self) -> list[str]:
        """Return the titles of the pages in their order."""
        return [self.navigation.item(place).text() for place in range(self.navigation.count())]

    def show_page(self, title: str) -> None:
        """Choose a page."""
        self.navigation.setCurrentRow(self.titles.index(title))
