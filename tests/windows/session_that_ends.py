"""Run by the Windows Python: ends the session for the one program with our ear, as Windows does.

All windows of the program are asked, and then told whether the end comes or is called off.
"""

import ctypes
import sys
import time
from ctypes import wintypes
from typing import Any

WM_QUERYENDSESSION, WM_ENDSESSION = 0x11, 0x16
EAR = "Tabkeeper's ear"
"""How a title begins, to which Qt adds the program's name."""
MILLISECONDS = 20_000
user32: Any = getattr(ctypes, "windll").user32  # noqa: B009
called_back: Any = getattr(ctypes, "WINFUNCTYPE")(wintypes.BOOL, wintypes.HWND, wintypes.LPARAM)  # noqa: B009


def windows_of_the_program() -> list[int]:
    while not (ears := [window for window in all_windows() if title_of(window).startswith(EAR)]):
        time.sleep(0.05)
    return [window for window in all_windows() if process_of(window) == process_of(ears[0])]


def all_windows() -> list[int]:
    found: list[int] = []

    def see(window: int, _: int) -> bool:
        found.append(window)
        return True

    user32.EnumWindows(called_back(see), 0)
    return found


def title_of(window: int) -> str:
    text = ctypes.create_unicode_buffer(64)
    user32.GetWindowTextW(wintypes.HWND(window), text, len(text))
    return text.value


def process_of(window: int) -> int:
    number = wintypes.DWORD()
    user32.GetWindowThreadProcessId(wintypes.HWND(window), ctypes.byref(number))
    return number.value


def tell(window: int, message: int, about: int) -> int | None:
    """Return what the window answers; None where it has gone, or hangs."""
    answer = ctypes.c_size_t()
    heard = user32.SendMessageTimeoutW(
        wintypes.HWND(window), message, about, 0, 0, MILLISECONDS, ctypes.byref(answer)
    )
    return answer.value if heard else None


it_comes = sys.argv[1] == "comes"
windows = windows_of_the_program()
print("agrees" if all(tell(window, WM_QUERYENDSESSION, 0) == 1 for window in windows) else "refuses")
for window in windows:
    tell(window, WM_ENDSESSION, int(it_comes))
