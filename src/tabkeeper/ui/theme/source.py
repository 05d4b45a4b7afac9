"""The owner of the current theme: follows the system or the person's choice, and dresses the application.

One is made in the composition root and handed to whoever draws; nobody finds it by looking around.
"""

import sys
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from tabkeeper.ui.theme.style_sheet import style_sheet
from tabkeeper.ui.theme.value import Theme

Appearance = Literal["system", "light", "dark"]

_SCHEMES: dict[Appearance, Qt.ColorScheme] = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}
# What an unchanged system writes its interface in, in logical pixels. Linux desktops ship 9 to 11 points;
# the largest of them counts as normal, so that no desktop's own default enlarges or shrinks the program.
_NORMAL_PIXELS = {"darwin": 13.0, "win32": 12.0}.get(sys.platform, 11 * 96 / 72)
_LARGEST_SCALE = 2.0


class ThemeSource(QObject):
    """Holds the current theme and announces each new one after the application has been dressed in it."""

    changed = Signal(Theme)

    def __init__(self, application: QApplication, appearance: Appearance = "system") -> None:
        super().__init__(application)
        self._application = application
        self._appearance = appearance
        self._system_was_dark = _is_dark(application.palette())
        application.setStyle("Fusion")
        application.styleHints().setColorScheme(_SCHEMES[appearance])
        self._theme = self._current()
        self._dress()
        application.styleHints().colorSchemeChanged.connect(self._look_again)
        # Font and text scale have no signal in every Qt: whoever changed them comes back here.
        application.applicationStateChanged.connect(self._look_again)

    @property
    def theme(self) -> Theme:
        """Return the theme that holds now."""
        return self._theme

    @property
    def system_is_dark(self) -> bool:
        """Return whether the system is dark, as last seen: a choice of one's own hides it."""
        return self._wants_dark() if self._appearance == "system" else self._system_was_dark

    def choose(self, appearance: Appearance) -> None:
        """Follow the system, or stay light or dark whatever the system does."""
        self._system_was_dark = self.system_is_dark
        self._appearance = appearance
        self._application.styleHints().setColorScheme(_SCHEMES[appearance])
        self._look_again()

    @Slot()
    def _look_again(self) -> None:
        theme = self._current()
        if theme != self._theme:
            self._theme = theme
            self._dress()
            self.changed.emit(theme)

    def _current(self) -> Theme:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        return Theme(
            dark=self._wants_dark(),
            families=tuple(font.families()),
            text_scale=text_scale(font, self._application),
        )

    def _wants_dark(self) -> bool:
        if self._appearance != "system":
            return self._appearance == "dark"
        scheme = self._application.styleHints().colorScheme()
        return self._system_was_dark if scheme is Qt.ColorScheme.Unknown else scheme is Qt.ColorScheme.Dark

    def _dress(self) -> None:
        self._application.setFont(self._theme.font())
        self._application.setPalette(self._theme.palette())
        self._application.setStyleSheet(style_sheet(self._theme))


def text_scale(font: QFont, application: QGuiApplication) -> float:
    """Return how much larger than normal the system's interface font is, from 1 to 2."""
    pixels = float(font.pixelSize())
    if pixels <= 0:
        screen = application.primaryScreen()
        pixels = font.pointSizeF() * (screen.logicalDotsPerInchY() if screen else 96) / 72
    return min(max(round(pixels / _NORMAL_PIXELS, 2), 1.0), _LARGEST_SCALE)


def _is_dark(palette: QPalette) -> bool:
    return palette.window().color().lightness() < palette.windowText().color().lightness()
