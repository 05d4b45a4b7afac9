"""Which ink goes with a panel, by what is seen of it or by what is likely."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot

from tabkeeper.ui.panel import Panel, ink_for, ink_on, likely_ink, seen_ink
from tabkeeper.ui.tray_icon import TrayFace, tray_pixmap


def panel(colour: str, face: TrayFace, side: int) -> QImage:
    picture = QImage(side, side, QImage.Format.Format_RGB32)
    picture.fill(QColor(colour))
    painter = QPainter(picture)
    painter.drawPixmap(0, 0, tray_pixmap(face, side))
    painter.end()
    return picture


@pytest.mark.parametrize("side", [16, 22, 24, 44])
@pytest.mark.parametrize(
    "face", [TrayFace(), TrayFace(minutes=83, colour="#FFFFFF"), TrayFace(minutes=5, colour="#000000")]
)
@pytest.mark.parametrize(("colour", "ink"), [("#eff0f1", "dark"), ("#202326", "light"), ("#808080", "dark")])
def test_the_panel_is_seen_beside_whatever_the_icon_shows(
    qtbot: QtBot, colour: str, ink: str, face: TrayFace, side: int
) -> None:
    assert ink_on(panel(colour, face, side)) == ink


def test_a_panel_with_a_picture_behind_it_is_what_most_of_it_is(qtbot: QtBot) -> None:
    picture = panel("#202326", TrayFace(), 22)
    picture.setPixelColor(0, 0, QColor("#FFFFFF"))
    assert ink_on(picture) == "light"


def test_black_takes_light_ink_and_white_takes_dark() -> None:
    assert (ink_for("#000000"), ink_for("#ffffff")) == ("light", "dark")


@pytest.mark.parametrize(
    ("dark", "desktop", "ink"),
    [
        (False, "KDE", "dark"), (True, "KDE", "light"), (False, "GNOME", "light"),
        (False, "ubuntu:GNOME", "light"), (False, "", "dark"),
    ],
)  # fmt: skip
def test_where_nobody_can_look_the_panel_is_taken_to_look_as_the_system(
    dark: bool, desktop: str, ink: str
) -> None:
    assert likely_ink(dark, {"XDG_CURRENT_DESKTOP": desktop}) == ink


def test_off_x11_nothing_is_seen_and_the_desktop_draws_the_menu(qtbot: QtBot) -> None:
    icon = QSystemTrayIcon()
    watched = Panel(icon)
    watched.watch()
    assert seen_ink(QRect(10, 10, 22, 22)) is None
    assert watched.seen_ink is None
    assert not watched.embeds_qt
