"""The page of reports: what it shows, how it follows changes, and the entries behind it."""

import csv
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from tests.ui.reports.conftest import HOUR, ReportBench, week
from tests.ui.window.conftest import NOW, ZONE

from tabkeeper.model.entry import Draft
from tabkeeper.model.filters import Filter
from tabkeeper.model.periods import Period, Range
from tabkeeper.model.report import OF_THIS_COMPUTER
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker
from tabkeeper.ui.clockface import Clockface

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier


def test_this_week_by_project_is_what_is_seen_first(bench: ReportBench) -> None:
    bench.begin(week)
    assert bench.groups() == [
        "Shop, Acme, 3:00, 50 %, € 270.00, 2 entries",
        "Site, Borg, 2:00, 33 %, $ 200.00, 1 entry",
        "No project, 1:00, 17 %, 1 entry",
    ]
    assert bench.figures() == ["6:00", "5:00", "€ 270.00"]
    assert "+ $ 200.00" in bench.captions()[2]
    assert bench.page.range.button.text().strip() == "This week"
    assert bench.page.range.dates == "23 – 29 Nov"


def test_a_week_under_way_is_compared_with_the_last_one_as_far_as_it_has_got(bench: ReportBench) -> None:
    bench.begin(week)
    assert bench.captions()[0] == "5:00 ahead of last week"
    bench.page.range.step(-1)
    bench.settle()
    assert (bench.figures()[0], bench.captions()[0]) == ("4:00", "the week before: nothing")
    bench.page.range.step(-1)
    bench.settle()
    assert bench.page.range.button.text().strip() == "9 – 15 Nov"


@pytest.mark.parametrize(
    ("by", "names"),
    [
        ("client", ["Acme", "Borg", "No client"]),
        ("tag", ["bug", "No tags", "review"]),
        ("day", ["2026-11-23", "2026-11-24"]),
        ("week", ["2026-11-23 – 2026-11-29"]),
        ("billable", ["Billable", "Not billable"]),
    ],
)
def test_another_grouping_is_a_click_away(bench: ReportBench, by: str, names: list[str]) -> None:
    bench.begin(week)
    bench.overview.groupings.segments.choose(by)
    bench.settle()
    assert bench.names() == names
    assert bench.figures()[0] == "6:00"


def test_the_chart_has_a_column_for_each_day_in_the_colours_of_the_projects(bench: ReportBench) -> None:
    bench.begin(week)
    columns = bench.overview.chart.columns
    assert [column.seconds // 3600 for column in columns] == [2, 4, 0, 0, 0, 0, 0]
    picture = bench.overview.chart.grab().toImage()
    box = bench.overview.chart.box_of(1)
    seen = {picture.pixelColor(box.center().x(), y).name() for y in range(box.top(), box.bottom())}
    assert {"#16a34a", "#dc2626"} <= seen


def test_a_click_on_a_row_shows_its_entries_and_escape_goes_back_to_it(bench: ReportBench) -> None:
    bench.begin(week)
    bench.click_row(0)
    assert bench.is_behind()
    assert [line.split(",")[0] for line in bench.behind()] == ["Today", "Vouchers", "Yesterday", "Checkout"]
    bench.press(Qt.Key.Key_Escape, widget=bench.page.behind.entries.view)
    assert not bench.is_behind()
    assert bench.overview.view.currentIndex() == bench.row(0)


def test_a_click_on_a_column_shows_the_entries_of_its_day(bench: ReportBench) -> None:
    bench.begin(week)
    bench.click_column(0)
    assert [line.split(",")[0] for line in bench.behind()] == ["Yesterday", "Checkout"]
    bench.page.range.step(-1)
    bench.settle()
    assert not bench.is_behind(), "the day is of another week"


def test_a_row_stays_open_while_the_range_moves_on(bench: ReportBench) -> None:
    bench.begin(week)
    bench.click_row(0)
    bench.page.range.step(-1)
    bench.settle()
    assert bench.is_behind()
    assert [line.split(",")[0] for line in bench.behind()][1::2] == ["Later that week", "Before"]


def test_an_entry_is_changed_behind_the_report_which_follows_at_once(bench: ReportBench) -> None:
    bench.begin(week)
    bench.click_row(0)
    entries = bench.page.behind.entries
    entries.edit(entries.model.row(entries.model.index(1)).entry.id)
    bench.put(entries.editor.duration, "3:00")
    bench.settle()
    assert bench.report.groups[0].sums.seconds == 5 * 3600
    assert bench.page.behind._figures.text() == "5:00   € 450.00"
    entries.close_editor()
    bench.press(Qt.Key.Key_Z, held=CONTROL)
    assert bench.report.groups[0].sums.seconds == 3 * 3600


def test_what_is_deleted_behind_the_report_leaves_it(bench: ReportBench) -> None:
    bench.begin(week)
    bench.click_row(1)
    bench.press(Qt.Key.Key_Delete)
    assert bench.behind() == []
    assert "Site" not in bench.names()
    assert bench.page.behind._figures.text() == "0:00"


def test_a_change_made_elsewhere_is_in_the_report_at_once(bench: ReportBench) -> None:
    bench.begin(week)
    bench.desk.change(lambda tracker: tracker.add(Draft("New"), NOW - HOUR, NOW))
    bench.settle()
    assert bench.figures()[0] == "7:00"


def test_the_chart_of_a_month_names_the_days_on_which_the_persons_weeks_begin(bench: ReportBench) -> None:
    bench.begin(week)
    for first_weekday, days in ((0, [9, 16, 23]), (6, [8, 15, 22])):
        bench.window.show_times_as(Clockface(ZONE, first_weekday=first_weekday))
        bench.page._choose_period(Period("month"))
        bench.settle()
        chart = bench.overview.chart
        boxes = [chart.box_of(place) for place in range(30)]
        named = [
            next(day for day, box in enumerate(boxes, 1) if box.left() <= middle <= box.right())
            for middle in middles_of_names(chart.grab().toImage(), boxes[0].bottom() + 2)
        ]
        assert [day for day in named if day in range(5, 26)] == days


def middles_of_names(picture: QImage, top: int) -> list[int]:
    """Return where the names stand below a line of a picture, from left to right."""
    ground = picture.pixelColor(picture.width() - 1, picture.height() - 1)
    inked = [
        x
        for x in range(picture.width())
        if any(picture.pixelColor(x, y) != ground for y in range(top, picture.height()))
    ]
    names = [[inked[0]]]
    for x in inked[1:]:
        if x - names[-1][-1] > 8:
            names.append([])
        names[-1].append(x)
    return [(name[0] + name[-1]) // 2 for name in names]


def test_an_empty_range_says_why_it_is_empty(bench: ReportBench) -> None:
    bench.begin(week)
    empty = bench.overview.empty
    for period, only, words in (
        (Period("week", 9), Filter(), "Nothing was tracked on these days."),
        (Period("week", -1), Filter(), "These days are still to come."),
        (Period("week"), Filter(text="nothing"), "Nothing on these days matches the filter."),
    ):
        bench.page._choose(bench.page.choice._replace(period=period, only=only))
        bench.settle()
        assert (empty.isVisible(), empty.text(), bench.overview.view.isVisible()) == (True, words, False)


def test_trouble_is_said_in_the_place_of_the_rows_and_asking_again_helps(bench: ReportBench) -> None:
    bench.begin(week)
    path = bench._folder / "times.db"
    path.rename(path.with_suffix(".away"))
    bench.page.refresh()
    bench.settle()
    assert "was moved" in bench.overview.empty.text()
    path.with_suffix(".away").rename(path)
    bench.overview.again.click()
    bench.settle()
    assert len(bench.groups()) == 3


def test_another_file_is_reported_on_as_soon_as_the_desk_works_on_it(bench: ReportBench) -> None:
    bench.begin(week)
    bench.page._choose_filter(Filter(text="Checkout"))
    bench.click_row(0)
    other = bench._folder / "other.db"

    @contextmanager
    def elsewhere() -> Iterator[Tracker]:
        store = Store.open(other)
        tracker = Tracker(store, ZONE, bench.clock)
        if not tracker.entries(None, None):
            tracker.add(Draft("Theirs"), NOW - HOUR, NOW)
        yield tracker
        store.close()

    moved: list[bool] = []
    bench.desk.move(elsewhere, lambda _: moved.append(True), bench.told.append)
    bench.settle()
    assert moved == [True]
    bench.page.forget_filter()
    bench.settle()
    assert (bench.figures()[0], bench.names(), bench.is_behind()) == ("1:00", ["No project"], False)


# Remembered, copied, saved


def test_the_last_report_is_there_again_after_a_restart(bench: ReportBench) -> None:
    from tabkeeper.ui.window.place import read_state

    bench.begin(week)
    own = Range(date(2026, 11, 2), date(2026, 11, 20))
    only = Filter(clients=("x", None), tags=("bug",), billable=False, text="or")
    for choice in (
        bench.page.choice._replace(by="tag", period=Period("month", 1)),
        bench.page.choice._replace(by="day", period=Period(own=own), only=only),
    ):
        bench.page._choose(choice)
        bench.memory.finish()
        bench.memory.state = read_state(bench._folder / "window.json")
        from tabkeeper.ui.reports.choice import recalled

        assert recalled(bench.memory.state.report) == choice


@pytest.mark.parametrize(
    "kept",
    [{}, {"by": 3}, {"by": "day", "only": None}, {"by": "day", "only": {}, "unit": "age"},
     {"by": "tag", "only": Filter()._asdict(), "first": "2026-11-02", "last": "1026-11-02"}],
)  # fmt: skip
def test_what_cannot_be_recalled_is_the_usual_report(kept: dict) -> None:
    from tabkeeper.ui.reports.choice import Choice, recalled

    assert recalled(kept) == Choice()


def test_a_row_and_the_whole_table_are_copied_as_text(bench: ReportBench) -> None:
    bench.begin(week)
    bench.overview.view.setFocus()
    bench.overview.view.setCurrentIndex(bench.row(1))
    bench.press(Qt.Key.Key_C, held=CONTROL)
    assert QApplication.clipboard().text() == "Site\tBorg\t2:00\t2:00\t$ 200.00"
    bench.press(Qt.Key.Key_C, held=CONTROL | SHIFT)
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0] == "Shop\tAcme\t3:00\t3:00\t€ 270.00"
    assert lines[-1] == "Total\t\t6:00\t5:00\t€ 270.00 + $ 200.00"


def test_where_no_row_is_chosen_the_clipboard_keeps_what_it_has(bench: ReportBench) -> None:
    bench.begin(week)
    said: list[str] = []
    bench.page.told.connect(said.append)
    view = bench.overview.view
    view.setCurrentIndex(bench.row(1))
    bench.qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.viewport().rect().bottomLeft()
    )
    assert (view.hasFocus(), view.chosen()) == (True, [])
    QApplication.clipboard().setText("of another program")
    bench.press(Qt.Key.Key_C, held=CONTROL)
    assert (QApplication.clipboard().text(), said) == ("of another program", [])


@pytest.mark.parametrize("by", OF_THIS_COMPUTER)
def test_what_is_saved_is_what_is_seen(bench: ReportBench, by) -> None:
    bench.begin(week)
    bench.page._choose(bench.page.choice._replace(by=by))
    bench.settle()
    said: list[str] = []
    bench.page.told.connect(said.append)
    catalogue = bench.ask(lambda tracker: tracker.catalogue())
    paths = [bench._folder / f"report.{form}" for form in ("csv", "json")]
    for path in paths:
        bench.page.saving.write(path, bench.report, catalogue, path.suffix[1:])
    bench.settle()
    assert said == ["Saved report.csv", "Saved report.json"]
    content = paths[0].read_bytes().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(content, newline="")))
    summary = json.loads(paths[1].read_text(encoding="utf-8"))
    assert paths[0].read_bytes().startswith(b"\xef\xbb\xbf")
    assert len(rows) == len(summary["groups"]) == len(bench.report.groups)
    for row, kept, seen in zip(rows, summary["groups"], bench.report.groups, strict=True):
        assert kept["seconds"] == seen.sums.seconds
        assert row["Amount EUR"] == kept["billable_amount"]
        assert int(row["Entries"]) == kept["entries"] == seen.sums.entries


def test_the_keys_stay_on_their_row_when_a_change_puts_it_elsewhere(bench: ReportBench) -> None:
    bench.begin(week)
    bench.overview.view.setFocus()
    bench.overview.view.setCurrentIndex(bench.row(1))
    site = bench.report.groups[1].key
    bench.desk.change(lambda tracker: tracker.add(Draft("More", site), NOW - 9 * HOUR, NOW - 6 * HOUR))
    bench.settle()
    assert bench.names()[0] == "Site"
    assert bench.overview.view.currentIndex() == bench.row(0)


def test_the_rows_of_another_report_begin_with_the_first(bench: ReportBench) -> None:
    def many(tracker: Tracker) -> None:
        for number in range(40):
            start = NOW - timedelta(days=number % 20)
            tracker.add(Draft(str(number)), start, start + HOUR / 2, project=f"Project {number}")

    bench.begin(many)
    bench.page._choose_period(Period(own=Range(date(2026, 11, 1), date(2026, 11, 24))))
    bench.settle()
    bar = bench.overview.view.verticalScrollBar()
    bar.setValue(bar.maximum())
    bench.desk.change(lambda tracker: tracker.start(Draft("New"), project="Project 41"))
    bench.settle()
    assert bar.value() > 0, "the same report, with a row more"
    bench.page._choose_period(Period(own=Range(date(2026, 11, 2), date(2026, 11, 24))))
    bench.settle()
    assert (bar.maximum() > 0, bar.value()) == (True, 0)


def test_a_file_is_named_after_the_days_of_the_report_also_in_summer(bench: ReportBench) -> None:
    bench.begin(week)
    bench.page._choose_period(Period(own=Range(date(2026, 7, 1), date(2026, 7, 31))))
    bench.settle()
    bench.press(Qt.Key.Key_S, held=CONTROL, widget=bench.overview.view)
    dialog = bench.page.findChild(QFileDialog)
    assert [Path(name).name for name in dialog.selectedFiles()] == [
        "tabkeeper 2026-07-01 2026-07-31 by project.csv"
    ]
    dialog.reject()


def test_a_place_that_takes_no_file_is_said(bench: ReportBench) -> None:
    bench.begin(week)
    said: list[str] = []
    bench.page.told.connect(said.append)
    path = bench._folder / "nowhere" / "report.csv"
    bench.page.saving.write(path, bench.report, bench.snapshot.catalogue, "csv")
    bench.settle()
    assert said == [f"{path} could not be written (No such file or directory). Choose another place."]


def test_in_the_smallest_window_no_figure_is_cut_and_the_rows_have_room(bench: ReportBench) -> None:
    bench.begin(week)
    totals, frame = bench.overview.totals, bench.window.frame
    large = totals.figures[0].font().pixelSize()
    frame.resize(frame.minimumSize())
    bench.desk.change(lambda tracker: tracker.add(Draft("Long"), NOW - 9000 * HOUR, NOW - HOUR))
    bench.page._choose(bench.page.choice._replace(period=Period("year", 1)))
    bench.settle()
    assert bench.figures()[0] == "8999:00"
    for figure in totals.figures:
        assert figure.fontMetrics().horizontalAdvance(figure.text()) <= figure.width()
    assert totals.figures[0].font().pixelSize() <= large
    assert not bench.overview.chart.isVisible()
    assert bench.overview.view.height() >= bench.overview.view.sizeHintForRow(0)


def test_where_the_groupings_do_not_fit_a_menu_has_them(bench: ReportBench) -> None:
    bench.begin(week)
    groupings = bench.overview.groupings
    bench.window.frame.resize(900, 640)
    bench.settle()
    assert (groupings.segments.isVisible(), groupings.button.isVisible()) == (True, False)
    bench.window.frame.resize(340, 640)
    bench.settle()
    assert (groupings.segments.isVisible(), groupings.button.text()) == (False, "By project")
    next(row for row in groupings.button.menu().actions() if row.text() == "Tag").trigger()
    bench.settle()
    assert (bench.names(), groupings.button.text()) == (["bug", "No tags", "review"], "By tag")


def test_durations_of_a_report_are_written_as_the_person_chooses_while_it_is_seen(bench: ReportBench) -> None:
    bench.begin(week)
    assert bench.figures()[0] == "6:00"
    bench.window.show_times_as(Clockface(ZONE, durations="decimal"))
    bench.settle()
    assert bench.figures()[:2] == ["6.00 h", "5.00 h"]
    assert bench.groups()[0].startswith("Shop, Acme, 3.00 h")
    assert "6.00 h" in bench.overview.totals.accessibleName()
    bench.overview.chart.setFocus()
    assert "4.00 h" in bench.overview.chart.accessibleName()
    bench.click_row(0)
    assert bench.page.behind._figures.text().startswith("3.00 h")
    assert "Vouchers, Shop · Acme · bug, 1.00 h, 11:24 – 12:24" in bench.behind()
