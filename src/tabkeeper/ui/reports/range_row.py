"""The range above a report: its name and days, one back and one on, and the panel to choose another in."""

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from tabkeeper.model.periods import Period
from tabkeeper.ui.icons import icon
from tabkeeper.ui.reports.choice import Source
from tabkeeper.ui.reports.range_panel import RangePanel, turning_button
from tabkeeper.ui.reports.wording import period_name
from tabkeeper.ui.segments import Segments
from tabkeeper.ui.theme import HAIRLINE, Space, Theme
from tabkeeper.ui.window.pressable import Caption


class RangeRow(QWidget):
    """Shows a period, and says which other one is wanted."""

    chosen = Signal(object)
    """A `Period`."""
    source_chosen = Signal(str)
    """A `Source`."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._period, self._today, self._first_weekday = Period(), date.min, 0
        self.back = turning_button("chevron-left", "Range before (Alt+Left)", theme)
        self.on = turning_button("chevron-right", "Next range (Alt+Right)", theme)
        self.button = QPushButton()
        self.button.setProperty("kind", "quiet")
        self.button.setProperty("weight", "strong")
        self.button.setAutoDefault(False)
        self.button.setToolTip("Choose another range")
        self.sources = Segments("Whose report", (("mine", "Mine"), ("workspace", "Workspace")), tight=True)
        self.sources.hide()
        self._dates, self._state = Caption(), QLabel()
        for label in (self._dates, self._state):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("tone", "muted")
            label.setProperty("type", "caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, Space.SMALL, 0, Space.SMALL)
        row.setSpacing(HAIRLINE)
        row.addSpacing(Space.SMALL)
        for part in (self.back, self.button, self.on):
            row.addWidget(part)
        row.addSpacing(Space.SMALL)
        row.addWidget(self._dates, 1)
        row.addWidget(self._state)
        row.addWidget(self.sources)
        row.addSpacing(Space.LARGE)
        self.back.clicked.connect(lambda: self.step(-1))
        self.on.clicked.connect(lambda: self.step(1))
        self.button.clicked.connect(self.open_panel)
        self.sources.chosen.connect(self.source_chosen)
        self.dress(theme)

    @property
    def dates(self) -> str:
        """Return the days beside the range's name."""
        return self._dates.text()

    def show_period(self, period: Period, today: date, first_weekday: int) -> None:
        """Show a period as it is seen from a day."""
        self._period, self._today, self._first_weekday = period, today, first_weekday
        name, dates = period_name(period, period.range(today, first_weekday), today)
        self.button.setText(f"\N{NO-BREAK SPACE}{name}")
        self.button.setAccessibleName(f"Range: {', '.join(filter(None, (name, dates)))}")
        self._dates.setText(dates)

    def show_source(self, source: Source, workspace: str | None) -> None:
        """Show whose report it is; without a workspace it can only be one's own."""
        self.sources.show_chosen(source)
        self.sources.setVisible(workspace is not None)
        self.sources.setToolTip(f"Mine, on this computer; or all of {workspace}, from its server")

    def say(self, text: str) -> None:
        """Say at the end of the row what is going on."""
        self._state.setText(text)

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self._theme = theme
        mirrored = self.isRightToLeft()
        for button, picture in (
            (self.back, "chevron-right" if mirrored else "chevron-left"),
            (self.on, "chevron-left" if mirrored else "chevron-right"),
        ):
            button.setIcon(icon(picture, theme.colours.muted, theme.measures.icon))
        self.button.setIcon(icon("calendar", theme.colours.muted, theme.measures.icon))

    def step(self, by: int) -> None:
        """Want the range so many of its lengths later."""
        self.chosen.emit(self._period.stepped(by))

    @Slot()
    def open_panel(self) -> RangePanel:
        """Let another range be chosen."""
        panel = RangePanel(self._period, self._today, self._first_weekday, self._theme, self)
        panel.chosen.connect(self.chosen)
        panel.open_below(self.button)
        return panel
