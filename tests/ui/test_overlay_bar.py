"""The bar over a scroll area: it takes no room, goes with the area, and moves it."""

from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from tabkeeper.ui.overlay_bar import OverlayBar


def area_of(qtbot: QtBot, height: int) -> tuple[QScrollArea, OverlayBar]:
    area = QScrollArea()
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    bar = OverlayBar(area)
    inside = QWidget()
    inside.setMinimumHeight(height)
    area.setWidget(inside)
    area.setWidgetResizable(True)
    area.resize(200, 100)
    qtbot.addWidget(area)
    area.show()
    qtbot.waitExposed(area)
    return area, bar


def test_it_takes_no_room_from_what_it_scrolls(qtbot: QtBot) -> None:
    area, bar = area_of(qtbot, 400)
    assert bar.isVisible()
    assert area.viewport().width() == 200
    assert bar.geometry().right() == area.rect().right()


def test_both_move_each_other(qtbot: QtBot) -> None:
    area, bar = area_of(qtbot, 400)
    bar.setValue(120)
    assert area.verticalScrollBar().value() == 120
    area.verticalScrollBar().setValue(50)
    assert bar.value() == 50
    assert (bar.maximum(), bar.pageStep()) == (300, 100)


def test_there_is_none_where_all_is_seen(qtbot: QtBot) -> None:
    area, bar = area_of(qtbot, 60)
    assert not bar.isVisible()
    area.resize(200, 40)
    qtbot.waitUntil(bar.isVisible)
