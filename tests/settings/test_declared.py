"""Settings are data: each takes what it says it takes, and nothing else."""

import pytest

from tabkeeper.settings import SETTINGS, Setting, Settings

BY_KEY = {setting.key: setting for setting in SETTINGS}


def test_each_field_is_declared_once_and_its_default_is_one_it_takes() -> None:
    assert sorted(setting.field for setting in SETTINGS) == sorted(Settings._fields)
    assert all(setting.takes(setting.default) for setting in SETTINGS)
    assert all(setting.meaning for setting in SETTINGS)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("appearance.theme", "dark"), ("appearance.tray_text", False), ("time.week_starts", "sunday"),
        ("time.clock", "12h"), ("week.hours", 37.5), ("week.hours", 168), ("week.hours", 0),
    ],
)  # fmt: skip
def test_a_value_that_a_setting_takes_is_chosen(key: str, value: str | bool | float) -> None:
    chosen = Settings().chosen(BY_KEY[key], value)
    assert chosen.value(BY_KEY[key]) == value


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("appearance.theme", "pink"), ("appearance.theme", True), ("appearance.tray_text", "yes"),
        ("appearance.tray_text", 1), ("time.week_starts", 1), ("week.hours", 169), ("week.hours", -1),
        ("week.hours", True), ("week.hours", "40"), ("week.hours", float("nan")),
    ],
)  # fmt: skip
def test_a_value_that_a_setting_does_not_take_is_refused_by_name(key: str, value: str | bool | float) -> None:
    with pytest.raises(ValueError, match=key):
        Settings().chosen(BY_KEY[key], value)


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        (BY_KEY["time.clock"], 'one of "system", "24h", "12h"'),
        (BY_KEY["appearance.tray_text"], "true or false"),
        (BY_KEY["week.hours"], "a number, 0 to 168"),
    ],
)
def test_a_setting_says_what_it_may_be(setting: Setting, expected: str) -> None:
    assert setting.expected == expected
