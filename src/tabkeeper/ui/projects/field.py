"""A line to type in, with room beneath it for what is wrong with what was typed."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tabkeeper.ui.text_field import TextField
from tabkeeper.ui.theme import Space


class Field(QWidget):
    """Keeps what was typed whatever is said about it; the message goes with the next key."""

    entered = Signal()
    """The person has pressed Enter."""

    def __init__(self, name: str, text: str = "", hint: str = "") -> None:
        """`name` is for who cannot see the field; `hint` stands in it while it is empty."""
        super().__init__()
        self._line = TextField(text)
        self._line.setAccessibleName(name)
        self._line.setPlaceholderText(hint or name)
        self._given = self._line.text()
        self._message = QLabel()
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setWordWrap(True)
        self._message.setProperty("type", "caption")
        self._message.setProperty("tone", "warning")
        self._message.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.HAIR)
        column.addWidget(self._line)
        column.addWidget(self._message)
        self.setFocusProxy(self._line)
        self._line.textEdited.connect(self._cleared)
        self._line.returnPressed.connect(self.entered)

    @property
    def line(self) -> TextField:
        """Return the line itself."""
        return self._line

    @property
    def text(self) -> str:
        """Return what is typed."""
        return self._line.text()

    @property
    def touched(self) -> bool:
        """Whether something else stands here than at first, which may be written otherwise than we would."""
        return self.text != self._given

    @property
    def complaint(self) -> str:
        """Return what is said to be wrong, or an empty text."""
        return self._message.text()

    def complain(self, text: str) -> None:
        """Say what is wrong, and let the person go on where it is."""
        self._message.setText(text)
        self._message.show()
        self._line.setAccessibleDescription(text)
        self._line.setFocus()
        self._line.selectAll()

    @Slot()
    def _cleared(self) -> None:
        self._message.setText("")
        self._message.hide()
        self._line.setAccessibleDescription("")
