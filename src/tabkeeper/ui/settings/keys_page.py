"""The page on which hotkeys are chosen by pressing them; what the system says to each stands below it."""

from collections.abc import Mapping

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tabkeeper.settings import SETTINGS, Setting, Settings
from tabkeeper.ui.settings.choices import Choices
from tabkeeper.ui.settings.key_field import KeyField
from tabkeeper.ui.settings.line import Hint, lay_out
from tabkeeper.ui.theme import Space, Theme

Outcomes = Mapping[str, tuple[str, str]]
"""By the setting's key: what is to be pressed as the system calls it, and why nothing is, if so."""

_INTRODUCTION = "These keys work in every program. Click one, then press the keys you want."
_LABELS = {
    "hotkey.toggle": ("Start or stop", "Stops the timer, or goes on with the last thing."),
    "hotkey.continue": ("Go on with the last thing", ""),
    "hotkey.quick_add": ("A line to type in", "Opens over any program: Enter starts, Escape leaves."),
    "hotkey.window": ("Show or hide the window", ""),
}


class KeysPage(QWidget):
    """A row for each hotkey."""

    listening = Signal(bool)
    """Keys are being pressed to choose them, so that none may be acted upon."""

    def __init__(self, choices: Choices, theme: Theme, outcomes: Outcomes) -> None:
        super().__init__()
        self.notice = Hint()
        self.notice.say("")
        introduction = QLabel(_INTRODUCTION)
        introduction.setProperty("tone", "muted")
        introduction.setWordWrap(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
        whole.setSpacing(Space.LARGE)
        whole.addWidget(self.notice)
        whole.addWidget(introduction)
        self.rows = {setting.key: _KeyRow(setting, choices) for setting in SETTINGS if setting.key in _LABELS}
        for row in self.rows.values():
            row.field.listening.connect(self.listening)
            whole.addWidget(row)
        whole.addStretch(1)
        choices.changed.connect(self._follow)
        self._follow(choices.settings)
        self.show_outcomes(outcomes)

    def warn(self, text: str) -> None:
        """Say above all rows that no keys are to be had here; nothing with an empty text."""
        self.notice.say(text, "warning")

    @Slot(dict)
    def show_outcomes(self, outcomes: Outcomes) -> None:
        """Show what came of each wish."""
        for key, row in self.rows.items():
            row.show_outcome(*outcomes.get(key, ("", "")))

    @Slot(str)
    def take(self, text: str) -> None:
        """Choose keys that were pressed and have not come here, for the field that listens."""
        for row in self.rows.values():
            row.field.take(text)

    @Slot(object)
    def _follow(self, settings: Settings) -> None:
        for row in self.rows.values():
            row.follow(settings)


class _KeyRow(QWidget):
    """One hotkey: what it does, the keys, and what the system or the settings say against them."""

    def __init__(self, setting: Setting, choices: Choices) -> None:
        super().__init__()
        self._setting, self._choices = setting, choices
        self._chosen = ""
        name, self._meaning = _LABELS[setting.key]
        self.field = KeyField(name)
        self.field.pressed_keys.connect(self._choose)
        self.hint = Hint()
        lay_out(self, name, self.hint, self.field)
        self.hint.say(self._meaning)

    def follow(self, settings: Settings) -> None:
        """Show what is chosen."""
        self._chosen = str(settings.value(self._setting))
        self.field.show_keys(self._chosen)

    def show_outcome(self, keys: str, refusal: str) -> None:
        """Show what came of the wish: a refusal, or other keys that the system has chosen."""
        if refusal:
            self.hint.say(refusal, "warning")
        elif keys and keys != self._chosen:
            self.hint.say(f"The system has bound it to {keys}.")
        else:
            self.hint.say(self._meaning)

    @Slot(str)
    def _choose(self, text: str) -> None:
        try:
            self._choices.choose(self._setting, text)
        except ValueError as refusal:
            self.hint.say(_for_people(str(refusal)), "warning")


def _for_people(refusal: str) -> str:
    """Return why keys were refused, with the names that stand on the page instead of the settings' keys."""
    why = refusal.rpartition(": ")[2]
    for key, (label, _) in _LABELS.items():
        why = why.replace(key, f"“{label}”")
    return why
