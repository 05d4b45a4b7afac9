"""A switch of a few words of which one is chosen; the arrow keys go from one to the next."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QFrame, QHBoxLayout, QPushButton, QSizePolicy

from tabkeeper.ui.theme import HAIRLINE


class Segments(QFrame):
    """Shows each choice as a word; the first one is chosen until another is."""

    chosen = Signal(str)
    """The person has chosen the choice of this key."""

    def __init__(self, name: str, choices: Sequence[tuple[str, str]], *, tight: bool = False) -> None:
        """`choices` are a key and a word each; `name` says what is chosen, to who cannot see it.

        Where there are many words, they stand `tight`.
        """
        super().__init__()
        self.setProperty("surface", "segments")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(HAIRLINE, HAIRLINE, HAIRLINE, HAIRLINE)
        row.setSpacing(0)
        for key, word in choices:
            button = QPushButton(word)
            button.setProperty("kind", "segment")
            button.setProperty("tight", tight)
            button.setCheckable(True)
            button.setAutoDefault(False)
            button.setAccessibleDescription(name)
            self._group.addButton(button)
            self._buttons[key] = button
            row.addWidget(button)
        next(iter(self._buttons.values())).setChecked(True)
        self._group.buttonToggled.connect(self._toggled)

    @property
    def key(self) -> str:
        """Return the key of what is chosen."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Choose as a click does."""
        self._buttons[key].setChecked(True)

    def show_chosen(self, key: str) -> None:
        """Show another choice as chosen, and say nothing of it."""
        self._group.blockSignals(True)
        self._buttons[key].setChecked(True)
        self._group.blockSignals(False)

    def offer(self, keys: Collection[str]) -> None:
        """Show these choices and no others."""
        for key, button in self._buttons.items():
            button.setVisible(key in keys)

    def take_focus(self) -> None:
        """Put the keys on what is chosen."""
        self._buttons[self.key].setFocus()

    @Slot(QAbstractButton, bool)
    def _toggled(self, button: QAbstractButton, checked: bool) -> None:
        if checked:
            self.chosen.emit(self.key)
