"""The first day of the week: the one chosen, else the one of the person's system."""

import plistlib
import sys
from pathlib import Path

import pytest

from tabkeeper.settings import Settings, first_weekday
from tabkeeper.settings.week import _of_macos, of_territory


def test_the_chosen_day_counts_whatever_the_system_says() -> None:
    assert first_weekday(Settings(week_starts="saturday"), {"LANG": "en_US.UTF-8"}) == 5


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="these ask the system, not the environment")
@pytest.mark.parametrize(
    ("environment", "day"),
    [
        ({"LANG": "de_DE.UTF-8"}, 0), ({"LANG": "en_US.UTF-8"}, 6), ({"LANG": "ar_EG"}, 5),
        ({"LANG": "en_US.UTF-8", "LC_TIME": "en_GB.UTF-8"}, 0), ({"LC_ALL": "pt_BR@euro"}, 6),
        ({"LANG": "en_US", "LC_ALL": ""}, 6), ({"LANG": "C.UTF-8"}, 0), ({}, 0),
    ],
)  # fmt: skip
def test_the_systems_day_is_that_of_its_territory(environment: dict[str, str], day: int) -> None:
    assert first_weekday(Settings(), environment) == day


def test_no_territory_begins_on_monday() -> None:
    assert of_territory("") == 0
    assert of_territory("MV") == 4


@pytest.mark.parametrize(
    ("preferences", "day"),
    [
        ({"AppleFirstWeekday": {"gregorian": 1}}, 6), ({"AppleFirstWeekday": {"gregorian": 2}}, 0),
        ({"AppleLocale": "en_US@rg=gbzzzz"}, 6), ({"AppleLocale": "de_DE"}, 0), ({}, 0),
    ],
)  # fmt: skip
def test_macos_says_what_was_chosen_or_what_is_usual(
    tmp_path: Path, preferences: dict[str, object], day: int
) -> None:
    file = tmp_path / "preferences.plist"
    file.write_bytes(plistlib.dumps(preferences))
    assert _of_macos(file) == day


def test_macos_without_preferences_begins_on_monday(tmp_path: Path) -> None:
    assert _of_macos(tmp_path / "none.plist") == 0
