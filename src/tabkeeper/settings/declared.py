"""Every setting as data: its key, its default, what it may be, and what it means in one line.

Where they are kept is the business of `file`; what they do is that of whoever is given them.
"""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

from tabkeeper.settings.chord import Chord, parse_chord, spelled_chord
from tabkeeper.settings.working_hours import spelled_days, spelled_time

Value = str | bool | float
"""What a setting may hold; whole numbers count as float."""

Appearance = Literal["system", "light", "dark"]
Panel = Literal["auto", "light", "dark"]
WeekStart = Literal["system", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
Clock = Literal["system", "24h", "12h"]
Durations = Literal["minutes", "seconds", "decimal"]

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""In the order of `date.weekday`."""

_TRUE, _FALSE = ("true", "on", "yes", "1"), ("false", "off", "no", "0")


class Settings(NamedTuple):
    """What the person has chosen, and the defaults of everything else."""

    theme: Appearance = "system"
    tray_text: bool = True
    panel: Panel = "auto"
    week_starts: WeekStart = "system"
    clock: Clock = "system"
    durations: Durations = "minutes"
    week_hours: float = 0.0
    hotkey_toggle: str = ""
    hotkey_continue: str = ""
    hotkey_quick_add: str = ""
    hotkey_window: str = ""
    idle_minutes: float = 10.0
    remind_not_tracking: float = 0.0
    remind_long_hours: float = 10.0
    remind_end_of_day: bool = False
    work_days: str = "mon-fri"
    work_starts: str = "09:00"
    work_ends: str = "17:00"
    pomodoro_work: float = 0.0
    pomodoro_break: float = 5.0
    start_with_session: bool = False
    open_links: bool = True
    updates_check: bool = True

    def value(self, setting: "Setting") -> Value:
        """Return what is chosen for a setting."""
        value: Value = getattr(self, setting.field)
        return value

    def chords(self) -> dict[str, Chord]:
        """Return the hotkeys that are chosen, each under its key without `hotkey.`."""
        chosen = {setting.key: str(self.value(setting)) for setting in SETTINGS if setting.is_chord}
        return {key.removeprefix("hotkey."): parse_chord(text) for key, text in chosen.items() if text}

    def chosen(self, setting: "Setting", value: Value) -> "Settings":
        """Return these settings with another value for one; raises `ValueError` where it may not be that."""
        spelled: Any = setting.spelled(value)
        if setting.is_chord and spelled:
            for other in SETTINGS:
                if other.is_chord and other.key != setting.key and self.value(other) == spelled:
                    raise ValueError(
                        f"{spelled} is {other.key} already; choose other keys for {setting.key}."
                    )
        return self._replace(**{setting.field: spelled})


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
    reads: Callable[[str], str] | None = None
    """Where it is a text of some kind: returns the text as it is kept, or raises `ValueError`."""
    example: str = ""
    """How such a text is written."""

    @property
    def default(self) -> Value:
        """Return what holds where the person has chosen nothing."""
        default: Value = Settings._field_defaults[self.field]
        return default

    @property
    def is_chord(self) -> bool:
        """Return whether it names keys to press."""
        return self.reads is spelled_chord

    @property
    def expected(self) -> str:
        """Return what it may be, as a message says it: `one of "light", "dark"`."""
        if self.words:
            return "one of " + ", ".join(f'"{word}"' for word in self.words)
        if self.reads is not None:
            return f"written as {self.example}"
        return (
            "true or false"
            if isinstance(self.default, bool)
            else f"a number, {self.least:g} to {self.most:g}"
        )

    def takes(self, value: object) -> bool:
        """Whether it may be this value."""
        try:
            self.spelled(value)
        except ValueError:
            return False
        return True

    def spelled(self, value: object) -> Value:
        """Return a value as it is kept; raises `ValueError`, for the person, where it may not be that."""
        if self.reads is not None and isinstance(value, str):
            try:
                return self.reads(value)
            except ValueError as error:
                raise ValueError(f"{self.key} is {self.expected}: {error}.") from error
        if self.words and isinstance(value, str) and value in self.words:
            return value
        if isinstance(self.default, bool) and isinstance(value, bool):
            return value
        numbers = isinstance(self.default, float) and not isinstance(value, bool)
        if numbers and isinstance(value, int | float) and self.least <= value <= self.most:
            return float(value)
        raise ValueError(f"{self.key} is {self.expected}.")

    def typed(self, text: str) -> Value:
        """Return the value that a typed text means; raises `ValueError` where it may not be that."""
        plain = text.strip()
        if isinstance(self.default, bool) and plain.lower() in (*_TRUE, *_FALSE):
            return plain.lower() in _TRUE
        if isinstance(self.default, float):
            try:
                return self.spelled(float(plain))
            except ValueError as error:
                raise ValueError(f"{self.key} is {self.expected}.") from error
        return self.spelled(plain.lower() if self.words else plain)


def _chord(name: str, meaning: str) -> Setting:
    return Setting(
        f"hotkey.{name}",
        f"hotkey_{name}",
        f"The keys that, pressed in any program, {meaning}; empty for none",
        reads=spelled_chord,
        example='Ctrl+Alt+Space, or "" for none',
    )


def _time_of_day(name: str, meaning: str) -> Setting:
    return Setting(f"work.{name}", f"work_{name}", meaning, reads=spelled_time, example="09:00")


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
    Setting(
        "time.durations",
        "durations",
        "How durations are written: 1:23, 1:23:45 or 1.40 h",
        words=("minutes", "seconds", "decimal"),
    ),
    Setting("week.hours", "week_hours", "How many hours a week is to have; 0 for no target", most=168.0),
    _chord("toggle", "stop the timer or go on with the last thing"),
    _chord("continue", "go on with the last thing"),
    _chord("quick_add", "open a line to type in"),
    _chord("window", "show or hide the window"),
    Setting(
        "idle.minutes",
        "idle_minutes",
        "After how many minutes without a key or a move you are asked what the time was; 0 for never",
        most=240.0,
    ),
    Setting(
        "remind.not_tracking",
        "remind_not_tracking",
        "After how many minutes at work without a timer you are reminded; 0 for never",
        most=240.0,
    ),
    Setting(
        "remind.long_hours",
        "remind_long_hours",
        "After how many hours of one timer you are asked whether it still runs rightly; 0 for never",
        most=168.0,
    ),
    Setting("remind.end_of_day", "remind_end_of_day", "Whether the end of work is said while a timer runs"),
    Setting("work.days", "work_days", "The days you work on", reads=spelled_days, example="mon-fri, sun"),
    _time_of_day("starts", "When your work begins"),
    _time_of_day("ends", "When your work ends"),
    Setting(
        "pomodoro.work",
        "pomodoro_work",
        "How many minutes of a timer until a break is proposed; 0 for never",
        most=240.0,
    ),
    Setting("pomodoro.break", "pomodoro_break", "How many minutes a break lasts", least=1.0, most=120.0),
    Setting(
        "start.open_links", "open_links", "Whether tabkeeper:// links open here, which asks before it starts"
    ),
    Setting("start.with_session", "start_with_session", "Whether Tabkeeper starts when you log in"),
    Setting("updates.check", "updates_check", "Whether a newer release is looked for, once a day at most"),
)
