"""The page of reports at work: in the real window, on a real file, through both of its threads."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from tests.ui.window.conftest import NOW, Bench

from tabkeeper.model.entry import Draft
from tabkeeper.model.report import Report
from tabkeeper.tracker import Tracker

HOUR = timedelta(hours=1)


class ReportBench(Bench):
    """A window on its page of reports, with hands and eyes for it."""

    def begin(self, *steps: Callable[[Tracker], object]) -> None:
        """Prepare the file, and go to the reports."""
        self.prepare(*steps)
        self.window.frame.show_page(self.page)
        self.settle()

    @property
    def page(self):
        return self.window.reports

    @property
    def overview(self):
        return self.page.overview

    @property
    def report(self) -> Report:
        assert self.page.report is not None
        return self.page.report

    def settle(self) -> None:
        """Wait until both threads have answered what was asked, also what that made ask again."""
        for _ in range(3):
            super().settle()
            answers: list = []
            self.reads.ask("test", lambda tracker, wanted: True, answers.append, answers.append)
            self.qtbot.waitUntil(lambda found=answers: bool(found))
        QApplication.processEvents()

    def groups(self) -> list[str]:
        """Return the rows as they are read aloud."""
        model = self.overview.model
        return [model.index(place).data() for place in range(model.rowCount())]

    def names(self) -> list[str]:
        return [group.label for group in self.report.groups]

    def figures(self) -> list[str]:
        return [label.text() for label in self.overview.totals.figures]

    def captions(self) -> list[str]:
        return [label.text() for label in self.overview.totals.captions]

    def behind(self) -> list[str]:
        """Return the entries behind a part of the report, as they are read aloud."""
        model = self.page.behind.entries.model
        return [model.index(place).data() for place in range(model.rowCount())]

    def is_behind(self) -> bool:
        return self.page.behind.isVisible()

    def click_row(self, place: int) -> None:
        view = self.overview.view
        at = view.visualRect(self.overview.model.index(place)).center()
        self.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
        self.settle()

    def click_column(self, place: int) -> None:
        chart = self.overview.chart
        self.qtbot.mouseClick(chart, Qt.MouseButton.LeftButton, pos=chart.box_of(place).center())
        self.settle()

    def row(self, place: int) -> QModelIndex:
        return self.overview.model.index(place)


def week(tracker: Tracker) -> None:
    """Monday to Wednesday (now is Tuesday 15:24 in Berlin): two projects with rates, and nothing."""
    shop = tracker.names.add_project(
        "Shop", client="Acme", billable=True, hourly_rate=Decimal(90), currency="EUR", color="#16A34A"
    )
    site = tracker.names.add_project(
        "Site", client="Borg", billable=True, hourly_rate=Decimal(100), currency="USD", color="#DC2626"
    )
    day = 24 * HOUR
    for draft, start, hours in (
        (Draft("Checkout", shop.id, ("bug", "review")), NOW - 28 * HOUR, 2),
        (Draft("Vouchers", shop.id, ("bug",)), NOW - 4 * HOUR, 1),
        (Draft("Landing page", site.id), NOW - 3 * HOUR, 2),
        (Draft("Inbox"), NOW - 6 * HOUR, 1),
        (Draft("Before", shop.id), NOW - 7 * day - HOUR, 1),
        (Draft("Later that week", shop.id), NOW - 5 * day, 3),
    ):
        tracker.add(draft, start, start + hours * HOUR)


@pytest.fixture
def bench(qtbot: QtBot, tmp_path: Path) -> Iterator[ReportBench]:
    bench = ReportBench(qtbot, tmp_path)
    yield bench
    bench.window.frame.hide()
    bench.page.offer_workspace(None)  # a question that its server does not answer would outlive the test
    bench.reads.close()
    bench.desk.close()


def middle(widget) -> QPoint:
    return widget.rect().center()
