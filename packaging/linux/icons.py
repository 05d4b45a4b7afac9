"""Draws the program's icon in the sizes of the hicolor theme: `icons.py SHARE`, a package's /usr/share."""

import sys
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWINGS = Path(__file__).resolve().parents[2] / "resources" / "icons"
SIDES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)


def main(share: Path) -> None:
    """Write the drawing itself, its one-coloured sister, and a picture of each size."""
    theme = share / "icons" / "hicolor"
    for folder, name in (("scalable", "tabkeeper.svg"), ("symbolic", "tabkeeper-symbolic.svg")):
        target = theme / folder / "apps" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes((DRAWINGS / name).read_bytes())
    for side in SIDES:
        target = theme / f"{side}x{side}" / "apps" / "tabkeeper.png"
        target.parent.mkdir(parents=True, exist_ok=True)
        if not _picture(DRAWINGS / "tabkeeper.svg", side).save(str(target)):
            raise OSError(f"{target} could not be written")


def _picture(drawing: Path, side: int) -> QImage:
    picture = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(str(drawing)).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return picture


if __name__ == "__main__":
    main(Path(sys.argv[1]))
