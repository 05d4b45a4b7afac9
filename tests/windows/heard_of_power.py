"""Run by the Windows Python: says what is heard of sleep and locks when Windows sends its messages.

Wine neither sleeps nor locks, so the messages are sent here as Windows sends them: those about sleep to all
windows, those about locks to the one that has asked for them.
"""

import asyncio
import ctypes
from typing import Any

from PySide6.QtGui import QGuiApplication
from qasync import QEventLoop  # type: ignore[import-untyped]

from tabkeeper.desktop.power import power_of_this_system

WM_POWERBROADCAST, WM_WTSSESSION_CHANGE = 0x218, 0x2B1
EVERYBODY = 0xFFFF
user32: Any = getattr(ctypes, "windll").user32  # noqa: B009


async def hear() -> None:
    power = power_of_this_system()
    power.left.connect(lambda: print("left"))
    power.came_back.connect(lambda: print("came-back"))
    await power.begin()
    ear = user32.FindWindowW(None, "Tabkeeper's ear")
    for window, message, about in (
        (EVERYBODY, WM_POWERBROADCAST, 0x04),
        (EVERYBODY, WM_POWERBROADCAST, 0x12),
        (ear, WM_WTSSESSION_CHANGE, 0x07),
        (ear, WM_WTSSESSION_CHANGE, 0x08),
        (EVERYBODY, WM_POWERBROADCAST, 0x0A),  # the battery, which is nobody's absence
    ):
        await asyncio.to_thread(user32.SendMessageTimeoutW, window, message, about, 0, 0, 5_000, None)
    await power.release()
    await asyncio.to_thread(user32.SendMessageTimeoutW, EVERYBODY, WM_POWERBROADCAST, 0x04, 0, 0, 5_000, None)


application = QGuiApplication([])
with QEventLoop(application) as loop:
    loop.run_until_complete(hear())
