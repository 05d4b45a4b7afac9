"""Draws the icon of the bundle: macOS takes one file that holds a picture for each size."""

from collections.abc import Callable
from pathlib import Path

_SIDES = {
    b"icp4": 16, b"icp5": 32, b"ic11": 32, b"ic12": 64, b"ic07": 128, b"ic13": 256,
    b"ic08": 256, b"ic14": 512, b"ic09": 512, b"ic10": 1024,
}  # fmt: skip
"""Pixels of a side by the name that the format has for it; where two are equal, one is for a finer screen."""


def write_icns(png: Callable[[int], bytes], target: Path) -> None:
    """Write one file with all sizes of what `png` draws."""
    parts = [name + _counted(png(side)) for name, side in _SIDES.items()]
    target.write_bytes(b"icns" + _counted(b"".join(parts)))


def _counted(content: bytes) -> bytes:
    """Return content after its length, which counts itself and the four letters before it."""
    return (len(content) + 8).to_bytes(4, "big") + content
