"""The figures at the top of a report: all the time, what of it is billable, and what that is worth."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from tabkeeper.model.durations import clock
from tabkeeper.model.money import money
from tabkeeper.model.report import Report
from tabkeeper.model.report_forms import amounts_text, currencies_without_total
from tabkeeper.ui.reports.wording import Written
from tabkeeper.ui.theme import HAIRLINE, Size, Space, Theme, Weight
from tabkeeper.ui.window.pressable import Caption

RULES = (
    "An entry counts whole on the day it begins. An entry with several tags counts in the group of each, and "
    "once in the total. Each currency is added up by itself."
)
_LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT ISOLATE}{}\N{POP DIRECTIONAL ISOLATE}"
_TIME, _BILLABLE, _AMOUNT = range(3)


class Totals(QWidget):
    """Three figures, each with a caption; the last one only where there is money."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.figures = [QLabel() for _ in range(3)]
        self.captions = [Caption() for _ in range(3)]
        grid = self._grid = QGridLayout(self)
        grid.setContentsMargins(Space.LARGE, 0, Space.LARGE, 0)
        grid.setVerticalSpacing(HAIRLINE)
        for column, (figure, caption) in enumerate(zip(self.figures, self.captions, strict=True)):
            figure.setTextFormat(Qt.TextFormat.PlainText)
            caption.setProperty("type", "caption")
            caption.setProperty("tone", "muted")
            grid.addWidget(figure, 0, column)
            grid.addWidget(caption, 1, column)
            grid.setColumnStretch(column, 1 if column == _AMOUNT else 0)
        self.dress(theme)

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self._theme = theme
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write as large as all figures fit: none of them may be cut."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - 2 * Space.LARGE
        for size in (Size.FIGURES, Size.EMPHASIS, Size.BODY):
            font = self._theme.font(size, Weight.STRONG, tabular=True)
            metrics = QFontMetrics(font)
            figures = [metrics.horizontalAdvance(figure.text()) for figure in self.figures]
            if sum(figures) + 2 * Space.MEDIUM <= room:
                break
        for figure in self.figures:
            figure.setFont(font)
        columns = [
            max(width, caption.sizeHint().width())
            for width, caption in zip(figures, self.captions, strict=True)
        ]
        fits = sum(columns) + 2 * Space.WIDE <= room
        self._grid.setHorizontalSpacing(Space.WIDE if fits else Space.MEDIUM)
        # What the time is compared with can be cut; amounts in other currencies are seen nowhere else.
        left = room - columns[_BILLABLE] - columns[_AMOUNT] - 2 * Space.MEDIUM
        self.captions[_TIME].setMaximumWidth(max(figures[_TIME], left))

    def show_report(self, report: Report, comparison: str, main: str, written: Written) -> None:
        """Show the totals of a report, and how its time compares with the range before.

        Of several currencies the `main` one stands large; there is no sum of them.
        """
        sums = report.total
        if main not in sums.amounts:
            main = next(iter(sums.amounts), "")
        worth = money(sums.amounts[main], main) if main in sums.amounts else ""
        others = amounts_text(sums, but=main)
        if currencies_without_total(report):
            others = "others, in the rows"
        self._show(_TIME, written(sums.seconds), comparison or "tracked")
        self._show(_BILLABLE, written(sums.billable_seconds), "billable")
        self._show(
            _AMOUNT, worth, _LEFT_TO_RIGHT.format(f"+ {others}") if others else ("worth" if worth else "")
        )
        self._fit()
        running = " A timer runs; it counts up to now." if sums.running else ""
        self.setToolTip(
            f"{clock(sums.seconds)} tracked, {clock(sums.billable_seconds)} billable.{running} {RULES}"
        )
        spoken = (
            f"{written(sums.seconds)} {comparison}",
            f"{written(sums.billable_seconds)} billable",
            worth,
            others,
        )
        self.setAccessibleName(", ".join(part.strip() for part in spoken if part) + running)

    def clear(self) -> None:
        """Show no figures."""
        for place in (_TIME, _BILLABLE, _AMOUNT):
            self._show(place, "–" if place != _AMOUNT else "", "")
        self.setToolTip("")
        self.setAccessibleName("No report")

    def _show(self, place: int, figure: str, caption: str) -> None:
        self.figures[place].setText(figure)
        self.captions[place].setText(caption)
        self.captions[place].setToolTip(caption)
