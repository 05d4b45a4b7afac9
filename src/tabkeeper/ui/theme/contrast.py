"""How well one colour reads on another (WCAG 2), and which ink to write with on a colour somebody chose."""

from functools import lru_cache

from tabkeeper.ui.theme.tokens import NEAR_BLACK, WHITE


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two `#RRGGBB` colours, from 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def text_on(colour: str) -> str:
    """Return near-black or white, whichever reads better on the colour; it is 4.5 : 1 or more on any."""
    return max((WHITE, NEAR_BLACK), key=lambda ink: contrast(ink, colour))


@lru_cache(maxsize=256)
def luminance(colour: str) -> float:
    """Return the relative luminance of a `#RRGGBB` colour, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
