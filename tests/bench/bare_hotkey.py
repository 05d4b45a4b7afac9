"""The floor for a hotkey: the smallest program that grabs F9 and paints its tray icon anew at each press."""

import sys

from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from tabkeeper.desktop.hotkeys.x11 import X11Hotkeys
from tabkeeper.settings.chord import parse_chord

COLOURS = ("teal", "orange")


def main() -> int:
    app = QApplication(sys.argv)
    shown = 0
    icon = QSystemTrayIcon()

    def paint() -> None:
        nonlocal shown
        picture = QPixmap(22, 22)
        picture.fill(QColor(COLOURS[shown % len(COLOURS)]))
        icon.setIcon(QIcon(picture))
        shown += 1

    paint()
    icon.show()
    hotkeys = X11Hotkeys()
    hotkeys.pressed.connect(paint)
    hotkeys.bind({"paint": parse_chord("F9")})
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
