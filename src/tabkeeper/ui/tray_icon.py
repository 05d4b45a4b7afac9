"""The tray icon as a picture of a small value: what is painted depends on the value alone, never on a widget.

22 pixels are the measure: every length is given for them and lands on whole pixels at the usual sizes.
"""

from functools import lru_cache
from typing import Literal, NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from tabkeeper.ui.theme import contrast, empty_pixmap, text_on
from tabkeeper.ui.theme.tokens import NEAR_BLACK, TRAY
from tabkeeper.ui.theme.value import as_hex
from tabkeeper.ui.tray_digits import digits_path

SIDES = (16, 18, 20, 22, 24, 28, 32, 33, 36, 40, 44, 48, 64, 66, 96)
"""The sizes that panels ask for, in device pixels: 16 to 24 logical ones at up to three times, and more."""

_MEASURE = 22
_SMALLEST_TEMPLATE = 18
"""Menu bars are no lower, and an outline leaves no room for digits below."""
_FAINT = 1.5


class TrayFace(NamedTuple):
    """What the icon says. Two equal faces are the same picture."""

    minutes: int | None = None
    """How long the timer has run; None while none runs."""
    colour: str | None = None
    """The project's colour as `#RRGGBB`; None for no project."""
    trouble: Literal["none", "offline", "needs_you"] = "none"
    ink: Literal["light", "dark"] = "light"
    """What the panel itself writes with: light on a dark panel, dark on a light one."""
    show_text: bool = True
    """Whether the time is written; without it a disc in the project's colour says that a timer runs."""
    template: bool = False
    """A black outline that the system colours itself (macOS)."""


@lru_cache(maxsize=32)
def tray_icon(face: TrayFace) -> QIcon:
    """Return the icon of a face, sharp at every size that panels ask for."""
    icon = QIcon()
    for side in SIDES:
        if face.template and side < _SMALLEST_TEMPLATE:
            continue
        icon.addPixmap(tray_pixmap(face, side))
    icon.setIsMask(face.template)
    return icon


def tray_pixmap(face: TrayFace, side: int) -> QPixmap:
    """Paint a face on a transparent square of `side` device pixels."""
    pixmap = empty_pixmap(side)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if face.minutes is not None and face.show_text:
        _paint_pill(painter, face, side, tray_text(face.minutes))
    else:
        _paint_clock(painter, face, side)
    if face.trouble != "none":
        _paint_trouble(painter, face, side)
    painter.end()
    return pixmap


def tray_text(minutes: int) -> str:
    """Return the elapsed time as the icon writes it: `05`, `1:23`, `11h`, and days from 100 hours on."""
    hours, rest = divmod(max(minutes, 0), 60)
    if hours == 0:
        return f"{rest:02}"
    if hours < 10:
        return f"{hours}:{rest:02}"
    return f"{hours}h" if hours < 100 else f"{min(hours // 24, 99)}d"


def fill_of(face: TrayFace) -> str:
    """Return the colour of the pill: the project's, or the panel's ink where there is no project."""
    return as_hex(face.colour) or _ink(face)


def _ink(face: TrayFace) -> str:
    if face.template:
        return NEAR_BLACK
    return TRAY.light_ink if face.ink == "light" else TRAY.dark_ink


def pill_box(face: TrayFace, side: int) -> QRectF:
    """Return where the pill is: as wide as the icon, and higher where a dot of trouble needs the corner."""
    height = _even_with(side, 16)
    top = round(_scaled(side, 1)) if face.trouble != "none" else (side - height) // 2
    return QRectF(0, top, side, height)


def text_box(face: TrayFace, side: int, text: str) -> QRectF:
    """Return the room for the digits: lower for a narrow text, and where a dot needs the pill's corner."""
    pill = pill_box(face, side)
    margin = max(1, round(_scaled(side, 1)))
    if face.template:
        margin += max(1, round(_scaled(side, 1)))
    low = ":" in text or face.template or face.trouble != "none"
    height = _even_with(side, 10 if low else 12)
    return QRectF(margin, pill.center().y() - height / 2, side - 2 * margin, height)


def _paint_pill(painter: QPainter, face: TrayFace, side: int, text: str) -> None:
    pill, radius = pill_box(face, side), _scaled(side, 5)
    digits = digits_path(text, text_box(face, side, text))
    if face.template:
        _paint_outline(painter, pill, radius, max(1.0, round(_scaled(side, 1))), _ink(face))
        painter.fillPath(digits, QColor(_ink(face)))
        return
    fill = fill_of(face)
    shape = QPainterPath()
    shape.addRoundedRect(pill, radius, radius)
    painter.fillPath(shape, QColor(fill))
    panel = TRAY.dark_panel if face.ink == "light" else TRAY.light_panel
    if contrast(fill, panel) < _FAINT:
        _paint_outline(painter, pill, radius, 1, _ink(face))
    painter.fillPath(digits, QColor(text_on(fill)))


def _paint_outline(painter: QPainter, box: QRectF, radius: float, width: float, colour: str) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    pen = QPen(colour)
    pen.setWidthF(width)
    painter.setPen(pen)
    inset = width / 2
    rounding = radius - inset
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), rounding, rounding)


def _paint_clock(painter: QPainter, face: TrayFace, side: int) -> None:
    running = face.minutes is not None
    middle, width = QPointF(side / 2, side / 2), max(1.5, _scaled(side, 2))
    outer = _even_with(side, 18) / 2
    hands = _ink(face)
    if running and not face.template:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill_of(face))
        painter.drawEllipse(middle, outer, outer)
        hands = text_on(fill_of(face))
    else:
        _paint_outline(painter, _square(middle, outer), outer, width, _ink(face))
    pen = QPen(hands)
    pen.setWidthF(width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    # Ten past four, as the interface's own clock shows: two hands that nobody takes for one.
    up, aside = QPointF(0, -_scaled(side, 4.5)), QPointF(_scaled(side, 3), _scaled(side, 2))
    painter.drawPolyline([middle + up, middle, middle + aside])


def _paint_trouble(painter: QPainter, face: TrayFace, side: int) -> None:
    radius, ring = _scaled(side, 3), max(1.0, _scaled(side, 1.5))
    middle = QPointF(side - radius, side - radius)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_ink(face))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
    painter.drawEllipse(middle, radius + ring, radius + ring)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    if face.template and face.trouble == "offline":
        _paint_outline(painter, _square(middle, radius), radius, max(1.0, _scaled(side, 1)), _ink(face))
        return
    colour = TRAY.offline if face.trouble == "offline" else TRAY.needs_you
    painter.setBrush(_ink(face) if face.template else colour)
    painter.drawEllipse(middle, radius, radius)


def _square(middle: QPointF, half: float) -> QRectF:
    return QRectF(middle.x() - half, middle.y() - half, 2 * half, 2 * half)


def _scaled(side: int, length: float) -> float:
    return side * length / _MEASURE


def _even_with(side: int, length: float) -> int:
    """Return a length in whole pixels that can be centred in the icon without falling between two."""
    pixels = round(_scaled(side, length))
    return pixels + (side - pixels) % 2
