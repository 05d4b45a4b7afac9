"""The floor for a start: the smallest PySide6 program that shows a tray icon."""

import sys

from PySide6.QtGui import QColor, QIcon, QPixmap
from PySide6.QtWidgets import QApplication, QSystemTrayIcon


def main() -> int:
    app = QApplication(sys.argv)
    picture = QPixmap(22, 22)
    picture.fill(QColor("teal"))
    icon = QSystemTrayIcon(QIcon(picture))
    icon.show()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main())
