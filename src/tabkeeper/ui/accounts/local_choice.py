"""The question at the first sign-in: what becomes of the entries that are on this computer only."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from tabkeeper.ui.accounts.service import Checked, Local
from tabkeeper.ui.accounts.wording import choices, question
from tabkeeper.ui.theme import Space
from tabkeeper.ui.wrapped_text import wrapped_text

_KEYS = "1 – 3 choose · Esc leaves, and you are not signed in"


class LocalChoice(QWidget):
    """Three buttons with numbers, each with what it means beneath it."""

    chosen = Signal(object, str)
    """What was checked, and what becomes of the local entries."""

    def __init__(self) -> None:
        super().__init__()
        self._checked: Checked | None = None
        self._words: tuple[Local, ...] = ()
        self.question, self._account = wrapped_text(), wrapped_text(tone="muted")
        self.question.setProperty("type", "emphasis")
        self.question.setProperty("weight", "strong")
        self.buttons = [QPushButton() for _ in range(3)]
        self.buttons[0].setProperty("kind", "primary")
        self._meanings = [wrapped_text(tone="muted", kind="caption") for _ in self.buttons]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        column.addWidget(self.question)
        column.addWidget(self._account)
        for place, (button, meaning) in enumerate(zip(self.buttons, self._meanings, strict=True)):
            button.setAutoDefault(True)
            button.clicked.connect(lambda _=False, place=place: self._choose(place))
            column.addSpacing(Space.MEDIUM)
            column.addWidget(button)
            column.addWidget(meaning)
        column.addSpacing(Space.MEDIUM)
        column.addWidget(wrapped_text(_KEYS, "muted", "caption"))

    def ask(self, checked: Checked) -> None:
        """Ask about the entries that were found beside a token."""
        self._checked = checked
        for label, text in zip((self.question, self._account), question(checked), strict=True):
            label.setText(text)
        offered = choices(checked)
        self._words = tuple(word for word, _, _ in offered)
        for button, meaning, (_, name, means) in zip(self.buttons, self._meanings, offered, strict=True):
            button.setText(name.replace("&", "&&"))
            button.setAccessibleDescription(means)
            meaning.setText(means)
        self.buttons[0].setFocus()

    def ask_again(self, reason: str) -> None:
        """Go back to the first answer, which also says why the one that was given came to nothing."""
        self.buttons[0].setAccessibleDescription(f"{reason} {self._meanings[0].text()}")
        self.buttons[0].setFocus()

    def choose_by_key(self, key: str) -> bool:
        """Choose by the number of a button; returns whether the key was one."""
        if not self.isEnabled() or key not in ("1", "2", "3"):
            return False
        self._choose(int(key) - 1)
        return True

    def _choose(self, place: int) -> None:
        self.chosen.emit(self._checked, self._words[place])
