"""An empty transparent picture to paint an icon or a part of a widget on."""

from PySide6.QtCore import QSize, QSizeF, Qt
from PySide6.QtGui import QPixmap


def empty_pixmap(side: int, ratio: float = 1.0) -> QPixmap:
    """Return a transparent square of `side` logical pixels, for a screen of that device pixel ratio."""
    return empty_picture(QSize(side, side), ratio)


def empty_picture(size: QSize, ratio: float = 1.0) -> QPixmap:
    """Return a transparent picture of a size in logical pixels, for a screen of that device pixel ratio."""
    pixmap = QPixmap((QSizeF(size) * ratio).toSize())
    pixmap.setDevicePixelRatio(ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap
