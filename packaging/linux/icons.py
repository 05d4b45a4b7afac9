"""Draws the program's icon in the sizes of the hicolor theme: `icons.py SHARE`, a package's /usr/share."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "app"))

from drawing import DRAWINGS, png

SIDES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)


def main(share: Path) -> None:
    """Write the drawing itself, its one-coloured sister, and a picture of each size."""
    for folder, name in (("scalable", "tabkeeper.svg"), ("symbolic", "tabkeeper-symbolic.svg")):
        _write(share, folder, name, (DRAWINGS / name).read_bytes())
    for side in SIDES:
        _write(share, f"{side}x{side}", "tabkeeper.png", png(side))


def _write(share: Path, folder: str, name: str, content: bytes) -> None:
    target = share / "icons" / "hicolor" / folder / "apps" / name
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
