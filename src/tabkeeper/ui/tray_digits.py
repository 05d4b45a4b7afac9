"""The tray's own heavy digits: strokes on whole pixels, so that 22 of them hold `1:23` unclipped.

A font's digits would be squeezed and blurred at this size, and would differ from desktop to desktop.
"""

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainterPath, QPainterPathStroker

Point = tuple[float, float]
Stroke = tuple[Point, ...]

# Each stroke runs through points of a box from (0, 0) top left to (1, 1) bottom right; corners are rounded,
# and a stroke that ends where it begins is closed.
_SHAPES: dict[str, tuple[Stroke, ...]] = {
    "0": (((0.5, 0), (1, 0), (1, 1), (0, 1), (0, 0), (0.5, 0)),),
    "1": (((0, 0.22), (0.6, 0), (0.6, 1)),),
    "2": (((0, 0.2), (0, 0), (1, 0), (1, 0.45), (0, 1), (1, 1)),),
    "3": (((0, 0), (1, 0), (1, 0.5), (0.4, 0.5)), ((0.4, 0.5), (1, 0.5), (1, 1), (0, 1))),
    "4": (((0, 0), (0, 0.6), (1, 0.6)), ((1, 0), (1, 1))),
    "5": (((1, 0), (0, 0), (0, 0.42), (1, 0.42), (1, 1), (0, 1)),),
    "6": (((1, 0), (0, 0), (0, 1), (1, 1), (1, 0.42), (0, 0.42)),),
    "7": (((0, 0), (1, 0), (0.35, 1)),),
    "8": (
        ((0.5, 0), (1, 0), (1, 0.5), (0, 0.5), (0, 0), (0.5, 0)),
        ((0.5, 0.5), (1, 0.5), (1, 1), (0, 1), (0, 0.5), (0.5, 0.5)),
    ),
    "9": (((0, 1), (1, 1), (1, 0), (0, 0), (0, 0.58), (1, 0.58)),),
    "h": (((0, 0), (0, 1)), ((0, 0.42), (1, 0.42), (1, 1))),
    "d": (((1, 0), (1, 1)), ((1, 0.42), (0, 0.42), (0, 1), (1, 1))),
}
_SHARP: dict[str, set[Point]] = {
    "1": {(0.6, 0)},
    "2": {(1, 0.45), (0, 1)},
    "4": {(0, 0.6)},
    "5": {(0, 0), (0, 0.42)},
    "7": {(1, 0)},
}
"""The corners that are not rounded."""


class Measures(NamedTuple):
    """How large the digits of one text are, in whole pixels."""

    height: int
    width: int
    """Of a digit; a colon is as wide as a stroke."""
    stroke: int
    gap: int

    def length(self, text: str) -> int:
        """Return how wide the text is."""
        glyphs = sum(self.stroke if glyph == ":" else self.width for glyph in text)
        return glyphs + self.gap * (len(text) - 1)


def measures_for(text: str, room: QRectF) -> Measures:
    """Return the heaviest measures with which the text fits into the room, on whole pixels."""
    height, available = int(room.height()), int(room.width())
    gap = max(1, round(height / 10))
    digits, colons = len(text) - text.count(":"), text.count(":")
    stroke = max(1, round(height * 0.22))
    while True:
        free = available - colons * stroke - gap * (len(text) - 1)
        width = min(free // digits, round(height * 0.7))
        # The hollow of a digit stays open: at least a pixel between its two strokes.
        if stroke == 1 or width > 2 * stroke:
            return Measures(height, width, stroke, gap)
        stroke -= 1


def digits_path(text: str, room: QRectF) -> QPainterPath:
    """Return the outline of a text of digits, colons, `h` and `d`, centred in the room on whole pixels."""
    measures = measures_for(text, room)
    left = room.left() + (int(room.width()) - measures.length(text)) // 2
    path = QPainterPath()
    for glyph in text:
        path.addPath(_glyph(glyph, measures).translated(left, room.top()))
        left += (measures.stroke if glyph == ":" else measures.width) + measures.gap
    return path


def _glyph(glyph: str, measures: Measures) -> QPainterPath:
    if glyph == ":":
        return _colon(measures)
    lines = QPainterPath()
    for stroke in _SHAPES[glyph]:
        lines.addPath(_rounded(stroke, _SHARP.get(glyph, set()), measures))
    pen = QPainterPathStroker()
    pen.setWidth(measures.stroke)
    pen.setCapStyle(Qt.PenCapStyle.SquareCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    # Slanting strokes end level with the line the digits stand on.
    box = QPainterPath()
    box.addRect(0, 0, measures.width, measures.height)
    return pen.createStroke(lines).simplified().intersected(box)


def _colon(measures: Measures) -> QPainterPath:
    path = QPainterPath()
    side = measures.stroke
    for share in (0.28, 0.72):
        path.addRect(0, round(measures.height * share - side / 2), side, side)
    return path


def _rounded(stroke: Stroke, sharp: set[Point], measures: Measures) -> QPainterPath:
    """Return the middle line of a stroke, so placed that its edges meet the edges of pixels."""
    half = measures.stroke / 2
    across, down = measures.width - measures.stroke, measures.height - measures.stroke
    points = [QPointF(half + round(x * across), half + round(y * down)) for x, y in stroke]
    radius = min(across, down / 2) / 2
    path = QPainterPath(points[0])
    for before, corner, after, place in zip(points, points[1:], points[2:], stroke[1:], strict=False):
        if place in sharp:
            path.lineTo(corner)
        else:
            path.lineTo(_towards(corner, before, radius))
            path.quadTo(corner, _towards(corner, after, radius))
    path.lineTo(points[-1])
    return path


def _towards(start: QPointF, end: QPointF, distance: float) -> QPointF:
    way = end - start
    length = (way.x() ** 2 + way.y() ** 2) ** 0.5
    return start + way * min(distance / length, 1) if length else start
