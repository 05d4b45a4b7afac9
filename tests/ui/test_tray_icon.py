"""The tray icon: nothing clipped, every minute told from the next, readable on any project's colour."""

from itertools import product

import pytest
from PySide6.QtCore import QPointF, QSize

from tabkeeper.model.catalogue import PROJECT_COLOURS
from tabkeeper.ui.theme import contrast, text_on
from tabkeeper.ui.tray_digits import digits_path, measures_for
from tabkeeper.ui.tray_icon import (
    SIDES,
    TrayFace,
    fill_of,
    pill_box,
    text_box,
    tray_icon,
    tray_pixmap,
    tray_text,
)

BLUE = "#3B82F6"
EVERY_TEXT = [*sorted({tray_text(minutes) for minutes in range(100 * 60)}), "4d", "41d", "99d"]
TROUBLES = ("none", "offline", "needs_you")


def fits(side, _trouble, template):
    """No menu bar is lower than 18 pixels."""
    return not template or side >= 18


def picture(face, side=22):
    return tray_pixmap(face, side).toImage()


def alphas(image):
    return [[image.pixelColor(x, y).alpha() for x in range(image.width())] for y in range(image.height())]


@pytest.mark.parametrize(
    ("minutes", "text"),
    [
        (0, "00"),
        (5, "05"),
        (23, "23"),
        (59, "59"),
        (60, "1:00"),
        (83, "1:23"),
        (599, "9:59"),
        (600, "10h"),
        (5999, "99h"),
        (6000, "4d"),
        (60 * 24 * 41, "41d"),
        (10**7, "99d"),
        (-3, "00"),
    ],
)
def test_the_time_is_written_in_as_few_signs_as_tell_it(minutes, text):
    assert tray_text(minutes) == text


@pytest.mark.parametrize(
    ("side", "trouble", "template"), [case for case in product(SIDES, TROUBLES, (False, True)) if fits(*case)]
)
def test_no_text_touches_the_edge_of_its_pill_at_any_size(side, trouble, template):
    face = TrayFace(83, BLUE, trouble, template=template)
    pill = pill_box(face, side)
    for text in EVERY_TEXT:
        ink = digits_path(text, text_box(face, side, text)).boundingRect()

        assert ink.left() >= pill.left() + 1, text
        assert ink.right() <= pill.right() - 1, text
        assert ink.top() >= pill.top() + 1, text
        assert ink.bottom() <= pill.bottom() - 1, text


@pytest.mark.parametrize(("side", "text"), [*product(SIDES, ("23", "1:23", "8:08", "11h", "4d", "41d"))])
def test_the_hollow_of_a_digit_stays_open(side, text):
    measures = measures_for(text, text_box(TrayFace(83), side, text))

    assert measures.width - 2 * measures.stroke >= 1
    assert measures.length(text) <= text_box(TrayFace(83), side, text).width()


def test_the_digits_at_the_measure_are_heavy_and_as_tall_as_the_pill_allows():
    two, four = (measures_for(text, text_box(TrayFace(83), 22, text)) for text in ("23", "1:23"))

    assert (two.height, two.stroke) == (12, 3)
    assert (four.height, four.stroke) == (10, 2)


@pytest.mark.parametrize("side", SIDES)
def test_every_digit_is_another_picture(qapp, side):
    single = {bytes(picture(TrayFace(minute, BLUE), side).constBits()) for minute in range(60)}
    narrowed = {bytes(picture(TrayFace(60 * 8 + minute, BLUE), side).constBits()) for minute in range(60)}

    assert len(single) == 60
    assert len(narrowed) == 60


def test_strokes_meet_the_edges_of_pixels_at_the_measure(qapp):
    image = picture(TrayFace(60 + 44, None, ink="light"))
    dark = [image.pixelColor(x, 11).lightness() for x in range(1, 21)]

    assert {light for light in dark if 60 < light < 180} == set()


@pytest.mark.parametrize(
    "colour", [*PROJECT_COLOURS, "#FFFFFF", "#000000", "#777777", "#FDE047", None, "nonsense"]
)
@pytest.mark.parametrize("ink", ["light", "dark"])
def test_the_digits_read_on_the_pill(colour, ink):
    fill = fill_of(TrayFace(23, colour, ink=ink))

    assert contrast(text_on(fill), fill) >= 4.5


def test_the_pill_is_in_the_projects_colour(qapp):
    image = picture(TrayFace(23, BLUE), 44)

    assert image.pixelColor(22, 8).name().upper() == BLUE


def test_a_pill_that_would_vanish_in_the_panel_has_an_edge(qapp):
    vanishing, plain = picture(TrayFace(23, "#202020")), picture(TrayFace(23, "#202020", ink="dark"))

    assert vanishing.pixelColor(11, 3).lightness() > 150
    assert plain.pixelColor(11, 3).lightness() < 50


def test_a_stopped_clock_is_an_outline_in_the_panels_ink(qapp):
    for ink, lightness in (("light", range(200, 256)), ("dark", range(100))):
        image = picture(TrayFace(ink=ink))

        assert image.pixelColor(11, 2).lightness() in lightness
        assert image.pixelColor(6, 11).alpha() == 0


def test_running_without_a_text_is_a_disc_in_the_projects_colour(qapp):
    image = picture(TrayFace(23, BLUE, show_text=False))

    assert image.pixelColor(6, 11).name().upper() == BLUE
    assert image != picture(TrayFace())


@pytest.mark.parametrize(("side", "text"), [*product((16, 22, 24, 32, 44), ("23", "1:23", "11h"))])
def test_the_dot_of_trouble_leaves_the_digits_whole(qapp, side, text):
    minutes = {"23": 23, "1:23": 83, "11h": 660}[text]
    face = TrayFace(minutes, BLUE, "needs_you")
    ink = digits_path(text, text_box(face, side, text))
    image = picture(face, side)

    holes = [
        (x, y)
        for x, y in product(range(side), range(side))
        if ink.contains(QPointF(x + 0.5, y + 0.5)) and image.pixelColor(x, y).alpha() < 128
    ]

    assert holes == []


def test_offline_is_a_grey_dot_and_needs_you_an_amber_one(qapp):
    grey = picture(TrayFace(trouble="offline")).pixelColor(19, 19)
    amber = picture(TrayFace(trouble="needs_you")).pixelColor(19, 19)

    assert grey.saturation() < 60
    assert 30 <= amber.hue() <= 50


@pytest.mark.parametrize("side", [16, 22, 24, 32, 44])
def test_a_ring_of_nothing_cuts_the_dot_out(qapp, side):
    image = picture(TrayFace(23, BLUE, "needs_you"), side)
    down_from_the_pill = [image.pixelColor(side * 19 // 22, y).alpha() for y in range(side // 2, side)]

    assert min(down_from_the_pill) < 100
    assert down_from_the_pill[0] == 255
    assert max(down_from_the_pill[-side // 5 :]) == 255


def test_a_template_is_one_black_ink_and_tells_trouble_by_shape(qapp):
    images = [picture(TrayFace(83, BLUE, trouble, template=True), 36) for trouble in TROUBLES]

    for image in images:
        lightest = max(
            image.pixelColor(x, y).lightness()
            for x, y in product(range(36), range(36))
            if image.pixelColor(x, y).alpha() == 255
        )
        assert lightest < 10
    assert len({bytes(image.constBits()) for image in images}) == 3
    assert tray_icon(TrayFace(83, template=True)).isMask()


def test_the_pill_of_a_template_is_an_outline(qapp):
    column = [row[12] for row in alphas(picture(TrayFace(0, BLUE, template=True), 44))]

    assert column[22 - 16] > 200
    assert column[22 - 13] == 0


@pytest.mark.parametrize(
    ("logical", "ratio"), [(16, 1), (22, 1), (22, 1.5), (22, 2), (24, 2), (22, 3), (32, 1)]
)
def test_a_panel_gets_a_picture_that_nobody_had_to_scale(qapp, logical, ratio):
    pixmap = tray_icon(TrayFace(83, BLUE)).pixmap(QSize(logical, logical), ratio)

    own = tray_pixmap(TrayFace(83, BLUE), round(logical * ratio))

    assert pixmap.width() == round(logical * ratio)
    assert bytes(pixmap.toImage().constBits()) == bytes(own.toImage().constBits())


def test_equal_faces_are_painted_once(qapp):
    assert tray_icon(TrayFace(83, BLUE)) is tray_icon(TrayFace(83, BLUE))
