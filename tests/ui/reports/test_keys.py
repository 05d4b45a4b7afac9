"""Reports by keyboard alone, and what is read aloud of them."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget
from tests.ui.reports.conftest import ReportBench, week

from tabkeeper.model.filters import Filter
from tabkeeper.model.periods import Period, Range

CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


def test_every_part_of_the_page_is_reached_with_tab_and_has_a_name(bench: ReportBench) -> None:
    bench.begin(week)
    bench.page.range.back.setFocus()
    met: list[QWidget] = []
    for _ in range(30):
        focused = QApplication.focusWidget()
        if focused in met:
            break
        met.append(focused)
        bench.qtbot.keyClick(focused, Qt.Key.Key_Tab)
    overview = bench.overview
    wanted = [bench.page.range.button, bench.page.range.on, overview.chart, overview.filter_button]
    for part in (*wanted, overview.more, overview.view):
        assert part in met, part.accessibleName()
    ours = [widget for widget in met if bench.page.isAncestorOf(widget)]
    assert not [widget for widget in ours if not (widget.accessibleName() or getattr(widget, "text", str)())]


def test_the_arrow_keys_go_through_the_chart_and_enter_opens_a_day(bench: ReportBench) -> None:
    bench.begin(week)
    chart = bench.overview.chart
    chart.setFocus()
    assert (
        chart.accessibleName()
        == "Chart, Tue 24 Nov, 4:00, Shop · Acme 1:00, Site · Borg 2:00, No project 1:00"
    )
    bench.press(Qt.Key.Key_Left)
    assert chart.accessibleName() == "Chart, Mon 23 Nov, 2:00, Shop · Acme 2:00"
    bench.press(Qt.Key.Key_Return)
    assert [line.split(",")[0] for line in bench.behind()] == ["Yesterday", "Checkout"]
    bench.press(Qt.Key.Key_Escape)
    assert chart.hasFocus()


def test_a_screen_reader_hears_chart_rows_and_totals_by_their_names(bench: ReportBench) -> None:
    bench.begin(week)
    overview = bench.overview
    chart, rows, totals = (
        QAccessible.queryAccessibleInterface(part)
        for part in (overview.chart, overview.view, overview.totals)
    )
    assert chart.text(QAccessible.Text.Name).startswith("Chart, Tue 24 Nov, 4:00, ")
    assert rows.text(QAccessible.Text.Name) == "Groups"
    heard = [rows.child(place).text(QAccessible.Text.Name) for place in range(rows.childCount())]
    assert heard[0] == "Shop, Acme, 3:00, 50 %, € 270.00, 2 entries"
    assert heard == bench.groups()
    assert "5:00 billable, € 270.00, $ 200.00" in totals.text(QAccessible.Text.Name)


def test_rows_are_opened_with_enter_and_left_with_escape(bench: ReportBench) -> None:
    bench.begin(week)
    bench.overview.view.setFocus(Qt.FocusReason.TabFocusReason)
    bench.press(Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert [line.split(",")[0] for line in bench.behind()] == ["Today", "Landing page"]
    bench.press(Qt.Key.Key_Escape)
    assert bench.overview.view.hasFocus()
    assert bench.overview.view.currentIndex() == bench.row(1)
    bench.press(Qt.Key.Key_Up, Qt.Key.Key_Up)
    assert bench.overview.groupings.isAncestorOf(QApplication.focusWidget())


def test_the_key_for_filters_leads_back_from_entries_to_the_line_that_is_typed_in(bench: ReportBench) -> None:
    bench.begin(week)
    bench.click_row(0)
    bench.press(Qt.Key.Key_F, held=CONTROL, widget=bench.page.behind.entries.view)
    field = bench.overview.filter_line.field
    assert (bench.is_behind(), field.isVisible(), field.hasFocus()) == (False, True, True)
    bench.press(Qt.Key.Key_Escape)
    assert bench.overview.view.hasFocus()


def test_ranges_go_back_and_on_by_keys(bench: ReportBench) -> None:
    bench.begin(week)
    bench.overview.view.setFocus()
    bench.press(Qt.Key.Key_Left, held=ALT)
    assert bench.page.choice.period == Period("week", 1)
    bench.press(Qt.Key.Key_Right, held=ALT)
    assert bench.page.choice.period == Period("week")


def test_a_filter_is_typed_chosen_and_taken_away_by_keys(bench: ReportBench) -> None:
    bench.begin(week)
    bench.press(Qt.Key.Key_F, held=CONTROL, widget=bench.overview.view)
    line = bench.overview.filter_line
    assert line.field.hasFocus()
    bench.write("bor")
    assert [(offer.text, offer.detail) for offer in line.field.offers] == [
        ("Borg", "client"),
        ("Site", "Borg"),
        ("“bor”", "in the description"),
    ]
    bench.press(Qt.Key.Key_Return)
    assert bench.names() == ["Site"]
    bench.write("#bug")
    bench.press(Qt.Key.Key_Return)
    assert bench.names() == []
    assert [chip.accessibleName() for chip in line.chips.widgets] == [
        "Take away the filter Borg",
        "Take away the filter #bug",
    ]
    line.chips.widgets[0].setFocus()
    bench.press(Qt.Key.Key_Space)
    assert (bench.names(), bench.figures()[0]) == (["Shop"], "3:00")
    line.field.setFocus()
    bench.press(Qt.Key.Key_Escape)
    assert bench.page.choice.only == Filter()
    assert (line.isHidden(), bench.figures()[0]) == (True, "6:00")


def test_a_text_that_is_no_name_filters_by_the_description(bench: ReportBench) -> None:
    bench.begin(week)
    bench.overview.begin_filter()
    bench.write("INBOX")
    bench.press(Qt.Key.Key_Return)
    assert bench.page.choice.only == Filter(text="INBOX")
    assert bench.names() == ["No project"]


# The panel with the calendar


def open_panel(bench: ReportBench):
    panel = bench.page.range.open_panel()
    bench.qtbot.waitUntil(panel.isVisible)
    return panel


def test_a_named_range_is_chosen_in_the_panel(bench: ReportBench) -> None:
    bench.begin(week)
    panel = open_panel(bench)
    assert panel.names["week", 0].isChecked()
    bench.qtbot.keyClick(panel.names["week", 0], Qt.Key.Key_Right)
    bench.qtbot.keyClick(panel.names["week", 1], Qt.Key.Key_Space)
    bench.settle()
    assert (bench.page.choice.period, bench.figures()[0]) == (Period("week", 1), "4:00")


def test_a_range_of_ones_own_is_chosen_in_the_calendar_by_keys(bench: ReportBench) -> None:
    bench.begin(week)
    calendar = open_panel(bench).calendar
    calendar.setFocus()
    assert calendar.accessibleName() == "Tuesday 24 November 2026, first day"
    for key in (Qt.Key.Key_PageUp, Qt.Key.Key_Home, Qt.Key.Key_Down, Qt.Key.Key_Space):
        bench.qtbot.keyClick(calendar, key)
    assert calendar.accessibleName() == "Monday 26 October 2026, last day"
    for key in (Qt.Key.Key_PageDown, Qt.Key.Key_End, Qt.Key.Key_Left, Qt.Key.Key_Return):
        bench.qtbot.keyClick(calendar, key)
    bench.settle()
    days = bench.page.choice.period.own
    assert days is not None
    assert (str(days.first), str(days.last)) == ("2026-10-26", "2026-11-28")
    assert bench.figures()[0] == "10:00"


def test_a_range_is_chosen_in_the_calendar_by_pointer_from_either_end(bench: ReportBench) -> None:
    bench.begin(week)
    calendar = open_panel(bench).calendar
    for day in (calendar.month.replace(day=23), calendar.month.replace(day=16)):
        bench.qtbot.mouseClick(calendar, Qt.MouseButton.LeftButton, pos=calendar.box_of(day).center())
    bench.settle()
    month = calendar.month
    assert bench.page.choice.period.own == Range(month.replace(day=16), month.replace(day=23))


def wheel(calendar: QWidget, across: int, up: int) -> None:
    at = QPointF(calendar.rect().center())
    none, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    turned = QPoint(across, up)
    event = QWheelEvent(
        at, calendar.mapToGlobal(at), QPoint(), turned, Qt.MouseButton.NoButton, none, phase, False
    )
    QApplication.sendEvent(calendar, event)


def test_a_wheel_turns_a_month_at_each_notch_and_a_touchpad_one_for_as_long_a_way(bench: ReportBench) -> None:
    bench.begin(week)
    calendar = open_panel(bench).calendar
    shown = []
    for across, up in ((0, 120), (0, -240), *[(0, 15)] * 7, (0, 15), (90, 0), (0, 0)):
        wheel(calendar, across, up)
        shown.append(calendar.month.month)
    assert shown == [10, 12, *[12] * 7, 11, 11, 11]


def test_days_can_be_typed_and_what_is_no_day_is_said(bench: ReportBench) -> None:
    bench.begin(week)
    panel = open_panel(bench)
    panel.first.setText("someday")
    bench.qtbot.keyClick(panel.first, Qt.Key.Key_Return)
    assert "is no day" in panel._reason.text()
    panel.first.setText("16 Nov")
    panel.last.setText("yesterday")
    bench.qtbot.keyClick(panel.last, Qt.Key.Key_Return)
    bench.settle()
    assert bench.page.range.button.text().strip() == "16 – 23 Nov"
    assert bench.figures()[0] == "6:00"


def test_weeks_begin_on_the_persons_own_day(bench: ReportBench) -> None:
    bench.begin(week)
    bench.window.show_times_as(bench.page._face._replace(first_weekday=6))
    bench.settle()
    assert bench.page.range.dates == "22 – 28 Nov"
    assert bench.report.columns[0].first.weekday() == 6
    calendar = open_panel(bench).calendar
    assert calendar.day_at(calendar.box_of(calendar.month).center()) == calendar.month
    assert calendar.box_of(calendar.month).left() == 0, "1 November 2026 is a Sunday"
