"""The icons of buttons and fields, drawn in a text colour from the SVG files in `resources/icons`.

The tray's icon is not here: it is painted from what the timer does, in `tray_icon`.
"""

from functools import lru_cache
from typing import Literal

from PySide6.QtCore import QRectF
from PySide6.QtGui import QIcon, QPainter, QPixmap

from tabkeeper.resources import resource
from tabkeeper.ui.theme import empty_pixmap

IconName = Literal[
    "archive", "arrow-left", "arrow-right", "calendar", "check", "chevron-down", "chevron-left",
    "chevron-right", "circle-dollar-sign", "clock", "copy", "ellipsis", "folder", "list-filter", "pencil",
    "play", "plus", "redo-2", "rotate-ccw", "search", "settings", "square", "star", "tag", "trash-2",
    "undo-2", "user", "x",
]  # fmt: skip

_RATIOS = (1.0, 1.25, 1.5, 2.0, 3.0)
_APPLICATION_SIDES = (16, 22, 24, 32, 48, 64, 128, 256)


@lru_cache(maxsize=256)
def icon(name: IconName, colour: str, side: int, *, filled: bool = False) -> QIcon:
    """Return an icon drawn in a `#RRGGBB` colour for a square of `side` logical pixels.

    It is sharp at every usual device pixel ratio; `filled` makes a solid shape of an outline.
    """
    drawing = resource("icons", f"{name}.svg").read_bytes().replace(b"currentColor", colour.encode())
    if filled:
        drawing = drawing.replace(b'fill="none"', b'fill="' + colour.encode() + b'"')
    drawn = QIcon()
    for ratio in _RATIOS:
        drawn.addPixmap(_pixmap(drawing, side, ratio))
    return drawn


@lru_cache(maxsize=1)
def application_icon() -> QIcon:
    """Return Tabkeeper's own icon, for windows, the task bar and notifications."""
    drawing = resource("icons", "tabkeeper.svg").read_bytes()
    drawn = QIcon()
    for side in _APPLICATION_SIDES:
        drawn.addPixmap(_pixmap(drawing, side, 1.0))
    return drawn


def _pixmap(drawing: bytes, side: int, ratio: float) -> QPixmap:
    # Imported where it is needed: a start that shows only the tray loads no SVG library.
    from PySide6.QtSvg import QSvgRenderer

    pixmap = empty_pixmap(side, ratio)
    painter = QPainter(pixmap)
    QSvgRenderer(drawing).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap
