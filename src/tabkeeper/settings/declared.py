"""Every setting as data: its key, its default, what it may be, and what it means in one line.

Where they are kept is the business of `file`; what they do is that of whoever is given them.
"""

from typing import Any, Literal, NamedTuple

Value = str | bool | float
"""What a setting may hold; whole numbers count as float."""

Appearance = Literal["system", "light", "dark"]
Panel = Literal["auto", "light", "dark"]
WeekStart = Literal["system", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Clock = Literal["system", "24h", "12h"]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""In the order of `date.weekday`."""


class Settings(NamedTuple):
    """What the person has chosen, and the defaults of everything else."""

    theme: Appearance = "system"
    tray_text: bool = True
    panel: Panel = "auto"
    week_starts: WeekStart = "system"
    clock: Clock = "system"
    week_hours: float = 0.0

    def value(self, setting: "Setting") -> Value:
        """Return what is chosen for a setting."""
        value: Value = getattr(self, setting.field)
        return value

    def chosen(self, setting: "Setting", value: Value) -> "Settings":
        """Return these settings with another value for one; raises `ValueError` where it may not be that."""
        if not setting.takes(value):
            raise ValueError(f"{setting.key} is {setting.expected}.")
        of_its_type: Any = float(value) if isinstance(setting.default, float) else value
        return self._replace(**{setting.field: of_its_type})


class Setting(NamedTuple):
    """One thing to choose. `key` is its table and name in the file; `field` its name in `Settings`."""

    key: str
    field: str
    meaning: str
    words: tuple[str, ...] = ()
    """The words it may be, where it is one of some."""
    least: float = 0.0
    most: float = 0.0
    """The range, where it is a number."""

    @property
    def default(self) -> Value:
        """Return what holds where the person has chosen nothing."""
        default: Value = Settings._field_defaults[self.field]
        return default

    @property
    def expected(self) -> str:
        """Return what it may be, as a message says it: `one of "light", "dark"`."""
        if self.words:
            return "one of " + ", ".join(f'"{word}"' for word in self.words)
        return (
            "true or false"
            if isinstance(self.default, bool)
            else f"a number, {self.least:g} to {self.most:g}"
        )

    def takes(self, value: object) -> bool:
        """Whether it may be this value."""
        if self.words:
            return isinstance(value, str) and value in self.words
        if isinstance(self.default, bool) or isinstance(value, bool):
            return isinstance(value, bool) and isinstance(self.default, bool)
        return isinstance(value, int | float) and self.least <= value <= self.most


SETTINGS = (
    Setting("appearance.theme", "theme", "How windows and menus look", words=("system", "light", "dark")),
    Setting("appearance.tray_text", "tray_text", "Whether the elapsed time is written in the tray icon"),
    Setting(
        "appearance.panel",
        "panel",
        "How bright the panel with the tray is, which the icon's own colour follows",
        words=("auto", "light", "dark"),
    ),
    Setting("time.week_starts", "week_starts", "The day a week begins on", words=("system", *WEEKDAYS)),
    Setting("time.clock", "clock", "How times of day are written", words=("system", "24h", "12h")),
    Setting("week.hours", "week_hours", "How many hours a week is to have; 0 for no target", most=168.0),
)
