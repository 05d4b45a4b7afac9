"""What a setting is chosen with: a switch, a word of some, a number, a text.

Each shows a value and says a new one. Whether a value may be is asked of the setting; what a choice does is
the business of `choices`.
"""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QLineEdit, QSizePolicy, QWidget

from tabkeeper.settings import Value
from tabkeeper.ui.segments import Segments
from tabkeeper.ui.theme import Space, Theme

_MOST_SEGMENTS = 3
_NUMBER_OF_LETTERS = 7
_TEXT_OF_LETTERS = 16


class Switch(QCheckBox):
    """Something that is so or not."""

    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setProperty("kind", "bare")
        self.setAccessibleName(name)
        self.clicked.connect(self._clicked)

    def show_value(self, value: Value) -> None:
        """Show what holds."""
        self.setChecked(bool(value))

    @Slot()
    def _clicked(self) -> None:
        self.chosen.emit(self.isChecked())


class WordChoice(QWidget):
    """One word of some: side by side where they are few, else in a list that opens."""

    chosen = Signal(object)

    def __init__(self, name: str, words: Sequence[str], shown: Mapping[str, str]) -> None:
        super().__init__()
        self._words = tuple(words)
        self._segments: Segments | None = None
        self._list = QComboBox()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        labels = [(word, shown.get(word, word.capitalize())) for word in words]
        if len(words) <= _MOST_SEGMENTS:
            self._segments = Segments(name, labels)
            self._segments.chosen.connect(lambda word: self.chosen.emit(word))
            row.addWidget(self._segments)
            return
        self._list.setAccessibleName(name)
        for word, label in labels:
            self._list.addItem(label, word)
        self._list.activated.connect(self._activated)
        row.addWidget(self._list)

    def show_value(self, value: Value) -> None:
        """Show what holds."""
        if self._segments is not None:
            self._segments.show_chosen(str(value))
        else:
            self._list.setCurrentIndex(self._words.index(str(value)))

    @Slot(int)
    def _activated(self, place: int) -> None:
        self.chosen.emit(self._words[place])


class TypedValue(QWidget):
    """A number or a text that is typed; it is chosen with Enter, or when the field is left."""

    chosen = Signal(object)
    """The text as it was typed."""

    def __init__(self, name: str, theme: Theme, unit: str = "", *, short: bool = True) -> None:
        super().__init__()
        self._shown = ""
        self.line = QLineEdit()
        self.line.setAccessibleName(f"{name}, {unit}" if unit else name)
        letters = _NUMBER_OF_LETTERS if short else _TEXT_OF_LETTERS
        self.line.setFixedWidth(self.line.fontMetrics().horizontalAdvance("0" * letters) + 2 * Space.SMALL)
        self.line.setFont(theme.font(tabular=True))
        self.line.editingFinished.connect(self._left)
        self._unit = QLabel(unit)
        self._unit.setProperty("tone", "muted")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(self.line)
        if unit:
            row.addWidget(self._unit)
        self.setFocusProxy(self.line)

    def show_value(self, value: Value) -> None:
        """Show what holds."""
        self._shown = f"{value:g}" if isinstance(value, float) else str(value)
        self.line.setText(self._shown)

    @Slot()
    def _left(self) -> None:
        if self.line.text() != self._shown:
            self._shown = self.line.text()
            self.chosen.emit(self._shown)


class Threshold(QWidget):
    """A number that can be switched off, which is the value 0; switched on again, it is what it was."""

    chosen = Signal(object)

    def __init__(self, name: str, theme: Theme, unit: str, usual: float) -> None:
        super().__init__()
        self._last = usual
        self.switch = Switch(name)
        self.number = TypedValue(name, theme, unit)
        self.number.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(self.number, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.switch)
        self.switch.chosen.connect(self._switched)
        self.number.chosen.connect(self.chosen)
        self.setFocusProxy(self.switch)

    def show_value(self, value: Value) -> None:
        """Show what holds."""
        number = float(value)
        self._last = number or self._last
        self.switch.show_value(bool(number))
        self.number.show_value(self._last)
        self.number.setEnabled(bool(number))

    @Slot(object)
    def _switched(self, on: bool) -> None:
        self.chosen.emit(self._last if on else 0.0)
