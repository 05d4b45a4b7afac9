"""The theme: readable in every pair of colours, one look for all that is drawn, following the person."""

import re
from datetime import UTC
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetricsF, QImage, QPainter, QPalette
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QPushButton, QTabBar

from tabkeeper.model.catalogue import PROJECT_COLOURS
from tabkeeper.model.instants import utc_now
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.theme import (
    DARK,
    LIGHT,
    Measures,
    Size,
    Space,
    Theme,
    ThemeSource,
    Weight,
    contrast,
    dot_icon,
    paint_bar,
    paint_dot,
    text_on,
)
from tabkeeper.ui.theme.source import text_scale
from tabkeeper.ui.theme.style_sheet import style_sheet
from tabkeeper.ui.window.foot import Foot

LIGHT_THEME = Theme(dark=False, families=("Inter",))
DARK_THEME = Theme(dark=True, families=("Inter",))


@pytest.fixture
def source(qapp):
    before = qapp.style().objectName(), QPalette(qapp.palette()), QFont(qapp.font())
    made = ThemeSource(qapp, "light")
    yield made
    made.deleteLater()
    qapp.setStyleSheet("")
    qapp.setStyle(before[0])
    qapp.setPalette(before[1])
    qapp.setFont(before[2])


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_reads_on_everything_it_is_written_on(colours):
    grounds = (colours.window, colours.raised, colours.accent_tint, colours.selected, colours.hover)
    pairs = [*product((colours.text, colours.muted, colours.accent), grounds)]
    pairs += [(colours.on_accent, colours.accent), (colours.stop, colours.raised)]
    pairs += [(colours.warning, ground) for ground in (colours.warning_tint, colours.window, colours.raised)]
    pairs += [(colours.text, colours.warning_tint), (text_on(colours.stop), colours.stop)]

    unreadable = [pair for pair in pairs if contrast(*pair) < 4.6]

    assert unreadable == []


def test_contrast_is_counted_as_the_guideline_counts_it():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)
    assert contrast("#3B82F6", "#3B82F6") == 1
    assert contrast("#FFFFFF", "#767676") == contrast("#767676", "#FFFFFF")


def test_text_reads_on_whatever_colour_a_person_gives_a_project():
    steps = [f"{value:02X}" for value in range(0, 256, 15)]
    colours = ["#" + "".join(channels) for channels in product(steps, repeat=3)]

    worst = min(contrast(text_on(colour), colour) for colour in colours)

    assert worst >= 4.5


@pytest.mark.parametrize("colour", PROJECT_COLOURS)
def test_a_project_is_written_on_in_whichever_ink_contrasts_more(colour):
    chosen = contrast(text_on(colour), colour)

    assert chosen >= contrast("#FFFFFF", colour)
    assert chosen >= contrast("#1B1F23", colour)


def test_the_sheet_holds_no_colour_that_is_no_token():
    for theme in (LIGHT_THEME, DARK_THEME):
        allowed = {*theme.colours, text_on(theme.colours.accent), text_on(theme.colours.stop)}
        found = {word[:7] for word in style_sheet(theme).replace("#", " #").split() if word.startswith("#")}

        assert found <= allowed


def test_light_and_dark_differ_in_sheet_and_palette_only_by_colour():
    light, dark = style_sheet(LIGHT_THEME), style_sheet(DARK_THEME)

    assert light != dark
    assert len(light.splitlines()) == len(dark.splitlines())
    assert LIGHT_THEME.palette().color(QPalette.ColorRole.Base).name().upper() == LIGHT.window
    assert DARK_THEME.palette().color(QPalette.ColorRole.Base).name().upper() == DARK.window
    assert DARK_THEME.palette().color(QPalette.ColorRole.Highlight).name().upper() == DARK.accent


def test_tabular_digits_are_equally_wide(qapp):
    def spread(tabular):
        metrics = QFontMetricsF(LIGHT_THEME.font(Size.CLOCK, Weight.STRONG, tabular=tabular))
        widths = [metrics.horizontalAdvance(digit * 8) for digit in "0123456789"]
        return max(widths) - min(widths)

    assert QFontInfo(LIGHT_THEME.font()).family() != "Inter" or spread(tabular=False) > 8
    assert spread(tabular=True) < 0.5


def test_digits_stay_tabular_under_the_style_sheet(source, qtbot):
    label = QLabel("1:11:11")
    qtbot.addWidget(label)
    label.setProperty("tone", "muted")
    label.setFont(source.theme.font(Size.CLOCK, Weight.STRONG, tabular=True))
    label.ensurePolished()

    assert label.font().featureTags() == [QFont.Tag("tnum")]
    assert label.font().pixelSize() == Size.CLOCK
    assert label.font().weight() == Weight.STRONG


def test_the_foot_stays_in_small_letters_when_the_theme_changes(source, qtbot):
    foot = Foot(source.theme, Clockface(UTC), utc_now)
    qtbot.addWidget(foot)
    foot.show_week(3600, 0)
    foot.show()
    source.choose("dark")
    foot.dress(source.theme)
    week = next(label for label in foot.findChildren(QLabel) if label.text() == foot.week)

    assert week.font().pixelSize() == source.theme.pixels(Size.CAPTION)


def test_a_font_handed_out_cannot_be_changed_for_the_next_who_asks(qapp):
    LIGHT_THEME.font(Size.BODY).setPixelSize(99)

    assert LIGHT_THEME.font(Size.BODY).pixelSize() == Size.BODY


def test_text_and_what_holds_it_grow_together_with_the_systems_text_scale():
    large = Theme(dark=False, families=("Inter",), text_scale=1.5)

    assert large.font(Size.FIGURES).pixelSize() == 30
    assert large.measures.row == 69
    assert large.measures.target == 36
    assert f"font-size: {round(Size.CAPTION * 1.5)}px" in style_sheet(large)


@pytest.mark.parametrize(("points", "scaled"), [(6, False), (9, False), (11, False), (14, True), (90, True)])
def test_only_a_larger_font_than_desktops_ship_scales_the_text(qapp, points, scaled, monkeypatch):
    monkeypatch.setattr("tabkeeper.ui.theme.source._NORMAL_PIXELS", 11 * 96 / 72)

    scale = text_scale(QFont("Inter", points), qapp)

    assert (scale > 1) is scaled
    assert 1 <= scale <= 2


def test_nothing_that_is_clicked_is_smaller_than_a_finger_finds():
    measures = Measures()

    assert min(measures.target, measures.tool, measures.field, measures.tab, measures.start) >= 24


def test_choosing_dark_dresses_the_application_and_says_so_once(source, qapp, qtbot):
    heard = []
    source.changed.connect(heard.append)

    source.choose("dark")
    source.choose("dark")

    assert [theme.dark for theme in heard] == [True]
    assert source.theme.dark
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.window
    assert DARK.raised in qapp.styleSheet()


def test_going_back_to_the_system_follows_it_again(source, qapp):
    source.choose("dark")

    source.choose("system")

    assert source.theme.dark is (qapp.styleHints().colorScheme() is Qt.ColorScheme.Dark)


def test_what_the_system_looks_like_is_known_behind_a_choice(source, qapp):
    source.choose("system")
    seen = source.system_is_dark
    source.choose("light" if seen else "dark")
    assert source.theme.dark is not seen
    assert source.system_is_dark is seen


def test_a_larger_system_font_is_noticed_when_the_person_comes_back(source, qapp, monkeypatch):
    monkeypatch.setattr("tabkeeper.ui.theme.source._NORMAL_PIXELS", 6.0)

    qapp.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)

    assert source.theme.text_scale > 1
    assert qapp.font().pixelSize() > Size.BODY


def test_the_focus_ring_moves_no_text_and_changes_no_height(source, qtbot):
    field = QLineEdit("Stand-up")
    qtbot.addWidget(field)
    field.resize(200, field.sizeHint().height())
    field.show()
    resting = field.sizeHint()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)

    assert field.sizeHint() == resting
    assert resting.height() == source.theme.measures.field


def test_a_check_box_with_the_keyboard_shows_its_ring_and_no_frame_around_its_text(source, qtbot):
    box = QCheckBox("Billable")
    resting, focused = _without_and_with_the_keyboard(box, qtbot)
    words = box.rect().adjusted(source.theme.measures.icon + Space.HAIR, 0, 0, 0)

    assert focused != resting
    assert focused.copy(words) == resting.copy(words)


def test_a_tab_with_the_keyboard_is_tinted_whole_and_has_no_frame_within(source, qtbot):
    tabs = QTabBar()
    tabs.addTab("Entries")
    tabs.addTab("Reports")
    _, focused = _without_and_with_the_keyboard(tabs, qtbot)
    tab = tabs.tabRect(0)
    across = {focused.pixelColor(x, tab.top() + 3).name() for x in range(tab.left() + 1, tab.right())}

    assert across == {source.theme.colours.accent_tint.lower()}


def _without_and_with_the_keyboard(widget, qtbot):
    qtbot.addWidget(widget)
    widget.resize(widget.sizeHint())
    widget.show()
    widget.clearFocus()
    resting = widget.grab().toImage()
    widget.activateWindow()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(widget.hasFocus)
    widget.setAttribute(Qt.WidgetAttribute.WA_KeyboardFocusChange)  # as if Tab had been pressed
    return resting, widget.grab().toImage()


def test_each_kind_of_button_has_the_height_the_measures_give_it(source, qtbot):
    measures = source.theme.measures
    for kind, height in (("primary", measures.field), ("chip", measures.target), ("start", measures.start)):
        button = QPushButton("Start")
        button.setProperty("kind", kind)
        qtbot.addWidget(button)
        button.ensurePolished()

        assert button.sizeHint().height() == height, kind


@pytest.mark.parametrize("appearance", ["light", "dark"])
def test_the_frame_of_an_empty_check_box_is_seen(source, qtbot, appearance):
    source.choose(appearance)
    box = QCheckBox("Billable")
    qtbot.addWidget(box)
    box.resize(box.sizeHint())
    image = box.grab().toImage()
    ground = source.theme.colours.window
    across = [image.pixelColor(x, image.height() // 2).name() for x in range(image.height())]

    assert max(contrast(colour, ground) for colour in across) >= 3


def test_a_project_without_a_usable_colour_is_shown_muted():
    assert LIGHT_THEME.project_colour(None) == LIGHT.muted
    assert LIGHT_THEME.project_colour("no colour") == LIGHT.muted
    assert LIGHT_THEME.project_colour("#3b82f6") == "#3b82f6"


def test_bar_and_dot_are_in_the_projects_colour(qapp):
    picture = QImage(40, 20, QImage.Format.Format_ARGB32)
    picture.fill(QColor(LIGHT.window))
    painter = QPainter(picture)
    paint_bar(painter, QRectF(2, 2, 3, 16), "#D97706", LIGHT_THEME)
    paint_dot(painter, QPointF(25, 10), "#9333EA", LIGHT_THEME)
    painter.end()

    assert picture.pixelColor(3, 10).name().upper() == "#D97706"
    assert picture.pixelColor(25, 10).name().upper() == "#9333EA"


def test_a_project_as_white_as_the_window_still_shows_its_dot(qapp):
    dot = dot_icon("#FFFFFF", LIGHT_THEME).pixmap(16, 16).toImage()

    seen = {dot.pixelColor(x, 8).name().upper() for x in range(16) if dot.pixelColor(x, 8).alpha() > 200}

    assert seen - {"#FFFFFF"}


@pytest.mark.parametrize("theme", [LIGHT_THEME, DARK_THEME])
def test_the_mark_of_a_check_box_is_in_the_colour_for_the_accent(theme):
    named = re.findall(r'image: url\("([^"]+)"\)', style_sheet(theme))

    assert [re.findall("#[0-9A-F]{6}", Path(path).read_text()) for path in named] == [
        [theme.colours.on_accent]
    ]


def test_what_stands_in_an_empty_field_can_be_read(source, qtbot):
    field = QLineEdit()
    qtbot.addWidget(field)
    field.ensurePolished()
    ink = field.palette().color(QPalette.ColorRole.PlaceholderText)

    assert ink.alpha() == 255
    assert contrast(ink.name(), source.theme.colours.window) >= 4.5
