"""The small window over any program: one line to type in, Enter starts, Escape leaves and loses nothing."""

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QCursor, QGuiApplication, QPainterPath, QRegion, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tabkeeper.tracker import Snapshot
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.icons import application_icon
from tabkeeper.ui.scene import Scene
from tabkeeper.ui.theme import HAIRLINE, Radius, Space, Theme
from tabkeeper.ui.window.pressable import Caption
from tabkeeper.ui.window.reading import Reading
from tabkeeper.ui.window.typing import Typing

WIDTH = 480
_MOST_OFFERS = 8
_DOWN_THE_SCREEN = 0.22
"""Where its upper edge is: high enough that what is offered below it fits."""


class QuickAdd(QWidget):
    """Opens on the screen with the pointer; goes when its line is left, or another window is used."""

    closed = Signal()

    def __init__(self, scene: Scene) -> None:
        flags = Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, flags | Qt.WindowType.Tool)
        # macOS hides tool windows of programs that are not in front: this one is called over others.
        self.setAttribute(Qt.WidgetAttribute.WA_MacAlwaysShowToolWindow)
        self.setWindowTitle("Start a timer")
        self.setWindowIcon(application_icon())
        self._proposed = False
        """Whether the line has held something of a link ever since it was empty."""
        self._typing = Typing(scene, self._refuse)
        self.line = self._typing.line
        self.hint, self.keys = Caption(), QLabel()
        for label in (self.hint, self.keys):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("type", "caption")
        self._build()
        self._typing.understood.connect(self._understood)
        self._typing.offering.connect(self._make_room)
        self._typing.kept.connect(self.close)
        self.line.left.connect(self.close)
        # Before it is measured: a label without a text may be higher than one with, and the first letter
        # would make the window smaller.
        self._typing.understand()
        self.dress(scene.theme)

    def open(self, proposed: str = "") -> None:
        """Appear in front of everything, with the keyboard in the line, and what is proposed in that."""
        if self.isActiveWindow() and not proposed:
            # Asked for again: a line that is being typed in stays as it is, and nothing in it is selected.
            return
        if proposed:
            self._proposed = True
            self.line.setText(proposed)
        self._make_room(0)
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        room = screen.availableGeometry()
        down = round(room.height() * _DOWN_THE_SCREEN)
        self.move(room.center().x() - self.width() // 2, room.top() + down)
        self.show()
        self.raise_()
        self.activateWindow()
        self.line.setFocus(Qt.FocusReason.ActiveWindowFocusReason)
        self.line.selectAll()
        self._typing.understand()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Understand by how things stand now."""
        self._typing.show_snapshot(snapshot)

    def show_times_as(self, face: Clockface) -> None:
        """Say times of day otherwise from now on."""
        self._typing.show_times_as(face)

    @Slot(object)
    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self._theme = theme
        self.line.dress(theme)
        self.setFixedWidth(theme.pixels(WIDTH))
        self._make_room(0)

    def event(self, event: QEvent) -> bool:
        """Go when another window is used; what was typed is still there the next time."""
        if event.type() is QEvent.Type.WindowDeactivate and self.isVisible():
            self.close()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the corners round, also where nothing on the screen can be transparent."""
        super().resizeEvent(event)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), Radius.CARD, Radius.CARD)
        self.setMask(QRegion(outline.toFillPolygon().toPolygon()))

    @Slot(object)
    def _understood(self, reading: Reading) -> None:
        self._proposed = self._proposed and bool(self.line.text())
        self._say(f"From a link: {reading.hint}" if self._proposed else reading.hint)
        self.keys.setText(reading.keys)

    def _refuse(self, why: str) -> None:
        self._say(why, "warning")

    def _say(self, text: str, tone: str = "muted") -> None:
        self.hint.say(text, tone)
        self.line.setAccessibleDescription(text)

    @Slot(int)
    def _make_room(self, offers: int) -> None:
        """Be as high as it takes to show so many offers below the line."""
        layout = self.layout()
        assert layout is not None
        own = layout.sizeHint().height()
        line_ends = self.line.mapTo(self, QPoint(0, self.line.height())).y()
        rows = min(offers, _MOST_OFFERS) * self._theme.measures.row_single
        self.setFixedHeight(max(own, line_ends + rows + Space.WIDE) if offers else own)

    def _build(self) -> None:
        card = QFrame()
        card.setProperty("surface", "card")
        self.keys.setProperty("tone", "muted")
        below = QHBoxLayout()
        below.setSpacing(Space.MEDIUM)
        below.addWidget(self.hint, 1)
        below.addWidget(self.keys)
        inner = QVBoxLayout(card)
        inner.setContentsMargins(Space.SMALL, Space.SMALL, Space.SMALL, Space.SMALL)
        inner.setSpacing(Space.HAIR)
        inner.addWidget(self.line)
        inner.addLayout(below)
        inner.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, HAIRLINE)
        whole.addWidget(card)
