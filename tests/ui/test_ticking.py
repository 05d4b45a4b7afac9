"""When the tray and the windows look at the clock again."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot
from tests.clock import NOON, Clock

from tabkeeper.model.instants import utc_now
from tabkeeper.ui.ticking import Pace, Ticking

PACES: dict[Pace, int] = {"second": 1, "six seconds": 6, "minute": 60}
LONG_WAY = 3.0
"""Seconds, beyond which a coarse timer of Qt's may be a second off; below, it is so by a twentieth."""


@pytest.mark.parametrize(("pace", "seconds"), PACES.items())
def test_a_stretch_is_full_when_it_is_said_and_the_next_one_is_waited_for(
    qtbot: QtBot, pace: Pace, seconds: int
) -> None:
    heard: list[datetime] = []
    ticking = Ticking(utc_now)
    ticking.passed.connect(lambda: heard.append(utc_now()))
    full = utc_now() + timedelta(seconds=0.2)
    ticking.follow(full - timedelta(seconds=3 * seconds), pace)
    # Where the machine stood still for so long that the stretch was full before, the next one is heard.
    qtbot.waitUntil(lambda: bool(heard), timeout=(seconds + 5) * 1_000)
    assert heard[0] >= full
    assert ticking.pace == pace
    ticking.rest()
    assert ticking.pace is None


@given(
    st.sampled_from(sorted(PACES)),
    st.floats(min_value=0, max_value=200),
    st.lists(st.floats(min_value=-1, max_value=1), min_size=8, max_size=8),
)
def test_the_turn_is_met_within_moments_however_coarse_the_timer_is(
    pace: Pace, running: float, errors: list[float]
) -> None:
    clock, heard = Clock(NOON + timedelta(seconds=running)), list[datetime]()
    ticking = Ticking(clock)
    ticking.passed.connect(lambda: heard.append(clock()))
    ticking.follow(NOON, pace)
    turn = NOON + timedelta(seconds=(running // PACES[pace] + 1) * PACES[pace])
    timer = ticking.findChild(QTimer)
    for error in errors:
        way = timer.interval() / 1000
        clock.pass_by(seconds=way + error * (1 if way > LONG_WAY else way / 20))
        timer.timeout.emit()
        if heard:
            break
    assert turn <= heard[0] <= turn + timedelta(seconds=0.25)
    ticking.rest()
