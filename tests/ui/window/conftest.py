"""A window at work: on a real file, through the real desk, by a clock that stands still until it is moved."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tabkeeper.model.entry import Entry
from tabkeeper.store.file import Store
from tabkeeper.store.trouble import StoreTrouble
from tabkeeper.tracker import Snapshot, Tracker
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.desk import Desk
from tabkeeper.ui.long_reads import LongReads
from tabkeeper.ui.scene import Scene
from tabkeeper.ui.theme import Theme
from tabkeeper.ui.window.place import WindowMemory, WindowState
from tabkeeper.ui.window.program_window import ProgramWindow
from tabkeeper.ui.window.rows import LineRow, Row

ZONE = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 24, 14, 24, 45, tzinfo=UTC)  # 15:24:45 in Berlin, a Tuesday
LIGHT = Theme(dark=False, families=("Inter",))


class Bench:
    """A window with hands and eyes: what is seen in it, and what the file says."""

    def __init__(self, qtbot: QtBot, folder: Path, file: Path | None = None) -> None:
        self.qtbot = qtbot
        self._file = file or folder / "times.db"
        self.now = NOW
        self.told: list[str] = []
        self.snapshot: Snapshot
        self.desk = Desk()
        self._folder = folder
        self._prepared = False

    def clock(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)
        self.window._pass()

    def prepare(self, *steps: Callable[[Tracker], object]) -> None:
        """Open the desk, do these things first, and show the window."""

        @contextmanager
        def workplace() -> Iterator[Tracker]:
            store = Store.open(self._file)
            tracker = Tracker(store, ZONE, self.clock)
            if not self._prepared:
                for step in steps:
                    step(tracker)
            self._prepared = True
            yield tracker
            store.close()

        self.snapshot = self.desk.open(workplace)
        memory = WindowMemory(self._folder / "window.json", WindowState())
        self.memory = memory
        self.reads = LongReads(lambda: self.desk.workplace, (StoreTrouble,))
        scene = Scene(self.snapshot, LIGHT, Clockface(ZONE), self.clock, self.desk)
        self.window = ProgramWindow(scene, memory, self.reads)
        self.desk.changed.connect(self.window.show_snapshot)
        self.desk.told.connect(self.told.append)
        self.qtbot.addWidget(self.window.frame)
        self.window.open(QRect())
        self.window.frame.activateWindow()
        self.qtbot.waitUntil(lambda: self.window.frame.isActiveWindow())
        self.settle()

    # Eyes

    @property
    def model(self):
        return self.window.entries.model

    @property
    def view(self):
        return self.window.entries.view

    @property
    def editor(self):
        return self.window.entries.editor

    @property
    def line(self):
        return self.window.header.line

    @property
    def toast(self):
        return self.window.frame.toast

    def rows(self) -> list[Row]:
        return [self.model.row(self.model.index(place)) for place in range(self.model.rowCount())]

    def spoken(self) -> list[str]:
        """Return the rows as they are read aloud."""
        return [self.model.index(place).data() for place in range(self.model.rowCount())]

    def lines(self) -> list[LineRow]:
        return [row for row in self.rows() if isinstance(row, LineRow)]

    def entries(self) -> list[Entry]:
        """Return what the file holds, newest first."""
        return self.ask(lambda tracker: tracker.entries(None, None))

    def ask(self, question):
        answers: list = []
        self.desk.ask("test", question, answers.append)
        self.qtbot.waitUntil(lambda: bool(answers))
        return answers[0]

    def settle(self) -> None:
        """Wait until everything handed to the desk has been carried out and shown."""
        for _ in range(3):
            self.ask(lambda tracker: True)
        QApplication.processEvents()

    # Hands

    def press(
        self, *keys: Qt.Key, widget: QWidget | None = None, held=Qt.KeyboardModifier.NoModifier
    ) -> None:
        for key in keys:
            self.qtbot.keyClick(widget or QApplication.focusWidget(), key, held)
        self.settle()

    def write(self, text: str) -> None:
        self.qtbot.keyClicks(QApplication.focusWidget(), text)
        self.settle()

    def put(self, field, text: str) -> None:
        """Type a text over what stands in a field, and press Enter."""
        field.setFocus()
        field.selectAll()
        self.write(text)
        self.press(Qt.Key.Key_Return)

    def choose(self, description: str) -> None:
        index = self.model.place_of(
            lambda row: isinstance(row, LineRow) and row.entry.description == description
        )
        assert index.isValid(), self.spoken()
        self.view.setFocus()
        self.view.choose(index)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(qtbot, tmp_path)
    yield bench
    bench.window.frame.hide()
    bench.reads.close()
    bench.desk.close()
