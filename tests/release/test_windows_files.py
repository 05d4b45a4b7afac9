"""What Windows shows of programs and installer, drawn from the one drawing."""

import os
import runpy
import shutil
import subprocess
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


@pytest.mark.skipif(
    shutil.which("makensis") is None, reason="there is no makensis; make test-package-windows brings it"
)
def test_the_command_that_signs_is_given_the_programs_the_uninstaller_and_the_installer(
    tmp_path: Path, icon: Path
) -> None:
    PICTURES["write_side"](DRAWING["picture"], tmp_path / "side.bmp")
    app, signed, sign = tmp_path / "app", tmp_path / "signed", tmp_path / "sign"
    for name in ("tabkeeper.exe", "tabkeeper-tray.exe", "_internal/part.dll"):
        (app / name).parent.mkdir(parents=True, exist_ok=True)
        (app / name).write_text(name)
    sign.write_text(
        f'#!/bin/sh\nfor file in "$@"; do head -c 2 "$file" && echo " $file"; done >>"{signed}"\n'
    )
    sign.chmod(0o755)
    setup = tmp_path / "tabkeeper-setup.exe"
    subprocess.run(
        (WINDOWS / "pack.sh", app, tmp_path, "x86-unicode", setup),
        env=os.environ | {"WINDOWS_SIGN": str(sign)},
        check=True,
    )
    tray, command, uninstaller, last = signed.read_text().splitlines()
    assert [tray, command, last] == [
        f"ta {app}/tabkeeper-tray.exe",
        f"ta {app}/tabkeeper.exe",
        f"MZ {setup}",
    ]
    assert uninstaller.startswith("MZ ")  # a file of makensis' own, which it then packs
