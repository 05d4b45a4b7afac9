"""An empty transparent picture to paint an icon on."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap


def empty_pixmap(side: int, ratio: float = 1.0) -> QPixmap:
    """Return a transparent square of `side` logical pixels, for a screen of that device pixel ratio."""
    pixels = round(side * ratio)
    pixmap = QPixmap(pixels, pixels)
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap
