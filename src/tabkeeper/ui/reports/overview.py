"""A report as it is seen: totals, chart, grouping, filters, and the rows. It asks nobody."""

from collections.abc import Callable, Collection
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from tabkeeper.model.catalogue import EMPTY_CATALOGUE, Catalogue
from tabkeeper.model.filters import Filter
from tabkeeper.model.report import Grouping, Report
from tabkeeper.model.report_forms import main_currency
from tabkeeper.ui.icons import icon
from tabkeeper.ui.reports.chart import Chart
from tabkeeper.ui.reports.choice import Choice
from tabkeeper.ui.reports.filter_line import FilterLine
from tabkeeper.ui.reports.group_list import GroupList
from tabkeeper.ui.reports.group_view import GroupView
from tabkeeper.ui.reports.groupings import Groupings
from tabkeeper.ui.reports.totals import Totals
from tabkeeper.ui.reports.wording import Written
from tabkeeper.ui.theme import Space, Theme

_NOTHING = "Nothing was tracked on these days."
_NOTHING_YET = "These days are still to come."
_NOTHING_LEFT = "Nothing on these days matches the filter."
_CHART_PART, _LEAST_FOR_CHART = 0.27, 2.5
_FORMS = (
    ("Copy table", "Ctrl+Shift+C", "copy"),
    ("Save as CSV…", "Ctrl+S", "csv"),
    ("Save as JSON…", "", "json"),
)


class Overview(QWidget):
    """Shows one report, and says what the person wants of it."""

    grouping_chosen = Signal(str)
    filter_chosen = Signal(object)
    """A `Filter`."""
    opened = Signal(object)
    """The entries of this `Group` or `Column` are wanted."""
    copied = Signal(list)
    taken_away = Signal(str)
    """The report is wanted as `copy`, `csv` or `json`."""
    asked_again = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._only = theme, Filter()
        self.totals, self.chart, self.model = Totals(theme), Chart(theme), GroupList()
        self.view = GroupView(self.model, theme)
        self.groupings = Groupings()
        self.filter_button, self.more = _tool("Filter (Ctrl+F)"), _tool("Copy or save")
        self.filter_line = FilterLine(theme)
        self.empty, self.again = QLabel(), QPushButton("Try again")
        self.menu = QMenu(self)
        self._lay_out()
        self._connect()
        self.dress(theme)

    def show_choice(
        self, choice: Choice, catalogue: Catalogue | None, groupings: Collection[Grouping]
    ) -> None:
        """Show what is chosen, before the report of it has come, and offer these groupings."""
        self._only = choice.only
        self.groupings.offer(groupings)
        self.view.opens = choice.source == "mine"
        self._column.setContentsMargins(0, 0 if choice.source == "mine" else Space.SMALL, 0, 0)
        self.groupings.show_chosen(choice.by)
        self.filter_line.show_filter(choice.only, catalogue)
        if choice.only != Filter():
            self.filter_line.show()
        elif not self.filter_line.field.hasFocus():
            self.filter_line.hide()
        self._dress_filter_button()

    def show_report(
        self, report: Report, comparison: str, catalogue: Catalogue | None, today: date, written: Written
    ) -> None:
        """Show a report; without a catalogue nothing is known of its projects but their names."""
        main = report.question.currency or main_currency(catalogue or EMPTY_CATALOGUE)
        self.totals.show_report(report, comparison, main, written)
        first_weekday = report.question.first_weekday
        self.chart.show_columns(report.columns, report.unit, catalogue, today, written, first_weekday)
        self._show_groups(report, today, written)
        future = report.question.start > report.at
        filtered = self._only != Filter()
        self._say(_NOTHING_LEFT if filtered else _NOTHING_YET if future else _NOTHING)
        self.again.hide()
        self._show_rows(bool(report.groups))

    def _show_groups(self, report: Report, today: date, written: Written) -> None:
        """Show the rows: of another question from the first on, else with the keys where they were."""
        before, current = self.model.report, self.model.group(self.view.currentIndex())
        self.model.show(report, today, written)
        if before is None or not before.question.asks_the_same_as(report.question):
            self.view.scrollToTop()
        elif current is not None and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.model.place_of(current.key))

    def show_nothing(self, text: str) -> None:
        """Show no report, and a sentence in place of its rows."""
        self.totals.clear()
        self.chart.show_columns((), "day", None, date.min)
        self.model.clear()
        self._say(text)
        self.again.hide()
        self._show_rows(False)

    def show_failure(self, text: str) -> None:
        """Say why there is no report, and offer to ask again."""
        self.show_nothing(text)
        self.again.show()

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self._theme = theme
        for part in (self.totals, self.chart, self.view, self.filter_line):
            part.dress(theme)
        self.more.setIcon(icon("ellipsis", theme.colours.muted, theme.measures.icon))
        self._dress_filter_button()

    def choose_row(self, key: str | None) -> None:
        """Go to the row of a group."""
        index = self.model.place_of(key)
        if index.isValid():
            self.view.setCurrentIndex(index)
        self.view.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the chart its part of the height, and the rows the rest; in a low window there is no chart."""
        super().resizeEvent(event)
        least = self._theme.measures.chart
        self.chart.setVisible(self.height() > _LEAST_FOR_CHART * least)
        self.chart.setFixedHeight(max(least, min(round(self.height() * _CHART_PART), 2 * least)))

    @Slot()
    def begin_filter(self) -> None:
        """Let a filter be typed."""
        self.filter_line.show()
        self.filter_line.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _toggle_filter(self) -> None:
        if self.filter_line.isHidden():
            self.begin_filter()
        else:
            self._end_filter()

    @Slot()
    def _end_filter(self) -> None:
        """Take the line away; what it filters by goes with it."""
        self.filter_line.hide()
        self.filter_chosen.emit(Filter())
        self.view.setFocus()

    def _dress_filter_button(self) -> None:
        colours = self._theme.colours
        ink = colours.muted if self._only == Filter() else colours.accent
        self.filter_button.setIcon(icon("list-filter", ink, self._theme.measures.icon))

    def _say(self, text: str) -> None:
        self.empty.setText(text)

    def _show_rows(self, some: bool) -> None:
        self.view.setVisible(some)
        self._nothing.setVisible(not some)

    def _connect(self) -> None:
        self.groupings.chosen.connect(self.grouping_chosen)
        self.filter_button.clicked.connect(self._toggle_filter)
        self.filter_line.changed.connect(self.filter_chosen)
        self.filter_line.left.connect(self._end_filter)
        self.chart.chosen.connect(self.opened)
        self.view.opened.connect(self.opened)
        self.view.copied.connect(self.copied)
        self.view.passed_top.connect(self.groupings.take_focus)
        self.again.clicked.connect(self.asked_again)
        for text, keys, form in _FORMS:
            row = self.menu.addAction(text, self._wants(form))
            row.setShortcut(QKeySequence(keys))
            row.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)  # the page has these keys itself

    def _wants(self, form: str) -> Callable[[], None]:
        return lambda: self.taken_away.emit(form)

    def _lay_out(self) -> None:
        self.more.setMenu(self.menu)
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.filter_line.hide()
        framed = QHBoxLayout()
        framed.setContentsMargins(Space.LARGE, Space.SMALL, Space.LARGE, Space.SMALL)
        framed.addWidget(self.chart)
        line = QFrame()
        line.setProperty("surface", "line")
        choosing = QHBoxLayout()
        choosing.setContentsMargins(0, Space.SMALL, 0, Space.SMALL)
        choosing.setSpacing(0)
        choosing.addSpacing(Space.LARGE)
        choosing.addWidget(self.groupings, 1)
        choosing.addWidget(self.filter_button)
        choosing.addWidget(self.more)
        choosing.addSpacing(Space.SMALL)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.totals)
        column.addLayout(framed)
        column.addWidget(line)
        column.addLayout(choosing)
        column.addWidget(self.filter_line)
        column.addWidget(self.view, 1)
        self._nothing = self._nothing_to_see()
        column.addWidget(self._nothing, 1)

    def _nothing_to_see(self) -> QWidget:
        """Return what stands in place of the rows where there are none."""
        self.empty.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setProperty("tone", "muted")
        place = QWidget()
        column = QVBoxLayout(place)
        column.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
        column.addStretch(1)
        column.addWidget(self.empty)
        column.addWidget(self.again, 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(2)
        return place


def _tool(name: str) -> QToolButton:
    button = QToolButton()
    button.setAccessibleName(name.partition(" (")[0])
    button.setToolTip(name)
    return button
