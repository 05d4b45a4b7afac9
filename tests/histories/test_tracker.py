"""Any history a person can make, by two programs on one file, against a model that is only a dictionary."""

import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tabkeeper.model.days import days, local_day
from tabkeeper.model.entry import Draft, Entry
from tabkeeper.model.refusal import NothingToDo, Refused
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker

BERLIN = ZoneInfo("Europe/Berlin")
BEGIN = datetime(2026, 10, 24, 20, tzinfo=UTC)  # the evening before a day of 25 hours
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)

descriptions = st.sampled_from(["", "Review", "Standup", "שלום", "👩‍🚀 launch", "<img src=x>"])
project_names = st.sampled_from([None, None, "Acme", "Website"])
tags = st.sampled_from([(), ("call",), ("call", "legal")])
drafts = st.builds(Draft, descriptions, st.none(), tags)
either = st.integers(0, 1)
seconds = st.integers(0, 40_000)


class State(NamedTuple):
    """What a file holds, as far as a person can tell: entries by their id, and the names of projects."""

    entries: dict[str, Entry]
    projects: frozenset[str]

    def running(self) -> Entry | None:
        """Return the entry without an end."""
        return next((entry for entry in self.entries.values() if entry.stop is None), None)

    def changed(self, *entries: Entry, project: str | None = None) -> "State":
        """Return the state with entries in it, and with a project named."""
        named = self.projects | ({project} if project else set())
        return State(self.entries | {entry.id: entry for entry in entries}, named)

    def newest_first(self) -> list[Entry]:
        """Return the entries as lists show them."""
        return sorted(self.entries.values(), key=lambda entry: (entry.start, entry.id), reverse=True)


class Histories(RuleBasedStateMachine):
    """Two trackers on one file take turns; `past` are the states that undo leads back to."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(prefix="tabkeeper-history-")
        self.now = BEGIN
        self.stores = [self.opened(), self.opened()]
        self.state = State({}, frozenset())
        self.past: list[State] = []
        self.future: list[State] = []

    def opened(self) -> Store:
        return Store.open(Path(self.folder.name) / "tabkeeper.db", clock=lambda: self.now)

    def tracker(self, side: int) -> Tracker:
        return Tracker(self.stores[side], BERLIN, lambda: self.now)

    def became(self, state: State) -> None:
        """Follow a step that has changed something."""
        if state != self.state:
            self.past.append(self.state)
            self.state, self.future = state, []

    def refused(self, step: Callable[[], object], kind: type[Refused] = Refused) -> None:
        with pytest.raises(kind):
            step()

    def chosen(self, number: int) -> Entry:
        entries = self.state.newest_first()
        return entries[number % len(entries)]

    # What a person can do

    @rule(passed=st.integers(-7_200, 90_000))
    def time_passes(self, passed: int) -> None:
        self.now += passed * SECOND

    @rule(side=either, draft=drafts, ago=st.just(0) | seconds, project=project_names)
    def start(self, side: int, draft: Draft, ago: int, project: str | None) -> None:
        at, running, stop = self.now - ago * SECOND, self.state.running(), None
        ended: list[Entry] = []
        if running is not None and at < running.start <= self.now:
            stop = running.start
        elif running is not None:
            ended = [running._replace(stop=max(at, running.start))]
        entry = self.tracker(side).start(draft, at, project=project)
        assert (entry.start, entry.stop, entry.description, entry.tags) == (
            at, stop, draft.description, draft.tags,
        )  # fmt: skip
        self.became(self.state.changed(*ended, entry, project=project))

    @rule(side=either, draft=drafts)
    def start_in_the_future(self, side: int, draft: Draft) -> None:
        self.refused(lambda: self.tracker(side).start(draft, self.now + SECOND, project="New"))

    @rule(side=either)
    def stop(self, side: int) -> None:
        running = self.state.running()
        if running is None:
            self.refused(self.tracker(side).stop, NothingToDo)
            return
        self.tracker(side).stop()
        self.became(self.state.changed(running._replace(stop=max(self.now, running.start))))

    @rule(side=either, ago=st.integers(-90_000, 40_000))
    def stop_at(self, side: int, ago: int) -> None:
        running, at = self.state.running(), self.now - ago * SECOND
        if running is None or at < running.start or at > self.now + DAY:
            self.refused(lambda: self.tracker(side).stop(at))
            return
        self.tracker(side).stop(at)
        self.became(self.state.changed(running._replace(stop=at)))

    @precondition(lambda self: self.state.entries)
    @rule(side=either, number=seconds, draft=drafts, billable=st.booleans(), project=project_names)
    def edit(self, side: int, number: int, draft: Draft, billable: bool, project: str | None) -> None:
        entry = self.chosen(number)
        fields = {"description": draft.description, "tags": draft.tags, "billable": billable}
        changed = self.tracker(side).edit(entry.id, project=project, **fields)
        project_id = changed.project_id if project else entry.project_id
        assert changed == entry._replace(project_id=project_id, **fields)
        self.became(self.state.changed(changed, project=project))

    @precondition(lambda self: self.state.entries)
    @rule(side=either, number=seconds, ago=seconds, length=st.none() | st.integers(-5, 100_000))
    def edit_times(self, side: int, number: int, ago: int, length: int | None) -> None:
        entry, start = self.chosen(number), self.now - ago * SECOND
        stop = None if length is None else start + length * SECOND
        if stop is not None and not start <= stop <= self.now + DAY:
            self.refused(lambda: self.tracker(side).edit(entry.id, start=start, stop=stop, project="New"))
            return
        ended, running = [], self.state.running()
        if stop is None and running is not None and running.id != entry.id:
            ended = [running._replace(stop=max(self.now, running.start))]
        self.tracker(side).edit(entry.id, start=start, stop=stop)
        self.became(self.state.changed(*ended, entry._replace(start=start, stop=stop)))

    @precondition(lambda self: self.state.entries)
    @rule(side=either, number=seconds, after=st.integers(-5, 40_000))
    def split(self, side: int, number: int, after: int) -> None:
        entry = self.chosen(number)
        cut = entry.start + after * SECOND
        if not entry.start < cut < (entry.stop or self.now):
            self.refused(lambda: self.tracker(side).split(entry.id, cut))
            return
        first, second = self.tracker(side).split(entry.id, cut)
        assert (first, second) == (entry._replace(stop=cut), entry._replace(id=second.id, start=cut))
        self.became(self.state.changed(first, second))

    @precondition(lambda self: self.state.entries)
    @rule(side=either, numbers=st.lists(seconds, min_size=1, max_size=3))
    def delete(self, side: int, numbers: list[int]) -> None:
        gone = {self.chosen(number).id for number in numbers}
        self.tracker(side).delete(gone)
        left = {key: entry for key, entry in self.state.entries.items() if key not in gone}
        self.became(self.state._replace(entries=left))

    @rule(side=either)
    def undo(self, side: int) -> None:
        if not self.past:
            self.refused(self.tracker(side).undo, NothingToDo)
            return
        self.tracker(side).undo()
        self.future.append(self.state)
        self.state = self.past.pop()

    @rule(side=either)
    def redo(self, side: int) -> None:
        if not self.future:
            self.refused(self.tracker(side).redo, NothingToDo)
            return
        self.tracker(side).redo()
        self.past.append(self.state)
        self.state = self.future.pop()

    @rule(side=either)
    def reopen(self, side: int) -> None:
        self.stores[side].close()
        self.stores[side] = self.opened()
        assert self.stores[side].take_notice() is None

    # What holds at any moment

    @invariant()
    def both_sides_see_what_the_model_holds(self) -> None:
        expected = self.state.newest_first()
        for side in (0, 1):
            tracker = self.tracker(side)
            assert tracker.entries(None, None) == expected
            assert tracker.running() == self.state.running()
            projects = tracker.catalogue().projects
            assert sorted(project.name for project in projects.values()) == sorted(self.state.projects)
            assert {entry.project_id for entry in expected} - {None} <= projects.keys()

    @invariant()
    def at_most_one_runs(self) -> None:
        entries = self.tracker(0).entries(None, None)
        assert len([entry for entry in entries if entry.stop is None]) <= 1

    @invariant()
    def sums_agree(self) -> None:
        tracker, entries = self.tracker(0), self.state.newest_first()
        total = sum(entry.seconds(self.now) for entry in entries)
        by_day = {day.date: day.seconds for day in days(entries, BERLIN, self.now)}
        assert sum(by_day.values()) == total
        assert tracker.today_seconds() == by_day.get(local_day(self.now, BERLIN), 0)
        running = tracker.running()
        ticking = 0
        if running is not None and local_day(running.start, BERLIN) == local_day(self.now, BERLIN):
            ticking = running.seconds(self.now)
        assert tracker.snapshot().today_seconds + ticking == tracker.today_seconds()

    @rule(side=either)
    def undo_everything_and_redo_it(self, side: int) -> None:
        """Undo all gives the beginning, redo all the end, and each step between is where it was."""
        steps = len(self.past)
        for _ in range(steps):
            self.undo(side)
            self.both_sides_see_what_the_model_holds()
        assert not self.state.entries
        for _ in range(steps):
            self.redo(side)
            self.both_sides_see_what_the_model_holds()

    def teardown(self) -> None:
        """End each history with its undoing, and leave a sound file."""
        try:
            self.undo_everything_and_redo_it(0)
            check = self.stores[1].connection.execute("PRAGMA integrity_check").fetchone()[0]
            assert check == "ok"
        finally:
            for store in self.stores:
                store.close()
            self.folder.cleanup()


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=120,
    stateful_step_count=30,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
