"""The window's lower edge: how sync stands, and how much of the week has been tracked."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from tabkeeper.model.sync_status import SyncStatus
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.theme import Size, Space, Theme
from tabkeeper.ui.window.sync_line import SyncLine, is_troubled

_SECONDS = 3600
"""Of an hour."""
_LENGTH = Space.WIDE * 3


class Foot(QFrame):
    """One row: what there is to say about sync on one side, the week's total on the other.

    What is not as it should be has the whole row.
    """

    def __init__(
        self,
        theme: Theme,
        face: Clockface,
        clock: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._face = theme, face
        self.setProperty("surface", "foot")
        self.sync = SyncLine(theme, face, clock)
        self._has_target = False
        self._week = _caption("")
        self.reached = _Reached(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.LARGE, 0, Space.LARGE, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(self.sync, 1)
        row.addWidget(self._week)
        row.addWidget(self.reached)
        self.dress(theme)

    @property
    def week(self) -> str:
        """Return the week's total as it is shown."""
        return self._week.text()

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self._theme = theme
        self.setFixedHeight(theme.measures.foot)
        self._week.setFont(theme.font(Size.CAPTION, tabular=True))
        self.reached.dress(theme)
        self.sync.dress(theme)

    def show_times_as(self, face: Clockface) -> None:
        """Write times and durations otherwise from now on."""
        self._face = face
        self.sync.show_times_as(face)

    def show_sync(self, status: SyncStatus) -> None:
        """Show how sync stands."""
        self.setProperty("tone", "warning" if is_troubled(status) else "")
        self.style().polish(self)
        self.sync.show_status(status)
        self._make_room()

    def show_week(self, seconds: int, hours: float) -> None:
        """Show how much of this week has been tracked, and of how many hours it is to have, where not 0."""
        self._week.setText(f"Week {self._face.duration(seconds)}" + (f" of {hours:g} h" if hours else ""))
        self._has_target = hours > 0
        self._make_room()
        self.reached.show_share(seconds / (hours * _SECONDS) if hours else 0)

    def _make_room(self) -> None:
        self._week.setVisible(not self.sync.troubled)
        self.reached.setVisible(self._has_target and not self.sync.troubled)


class _Reached(QWidget):
    """A bar that fills up."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self.share = theme, 0.0

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        self.setFixedSize(QSize(theme.pixels(_LENGTH), Space.HAIR))
        self.update()

    def show_share(self, share: float) -> None:
        """Fill it up to a share, 1 for all of it."""
        self.share = min(share, 1.0)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, colours = QPainter(self), self._theme.colours
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        whole = QRectF(self.rect())
        done = QRectF(whole)
        done.setWidth(whole.width() * self.share)
        if self.isRightToLeft():
            done.moveRight(whole.right())
        for box, colour in ((whole, colours.line), (done, colours.accent)):
            painter.setBrush(QColor(colour))
            painter.drawRoundedRect(box, Space.HAIR / 2, Space.HAIR / 2)
        painter.end()


def _caption(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("type", "caption")
    label.setProperty("tone", "muted")
    return label
