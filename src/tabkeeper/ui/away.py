"""The question after being away: what was the time? Four answers, each one step that can be undone."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from tabkeeper.model.durations import words
from tabkeeper.model.entry import Entry
from tabkeeper.model.quick_add import QuickAdd
from tabkeeper.tracker import Snapshot, Tracker
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.icons import application_icon
from tabkeeper.ui.scene import Scene
from tabkeeper.ui.theme import Space, Theme
from tabkeeper.ui.window.pressable import Caption
from tabkeeper.ui.window.reading import Reading
from tabkeeper.ui.window.typing import Typing

WIDTH = 360
_LONGEST_NAME = 60
_KEYS = "1 – 4 choose · Esc keeps the time"
_KEYS_OF_LINE = "Enter keeps it as an entry of its own · Esc goes back"


class AwayQuestion(QWidget):
    """Stands over other windows until it is answered; closing it keeps the time as it is."""

    def __init__(self, scene: Scene) -> None:
        super().__init__(None, Qt.WindowType.Dialog | Qt.WindowType.WindowStaysOnTopHint)
        self._face, self._clock, self._desk = scene.face, scene.clock, scene.desk
        self._span: tuple[datetime, datetime] | None = None
        self._entry_id = ""
        self.setWindowTitle("Welcome back")
        self.setWindowIcon(application_icon())
        self._typing = Typing(scene, self._refuse, self._put)
        self.title, self.details, self.hint = QLabel(), QLabel(), Caption()
        self.answers = [QPushButton() for _ in range(4)]
        self._typing.line.setPlaceholderText("What was it?")
        self._typing.line.setAccessibleName("What was it?")
        self._build()
        self._connect()
        self.dress(scene.theme)

    def ask(self, since: datetime, until: datetime, entry: Entry) -> None:
        """Ask about a span of time in which an entry ran; what is still being asked becomes a part of it."""
        if self._span is not None and self.isVisible():
            since = min(since, self._span[0])
        self._span, self._entry_id = (since, until), entry.id
        began = self._face.since(since, self._clock()).removeprefix("since ")
        name = entry.description or "no description"
        short = name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME].rstrip() + "…"
        self.title.setText(f"Welcome back. You were away for {words(int((until - since).total_seconds()))}.")
        self.details.setText(f"Since {began}, while “{short}” was running.")
        texts = ("Keep the time", f"Stop at {began}", "Discard and go on", "Put it on…")
        for button, text in zip(self.answers, texts, strict=True):
            button.setText(text)
            button.setAccessibleDescription(f"{self.title.text()} {self.details.text()}")
            button.setEnabled(True)
        self._choose()
        self.adjustSize()
        screen = QGuiApplication.primaryScreen().availableGeometry()
        self.move(screen.center() - self.rect().center())
        self.show()
        self.raise_()
        self.activateWindow()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Go, where the timer that is asked about does not run any more: it was stopped elsewhere."""
        self._typing.show_snapshot(snapshot)
        running = snapshot.running
        if self.isVisible() and (running is None or running.id != self._entry_id):
            self.close()

    def show_times_as(self, face: Clockface) -> None:
        """Say times of day otherwise from now on."""
        self._face = face
        self._typing.show_times_as(face)

    @Slot(object)
    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self._typing.line.dress(theme)
        self.setFixedWidth(theme.pixels(WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with a digit; Escape keeps the time."""
        digit = event.key() - Qt.Key.Key_1
        if event.key() == Qt.Key.Key_Escape:
            self.close()
        elif 0 <= digit < len(self.answers) and not event.isAutoRepeat():
            self.answers[digit].click()
        else:
            super().keyPressEvent(event)

    # The answers

    @Slot()
    def _stop(self) -> None:
        since, _ = self._asked()
        self._change(partial(Tracker.stop, at=since, entry_id=self._entry_id))

    @Slot()
    def _discard(self) -> None:
        self._change(partial(Tracker.take_out, span=self._asked(), entry_id=self._entry_id))

    def _put(self, meaning: QuickAdd) -> Callable[[Tracker], Entry]:
        return partial(
            Tracker.take_out,
            span=self._asked(),
            instead=meaning.draft,
            project=meaning.new_project,
            entry_id=self._entry_id,
        )

    def _asked(self) -> tuple[datetime, datetime]:
        assert self._span is not None, "nothing has been asked"
        return self._span

    def _change(self, change: Callable[[Tracker], Entry]) -> None:
        for button in self.answers:
            button.setEnabled(False)
        self._desk.change(change, self._answered, self._refuse)

    def _answered(self, _: Entry) -> None:
        self.close()

    def _refuse(self, why: str) -> None:
        for button in self.answers:
            button.setEnabled(True)
        self.hint.say(why, "warning")

    # What is shown

    @Slot()
    def _choose(self) -> None:
        self._parts.setCurrentIndex(0)
        self.hint.say(_KEYS)
        self.answers[0].setFocus()

    @Slot()
    def _type(self) -> None:
        self._parts.setCurrentIndex(1)
        self._typing.line.setFocus()
        self._typing.understand()

    @Slot(object)
    def _understood(self, reading: Reading) -> None:
        self.hint.say(reading.hint if reading.text.strip() else _KEYS_OF_LINE)

    def _build(self) -> None:
        for label in (self.title, self.details, self.hint):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setProperty("type", "emphasis")
        self.title.setProperty("weight", "strong")
        for label in (self.title, self.details):
            label.setWordWrap(True)
        self.details.setProperty("tone", "muted")
        self.hint.setProperty("type", "caption")
        self.answers[0].setProperty("kind", "primary")
        buttons = QWidget()
        grid = QGridLayout(buttons)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(Space.SMALL)
        for place, button in enumerate(self.answers):
            button.setAutoDefault(False)
            grid.addWidget(button, *divmod(place, 2))
        typing = QWidget()
        column = QVBoxLayout(typing)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._typing.line)
        column.addStretch(1)
        self._parts = QStackedWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        whole.setSpacing(Space.SMALL)
        for part in (buttons, typing):
            self._parts.addWidget(part)
        for shown in (self.title, self.details, self._parts, self.hint):
            whole.addWidget(shown)

    def _connect(self) -> None:
        for button, act in zip(
            self.answers, (self.close, self._stop, self._discard, self._type), strict=True
        ):
            button.clicked.connect(act)
        self._typing.understood.connect(self._understood)
        self._typing.kept.connect(self.close)
        self._typing.line.left.connect(self._choose)
