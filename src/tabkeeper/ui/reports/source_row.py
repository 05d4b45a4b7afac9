"""Whose report is shown: a person's own on this computer, or the workspace's as its server last said."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton

from tabkeeper.ui.icons import icon
from tabkeeper.ui.theme import Space, Theme
from tabkeeper.ui.window.pressable import Caption


class SourceRow(QFrame):
    """Stands above a report of the workspace, and nowhere else: name, moment, asking again or no longer."""

    asked_again = Signal()
    given_up = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("surface", "raised")
        self._name, self._state = Caption(), QLabel()
        self._state.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self._name, self._state):
            label.setProperty("type", "caption")
            label.setProperty("tone", "muted")
        self.again, self.stop = QToolButton(), QToolButton()
        for button, name in ((self.again, "Ask again"), (self.stop, "Stop asking")):
            button.setAccessibleName(name)
            button.setToolTip(name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addSpacing(Space.LARGE)
        row.addWidget(self._name, 1)
        for part in (self._state, self.again, self.stop):
            row.addWidget(part)
        row.addSpacing(Space.SMALL)
        self.again.clicked.connect(self.asked_again)
        self.stop.clicked.connect(self.given_up)
        self.hide()
        self.dress(theme)

    @property
    def text(self) -> str:
        """Return what the row says."""
        return f"{self._name.text()} · {self._state.text()}"

    def show_workspace(self, name: str, state: str, *, asking: bool) -> None:
        """Say whose report it is and how it stands."""
        self._name.setText(f"{name}, as its server counts it")
        self._name.setToolTip("Changes of yours that still wait on this computer are not in it.")
        self._state.setText(state)
        self.again.setVisible(not asking)
        self.stop.setVisible(asking)
        self.show()

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        side = theme.measures.icon
        self.again.setIcon(icon("rotate-ccw", theme.colours.muted, side))
        self.stop.setIcon(icon("x", theme.colours.muted, side))
