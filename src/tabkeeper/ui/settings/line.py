"""How one line of the settings is laid out: name and hint, and beside them what it is chosen with."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tabkeeper.ui.theme import Space


class Hint(QLabel):
    """The small text below a name: what it means, or what is wrong with what was chosen."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("type", "caption")

    def say(self, text: str, tone: str = "muted") -> None:
        """Show a text in a tone; with none there is no line for it."""
        self.setText(text)
        self.setVisible(bool(text))
        self.setProperty("tone", tone)
        self.style().polish(self)


def lay_out(line: QWidget, name: str, hint: Hint, control: QWidget) -> None:
    """Fill a widget with one line."""
    label = QLabel(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setBuddy(control)
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(label)
    words.addWidget(hint)
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.WIDE)
    row.addLayout(words, 1)
    row.addWidget(control, 0, Qt.AlignmentFlag.AlignTop)
