"""The README's pictures: the window and the tray's menu, light and dark side by side, in few bytes."""

from pathlib import Path

from PIL import Image, ImageDraw
from tests.screenshots.stage import Look, picture_path

FOLDER = Path(__file__).parents[2] / "docs" / "images"
LOOKS = (Look("light", 2), Look("dark", 2))
GAP, CORNER, EDGE = 48, 20, "#8A949E"
NOTHING = "#FF00FF"
"""A colour that no picture has; it becomes transparent."""


def compose(name: str) -> Path:
    """Lay the pictures of a scene side by side, their corners rounded, on nothing."""
    pictures = [Image.open(picture_path(name, look)).convert("RGB") for look in LOOKS]
    width = sum(picture.width for picture in pictures) + GAP * (len(pictures) - 1)
    sheet = Image.new("RGB", (width, max(picture.height for picture in pictures)), NOTHING)
    left = 0
    for picture in pictures:
        sheet.paste(picture, (left, 0), _rounded(picture.size))
        box = (left, 0, left + picture.width - 1, picture.height - 1)
        ImageDraw.Draw(sheet).rounded_rectangle(box, CORNER, outline=EDGE)
        left += picture.width + GAP
    path = FOLDER / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    few = sheet.quantize(256, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)
    few.save(path, optimize=True, transparency=few.getpixel((0, 0)))
    return path


def _rounded(size: tuple[int, int]) -> Image.Image:
    mask = Image.new("L", size)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, size[0] - 1, size[1] - 1), CORNER, fill=255)
    return mask
