"""The entries behind a row or a column of a report, editable where they stand."""

from collections.abc import Callable
from datetime import date, tzinfo
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from tabkeeper.model.grouping import between, within
from tabkeeper.model.report import Column, Group, Question, Report, Sums
from tabkeeper.model.report_forms import amounts_text
from tabkeeper.tracker import Snapshot, Tracker
from tabkeeper.ui.icons import icon
from tabkeeper.ui.long_reads import LongReads, Wanted
from tabkeeper.ui.plain import SENTENCE, in_tooltip
from tabkeeper.ui.reports.range_panel import turning_button
from tabkeeper.ui.reports.wording import Written, column_name, group_name
from tabkeeper.ui.scene import Scene
from tabkeeper.ui.theme import Size, Space, Theme, Weight, dot_icon
from tabkeeper.ui.window.entries_page import EntriesPage, ReadDays, read_days
from tabkeeper.ui.window.entry_actions import EntryActions
from tabkeeper.ui.window.pressable import Caption
from tabkeeper.ui.window.rows import LineRow

_KIND = "entries behind a report"


class Heading(NamedTuple):
    """What the entries have in common: a name, more of it, a colour where it is a project, and their sums."""

    name: str
    detail: str
    dotted: bool
    color: str | None
    time: str
    worth: str


def heading(report: Report, part: Group | Column, today: date, written: Written) -> Heading:
    """Return what a row or a column of a report is called, and comes to."""
    if isinstance(part, Column):
        return Heading(column_name(part, report.unit, today), "", False, None, written(part.seconds), "")
    name, detail = group_name(report, part, today)
    worth = amounts_text(part.sums)
    time = written(part.sums.seconds)
    return Heading(name, detail, report.question.by == "project", part.color, time, worth)


def followed(report: Report, part: Group | Column) -> Group | Column:
    """Return what a row or a column is in a report that has changed, also where it has nothing any more."""
    if isinstance(part, Group):
        gone = part._replace(sums=Sums())
        return next((group for group in report.groups if group.key == part.key), gone)
    return next((column for column in report.columns if column.first == part.first), part)


def question_behind(report: Report, part: Group | Column, zone: tzinfo) -> Question:
    """Return the question about the entries of a row or a column alone."""
    if isinstance(part, Group):
        return within(report.question, part.key, zone)
    return between(report.question._replace(before=None), part.first, part.last, zone)


class EntriesBehind:
    """The entries that a question is about, read beside the desk."""

    empty = "These entries are gone, or belong elsewhere now."

    def __init__(self, reads: LongReads, came: Callable[[], None], failed: Callable[[str], None]) -> None:
        self._reads, self._came, self._failed = reads, came, failed
        self.question: Question | None = None

    def read(self, at_least: int, show: Callable[[ReadDays], None]) -> None:
        """Read as `EntrySource` says."""
        question = self.question
        if question is None:
            return

        def read(tracker: Tracker, wanted: Wanted) -> ReadDays:
            return read_days(tracker, tracker.reported(question, at_least, wanted))

        def answer(found: ReadDays) -> None:
            show(found)
            self._came()

        self._reads.ask(_KIND, read, answer, self._failed)


class Behind(QWidget):
    """A heading with the way back, and the list of entries."""

    left = Signal()
    """The person wants to see the report again."""

    def __init__(self, scene: Scene, reads: LongReads, actions: EntryActions) -> None:
        super().__init__()
        self._theme = scene.theme
        self._source = EntriesBehind(reads, self._begin_with_first, scene.desk.tell)
        self._begins = False
        self._missed: Snapshot | None = None
        self.entries = EntriesPage(scene, actions, self._source)
        self.back = turning_button("arrow-left", "Back to the report (Esc)", scene.theme)
        self._dot, self._name, self._figures = QLabel(), Caption(), QLabel()
        self._heading: Heading | None = None
        self._figures.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, Space.HAIR)
        row.setSpacing(Space.HAIR)
        row.addSpacing(Space.HAIR)
        for part in (self.back, self._dot):
            row.addWidget(part)
        row.addWidget(self._name, 1)
        row.addWidget(self._figures)
        row.addSpacing(Space.MEDIUM + Space.HAIR)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(self.entries, 1)
        self.back.clicked.connect(self.left)
        self.dress(scene.theme)

    def show_question(self, question: Question, snapshot: Snapshot) -> None:
        """Show the entries that a question is about, from the newest on, unless they are shown."""
        if question == self._source.question:
            return
        self._source.question, self._begins, self._missed = question, True, None
        self.entries.begin_anew(snapshot)

    def show_heading(self, heading: Heading) -> None:
        """Say what these entries have in common."""
        self._heading = heading
        self._name.setText(" · ".join(filter(None, (heading.name, heading.detail))))
        self._name.setToolTip(in_tooltip(self._name.text(), SENTENCE))
        self._dot.setVisible(heading.dotted)
        self._dot.setPixmap(dot_icon(heading.color, self._theme).pixmap(self._theme.measures.dot * 2))
        self._figures.setText("   ".join(filter(None, (heading.time, heading.worth))))

    def forget(self) -> None:
        """Show nothing any more."""
        self._source.question = self._missed = None

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Read the entries anew, for something has changed; where nobody sees them, once somebody does."""
        if self._source.question is None:
            return
        if self.isVisible():
            self.entries.show_snapshot(snapshot)
        else:
            self._missed = snapshot

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self._theme = theme
        self.entries.dress(theme)
        back = "arrow-right" if self.isRightToLeft() else "arrow-left"
        self.back.setIcon(icon(back, theme.colours.muted, theme.measures.icon))
        self._name.setFont(theme.font(Size.BODY, Weight.STRONG))
        self._figures.setFont(theme.font(Size.BODY, Weight.STRONG, tabular=True))
        if self._heading is not None:
            self.show_heading(self._heading)

    def _begin_with_first(self) -> None:
        """Choose the first entry once there are any, so that every key has something to act on."""
        view = self.entries.view
        if self._begins and view.hasFocus():
            view.choose(self.entries.model.place_of(lambda row: isinstance(row, LineRow)))
        self._begins = False

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has happened meanwhile."""
        super().showEvent(event)
        missed, self._missed = self._missed, None
        if missed is not None:
            self.entries.show_snapshot(missed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back with Escape or the key for back."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Back):
            self.left.emit()
        else:
            super().keyPressEvent(event)
