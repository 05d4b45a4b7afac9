"""What Windows shows of programs and installer, drawn from the one drawing."""

import runpy
from pathlib import Path

import pytest
from PIL import Image
from tests.test_house import ROOT

WINDOWS = ROOT / "packaging" / "windows"
PICTURES = runpy.run_path(str(WINDOWS / "pictures.py"))
DRAWING = runpy.run_path(str(ROOT / "packaging" / "app" / "drawing.py"))


@pytest.fixture
def icon(tmp_path: Path) -> Path:
    written = tmp_path / "tabkeeper.ico"
    PICTURES["write_ico"](DRAWING["picture"], DRAWING["png"], written)
    return written


@pytest.mark.parametrize("side", PICTURES["SIDES"])
def test_the_icon_has_the_drawing_in_each_size_the_right_way_up(
    icon: Path, side: int, tmp_path: Path
) -> None:
    drawn = tmp_path / "drawn.png"
    drawn.write_bytes(DRAWING["png"](side))
    with Image.open(icon) as pictures, Image.open(drawn) as wanted:
        assert pictures.info["sizes"] == {(one, one) for one in PICTURES["SIDES"]}
        shown = pictures.ico.getimage((side, side)).convert("RGBA")
        assert shown.tobytes() == wanted.convert("RGBA").tobytes()


def test_the_installer_s_last_page_shows_the_icon_on_its_colour(tmp_path: Path) -> None:
    PICTURES["write_side"](DRAWING["picture"], tmp_path / "side.bmp")
    with Image.open(tmp_path / "side.bmp") as side:
        red, green, blue = side.getpixel((2, 600))
        assert green > red + 40
        assert blue > red + 40
        assert (255, 255, 255) in {colour for _, colour in side.getcolors(200_000)}
