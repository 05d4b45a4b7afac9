"""When the program begins anew because the session bus answers again."""

from threading import Event

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tabkeeper.desktop import bus_return
from tabkeeper.desktop.bus_return import BusReturn


def test_it_is_due_once_there_is_an_answer_and_no_window_is_open(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = Event()
    monkeypatch.setattr(bus_return, "who_is_silent", lambda *_: "" if answer.wait() else "nobody answers")
    monkeypatch.setattr(bus_return, "_BETWEEN_LOOKS", 10)
    window = QWidget()
    qtbot.addWidget(window)
    window.setWindowTitle("Open")
    back = BusReturn()
    window.show()
    answer.set()
    qtbot.waitUntil(back._closing.isActive)
    assert not back.is_due
    window.hide()
    qtbot.waitUntil(lambda: back.is_due)


def test_who_answers_too_late_for_a_new_beginning_is_waited_for_on(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = iter(("The desktop's tray", "", "The desktop's tray", "", ""))
    monkeypatch.setattr(bus_return, "who_is_silent", lambda *_: next(said))
    back = BusReturn()
    qtbot.waitUntil(lambda: back.is_due)
    assert not list(said)
