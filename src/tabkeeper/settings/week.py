"""Which day a week begins on: the one chosen, or the one that the person's system is set to.

Qt knows it too, but the command line does without Qt and must count the same weeks as the window.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tabkeeper.settings.declared import WEEKDAYS, Settings

# The territories that do not begin on Monday (Unicode CLDR, week data), by the day they do begin on.
_TERRITORIES = {
    6: "AG AS BD BR BS BT BW BZ CA CO DM DO ET GT GU HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ NI "
    "NP PA PE PH PK PR PT PY SA SG SV TH TT TW UM US VE VI WS YE ZA ZW",
    5: "AE AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY",
    4: "MV",
}


def first_weekday(settings: Settings, environment: Mapping[str, str] = os.environ) -> int:
    """Return the day that weeks begin on: 0 for Monday to 6 for Sunday."""
    if settings.week_starts != "system":
        return WEEKDAYS.index(settings.week_starts)
    if sys.platform == "win32":
        return _of_windows()
    if sys.platform == "darwin":
        return _of_macos(Path("~/Library/Preferences/.GlobalPreferences.plist").expanduser())
    return of_territory(_territory(_locale(environment)))


def of_territory(territory: str) -> int:
    """Return the day that weeks begin on in a territory, by its two letters."""
    return next((day for day, names in _TERRITORIES.items() if territory in names.split()), 0)


def _locale(environment: Mapping[str, str]) -> str:
    names = (environment.get(name) for name in ("LC_ALL", "LC_TIME", "LANG"))
    return next((name for name in names if name), "")


def _territory(locale: str) -> str:
    """Return the `US` of `en_US.UTF-8@euro`, or nothing."""
    return locale.partition(".")[0].partition("@")[0].partition("_")[2].upper()


def _of_windows() -> int:
    import ctypes

    first_day_of_week = 0x100C
    text = ctypes.create_unicode_buffer(2)
    kernel: Any = getattr(ctypes, "windll").kernel32  # noqa: B009 - it exists on Windows only
    kernel.GetLocaleInfoEx(None, first_day_of_week, text, len(text))
    return int(text.value) if text.value in "0123456" and text.value else 0


def _of_macos(preferences: Path) -> int:
    """Return what the person chose in the system's settings, else what is usual where they live."""
    import plistlib

    try:
        found = plistlib.loads(preferences.read_bytes())
    except (OSError, plistlib.InvalidFileException, ValueError):
        return 0
    chosen = found.get("AppleFirstWeekday")
    sunday_is_one = chosen.get("gregorian") if isinstance(chosen, dict) else None
    if isinstance(sunday_is_one, int):
        return (sunday_is_one - 2) % 7
    return of_territory(_territory(str(found.get("AppleLocale", ""))))
