"""The icons: each named file is there, drawn in the colour asked for, sharp at every ratio, and licensed."""

from typing import get_args

import pytest
from PySide6.QtCore import QSize

from tabkeeper.resources import resource
from tabkeeper.ui.icons import IconName, application_icon, icon

NAMES = get_args(IconName)
INK = "#5C6670"


def inked(image):
    return [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    ]


@pytest.mark.parametrize("name", NAMES)
def test_every_icon_is_drawn_in_the_colour_asked_for(qapp, name):
    image = icon(name, INK, 20).pixmap(QSize(20, 20), 2.0).toImage()

    solid = inked(image)

    assert solid
    assert {colour.name().upper() for colour in solid} == {INK}


def test_only_icons_in_use_are_shipped():
    own = {"tabkeeper", "tabkeeper-symbolic", "checked-light", "checked-dark"}

    shipped = {path.stem for path in resource("icons").glob("*.svg")}

    assert shipped == set(NAMES) | own


def test_the_licence_lies_beside_the_icons():
    licence = resource("icons", "LICENSE-lucide.txt").read_text(encoding="utf-8")

    assert "ISC License" in licence
    assert "Lucide" in licence


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_an_icon_has_a_picture_of_its_own_for_each_ratio(qapp, ratio):
    pixmap = icon("search", INK, 16).pixmap(QSize(16, 16), ratio)

    assert pixmap.width() == round(16 * ratio)
    assert pixmap.deviceIndependentSize().toSize() == QSize(16, 16)


def test_a_filled_icon_covers_what_its_outline_encloses(qapp):
    outline = icon("star", INK, 20).pixmap(QSize(20, 20), 1.0).toImage()
    filled = icon("star", INK, 20, filled=True).pixmap(QSize(20, 20), 1.0).toImage()

    assert outline.pixelColor(10, 10).alpha() == 0
    assert filled.pixelColor(10, 10).name().upper() == INK


def test_the_same_icon_is_drawn_once(qapp):
    assert icon("plus", INK, 16) is icon("plus", INK, 16)


@pytest.mark.parametrize("side", [16, 22, 32, 64, 256])
def test_the_applications_icon_is_whole_at_every_size(qapp, side):
    image = application_icon().pixmap(QSize(side, side), 1.0).toImage()

    assert image.size() == QSize(side, side)
    assert image.pixelColor(0, 0).alpha() == 0
    assert image.pixelColor(side // 2, side // 8).alpha() == 255


def test_a_missing_resource_names_the_file_and_the_way_out():
    with pytest.raises(
        FileNotFoundError, match=r"icons/nothing\.svg is missing .* installing Tabkeeper again"
    ):
        resource("icons", "nothing.svg")
