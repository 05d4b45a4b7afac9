"""What a person can choose: declared as data, kept in one TOML file; no Qt, and quick to read."""

from tabkeeper.settings.declared import SETTINGS, Panel, Setting, Settings, Value
from tabkeeper.settings.file import Reading, SettingsBroken, SettingsTrouble, look, read, write
from tabkeeper.settings.week import first_weekday

__all__ = [
    "SETTINGS",
    "Panel",
    "Reading",
    "Setting",
    "Settings",
    "SettingsBroken",
    "SettingsTrouble",
    "Value",
    "first_weekday",
    "look",
    "read",
    "write",
]
