"""The program hears a signal while Qt waits, and leaves signals as they were."""

import os
import signal
import sys

import pytest
from pytestqt.qtbot import QtBot

from tabkeeper.desktop.ending import Ending

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="os.kill ends a process at once there")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_is_heard_while_qt_waits(qtbot: QtBot, number: signal.Signals) -> None:
    ending = Ending()
    try:
        with qtbot.waitSignal(ending.asked, timeout=5_000):
            os.kill(os.getpid(), number)
    finally:
        ending.release()


def test_signals_are_as_before_afterwards(qtbot: QtBot) -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    Ending().release()
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before
