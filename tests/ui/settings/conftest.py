"""The settings' dialog over a real file, with hands and eyes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tabkeeper.model.instants import utc_now
from tabkeeper.settings import Settings, read
from tabkeeper.ui.settings.choices import Choices
from tabkeeper.ui.settings.dialog import SettingsDialog
from tabkeeper.ui.settings.opening import SettingsOpener
from tabkeeper.ui.settings.page import SettingRow, SettingsPage
from tabkeeper.ui.theme import ThemeSource


class Bench:
    """The opened dialog; `kept` closes the choices and returns what is in the file."""

    def __init__(self, qtbot: QtBot, path: Path) -> None:
        self.qtbot, self.path = qtbot, path
        self.choices = Choices(Settings(), path, utc_now)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.opener = SettingsOpener(self.choices, ThemeSource(application, "light"))

    def open(self, page: str) -> SettingsDialog:
        self.opener.open(page)
        dialog = self.opener._dialog
        assert dialog is not None
        self.qtbot.addWidget(dialog)
        self.qtbot.waitUntil(dialog.isActiveWindow)
        return dialog

    def row(self, page: str, key: str) -> SettingRow:
        shown = self.open(page).page(page)
        assert isinstance(shown, SettingsPage)
        return next(row for row in shown.rows if row.setting.key == key)

    def kept(self) -> Settings:
        self.choices.close()
        return read(self.path, utc_now()).settings


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(qtbot, tmp_path / "config" / "settings.toml")
    yield bench
    bench.choices.close()
