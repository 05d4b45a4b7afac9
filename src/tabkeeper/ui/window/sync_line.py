"""The line that says how sync stands, with a dot, and with a button where the person can do something."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPointF, QSize, Qt, Signal, SignalInstance, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from tabkeeper.model.sync_status import WANTING_A_TOKEN, SyncStatus, Trouble, sync_line
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.plain import SENTENCE, in_tooltip
from tabkeeper.ui.theme import Space, Theme, paint_dot


class SyncLine(QWidget):
    """Shows a `SyncStatus`; what is pressed comes out as a signal."""

    show_requested = Signal()
    """The person wants to see what needs them."""
    sign_in_requested = Signal()
    unlock_requested = Signal()
    """The person wants to be asked for the keychain's password."""
    stop_requested = Signal()
    """The person wants no more older entries fetched for now."""
    go_on_requested = Signal()

    def __init__(self, theme: Theme, face: Clockface, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme, self._face, self._clock = theme, face, clock
        self._status = SyncStatus()
        self._dot = _Dot(theme)
        self.words = _Shortened()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setProperty("type", "caption")
        self.button = QPushButton()
        self.button.setProperty("kind", "quiet")
        self.button.clicked.connect(self._pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(self._dot)
        row.addWidget(self.words, 1)
        row.addWidget(self.button)
        self.show_status(self._status)

    @property
    def troubled(self) -> bool:
        """Whether something is not as it should be."""
        return is_troubled(self._status)

    def show_status(self, status: SyncStatus) -> None:
        """Show how sync stands now."""
        self._status = status
        text = sync_line(status, self._clock(), self._face.zone, twelve_hour=self._face.twelve_hour)
        self.words.setText(text)
        self.words.setToolTip(in_tooltip(status.words or text, SENTENCE))
        self.words.setProperty("tone", "warning" if self.troubled else "muted")
        for part in (self.words, self.button):
            part.style().polish(part)
        self._dot.setVisible(status.signed_in)
        self._dot.show_trouble(self.troubled)
        offer = self._offer()
        self.button.setText(offer[0] if offer else "")
        self.button.setVisible(offer is not None)

    def show_times_as(self, face: Clockface) -> None:
        """Show times of day otherwise from now on."""
        self._face = face
        self.show_status(self._status)

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self._theme = theme
        self._dot.dress(theme)

    def _offer(self) -> tuple[str, SignalInstance] | None:
        """Return what the person can do, and its signal; the most pressing, where it is several things."""
        status = self._status
        if status.trouble in WANTING_A_TOKEN:
            return "Sign in", self.sign_in_requested
        if status.trouble == Trouble.KEYCHAIN:
            return "Unlock", self.unlock_requested
        if status.reading:
            return "Stop", self.stop_requested
        if status.needs_you:
            return "Show", self.show_requested
        return ("Go on", self.go_on_requested) if status.stopped else None

    @Slot()
    def _pressed(self) -> None:
        offer = self._offer()
        if offer is not None:
            offer[1].emit()


def is_troubled(status: SyncStatus) -> bool:
    """Whether something is not as it should be."""
    return status.trouble is not None or status.needs_you > 0


class _Shortened(QLabel):
    """A text that ends in dots where there is no room for it, rather than making the window wider."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, box = QPainter(self), self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, box.width())
        self.style().drawItemText(
            painter, box, self.alignment(), self.palette(), self.isEnabled(), text, self.foregroundRole()
        )
        painter.end()


class _Dot(QWidget):
    """In the accent's colour while all is well, in the warning's otherwise; the words beside it say why."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._troubled = theme, False
        self.dress(theme)

    def dress(self, theme: Theme) -> None:
        self._theme = theme
        side = theme.measures.dot
        self.setFixedSize(QSize(side, side))
        self.update()

    def show_trouble(self, troubled: bool) -> None:
        self._troubled = troubled
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._theme.colours
        painter = QPainter(self)
        middle = QPointF(self.width() / 2, self.height() / 2)
        paint_dot(painter, middle, colours.warning if self._troubled else colours.accent, self._theme)
        painter.end()
