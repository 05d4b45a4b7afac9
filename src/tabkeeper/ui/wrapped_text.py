"""A text in a window that takes as many lines as it needs."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel


def wrapped_text(text: str = "", tone: str = "", kind: str = "") -> QLabel:
    """Return a label with a text, never markup, in a tone and a type of the style sheet's."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("tone", tone)
    label.setProperty("type", kind)
    return label
