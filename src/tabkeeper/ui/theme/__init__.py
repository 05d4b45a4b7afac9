"""The look in one place: tokens as data, the theme as a value, and the owner that keeps it current."""

from tabkeeper.ui.theme.canvas import empty_picture, empty_pixmap
from tabkeeper.ui.theme.contrast import contrast, text_on
from tabkeeper.ui.theme.marks import dot_icon, paint_bar, paint_block, paint_dot, stop_icon
from tabkeeper.ui.theme.source import Appearance, ThemeSource
from tabkeeper.ui.theme.tokens import (
    DARK,
    FOCUS_RING,
    HAIRLINE,
    LIGHT,
    Colours,
    Measures,
    Radius,
    Size,
    Space,
    Weight,
)
from tabkeeper.ui.theme.value import Theme

__all__ = [
    "DARK",
    "FOCUS_RING",
    "HAIRLINE",
    "LIGHT",
    "Appearance",
    "Colours",
    "Measures",
    "Radius",
    "Size",
    "Space",
    "Theme",
    "ThemeSource",
    "Weight",
    "contrast",
    "dot_icon",
    "empty_picture",
    "empty_pixmap",
    "paint_bar",
    "paint_block",
    "paint_dot",
    "stop_icon",
    "text_on",
]
