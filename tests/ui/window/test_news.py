"""A newer release in the interface: one line in each menu, and the way to it only when the line is chosen."""

import pytest
from PySide6.QtCore import QRect, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QSystemTrayIcon
from pytestqt.qtbot import QtBot
from tests.ui.window.conftest import LIGHT, ZONE, Bench

from tabkeeper.ui.theme import ThemeSource
from tabkeeper.ui.tray import Tray
from tabkeeper.ui.window.opening import WindowOpener
from tabkeeper.updates.news import News

NEWS = News("Tabkeeper 1.10.0 is out", "Tabkeeper 1.10.0 is out; upgrade it so.", "https://example.org/r")


def rows(menu) -> dict[str, QAction]:
    return {row.text(): row for row in menu.actions() if row.isVisible()}


def test_the_tray_s_menu_has_a_line_while_there_is_news(bench: Bench, qtbot: QtBot) -> None:
    bench.prepare()
    tray = Tray(bench.snapshot, LIGHT, ZONE, bench.clock)
    menu = tray.findChild(QSystemTrayIcon).contextMenu()
    before = list(rows(menu))
    tray.show_news(NEWS)
    assert sorted(rows(menu)) == sorted([*before, "Tabkeeper 1.10.0 is out…"])
    with qtbot.waitSignal(tray.news_requested):
        rows(menu)["Tabkeeper 1.10.0 is out…"].trigger()
    tray.show(bench.snapshot)
    assert "Tabkeeper 1.10.0 is out…" in rows(menu)
    tray.show_news(None)
    assert list(rows(menu)) == before
    tray.hide()


def test_the_window_says_how_it_is_upgraded_when_the_line_is_chosen(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    bench.prepare()
    menu = bench.window.frame.menu
    before = list(rows(menu))
    bench.window.show_news(NEWS)
    assert not bench.toast.isVisible()
    rows(menu)["Tabkeeper 1.10.0 is out…"].trigger()
    assert bench.toast.text == NEWS.words
    assert opened == []
    bench.toast.button.click()
    assert opened == [QUrl(NEWS.page)]
    bench.window.show_news(None)
    assert list(rows(menu)) == before


def test_a_window_that_is_opened_later_has_the_news_too(bench: Bench, qtbot: QtBot, qapp) -> None:
    bench.prepare()
    source = ThemeSource(qapp, "light")
    opener = WindowOpener(bench.snapshot, source, ZONE, bench.clock, bench.desk, bench.memory, bench.reads)
    opener.show_news(NEWS)
    assert opener.window is None
    opener.open_news(QRect())
    qtbot.addWidget(opener.window.frame)
    assert opener.window.frame.toast.text == NEWS.words
    opener.window.frame.hide()
