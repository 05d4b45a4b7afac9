"""The theme as one frozen value that widgets and painters are given: colours, measures, fonts."""

from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtGui import QColor, QFont, QPalette

from tabkeeper.ui.theme.tokens import DARK, LIGHT, Colours, Measures, Size, Weight


@dataclass(frozen=True, slots=True)
class Theme:
    """How everything looks right now; two equal themes draw the same."""

    dark: bool
    families: tuple[str, ...]
    """The system's interface font, first choice first."""
    text_scale: float = 1.0
    """How much larger than normal the person has asked their system to write."""

    @property
    def colours(self) -> Colours:
        """Return the colours of the scheme; Qt takes each where it takes a QColor."""
        return DARK if self.dark else LIGHT

    @property
    def measures(self) -> Measures:
        """Return heights and widths in logical pixels, at the person's text scale."""
        return _measures(self.text_scale)

    def pixels(self, size: int) -> int:
        """Return a size in logical pixels at the person's text scale."""
        return round(size * self.text_scale)

    def font(
        self, size: Size = Size.BODY, weight: Weight = Weight.REGULAR, *, tabular: bool = False
    ) -> QFont:
        """Return the interface font; `tabular` for digits that change or stand in columns."""
        return QFont(_font(self.families, self.pixels(size), weight, tabular))

    def project_colour(self, colour: str | None) -> str:
        """Return a project's colour as `#RRGGBB`; the muted colour for no project or what is no colour."""
        return as_hex(colour) or self.colours.muted

    def tint(self, colour: str | None) -> str:
        """Return a shade of the window with a little of a project's colour in it, to write on."""
        part, window, ink = _TINT, QColor(self.colours.window), QColor(self.project_colour(colour))
        mixed = (
            round(ground * (1 - part) + over * part)
            for ground, over in zip(window.getRgb()[:3], ink.getRgb()[:3], strict=True)  # type: ignore[index]
        )
        return QColor(*mixed).name()

    def palette(self) -> QPalette:
        """Return the palette for everything that is drawn by the style and not by the style sheet."""
        return _palette(self.colours)


def as_hex(colour: str | None) -> str | None:
    """Return a colour that came from outside as `#RRGGBB`, or None where it is no colour."""
    if colour is None or not QColor.isValidColorName(colour):
        return None
    return QColor(colour).name(QColor.NameFormat.HexRgb)


_TINT = 0.15
_measures = lru_cache(maxsize=4)(Measures().scaled)


@lru_cache(maxsize=64)
def _font(families: tuple[str, ...], pixels: int, weight: int, tabular: bool) -> QFont:
    font = QFont(list(families))
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight(weight))
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _palette(colours: Colours) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for group_role, colour in (
        (role.Window, colours.window),
        (role.WindowText, colours.text),
        (role.Base, colours.window),
        (role.AlternateBase, colours.raised),
        (role.Text, colours.text),
        (role.Button, colours.raised),
        (role.ButtonText, colours.text),
        (role.BrightText, colours.text),
        (role.PlaceholderText, colours.muted),
        (role.ToolTipBase, colours.raised),
        (role.ToolTipText, colours.text),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Accent, colours.accent),
        (role.Link, colours.accent),
        (role.LinkVisited, colours.accent),
        (role.Light, colours.window),
        (role.Midlight, colours.hover),
        (role.Mid, colours.line),
        (role.Dark, colours.muted),
        (role.Shadow, colours.line),
    ):
        palette.setColor(group_role, colour)
    for text_role in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, text_role, colours.muted)
    return palette
