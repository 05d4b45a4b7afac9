"""Draws the program's icon, of which each system wants pictures in sizes and a form of its own."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWINGS = Path(__file__).resolve().parents[2] / "resources" / "icons"
PROGRAM = DRAWINGS / "tabkeeper.svg"


def picture(side: int) -> QImage:
    """Return the icon as a square of so many pixels a side."""
    drawn = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    QSvgRenderer(str(PROGRAM)).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return drawn


def png(side: int) -> bytes:
    """Return the same as the content of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not picture(side).save(buffer, "PNG"):  # type: ignore[call-overload]  # a device serves as well as a name
        raise OSError(f"the icon cannot be written as a PNG of {side} pixels")
    return bytes(buffer.data().data())
