"""Draws what Windows shows: the icon, a file with a picture for each size, and the installer's last page."""

import struct
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtGui import QImage, QPainter

SIDES = (16, 20, 24, 32, 40, 48, 64, 256)
"""Pixels of a side: small and large icons on screens of 100 to 250 percent, and the largest of all."""
_SIDE, _ICON_IN_IT = (328, 628), 192
"""Pixels of the picture beside the last page's words, for screens of 200 percent."""
_WHOLE = 256
"""The one size that is a PNG. Everything reads the others as bitmaps, and not everything as PNGs."""


def write_ico(picture: Callable[[int], QImage], png: Callable[[int], bytes], target: Path) -> None:
    """Write one file with all sizes of what the two draw."""
    parts = [png(side) if side == _WHOLE else _bitmap(picture(side)) for side in SIDES]
    place = 6 + 16 * len(parts)
    entries = b""
    for side, part in zip(SIDES, parts, strict=True):
        # A byte for each side, in which 0 is 256.
        entries += struct.pack("<BBBBHHII", side % 256, side % 256, 0, 0, 1, 32, len(part), place)
        place += len(part)
    target.write_bytes(struct.pack("<HHH", 0, 1, len(parts)) + entries + b"".join(parts))


def write_side(picture: Callable[[int], QImage], target: Path) -> None:
    """Write the icon on a ground of its own darkest green."""
    width, height = _SIDE
    icon = picture(_ICON_IN_IT)
    side = QImage(width, height, QImage.Format.Format_RGB32)
    side.fill(icon.pixelColor(_ICON_IN_IT // 2, _ICON_IN_IT * 7 // 8).darker(125))
    painter = QPainter(side)
    painter.drawImage(QPoint((width - _ICON_IN_IT) // 2, (width - _ICON_IN_IT) // 2), icon)
    painter.end()
    if not side.save(str(target)):
        raise OSError(f"{target} could not be written")


def _bitmap(picture: QImage) -> bytes:
    """Return a bitmap from its lowest line up, and the old mask of what is seen through, which is empty."""
    side = picture.width()
    colours = picture.convertToFormat(QImage.Format.Format_ARGB32).flipped()
    mask = bytes((side + 31) // 32 * 4 * side)
    header = struct.pack("<IiiHHIIiiII", 40, side, 2 * side, 1, 32, 0, 0, 0, 0, 0, 0)
    return header + bytes(colours.constBits()) + mask
