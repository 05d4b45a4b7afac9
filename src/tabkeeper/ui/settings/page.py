"""A page of the settings' dialog made from data: a row for each setting, which is chosen or refused there."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tabkeeper.settings import SETTINGS, Setting, Settings, Value
from tabkeeper.ui.settings.choices import Choices
from tabkeeper.ui.settings.controls import Switch, Threshold, TypedValue, WordChoice
from tabkeeper.ui.settings.line import Hint, lay_out
from tabkeeper.ui.theme import Space, Theme

Control = Switch | WordChoice | TypedValue | Threshold
_BY_KEY = {setting.key: setting for setting in SETTINGS}


class Row(NamedTuple):
    """One setting as a page shows it."""

    key: str
    label: str
    hint: str = ""
    words: Mapping[str, str] = {}
    """What the words of a choice are called."""
    unit: str = ""
    usual: float | None = None
    """Where 0 switches it off: what it is when it is switched on for the first time."""


class SettingRow(QWidget):
    """A setting with its name, what it means, and what it is chosen with."""

    def __init__(self, row: Row, choices: Choices, theme: Theme) -> None:
        super().__init__()
        self._choices = choices
        self.setting: Setting = _BY_KEY[row.key]
        self.control = _control(row, self.setting, theme)
        self._value: Value | None = None
        self._hint_text = row.hint
        self.hint = Hint()
        lay_out(self, row.label, self.hint, self.control)
        self.follow(choices.settings)
        self.control.chosen.connect(self._choose)

    def follow(self, settings: Settings) -> None:
        """Show what holds where it has changed: what is being typed, or was refused, stays."""
        value = settings.value(self.setting)
        if value == self._value:
            return
        self._value = value
        self.control.show_value(value)
        self.hint.say(self._hint_text)

    @Slot(object)
    def _choose(self, value: object) -> None:
        try:
            typed = self.setting.typed(value) if isinstance(value, str) else value
            self._choices.choose(self.setting, typed)  # type: ignore[arg-type]  # it is refused where it is none
        except ValueError as refusal:
            self.hint.say(_for_people(str(refusal), self.setting), "warning")
        else:
            self._value = None  # it may have been typed otherwise than it is shown
            self.follow(self._choices.settings)


class SettingsPage(QWidget):
    """Rows one below the other, under a heading each where there is one."""

    def __init__(self, sections: Sequence[tuple[str, Sequence[Row]]], choices: Choices, theme: Theme) -> None:
        super().__init__()
        self.rows: list[SettingRow] = []
        self.notice = Hint()
        self.notice.say("")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
        whole.setSpacing(Space.LARGE)
        whole.addWidget(self.notice)
        for heading, rows in sections:
            if heading:
                whole.addWidget(heading_label(heading))
            for row in rows:
                made = SettingRow(row, choices, theme)
                self.rows.append(made)
                whole.addWidget(made)
        whole.addStretch(1)
        choices.changed.connect(self._follow)

    def warn(self, text: str) -> None:
        """Say above all rows what does not work here; nothing with an empty text."""
        self.notice.say(text, "warning")

    @Slot(object)
    def _follow(self, settings: Settings) -> None:
        for row in self.rows:
            row.follow(settings)


def heading_label(text: str) -> QLabel:
    """Return the heading of a part of a page."""
    heading = QLabel(text)
    heading.setProperty("type", "emphasis")
    heading.setProperty("weight", "strong")
    return heading


def _control(row: Row, setting: Setting, theme: Theme) -> Control:
    if setting.words:
        return WordChoice(row.label, setting.words, row.words)
    if isinstance(setting.default, bool):
        return Switch(row.label)
    if row.usual is not None:
        return Threshold(row.label, theme, row.unit, row.usual)
    return TypedValue(row.label, theme, row.unit, short=not isinstance(setting.default, str))


def _for_people(refusal: str, setting: Setting) -> str:
    """Return a refusal without the key, which the row's own name stands for."""
    words = refusal.removeprefix(f"{setting.key} is ")
    return words if words == refusal else f"This is {words}"
