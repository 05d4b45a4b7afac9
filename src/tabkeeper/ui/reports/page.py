"""The page itself: holds what was chosen, asks for the report, and shows it as it is now."""

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from tabkeeper.model.catalogue import Catalogue
from tabkeeper.model.filters import Filter
from tabkeeper.model.grouping import BY_DAYS
from tabkeeper.model.periods import Period
from tabkeeper.model.report import Column, Group, Grouping, Question, Report
from tabkeeper.tracker import Snapshot
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.long_reads import LongReads
from tabkeeper.ui.reports.behind import Behind, followed, heading, question_behind
from tabkeeper.ui.reports.choice import Choice, Source, recalled
from tabkeeper.ui.reports.overview import Overview
from tabkeeper.ui.reports.range_row import RangeRow
from tabkeeper.ui.reports.source_row import SourceRow
from tabkeeper.ui.reports.sources import Sources
from tabkeeper.ui.reports.taking_away import Saving, copy_rows, copy_table
from tabkeeper.ui.reports.wording import compared
from tabkeeper.ui.reports.workspace_reads import Workspace
from tabkeeper.ui.scene import Scene
from tabkeeper.ui.theme import Theme
from tabkeeper.ui.window.entry_actions import EntryActions
from tabkeeper.ui.window.place import WindowMemory

_PATIENCE = 300
"""Milliseconds after which it is said that something is being added up."""


class ReportsPage(QFrame):
    """A report, or the entries behind a part of it."""

    typed = Signal(str)
    """Text typed over the entries."""
    told = Signal(str)
    """A sentence for the person."""

    def __init__(self, scene: Scene, reads: LongReads, actions: EntryActions, memory: WindowMemory) -> None:
        super().__init__()
        self._snapshot, theme, self._face, self._clock, _ = scene
        self._memory, self._sources = memory, Sources(reads)
        self._chosen = recalled(memory.state.report)
        self._report: Report | None = None
        self._wanted = self._question()
        self._asked_at = self._clock()
        self._today = self._face.day(self._asked_at)
        self._opened: Group | Column | None = None
        self._stale = True
        self.setProperty("surface", "window")
        self.range, self.source_row = RangeRow(theme), SourceRow(theme)
        self.overview = Overview(theme)
        self.behind = Behind(scene, reads, actions)
        self.saving = Saving(self, reads, self.told.emit)
        self._stack = QStackedWidget()
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(_PATIENCE)
        self._lay_out()
        self._connect()
        self._show_choice()

    @property
    def choice(self) -> Choice:
        """Return what is chosen; where there is no workspace to ask, it is one's own report."""
        return self._chosen.of(self._sources.known(self._chosen.source))

    @property
    def report(self) -> Report | None:
        """Return the report that is shown."""
        return self._report

    # What is shown

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Add up anew, for something has changed."""
        named_otherwise = snapshot.catalogue != self._snapshot.catalogue
        self._snapshot = snapshot
        if named_otherwise:
            self._show_choice()
        if self.choice.source == "mine":
            self.refresh()
        if self._opened is not None:
            self.behind.show_snapshot(snapshot)

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        for part in (self.range, self.source_row, self.overview, self.behind):
            part.dress(theme)

    def show_times_as(self, face: Clockface) -> None:
        """Show times of day, and count weeks, otherwise from now on."""
        self._face = face
        self.behind.entries.show_times_as(face)
        self._show_choice()
        self.refresh()

    def forget_filter(self) -> None:
        """Show all of the report: what was filtered by and looked at is of another file."""
        self._close_behind()
        self._choose_filter(Filter())

    def tick(self) -> None:
        """Follow the clock: what runs and what is under way, once a minute, and another day."""
        if self._opened is not None:
            self.behind.entries.tick()
        if not self.isVisible():
            return
        now = self._clock()
        if self._face.day(now) != self._today:
            self._show_choice()
        if self._report is not None and self._is_behind_the_clock(self._report, now):
            self.refresh()

    def _is_behind_the_clock(self, report: Report, now: datetime) -> bool:
        """Whether a report would be another one by now, although nothing was changed."""
        # Since it was asked for: to ask at each look at the clock would cancel what takes longer to answer.
        if self._face.day(now) != self._face.day(self._asked_at):
            return True
        compared_with_now = report.seconds_before is not None and now < report.question.stop
        under_way = self.choice.source == "mine" and compared_with_now
        another_minute = (now - self._asked_at).total_seconds() >= 60
        return another_minute and (report.total.running or under_way)

    def offer_workspace(self, workspace: Workspace | None) -> None:
        """Offer the reports of this workspace, too, or only one's own."""
        if self._sources.offer(workspace):
            self._show_of_no_source()
            self._show_choice()
            self.refresh()

    def refresh(self) -> None:
        """Ask for the report; where nobody sees it, once somebody does."""
        if not self.isVisible():
            self._stale = True
            return
        self._stale = False
        source = self.choice.source
        if source == "workspace":
            self._show_source("asking…", asking=True)
        self._wanted, self._asked_at = self._question(), self._clock()
        self._patience.start()
        self._sources.ask(source, self._wanted, self._show_report, self._fail)

    @Slot()
    def _lose_patience(self) -> None:
        """Say what takes its time, and let no figures of other days stand under the name of these."""
        if self.choice.source == "mine":
            self.range.say("Adding up…")
        if self._report is not None and not self._report.question.asks_the_same_as(self._wanted):
            self._report = None
            self.overview.show_nothing("")

    def showEvent(self, event: QShowEvent) -> None:
        """Show what has happened meanwhile."""
        super().showEvent(event)
        self.tick()
        if self._stale:
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go down from what is above the rows into them."""
        if event.key() == Qt.Key.Key_Down and self._opened is None:
            self.overview.view.setFocus()
        else:
            super().keyPressEvent(event)

    def _question(self) -> Question:
        workspace = self._sources.workspace
        question = self.choice.question(self._clock(), self._face.zone, self._face.first_weekday)
        return question._replace(currency=workspace.currency if workspace else "")

    def _show_choice(self) -> None:
        choice = self.choice
        self._today = self._face.day(self._clock())
        workspace = self._sources.workspace
        self.range.show_period(choice.period, self._today, self._face.first_weekday)
        self.range.show_source(choice.source, workspace.name if workspace else None)
        self.source_row.setVisible(choice.source == "workspace")
        self.overview.show_choice(choice, self._catalogue(), self._sources.groupings(choice.source))

    def _catalogue(self) -> Catalogue | None:
        """Return what things are called here; nothing of that is known of a workspace's report."""
        return self._snapshot.catalogue if self.choice.source == "mine" else None

    def _show_source(self, state: str, *, asking: bool = False) -> None:
        workspace = self._sources.workspace
        if workspace is not None and self.choice.source == "workspace":
            self.source_row.show_workspace(workspace.name, state, asking=asking)

    def _show_report(self, report: Report) -> None:
        self._patience.stop()
        self.range.say("")
        self._report = report
        self._show_source(f"as of {self._face.time(report.at)}")
        written, today = self._face.duration, self._face.day(self._clock())
        comparison = compared(report, self._chosen.period, written)
        self.overview.show_report(report, comparison, self._catalogue(), today, written)
        if self._opened is not None:
            self._show_behind(report, followed(report, self._opened))

    def _fail(self, text: str) -> None:
        self._patience.stop()
        self.range.say("")
        self._show_source("no answer")
        self._report = None
        self.overview.show_failure(text)

    # What is chosen

    @Slot(str)
    def _choose_source(self, source: Source) -> None:
        self._sources.cancel()
        self._show_of_no_source()
        self._choose(self._chosen.of(source))

    def _show_of_no_source(self) -> None:
        """Show nothing: no figure and no entry of the one source may stand under the other's name."""
        self._close_behind()
        self._report = None
        self.overview.show_nothing("")

    @Slot()
    def _give_up(self) -> None:
        self._sources.cancel()
        self._fail("You stopped asking. The report of this computer is under Mine.")

    @Slot(str)
    def _drop_grouping(self, by: Grouping) -> None:
        self.told.emit(f"This server does not group by {by}.")
        self._choose_grouping("project")

    def _choose(self, choice: Choice) -> None:
        if choice == self._chosen:
            return
        self._chosen = choice
        today = self._face.day(self._clock())
        kept = choice.remembered(today, self._face.first_weekday)
        self._memory.keep(self._memory.state._replace(report=kept))
        self._show_choice()
        self.refresh()

    @Slot(object)
    def _choose_period(self, period: Period) -> None:
        if self._opened is not None and (isinstance(self._opened, Column) or self._chosen.by in BY_DAYS):
            self._close_behind()  # its days are not in the other range
        self._choose(self._chosen._replace(period=period))

    @Slot(str)
    def _choose_grouping(self, by: Grouping) -> None:
        self._choose(self._chosen._replace(by=by))

    @Slot(object)
    def _choose_filter(self, only: Filter) -> None:
        self._choose(self._chosen._replace(only=only))

    # The entries behind it

    @Slot(object)
    def open(self, part: Group | Column) -> None:
        """Show the entries behind a row or a column."""
        if self._report is None or self.choice.source == "workspace":
            return  # the entries of others are not on this computer
        self._show_behind(self._report, part)
        self._stack.setCurrentWidget(self.behind)
        self.behind.entries.view.setFocus()

    @Slot()
    def _begin_filter(self) -> None:
        self._close_behind()  # the line to type in is above the report's own rows
        self.overview.begin_filter()

    @Slot()
    def _close_behind(self) -> None:
        opened, self._opened = self._opened, None
        self.behind.forget()
        self._stack.setCurrentWidget(self.overview)
        if isinstance(opened, Group):
            self.overview.choose_row(opened.key)
        elif opened is not None:
            self.overview.chart.setFocus()

    def _show_behind(self, report: Report, part: Group | Column) -> None:
        self._opened, today = part, self._face.day(self._clock())
        self.behind.show_heading(heading(report, part, today, self._face.duration))
        self.behind.show_question(question_behind(report, part, self._face.zone), self._snapshot)

    # Taking it away

    @Slot(list)
    def _copy(self, groups: list[Group]) -> None:
        if self._report is not None:
            copy_rows(self._report, groups)
            self.told.emit("Copied the row" if len(groups) == 1 else f"Copied {len(groups)} rows")

    @Slot(str)
    def _take_away(self, form: str) -> None:
        report = self._report
        if report is None:
            return
        if form == "copy":
            copy_table(report)
            self.told.emit("Copied the table")
        else:
            self.saving.save(report, self._catalogue(), form, self._face.zone)

    def _lay_out(self) -> None:
        for part in (self.overview, self.behind):
            self._stack.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.range)
        column.addWidget(self.source_row)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._patience.timeout.connect(self._lose_patience)
        self.range.chosen.connect(self._choose_period)
        self.range.source_chosen.connect(self._choose_source)
        self.source_row.asked_again.connect(self.refresh)
        self.source_row.given_up.connect(self._give_up)
        self._sources.dropped.connect(self._drop_grouping)
        overview = self.overview
        overview.grouping_chosen.connect(self._choose_grouping)
        overview.filter_chosen.connect(self._choose_filter)
        overview.opened.connect(self.open)
        overview.copied.connect(self._copy)
        overview.taken_away.connect(self._take_away)
        overview.asked_again.connect(self.refresh)
        self.behind.left.connect(self._close_behind)
        self.behind.entries.typed.connect(self.typed)
        for keys, act in (
            (QKeySequence(QKeySequence.StandardKey.Find), self._begin_filter),
            (QKeySequence("Ctrl+Shift+C"), lambda: self._take_away("copy")),
            (QKeySequence(QKeySequence.StandardKey.Save), lambda: self._take_away("csv")),
            (QKeySequence("Alt+Left"), lambda: self.range.step(-1)),
            (QKeySequence("Alt+Right"), lambda: self.range.step(1)),
        ):
            QShortcut(keys, self).activated.connect(act)  # heard in the whole window while the page is seen
