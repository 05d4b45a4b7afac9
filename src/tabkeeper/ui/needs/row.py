"""A card that says what needs the person, with the answers to it."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from tabkeeper.ui.theme import Space
from tabkeeper.ui.wrapped_text import wrapped_text

Act = tuple[str, Callable[[], None]]
"""What a button is called, and what it does."""


class NeedRow(QFrame):
    """The title, what there is to say, and a button for each answer; the first is the likeliest one."""

    def __init__(self, title: str, lines: Sequence[tuple[str, str]], acts: Sequence[Act]) -> None:
        """`lines` are texts with their tones."""
        super().__init__()
        self.setProperty("surface", "card")
        self.title = wrapped_text(title)
        self.title.setProperty("weight", "medium")
        self.lines = [wrapped_text(text, tone, "caption") for text, tone in lines if text]
        self.buttons = [self._button(text, act) for text, act in acts]
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        column.setSpacing(Space.HAIR)
        for label in (self.title, *self.lines):
            column.addWidget(label)
        if self.buttons:
            row = QHBoxLayout()
            row.setSpacing(Space.SMALL)
            for button in self.buttons:
                row.addWidget(button)
            row.addStretch(1)
            column.addSpacing(Space.HAIR)
            column.addLayout(row)

    def button(self, text: str) -> QPushButton:
        """Return a button by what it is called."""
        return next(button for button in self.buttons if button.text() == text)

    def _button(self, text: str, act: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleDescription(self.title.text())
        button.clicked.connect(lambda: act())
        return button
