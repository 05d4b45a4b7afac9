"""What reports do as time passes: they follow the clock while they are seen, and catch up once they are."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QRect
from tests.ui.reports.conftest import HOUR, ReportBench, week
from tests.ui.window.conftest import NOW

from tabkeeper.model.entry import Draft
from tabkeeper.model.periods import Period
from tabkeeper.tracker import Tracker


def test_a_running_timer_counts_on_once_a_minute(bench: ReportBench) -> None:
    bench.begin(week, lambda tracker: tracker.start(Draft("Now"), NOW - timedelta(minutes=30)))
    assert bench.figures()[0] == "6:30"
    assert "a timer runs" in bench.groups()[2]
    asked: list[object] = []
    ask = bench.reads.ask
    bench.reads.ask = lambda *words: (asked.append(words[0]), ask(*words))
    bench.pass_by(seconds=20)
    assert asked == []
    bench.pass_by(seconds=45)
    bench.settle()
    assert bench.figures()[0] == "6:31"
    assert asked.count("report") == 1


def test_a_report_that_takes_its_time_is_not_asked_for_again_at_each_look_at_the_clock(
    bench: ReportBench,
) -> None:
    bench.begin(week, lambda tracker: tracker.start(Draft("Now"), NOW - timedelta(minutes=30)))
    asked: list[object] = []
    ask = bench.reads.ask
    bench.reads.ask = lambda *words: (asked.append(words[0]), ask(*words))
    bench.pass_by(seconds=61)
    bench.pass_by(seconds=1)  # and nobody has heard the answer yet
    assert asked == ["report"]
    bench.settle()
    assert bench.figures()[0] == "6:31"
    bench.pass_by(hours=9)
    bench.pass_by(seconds=1)
    assert [kind for kind in asked if kind == "report"] == ["report"] * 2


def until_yesterday_afternoon(tracker: Tracker) -> None:
    """Today has 4 hours; yesterday had 2 by now, and has another one from an hour later on."""
    week(tracker)
    tracker.add(Draft("Afternoon"), NOW - 23 * HOUR, NOW - 22 * HOUR)


def compared_today(bench: ReportBench) -> None:
    bench.begin(until_yesterday_afternoon)
    bench.page._choose(bench.page.choice._replace(period=Period("day")))
    bench.settle()
    assert bench.captions()[0] == "2:00 ahead of yesterday"


def test_a_comparison_that_is_under_way_follows_the_clock_also_where_no_timer_runs(
    bench: ReportBench,
) -> None:
    compared_today(bench)
    bench.pass_by(hours=3)
    bench.settle()
    assert bench.captions()[0] == "1:00 ahead of yesterday"


def test_a_comparison_of_days_that_are_over_is_not_made_again(bench: ReportBench) -> None:
    bench.begin(week)
    bench.page.range.step(-1)
    bench.settle()
    shown = bench.report
    bench.pass_by(hours=3)
    bench.settle()
    assert bench.report is shown


def test_who_comes_back_from_another_page_sees_the_comparison_as_it_is_now(bench: ReportBench) -> None:
    compared_today(bench)
    bench.window.frame.show_page(bench.window.entries)
    bench.now += 3 * HOUR
    bench.window.frame.show_page(bench.page)
    bench.settle()
    assert bench.captions()[0] == "1:00 ahead of yesterday"


@pytest.mark.parametrize("changed", [False, True])
def test_a_window_that_is_opened_after_midnight_shows_the_new_day_at_once(
    bench: ReportBench, changed: bool
) -> None:
    compared_today(bench)
    bench.window.frame.close()
    if changed:
        bench.desk.change(lambda tracker: tracker.add(Draft("New"), NOW - HOUR, NOW))
        bench.settle()
    bench.now += 9 * HOUR
    bench.window.open(QRect())
    assert bench.page.range.dates == "Wed 25 Nov"
    bench.settle()
    assert bench.figures()[0] == "0:00"


def test_after_midnight_today_is_another_day(bench: ReportBench) -> None:
    bench.begin(week)
    bench.page._choose(bench.page.choice._replace(period=Period("day")))
    bench.settle()
    assert bench.figures()[0] == "4:00"
    bench.pass_by(hours=9)
    bench.settle()
    assert (bench.figures()[0], bench.page.range.dates) == ("0:00", "Wed 25 Nov")


def test_a_page_that_nobody_sees_asks_nothing_and_is_right_once_seen(bench: ReportBench) -> None:
    bench.prepare(week)
    bench.desk.change(lambda tracker: tracker.add(Draft("New"), NOW - HOUR, NOW))
    bench.settle()
    assert bench.page.report is None
    bench.window.frame.show_page(bench.page)
    bench.settle()
    assert bench.figures()[0] == "7:00"


def test_entries_behind_a_report_that_nobody_sees_are_read_once_somebody_does(bench: ReportBench) -> None:
    bench.begin(week)
    bench.click_row(0)
    shop = bench.report.groups[0].key
    bench.window.frame.close()
    asked: list[str] = []
    ask = bench.reads.ask
    bench.reads.ask = lambda *words: (asked.append(words[0]), ask(*words))
    for start in (NOW - 2 * HOUR, NOW - HOUR):
        bench.desk.change(lambda tracker, at=start: tracker.add(Draft("New", shop), at, at + HOUR))
    bench.settle()
    assert set(asked) == {"test"}
    bench.window.open(QRect())
    bench.settle()
    assert asked.count("entries behind a report") == 1
    assert [line.split(",")[0] for line in bench.behind()][:2] == ["Today", "New"]
