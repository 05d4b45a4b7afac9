"""The panel behind the tray icon: in whose ink the icon is drawn, and whether Qt itself stands in that panel.

On X11 the panel can be looked at; elsewhere nobody can be asked, and the system's own look is the best guess.
"""

import os
import sys
from collections.abc import Mapping
from typing import Literal

from PySide6.QtCore import QEvent, QObject, QRect, QSettings, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage, QWindow
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from tabkeeper.ui.theme import contrast
from tabkeeper.ui.theme.tokens import TRAY

Ink = Literal["light", "dark"]


_WINDOWS_LOOK = r"HKEY_CURRENT_USER\Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
_REGISTRY = QSettings.Format.NativeFormat
_SETTLED = 300
"""Milliseconds after which a panel has drawn itself round a new icon."""
_BACK = 1_000
"""Milliseconds between two looks for an icon whose panel has gone."""


class Panel(QObject):
    """Watches where the tray icon stands, and looks at the panel there once it is in, and when pointed at."""

    changed = Signal()

    def __init__(self, icon: QSystemTrayIcon, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icon = icon
        self._watched: QWidget | None = None
        self._seen: Ink | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        if sys.platform == "win32":
            # Never shown: Qt tells windows, and nobody else, that the taskbar looks otherwise now.
            self._ear = QWindow()
            self._ear.installEventFilter(self)

    @property
    def seen_ink(self) -> Ink | None:
        """Return the ink for the panel as it was last seen; None where it cannot be."""
        return self._seen

    @property
    def embeds_qt(self) -> bool:
        """Return whether Qt itself draws the icon's menu, not the desktop from the menu's rows."""
        return sys.platform == "win32" or self._watched is not None

    def watch(self) -> None:
        """Begin, once the icon is shown."""
        self._look()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look again when the icon has found its place, is pointed at, or its panel has gone or changed."""
        kind = event.type()
        if kind is QEvent.Type.Destroy:
            self._watched = None
            self._timer.start(_BACK)
        elif kind is QEvent.Type.Enter or (kind is QEvent.Type.Paint and self._seen is None):
            self._timer.start(_SETTLED)
        elif kind is QEvent.Type.ThemeChange:
            self.changed.emit()
        return False

    @Slot()
    def _look(self) -> None:
        before = self._seen, self.embeds_qt
        window = embedded_icon()
        if window is not None and self._watched is None:
            window.installEventFilter(self)
            self._timer.start(_SETTLED)
        elif window is None and self._watched is None and self._seen is not None:
            self._timer.start(_BACK)
        self._watched = window
        self._seen = seen_ink(self._icon.geometry()) or self._seen
        if before != (self._seen, self.embeds_qt):
            self.changed.emit()


def embedded_icon() -> QWidget | None:
    """Return the window that Qt has put into an X11 panel; None where the desktop draws the icon itself."""
    for widget in QApplication.topLevelWidgets():
        if widget.metaObject().className() == "QSystemTrayIconSys":
            return widget
    return None


def seen_ink(place: QRect) -> Ink | None:
    """Return the ink for the panel round the icon at `place`; None where it cannot be looked at."""
    if QGuiApplication.platformName() != "xcb" or place.isEmpty() or place.topLeft().isNull():
        return None  # at the screen's corner stands what has found no place yet
    screen = QGuiApplication.screenAt(place.center())
    if screen is None:
        return None
    at = place.topLeft() - screen.geometry().topLeft()
    picture = screen.grabWindow(0, at.x(), at.y(), place.width(), place.height()).toImage()
    return None if picture.isNull() else ink_on(picture)


def ink_on(picture: QImage) -> Ink:
    """Return the ink that reads better on a picture's corners, which no icon of ours paints."""
    right, lower = picture.width() - 1, picture.height() - 1
    corners = ((0, 0), (right, 0), (0, lower), (right, lower))
    votes = [ink_for(picture.pixelColor(x, y).name()) for x, y in corners]
    return "light" if votes.count("light") >= votes.count("dark") else "dark"


def ink_for(panel: str) -> Ink:
    """Return the ink that reads better on a panel of a `#RRGGBB` colour."""
    light = contrast(TRAY.light_ink, panel) >= contrast(TRAY.dark_ink, panel)
    return "light" if light else "dark"


def likely_ink(system_is_dark: bool, environment: Mapping[str, str] = os.environ) -> Ink:
    """Return the ink for a panel that looks as the system does; that of GNOME is dark in either look.

    Windows' taskbar has a look of its own, and is dark over light windows unless somebody has changed that.
    """
    if sys.platform == "win32":
        return "dark" if QSettings(_WINDOWS_LOOK, _REGISTRY).value("SystemUsesLightTheme") == 1 else "light"
    always_dark = "GNOME" in environment.get("XDG_CURRENT_DESKTOP", "").upper().split(":")
    return "light" if system_is_dark or always_dark else "dark"
