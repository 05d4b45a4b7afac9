"""An entry knows whether it runs, for how long, and what it repeats; several add up."""

from datetime import UTC, datetime, timedelta

from tabkeeper.model.entry import Draft, Entry, total_seconds

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


def test_an_entry_without_a_stop_runs_and_counts_up_to_now() -> None:
    entry = Entry("e", NOW - timedelta(seconds=90.9))
    assert entry.running
    assert entry.seconds(NOW) == 90


def test_an_entry_with_a_stop_counts_up_to_it() -> None:
    entry = Entry("e", NOW - timedelta(hours=2), NOW - timedelta(hours=1))
    assert not entry.running
    assert entry.seconds(NOW) == 3600


def test_a_clock_set_back_while_it_runs_counts_as_nothing() -> None:
    assert Entry("e", NOW + timedelta(minutes=5)).seconds(NOW) == 0


def test_the_draft_is_the_content_without_the_time() -> None:
    entry = Entry("e", NOW, None, "Review", "p", ("a",), True, "remote")
    assert entry.draft == Draft("Review", "p", ("a",), True)


def test_a_total_counts_the_running_entry_up_to_now() -> None:
    stopped = Entry("a", NOW - timedelta(hours=3), NOW - timedelta(hours=2))
    running = Entry("b", NOW - timedelta(minutes=5))
    assert total_seconds([stopped, running], NOW) == 3900
    assert total_seconds([], NOW) == 0


def test_a_clock_set_back_takes_nothing_from_a_total() -> None:
    assert total_seconds([Entry("a", NOW + timedelta(hours=1))], NOW) == 0
