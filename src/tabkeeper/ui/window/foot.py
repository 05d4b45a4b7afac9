"""The window's lower edge: where the data are, and how much of the week has been tracked."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from tabkeeper.model.durations import short
from tabkeeper.ui.theme import Space, Theme

SIGNED_OUT = "Everything stays on this computer"


class Foot(QFrame):
    """One row: what there is to say about sync on one side, the week's total on the other."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setProperty("surface", "foot")
        self._status = _caption(SIGNED_OUT)
        self._week = _caption("")
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.LARGE, 0, Space.LARGE, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(self._status, 1)
        row.addWidget(self._week)
        self.dress(theme)

    @property
    def week(self) -> str:
        """Return the week's total as it is shown."""
        return self._week.text()

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self._theme = theme
        self.setFixedHeight(theme.measures.foot)
        self._week.setFont(theme.font(tabular=True))

    def show_week(self, seconds: int) -> None:
        """Show how much of this week has been tracked."""
        self._week.setText(f"Week {short(seconds)}")


def _caption(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("type", "caption")
    label.setProperty("tone", "muted")
    return label
