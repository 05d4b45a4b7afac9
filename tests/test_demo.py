"""The demo's half year is believable, is the same for the same seed and moment, and is in nobody's way."""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tabkeeper.cli.main import run
from tabkeeper.demo import HALF_A_YEAR, fill
from tabkeeper.model.days import local_day
from tabkeeper.paths import find_paths
from tabkeeper.store.file import Store
from tabkeeper.tracker import Tracker

AFTERNOON = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)
AFTER_MIDNIGHT_IN_BERLIN = datetime(2026, 4, 4, 22, 10, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
Filled = Callable[..., Tracker]


@pytest.fixture
def filled(tmp_path: Path) -> Iterator[Filled]:
    """Return a tracker on a new file with a demo of a seed and a moment."""
    with ExitStack() as stores:

        def fill_one(now: datetime = AFTERNOON, seed: int = 1) -> Tracker:
            path = tmp_path / f"{len(list(tmp_path.glob('*.db')))}.db"
            tracker = Tracker(stores.enter_context(closing(Store.open(path))), BERLIN, lambda: now)
            assert fill(tracker, seed) == len(tracker.entries(None, None))
            return tracker

        yield fill_one


def content(tracker: Tracker) -> list[tuple[object, ...]]:
    catalogue = tracker.catalogue()
    return [
        (e.start, e.stop, e.description, catalogue.project_label(e.project_id), e.tags, e.billable)
        for e in tracker.entries(None, None)
    ]


def test_it_is_half_a_year_of_work_for_five_clients(filled: Filled) -> None:
    tracker = filled()
    entries, catalogue = tracker.entries(None, None), tracker.catalogue()
    assert 1_400 < len(entries) < 1_650
    assert (len(catalogue.projects), len(catalogue.clients)) == (12, 5)
    assert len({project.color for project in catalogue.projects.values()}) == 12
    assert len(catalogue.tags) >= 6
    assert len(tracker.favourites()) == 3
    assert {favourite.draft for favourite in tracker.favourites()} <= {entry.draft for entry in entries}
    assert Counter(project.archived for project in catalogue.projects.values())[True] == 3
    assert min(Counter(entry.project_id for entry in entries)[key] for key in catalogue.projects) >= 20
    assert AFTERNOON - entries[-1].start > timedelta(days=HALF_A_YEAR - 4)
    assert any(local_day(e.start, BERLIN) != local_day(e.stop or e.start, BERLIN) for e in entries)


@pytest.mark.parametrize("now", [AFTERNOON, AFTER_MIDNIGHT_IN_BERLIN])
@pytest.mark.parametrize("seed", [1, 7])
def test_it_ends_at_the_present_moment_with_one_timer_that_runs(
    now: datetime, seed: int, filled: Filled
) -> None:
    newest, *older = filled(now, seed).entries(None, None)
    assert newest.stop is None
    assert local_day(newest.start, BERLIN) == local_day(now, BERLIN)
    assert newest.start < now
    for later, earlier in zip([newest, *older], older, strict=False):
        assert earlier.stop is not None
        assert earlier.start < earlier.stop <= later.start


def test_a_day_that_is_under_way_has_entries_of_today(filled: Filled) -> None:
    tracker = filled()
    assert 4 * 3600 < tracker.today_seconds() <= 8 * 3600
    assert tracker.snapshot().week_seconds > tracker.today_seconds()


def test_the_same_seed_and_moment_give_the_same_and_another_seed_does_not(filled: Filled) -> None:
    first = content(filled())
    assert content(filled()) == first
    assert content(filled(seed=2)) != first


def test_the_history_is_short_and_its_last_step_is_the_timer(filled: Filled) -> None:
    tracker = filled()
    steps = [tracker.undo().action]
    while tracker.undoable() is not None:
        steps.append(tracker.undo().action)
    assert steps[0] == "start"
    assert len(steps) < 50
    assert tracker.entries(None, None) == []


def test_the_command_fills_a_folder_and_says_how_to_look_at_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "with a space"
    assert run(["demo", str(folder)]) == 0
    assert f"TABKEEPER_HOME='{folder}' tabkeeper list" in capsys.readouterr().out
    before = (folder / "tabkeeper.db").read_bytes()
    assert run(["demo", str(folder)]) == 1
    assert "There is a Tabkeeper file in" in capsys.readouterr().err
    assert (folder / "tabkeeper.db").read_bytes() == before


def test_without_a_folder_it_makes_one_and_leaves_the_person_s_own_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    assert run(["demo"]) == 0
    (folder,) = tmp_path.glob("tabkeeper-demo-*")
    assert (folder / "tabkeeper.db").exists()
    assert not (tmp_path / "tabkeeper").exists()


def test_the_person_s_own_folder_is_refused_even_when_it_is_empty(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("TABKEEPER_HOME")
    own = find_paths(os.environ)
    assert run(["demo", str(own.data)]) == 1
    assert "is where your own time is kept" in capsys.readouterr().err
    assert not own.database.exists()
