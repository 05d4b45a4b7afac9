"""Draws the icon of the bundle: macOS takes one file that holds a picture for each size."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

_SIDES = {
    b"icp4": 16, b"icp5": 32, b"ic11": 32, b"ic12": 64, b"ic07": 128, b"ic13": 256,
    b"ic08": 256, b"ic14": 512, b"ic09": 512, b"ic10": 1024,
}  # fmt: skip
"""Pixels of a side by the name that the format has for it; where two are equal, one is for a finer screen."""


def write_icns(drawing: Path, target: Path) -> None:
    """Draw an SVG file in all sizes into one file."""
    parts = [name + _counted(_png(drawing, side)) for name, side in _SIDES.items()]
    target.write_bytes(b"icns" + _counted(b"".join(parts)))


def _counted(content: bytes) -> bytes:
    """Return content after its length, which counts itself and the four letters before it."""
    return (len(content) + 8).to_bytes(4, "big") + content


def _png(drawing: Path, side: int) -> bytes:
    picture = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(drawing)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG")  # type: ignore[call-overload]  # a device serves as well as a name
    return bytes(buffer.data().data())
