"""The window's upper edge: the line to type in, what runs and for how long, and the round button."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from tabkeeper.model.catalogue import Catalogue
from tabkeeper.model.entry import Draft, Entry
from tabkeeper.model.money import hourly
from tabkeeper.tracker import Snapshot
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.icons import icon
from tabkeeper.ui.scene import Scene
from tabkeeper.ui.theme import Size, Space, Theme, Weight, text_on
from tabkeeper.ui.window.pressable import Caption, Chips, Title
from tabkeeper.ui.window.reading import Reading
from tabkeeper.ui.window.typing import Typing

_LONGEST_CLOCK = "0:00:00"


class Header(QFrame):
    """Shows the running entry, or the line while somebody types; what is typed is handed to the desk."""

    edit_wanted = Signal(str)
    """The running entry, by its id, is to be edited."""
    left = Signal()
    """The person has left the line."""

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self._snapshot, self._theme, self._face, self._clock, self._desk = scene
        self._reading: Reading | None = None
        self.setProperty("surface", "header")
        self._typing = Typing(scene)
        self.line = self._typing.line
        self.title = Title(scene.theme)
        self._beside = QWidget()
        self.elapsed = QLabel()
        self.button = QPushButton()
        self.chips = Chips(scene.theme, self.button)
        self.hint = Caption()
        self.aside = QLabel()
        self.aside.setTextFormat(Qt.TextFormat.PlainText)
        for label in (self.hint, self.aside):
            label.setProperty("type", "caption")
            label.setProperty("tone", "muted")
        self._build()
        self._connect()
        self.dress(scene.theme)
        self.show_snapshot(scene.snapshot)

    # What is shown

    @Slot(object)
    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show how things stand now."""
        self._snapshot = snapshot
        self._typing.show_snapshot(snapshot)
        running = snapshot.running
        if running:
            self.title.show_text(running.description, "No description")
            self.title.setToolTip("Edit what runs")
            self._show_chips(running, snapshot.catalogue)
        self._show_button()
        self.tick()
        self._arrange()

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self._theme = theme
        self.setFixedHeight(theme.measures.header)
        self._first.setFixedHeight(theme.measures.start)
        self._second.setFixedHeight(theme.measures.target)
        for part in (self.line, self.title, self.chips):
            part.dress(theme)
        self.elapsed.setFont(theme.font(Size.CLOCK, Weight.STRONG, tabular=True))
        self.show_snapshot(self._snapshot)

    def show_times_as(self, face: Clockface) -> None:
        """Show times of day otherwise from now on."""
        self._face = face
        self._typing.show_times_as(face)
        self.tick()
        self._arrange()

    def tick(self) -> None:
        """Show the time that has passed."""
        running = self._snapshot.running
        text = self._face.elapsed(running.seconds(self._clock())) if running else "0:00"
        self.elapsed.setText(text)
        # Only a digit more makes room: seconds that pass move nothing.
        widest = max(_LONGEST_CLOCK, "0" * len(text), key=len)
        self.elapsed.setFixedWidth(self.elapsed.fontMetrics().horizontalAdvance(widest) + Space.HAIR)

    # What is typed

    def type_here(self, text: str = "") -> None:
        """Go on typing in the line."""
        self._show_line()
        self.line.begin(text)

    def press_button(self) -> None:
        """Stop what runs, or start what stands in the line."""
        if self._snapshot.running:
            self._desk.change(lambda tracker: tracker.stop())
        elif self.line.text().strip():
            self._typing.enter(self.line.text())
        else:
            self._desk.change(lambda tracker: tracker.start(Draft()))

    @Slot()
    def _leave(self) -> None:
        self.line.withdraw()
        self.left.emit()
        self._arrange()

    @Slot(object)
    def _understood(self, reading: Reading) -> None:
        self._reading = reading
        self.hint.setText(reading.hint)
        self._arrange()

    # How it is arranged

    def _arrange(self) -> None:
        running = self._snapshot.running
        # What was typed and left stays in the line; it comes back with the line.
        typing = self.line.hasFocus() or (running is None and bool(self.line.text()))
        shows_running = running is not None and not typing
        self._first.setCurrentIndex(1 if shows_running else 0)
        self._second.setCurrentIndex(1 if shows_running else 0)
        # A line that is being written in needs the room more than the clock does.
        self.elapsed.setVisible(not (self.line.hasFocus() and self.line.text()))
        if running and shows_running:
            self.aside.setText(self._face.since(running.start, self._clock()))
        else:
            keys = self._reading.keys if typing and self._reading else ""
            self.aside.setText(keys if self._leaves_room(keys) else "")

    def _leaves_room(self, keys: str) -> bool:
        """Whether what a line is understood as fits beside a text: it matters more."""
        metrics = self.hint.fontMetrics()
        taken = metrics.horizontalAdvance(self.hint.text()) + metrics.horizontalAdvance(keys)
        return taken + Space.SMALL <= self.width() - 2 * Space.LARGE

    def _show_line(self) -> None:
        self._first.setCurrentIndex(0)

    def _show_chips(self, entry: Entry, catalogue: Catalogue) -> None:
        label = catalogue.project_label(entry.project_id) or "No project"
        texts = [(label, catalogue.colour_of(entry.project_id)), *((tag, None) for tag in entry.tags)]
        if entry.billable:
            texts.append((_billable_text(catalogue, entry.project_id), None))
        self.chips.show_chips(texts, dotted=1)

    def _show_button(self) -> None:
        runs = self._snapshot.running is not None
        kind, name = ("stop", "Stop") if runs else ("start", "Start")
        colour = self._theme.colours.stop if runs else self._theme.colours.accent
        # The square fills its icon, the triangle does not.
        side = self._theme.measures.icon if runs else self._theme.measures.icon_large
        self.button.setIcon(icon("square" if runs else "play", text_on(colour), side, filled=True))
        self.button.setIconSize(QSize(side, side))
        self.button.setAccessibleName(name)
        self.button.setToolTip(f"{name} (Ctrl+Return)")
        if self.button.property("kind") != kind:
            self.button.setProperty("kind", kind)
            self.button.style().polish(self.button)
        self.elapsed.setProperty("tone", None if runs else "muted")
        self.elapsed.style().polish(self.elapsed)

    def _build(self) -> None:
        self.elapsed.setProperty("type", "clock")
        self.elapsed.setProperty("weight", "strong")
        self.elapsed.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.elapsed.setAccessibleName("Elapsed time")
        shown = QWidget()
        title_row = QHBoxLayout(shown)
        title_row.setContentsMargins(0, 0, 0, 0)
        title_row.setSpacing(0)
        title_row.addWidget(self.title)
        title_row.addWidget(self._beside, 1)
        self.title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._beside.setMinimumWidth(Space.WIDE)
        self._beside.setCursor(Qt.CursorShape.IBeamCursor)
        self._first, self._second = QStackedWidget(), QStackedWidget()
        for stack, parts in ((self._first, (self.line, shown)), (self._second, (self.hint, self.chips))):
            for part in parts:
                stack.addWidget(part)
        upper, lower = QHBoxLayout(), QHBoxLayout()
        upper.setSpacing(Space.MEDIUM)
        lower.setSpacing(Space.SMALL)
        for part, stretch in ((self._first, 1), (self.elapsed, 0), (self.button, 0)):
            upper.addWidget(part, stretch)
        lower.addWidget(self._second, 1)
        lower.addWidget(self.aside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        whole.setSpacing(Space.MEDIUM)
        whole.addLayout(upper)
        whole.addLayout(lower)

    def _connect(self) -> None:
        self._typing.understood.connect(self._understood)
        self._typing.kept.connect(self._leave)
        self.line.left.connect(self._leave)
        self.line.focused.connect(self._focused)
        self.button.clicked.connect(self.press_button)
        self.title.clicked.connect(self._edit_running)
        self.chips.pressed.connect(self._edit_running)
        self._beside.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Type where the free space beside the running description is pressed."""
        if isinstance(event, QMouseEvent) and event.type() is QEvent.Type.MouseButtonPress:
            self.type_here()
        return False

    @Slot(bool)
    def _focused(self, focused: bool) -> None:
        if focused:
            self._typing.understand()
        self._arrange()

    @Slot()
    def _edit_running(self) -> None:
        if self._snapshot.running:
            self.edit_wanted.emit(self._snapshot.running.id)


def _billable_text(catalogue: Catalogue, project_id: str | None) -> str:
    """Return `$ 175` where a project has a rate, else that it is billable."""
    project = catalogue.project(project_id)
    if project is None or project.hourly_rate is None or project.currency is None:
        return "Billable"
    return hourly(project.hourly_rate, project.currency)
