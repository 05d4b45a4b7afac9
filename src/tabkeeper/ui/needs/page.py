"""The page of what needs the person: refused changes in words with their answers, and what was overruled."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from tabkeeper.tracker import Snapshot, Tracker
from tabkeeper.tracker.needs import OVERRULED_AT_ONCE, Answer, Needs, Parked
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.needs import wording
from tabkeeper.ui.needs.row import Act, NeedRow
from tabkeeper.ui.scene import Scene
from tabkeeper.ui.theme import Space


class NeedsPage(QScrollArea):
    """Shows what waits for the person, as of each snapshot; answers go to the desk."""

    edit_requested = Signal(str, str)
    """The person wants to edit a thing: its kind and id."""

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        self._snapshot, _, self._face, self._clock, self._desk = scene
        self._needs = Needs()
        self.rows: list[NeedRow] = []
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Needs you")
        self._fill()

    @Slot(object)
    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Ask anew, for something has changed."""
        self._snapshot = snapshot
        self._desk.ask("needs", lambda tracker: tracker.needs.all(), self._show)

    def show_times_as(self, face: Clockface) -> None:
        """Show times of day otherwise from now on."""
        self._face = face
        self._fill()

    def _show(self, needs: Needs) -> None:
        if needs != self._needs:
            self._needs = needs
            self._fill()

    def _fill(self) -> None:
        """Make the rows anew, for they are few; what is looked at, and the row with the keyboard, stay."""
        at, place = self.verticalScrollBar().value(), self._place_with_keyboard()
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        column.setSpacing(Space.SMALL)
        self.rows = [*self._held(), *map(self._parked, self._needs.parked)]
        if not self.rows:
            nothing = QLabel(wording.NOTHING)
            nothing.setProperty("tone", "muted")
            column.addWidget(nothing)
        lost = self._overruled()
        for row in self.rows:
            column.addWidget(row)
        column.addSpacing(Space.SMALL)
        for part in lost:
            column.addWidget(part)
        column.addStretch(1)
        self.rows += [row for row in lost if isinstance(row, NeedRow)]
        self.setWidget(page)
        if place is not None and self.rows and (left := self.rows[min(place, len(self.rows) - 1)].buttons):
            left[0].setFocus()
        # The new rows have their heights once they are laid out.
        QTimer.singleShot(0, self, lambda: self.verticalScrollBar().setValue(at))

    def _place_with_keyboard(self) -> int | None:
        held = self.focusWidget()
        if held is None or not held.hasFocus():
            return None
        return next((place for place, row in enumerate(self.rows) if row.isAncestorOf(held)), None)

    def _held(self) -> list[NeedRow]:
        if not self._needs.held:
            return []
        heading, meaning = wording.gone(self._needs.held)
        acts: tuple[Act, ...] = (
            ("Send them again", lambda: self._desk.change(lambda tracker: tracker.needs.keep_held())),
            ("Remove them here", lambda: self._desk.change(lambda tracker: tracker.needs.remove_held())),
        )
        return [NeedRow(heading, [(meaning, "warning")], acts)]

    def _parked(self, change: Parked) -> NeedRow:
        entry = self._needs.entries.get(change.id)
        about = wording.about(entry, self._snapshot.catalogue, self._face, self._clock())
        acts: list[Act] = []
        if entry is not None or change.kind != "entry":
            acts.append(("Edit", lambda: self.edit_requested.emit(change.kind, change.id)))
        acts.append(
            ("Keep mine", self._answering(change, "keep"))
            if change.can_keep
            else ("Try again", self._answering(change, "try again"))
        )
        acts.append(("Discard mine", self._answering(change, "discard")))
        return NeedRow(wording.title(change), [(about, "muted"), (wording.reason(change), "warning")], acts)

    def _answering(self, change: Parked, answer: Answer) -> Callable[[], None]:
        def carry_out(tracker: Tracker) -> None:
            tracker.needs.answer(change, answer)

        return partial(self._desk.change, carry_out)

    def _overruled(self) -> list[QWidget]:
        if not self._needs.overruled:
            return []
        heading = QLabel("Overruled lately")
        heading.setProperty("type", "emphasis")
        heading.setProperty("weight", "strong")
        catalogue, now = self._snapshot.catalogue, self._clock()
        all_ever = QLabel(wording.ALL_EVER)
        all_ever.setProperty("tone", "muted")
        return [
            heading,
            *(
                NeedRow(wording.title(each), [(wording.lost(each, catalogue, self._face, now), "muted")], ())
                for each in self._needs.overruled
            ),
            *([all_ever] if len(self._needs.overruled) == OVERRULED_AT_ONCE else []),
        ]
