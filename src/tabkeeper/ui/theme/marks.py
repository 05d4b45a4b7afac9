"""How a project's colour is shown: the bar at a row's edge and the dot in menus and chips."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPen

from tabkeeper.ui.theme.canvas import empty_pixmap
from tabkeeper.ui.theme.contrast import contrast
from tabkeeper.ui.theme.tokens import HAIRLINE
from tabkeeper.ui.theme.value import Theme

_TOO_FAINT = 1.5
_ICON_RATIOS = (1, 2, 3)


def paint_bar(painter: QPainter, box: QRectF, colour: str | None, theme: Theme) -> None:
    """Fill the box with a project's colour, its ends rounded; None is a project without a colour."""
    _ready(painter, colour, theme)
    rounding = box.width() / 2
    painter.drawRoundedRect(box, rounding, rounding)
    painter.restore()


def paint_block(
    painter: QPainter, box: QRectF, colour: str | None, theme: Theme, rounding: float = 0.0
) -> None:
    """Fill the box with a project's colour, as a part of a chart; None is a project without a colour."""
    fill, faint = _look(colour, theme)
    if not faint and not rounding:  # a chart has thousands of these
        painter.fillRect(box, fill)
        return
    _ready(painter, colour, theme)
    edge = HAIRLINE / 2 if faint else 0
    painter.drawRoundedRect(box.adjusted(edge, edge, -edge, -edge), rounding, rounding)
    painter.restore()


def paint_dot(painter: QPainter, centre: QPointF, colour: str | None, theme: Theme) -> None:
    """Draw the dot of a project round its centre; None is a project without a colour."""
    _ready(painter, colour, theme)
    radius = theme.measures.dot / 2
    painter.drawEllipse(centre, radius, radius)
    painter.restore()


@lru_cache(maxsize=128)
def dot_icon(colour: str | None, theme: Theme) -> QIcon:
    """Return the dot of a project as an icon for menus, chips and lists of choices."""
    icon = QIcon()
    side = theme.measures.icon
    for ratio in _ICON_RATIOS:
        pixmap = empty_pixmap(side, ratio)
        painter = QPainter(pixmap)
        paint_dot(painter, QPointF(side / 2, side / 2), colour, theme)
        painter.end()
        icon.addPixmap(pixmap)
    return icon


@lru_cache(maxsize=4)
def stop_icon(theme: Theme) -> QIcon:
    """Return the square that stands for Stop in menus, in the ink of a row and of the chosen one."""
    icon = QIcon()
    side, square = theme.measures.icon, theme.measures.dot
    inset = (side - square) / 2
    inks = ((QIcon.Mode.Normal, theme.colours.text), (QIcon.Mode.Active, theme.colours.on_accent))
    for mode, ink in inks:
        for ratio in _ICON_RATIOS:
            pixmap = empty_pixmap(side, ratio)
            painter = QPainter(pixmap)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawRoundedRect(QRectF(inset, inset, square, square), 1, 1)
            painter.end()
            icon.addPixmap(pixmap, mode)
    return icon


def _ready(painter: QPainter, colour: str | None, theme: Theme) -> None:
    fill, faint = _look(colour, theme)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colours.muted) if faint else QPen(Qt.PenStyle.NoPen))
    painter.setBrush(fill)


@lru_cache(maxsize=1024)
def _look(colour: str | None, theme: Theme) -> tuple[QColor, bool]:
    """Return what to fill with, and whether that is nearly the window's colour: no mark without an edge."""
    fill = theme.project_colour(colour)
    return QColor(fill), contrast(fill, theme.colours.window) < _TOO_FAINT
