"""Reports of the file, held against the plain definition on random files; and the laws that numbers obey."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests import worlds
from tests.worlds import World

from tabkeeper.model.catalogue import Project
from tabkeeper.model.entry import Draft, Entry
from tabkeeper.model.filters import Filter
from tabkeeper.model.grouping import within
from tabkeeper.model.report import OF_THIS_COMPUTER, Question, Report
from tabkeeper.store import schema
from tabkeeper.store.file import Store
from tabkeeper.store.rows import KINDS
from tabkeeper.store.trouble import NoLongerWanted
from tabkeeper.tracker import Tracker, reporting

BERLIN = ZoneInfo("Europe/Berlin")
ALL = Question(datetime(2020, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC))


@contextmanager
def file_of(world: World) -> Iterator[sqlite3.Connection]:
    """A file that holds a world; also an entry that was deleted, which no report may count."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.row_factory = sqlite3.Row
    schema.migrate(connection)
    things = [thing for part in (1, 0, 2) for thing in world.catalogue[part].values()]
    gone = Entry("gone", world.now - timedelta(hours=2), world.now, billable=True)
    for value in (*things, *world.entries, gone):
        kind = KINDS[type(value)]
        row = kind.to_row(value) | ({"deleted_at": 1} if value is gone else {})
        names = ", ".join(row)
        marks = ", ".join("?" * len(row))
        connection.execute(f"INSERT INTO {kind.table} ({names}) VALUES ({marks})", list(row.values()))
    yield connection
    connection.close()


def reported(world: World, question: Question, zone=BERLIN) -> Report:
    with file_of(world) as connection:
        return reporting.report(connection, question, zone, world.now, lambda: True)


worlds_and_questions = worlds.worlds(least=3).flatmap(
    lambda world: st.tuples(st.just(world), worlds.questions(world))
)
zones = st.sampled_from(worlds.ZONES)


@settings(max_examples=150)
@given(worlds_and_questions, zones)
def test_every_group_and_the_total_are_those_of_the_definition(asked, zone) -> None:
    world, question = asked
    report = reported(world, question, zone)
    meant = worlds.meant(world, question)
    expected: dict[str | None, list[Entry]] = {}
    for entry in meant:
        for key in worlds.keys(entry, question, world.catalogue, zone):
            expected.setdefault(key, []).append(entry)
    found = {group.key: group.sums for group in report.groups}
    assert found.keys() == expected.keys()
    for key, entries in [*expected.items(), ("total", meant)]:
        sums = report.total if key == "total" else found[key]
        assert sums.seconds == sum(entry.seconds(world.now) for entry in entries)
        assert sums.billable_seconds == sum(entry.seconds(world.now) for entry in entries if entry.billable)
        assert sums.entries == len(entries)
        assert sums.running == any(entry.running for entry in entries)
        assert sums.amounts == worlds.worth(entries, world, question.currency)


ANYTHING = [
    *(Filter(projects=(project,)) for project in (None, "p0", "p1")),
    *(Filter(clients=clients) for clients in ((None,), ("acme",), ("acme", "borg"))),
    *(Filter(tags=tags) for tags in ((None,), ("bug",), (None, "schön"), ("bug", "call"))),
    *(Filter(billable=billable) for billable in (True, False)),
    *(Filter(text=text) for text in ("review", "STRASSE", "ÜBER", " review ")),
    Filter(clients=("acme",), tags=("bug",), billable=True),
]


@settings(max_examples=25)
@given(worlds.worlds(least=10), st.sampled_from(["", "EUR"]))
def test_each_filter_lets_through_what_the_definition_does(world, home) -> None:
    with file_of(world) as connection:
        for one in ANYTHING:
            for filters in ((one,), (one, Filter(billable=True))):
                question = ALL._replace(filters=filters, currency=home, before=(ALL.start, world.now))
                report = reporting.report(connection, question, BERLIN, world.now, lambda: True)
                meant = worlds.meant(world, question)
                assert report.total.seconds == sum(entry.seconds(world.now) for entry in meant)
                assert report.total.amounts == worlds.worth(meant, world, home)
                until_now = [entry for entry in meant if entry.start < world.now]
                cut = [entry._replace(stop=min(entry.stop or world.now, world.now)) for entry in until_now]
                assert report.seconds_before == sum(entry.seconds(world.now) for entry in cut)


@settings(max_examples=40)
@given(worlds_and_questions, zones)
def test_the_chart_and_the_shares_lose_no_second(asked, zone) -> None:
    world, question = asked
    report = reported(world, question, zone)
    assert sum(column.seconds for column in report.columns) == report.total.seconds
    for part in (*report.columns, *report.groups):
        whole = part.seconds if part in report.columns else part.sums.seconds
        assert sum(share.seconds for share in part.shares) == whole


@settings(max_examples=40)
@given(worlds_and_questions, zones)
def test_each_column_holds_what_began_on_its_days_and_all_days_have_one(asked, zone) -> None:
    world, question = asked
    report = reported(world, question, zone)
    meant = worlds.meant(world, question)
    day = question.start.astimezone(zone).date()
    for column in report.columns:
        assert column.first == day
        assert column.seconds == sum(
            entry.seconds(world.now)
            for entry in meant
            if column.first <= entry.start.astimezone(zone).date() <= column.last
        )
        day = column.last + timedelta(days=1)
    assert day > (question.stop - timedelta(milliseconds=1)).astimezone(zone).date()


@settings(max_examples=40)
@given(worlds_and_questions)
def test_time_of_the_range_before_counts_up_to_its_end_while_this_one_is_under_way(asked) -> None:
    world, question = asked
    report = reported(world, question)
    if question.before is None:
        assert report.seconds_before is None
        return
    start, stop = question.before
    entries = worlds.meant(world, question._replace(start=start, stop=stop))
    if question.stop > world.now:
        entries = [entry._replace(stop=min(entry.stop or stop, stop)) for entry in entries]
    assert report.seconds_before == sum(entry.seconds(world.now) for entry in entries)


@settings(max_examples=40)
@given(worlds_and_questions)
def test_groups_that_share_no_entry_add_up_to_the_total(asked) -> None:
    world, question = asked
    for by in OF_THIS_COMPUTER:
        report = reported(world, question._replace(by=by))
        for field in ("seconds", "billable_seconds", "entries"):
            parts = sum(getattr(group.sums, field) for group in report.groups)
            assert parts == getattr(report.total, field) or by == "tag"
            assert parts >= getattr(report.total, field)


@settings(max_examples=40)
@given(worlds_and_questions, st.data())
def test_splitting_an_entry_changes_no_seconds_and_no_amount(asked, data) -> None:
    world, question = asked
    assume(world.entries)
    whole = data.draw(st.sampled_from(world.entries))
    seconds = whole.seconds(world.now)
    assume(seconds > 1)
    cut = whole.start + timedelta(seconds=data.draw(st.integers(1, seconds - 1)))
    # Both ends of the cut lie in the range, as they do for who splits what the report shows.
    question = question._replace(start=whole.start, stop=max(question.stop, cut + timedelta(seconds=1)))
    halves = [whole._replace(stop=cut), whole._replace(id="second", start=cut)]
    rest = [entry for entry in world.entries if entry is not whole]
    before, after = reported(world, question).total, reported(world._replace(entries=rest + halves), question)
    assert (after.total.seconds, after.total.billable_seconds, after.total.amounts) == (
        before.seconds,
        before.billable_seconds,
        before.amounts,
    )


@settings(max_examples=40)
@given(worlds_and_questions, zones, zones)
def test_another_zone_moves_days_and_never_seconds(asked, one, other) -> None:
    world, question = asked
    here, there = (reported(world, question, zone) for zone in (one, other))
    assert here.total == there.total
    if question.by not in ("day", "week"):
        assert here.groups == there.groups


@settings(max_examples=40)
@given(worlds.worlds(least=10), zones, st.sampled_from(OF_THIS_COMPUTER), st.data())
def test_the_entries_behind_a_group_are_those_that_it_counts(world, zone, by, data) -> None:
    # A range whose ends are in the middle of days on which something was done.
    starts = sorted(entry.start for entry in world.entries)
    stop = data.draw(st.sampled_from(starts))
    question = ALL._replace(by=by, start=starts[0], stop=stop)
    with file_of(world) as connection:
        report = reporting.report(connection, question, zone, world.now, lambda: True)
        for group in report.groups:
            one = within(question, group.key, zone)
            page = reporting.page(connection, one, 1000, zone, lambda: True)
            assert sum(entry.seconds(world.now) for entry in page.entries) == group.sums.seconds
            assert len(page.entries) == group.sums.entries


# Single sentences


@pytest.fixture
def tracker(tmp_path: Path) -> Iterator[Tracker]:
    store = Store.open(tmp_path / "times.db")
    yield Tracker(store, BERLIN, lambda: datetime(2026, 11, 25, 15, 0, tzinfo=UTC))
    store.close()


@pytest.mark.parametrize(("day", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25)])
def test_a_day_has_the_hours_that_its_clocks_show(tracker: Tracker, day: date, hours: int) -> None:
    midnight = datetime(day.year, day.month, day.day, tzinfo=BERLIN).astimezone(UTC)
    for hour in range(-1, hours + 1):
        start = midnight + timedelta(hours=hour)
        tracker.add(Draft(), start, start + timedelta(hours=1))
    found = {group.key: group.sums.seconds for group in tracker.report(ALL._replace(by="day")).groups}
    assert found[str(day)] == hours * 3600


def test_an_entry_belongs_whole_to_the_range_that_it_begins_in(tracker: Tracker) -> None:
    midnight = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
    tracker.add(Draft("Release"), midnight - timedelta(hours=1), midnight + timedelta(hours=2))
    day = timedelta(days=1)
    tuesday = tracker.report(ALL._replace(start=midnight - day, stop=midnight))
    wednesday = tracker.report(ALL._replace(start=midnight, stop=midnight + day))
    assert (tuesday.total.seconds, wednesday.total.seconds) == (3 * 3600, 0)


def test_what_is_over_is_compared_with_what_the_report_before_says(tracker: Tracker) -> None:
    monday = datetime(2026, 11, 15, 23, 0, tzinfo=UTC)
    week, hour = timedelta(days=7), timedelta(hours=1)
    tracker.add(Draft("Across midnight"), monday - hour, monday + 2 * hour)
    last = ALL._replace(start=monday, stop=monday + week, before=(monday - week, monday))
    before = ALL._replace(start=monday - week, stop=monday)
    assert tracker.report(last).seconds_before == tracker.report(before).total.seconds == 3 * 3600


def test_a_project_that_is_gone_counts_as_none(tracker: Tracker) -> None:
    project = tracker.names.add_project("Shop")
    tracker.add(Draft(project_id=project.id), tracker.now() - timedelta(hours=1), tracker.now())
    with tracker._store.transaction() as changes:
        changes.remove(project)
    (group,) = tracker.report(ALL).groups
    assert (group.key, group.label, group.sums.seconds) == (None, "No project", 3600)
    only = ALL._replace(filters=(Filter(projects=(None,)),))
    assert tracker.report(only).total.seconds == 3600


def test_a_zero_rate_is_worth_nothing_and_says_in_which_currency(tracker: Tracker) -> None:
    fields: dict = {"billable": True, "hourly_rate": 0, "currency": "EUR"}
    with tracker._store.transaction() as changes:
        changes.put(Project("free", "Free", **fields))
    tracker.add(Draft(project_id="free"), tracker.now() - timedelta(hours=1), tracker.now())
    assert {key: str(value) for key, value in tracker.report(ALL).total.amounts.items()} == {"EUR": "0.00"}


def test_what_nobody_waits_for_is_left(tracker: Tracker) -> None:
    tracker.add(Draft(), tracker.now() - timedelta(hours=1), tracker.now())
    with pytest.raises(NoLongerWanted):
        tracker.report(ALL, lambda: False)
    with pytest.raises(NoLongerWanted):
        tracker.reported(ALL, 10, lambda: False)
    assert tracker.report(ALL).total.seconds == 3600


def test_a_statement_is_left_in_the_middle(tracker: Tracker) -> None:
    now, looks = tracker.now(), []
    tracker.add_all([(Draft(f"Task {number}"), now, now) for number in range(3_000)])

    def wanted() -> bool:
        looks.append(True)
        return len(looks) < 3

    one_day = ALL._replace(start=now, stop=now + timedelta(hours=1))
    with pytest.raises(NoLongerWanted):
        tracker.report(one_day, wanted)


def test_an_empty_range_has_empty_columns_and_nothing_else(tracker: Tracker) -> None:
    monday = datetime(2031, 3, 2, 23, 0, tzinfo=UTC)
    report = tracker.report(ALL._replace(start=monday, stop=monday + timedelta(days=7)))
    assert (report.total.seconds, report.total.amounts, report.groups) == (0, {}, ())
    assert [column.seconds for column in report.columns] == [0] * 7


@pytest.mark.parametrize(
    ("days", "unit", "columns"),
    [(1, "day", 1), (31, "day", 31), (92, "week", 15), (365, "week", 53), (3652, "month", 120)],
)
def test_a_chart_has_neither_few_nor_many_columns(
    tracker: Tracker, days: int, unit: str, columns: int
) -> None:
    start = datetime(2016, 12, 31, 23, 0, tzinfo=UTC)
    report = tracker.report(ALL._replace(start=start, stop=start + timedelta(days=days)))
    assert (report.unit, len(report.columns)) == (unit, columns)


def test_the_entries_of_a_group_come_in_whole_days(tracker: Tracker) -> None:
    now = tracker.now()
    for hours in (1, 2, 30, 31, 60):
        tracker.add(Draft(str(hours)), now - timedelta(hours=hours), now - timedelta(hours=hours - 1))
    page = tracker.reported(ALL, 3)
    assert ([entry.description for entry in page.entries], page.more) == (["1", "2", "30", "31"], True)
    assert not tracker.reported(ALL, 10).more
