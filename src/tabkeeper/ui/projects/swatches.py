"""The choice of a project's colour: a swatch for each usual one, and the system's dialog for any other."""

from PySide6.QtCore import QPointF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QColorDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from tabkeeper.model.catalogue import PROJECT_COLOURS
from tabkeeper.ui.theme import FOCUS_RING, HAIRLINE, Space, Theme

COLOUR_NAMES = (
    "Blue", "Green", "Orange", "Purple", "Pink", "Cyan", "Red", "Lime", "Indigo", "Brown", "Teal", "Grey",
)  # fmt: skip
_IN_A_ROW = 6


class Swatches(QWidget):
    """Shows the colour that is chosen; a colour of the person's own has a swatch of its own."""

    def __init__(self, colour: str | None, theme: Theme) -> None:
        super().__init__()
        self._given, self._theme = colour, theme
        self._colour = (colour or "").upper()
        self._group = QButtonGroup(self)
        grid = QGridLayout()
        grid.setSpacing(Space.HAIR)
        for place, (usual, name) in enumerate(zip(PROJECT_COLOURS, COLOUR_NAMES, strict=True)):
            grid.addWidget(self._swatch(usual, name), place // _IN_A_ROW, place % _IN_A_ROW)
        own = self._colour if self._colour not in PROJECT_COLOURS else ""
        self._own = self._swatch(own, "A colour of your own")
        self._own.setVisible(bool(own))
        other = QPushButton("Other…")
        other.setAutoDefault(False)
        other.setAccessibleName("Other colour")
        other.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addLayout(grid)
        row.addWidget(self._own)
        row.addWidget(other)
        row.addStretch(1)
        self._group.buttonClicked.connect(self._clicked)

    @property
    def colour(self) -> str | None:
        """Return the chosen colour as `#RRGGBB`, the first one as it was given; None where there is none."""
        return self._given if self._colour == (self._given or "").upper() else self._colour

    def choose(self, colour: str) -> None:
        """Choose a colour, `#RRGGBB`."""
        self._colour = colour.upper()
        usual = {swatch.colour: swatch for swatch in self._swatches() if swatch is not self._own}
        swatch = usual.get(self._colour, self._own)
        if swatch is self._own:
            self._own.colour = self._colour
            self._own.show()
        swatch.setChecked(True)
        swatch.update()

    def _swatches(self) -> list["_Swatch"]:
        return [button for button in self._group.buttons() if isinstance(button, _Swatch)]

    def _swatch(self, colour: str, name: str) -> "_Swatch":
        swatch = _Swatch(colour, name, self._theme)
        self._group.addButton(swatch)
        swatch.setChecked(bool(colour) and colour == self._colour)
        return swatch

    @Slot(QAbstractButton)
    def _clicked(self, swatch: QAbstractButton) -> None:
        if isinstance(swatch, _Swatch):
            self.choose(swatch.colour)

    @Slot()
    def _ask(self) -> None:
        found = QColorDialog.getColor(self._colour or PROJECT_COLOURS[0], self, "Colour of the project")
        if found.isValid():
            self.choose(found.name())


class _Swatch(QAbstractButton):
    """A disc of a colour; the chosen one has a ring round it, and so has the one with the keyboard."""

    def __init__(self, colour: str, name: str, theme: Theme) -> None:
        super().__init__()
        self.colour, self._theme = colour, theme
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Return the least that is clicked."""
        return QSize(self._theme.measures.target, self._theme.measures.target)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the disc and its ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, whole = QPointF(self.width() / 2, self.height() / 2), self.width() / 2 - HAIRLINE
        if self.isChecked() or self.hasFocus():
            ring = self._theme.colours.accent if self.hasFocus() else self._theme.colours.text
            painter.setPen(QPen(QColor(ring), FOCUS_RING))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, whole - HAIRLINE, whole - HAIRLINE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.colour))
        inner = whole - FOCUS_RING - HAIRLINE
        painter.drawEllipse(middle, inner, inner)
        painter.end()
