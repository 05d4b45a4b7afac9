"""A sentence over the lower edge of the window for a while, with one thing that can be done about it."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from tabkeeper.ui.theme import Space

SHOWN_FOR = 8_000
"""Milliseconds: long enough to read two sentences and to reach the button."""


class Toast(QFrame):
    """Lies over its parent, above `foot_height`; a newer sentence takes the place of the older."""

    def __init__(self, parent: QWidget, foot_height: Callable[[], int]) -> None:
        super().__init__(parent)
        self._window, self._foot_height = parent, foot_height
        self._act: Callable[[], None] | None = None
        self.setProperty("surface", "toast")
        self._text = QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setWordWrap(True)
        self.button = QPushButton()
        self.button.setProperty("kind", "toast")
        self.button.clicked.connect(self._acted)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.SMALL, Space.SMALL)
        row.setSpacing(Space.SMALL)
        row.addWidget(self._text, 1)
        row.addWidget(self.button)
        self._time = QTimer(self)
        self._time.setSingleShot(True)
        self._time.setInterval(SHOWN_FOR)
        self._time.timeout.connect(self.hide)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        """Return the sentence that is shown or was shown last."""
        return self._text.text()

    def say(self, text: str, button: str = "", act: Callable[[], None] | None = None) -> None:
        """Show a sentence, and a button for `act` where there is one."""
        self._text.setText(text)
        self.button.setText(button)
        self.button.setVisible(act is not None)
        self._act = act
        self._place()
        self.show()
        self.raise_()
        self._time.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self._text, QAccessible.Event.Alert))

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay while the pointer is over it."""
        self._time.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Go some time after the pointer has left."""
        self._time.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the lower edge of the window."""
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    @Slot()
    def _acted(self) -> None:
        act = self._act
        self.hide()
        if act is not None:
            act()

    def _place(self) -> None:
        window = self._window
        width = window.width() - 2 * Space.LARGE
        layout = self.layout()
        assert layout is not None
        height = layout.heightForWidth(width) if layout.hasHeightForWidth() else self.sizeHint().height()
        top = window.height() - self._foot_height() - Space.SMALL - height
        self.setGeometry(Space.LARGE, top, width, height)
