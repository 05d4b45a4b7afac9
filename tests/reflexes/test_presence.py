"""Between two touches lies an absence, if they are far enough apart."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabkeeper.reflexes.presence import AWAY_LOOK, Absence, Presence, next_look

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LEAST = timedelta(minutes=10)
MINUTE = timedelta(minutes=1)


def test_two_touches_far_apart_are_an_absence_and_the_first_touch_is_none() -> None:
    presence, nothing = Presence().seen(NOW, LEAST)
    assert nothing is None
    presence, absence = presence.seen(NOW + 42 * MINUTE, LEAST)
    assert absence == Absence(NOW, NOW + 42 * MINUTE)
    assert presence.seen(NOW + 43 * MINUTE, LEAST)[1] is None


def test_it_is_the_same_touch_however_often_it_is_seen() -> None:
    presence, _ = Presence().seen(NOW, LEAST)
    for _ in range(100):
        presence, absence = presence.seen(NOW, LEAST)
        assert absence is None
    assert presence == Presence(NOW)


def test_a_clock_that_was_set_back_is_no_absence() -> None:
    presence, absence = Presence(NOW).seen(NOW - 60 * MINUTE, LEAST)
    assert (presence, absence) == (Presence(NOW), None)


@given(st.lists(st.integers(0, 100_000), min_size=1))
def test_absences_follow_each_other_and_none_is_shorter_than_is_chosen(seconds: list[int]) -> None:
    presence, last = Presence(), NOW
    for second in seconds:
        presence, absence = presence.seen(NOW + timedelta(seconds=second), LEAST)
        if absence is not None:
            assert absence.since >= last
            assert absence.until - absence.since >= LEAST
            last = absence.until


@pytest.mark.parametrize(
    ("idle", "pause"), [(0, 60), (545, 55), (590, 10), (599.9, 1), (600, AWAY_LOOK), (9_000, AWAY_LOOK)]
)
def test_looks_are_rare_while_somebody_is_there_and_in_time_when_nobody_is(idle: float, pause: float) -> None:
    assert next_look(idle, LEAST) == pytest.approx(pause)
