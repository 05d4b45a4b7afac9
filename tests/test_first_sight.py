"""The program while it is no more than its icon: what somebody asks of that icon is done once it can be."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tabkeeper.desktop.single_instance import SingleInstance
from tabkeeper.first_sight import first_sight
from tabkeeper.paths import find_paths


@pytest.mark.parametrize("ask", ["toggle", "open", "sync", "settings", "quit"])
def test_what_the_icon_is_asked_for_before_the_rest_is_loaded_is_done_then(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, ask: str
) -> None:
    paths = find_paths({"TABKEEPER_HOME": str(tmp_path)})
    done: list[str] = []
    with first_sight(qapp, SingleInstance(paths.socket), paths) as seen:
        signal = getattr(seen.tray, f"{ask}_requested")
        signal.emit()
        getattr(seen.asks, ask).hand_over(lambda: done.append(ask))
        assert done == [ask]
        signal.emit()
        assert done == [ask, ask]
