"""Coming back: real idle time of a real X server, the question on the screen, and what each answer does."""

import functools
import os
import signal
import time
from typing import Any

import pytest
from tests.desktop.program import Program
from tests.desktop.screen import Screen, Window, wait_until

from tabkeeper.desktop.idle.x11 import X11Idle

QUESTION = "Welcome back — Tabkeeper"


@functools.cache
def idle_of(display: str) -> X11Idle:
    return X11Idle(display)


def idle_seconds(screen: Screen) -> float:
    return idle_of(screen.display).seconds_of_the_server()


def touch(screen: Screen) -> None:
    screen.point(300, 200)
    screen.point(310, 210)


def come_back(program: Program) -> Window:
    """Stay away for longer than is chosen, touch the pointer, and return the question."""
    touch(program.screen)
    wait_until(lambda: idle_seconds(program.screen) > 4, "nobody to touch anything for a while")
    touch(program.screen)
    wait_until(program.windows, "the question")
    window = program.window()
    assert window.title == QUESTION
    wait_until(lambda: program.screen.active_window() == window.number, "the focus in the question")
    return window


@pytest.fixture
def away(program: Program) -> Program:
    """A program whose timer has run for an hour, and which asks after three seconds."""
    program.run("config", "set", "idle.minutes", "0.05")
    program.ask("start", "Review", "--ago", "1h")
    program.start()
    program.icon()
    return program


def entries(program: Program) -> Any:
    return program.ask("list")


def test_idle_time_is_what_the_x_server_says(screen: Screen) -> None:
    touch(screen)
    wait_until(lambda: idle_seconds(screen) > 1, "a second without a touch")
    began = time.monotonic()
    touch(screen)
    assert idle_seconds(screen) < 1 + time.monotonic() - began, "or nobody would have touched it meanwhile"


def test_the_time_can_be_put_on_something_else(away: Program) -> None:
    come_back(away)
    away.screen.press("4")
    away.screen.write("Lunch #break")
    away.screen.press("Return")
    wait_until(lambda: len(entries(away)) == 3, "three entries")
    after, lunch, before = entries(away)
    assert (lunch["description"], lunch["tags"]) == ("Lunch", ["break"])
    assert (lunch["start"], lunch["stop"]) == (before["stop"], after["start"])
    assert after["stop"] is None


def test_a_timer_that_ran_while_the_computer_was_off_is_asked_about_at_the_next_start(
    program: Program,
) -> None:
    program.ask("start", "Review", "--ago", "3h")
    program.start()
    program.icon()
    stamp = find_stamp(program)
    program.end(signal.SIGKILL)
    an_hour_ago = time.time() - 3_600
    os.utime(stamp, (an_hour_ago, an_hour_ago))
    program.start()
    question, *_ = wait_until(lambda: [w for w in program.windows() if w.title == QUESTION], "the question")
    wait_until(lambda: program.screen.active_window() == question.number, "the focus in the question")
    program.screen.press("2")
    program.wait_for_stop()
    (entry,) = entries(program)
    assert 7_100 <= entry["seconds"] <= 7_300


def find_stamp(program: Program) -> str:
    path = os.path.join(program.environment["TABKEEPER_HOME"], "last-touch")
    wait_until(lambda: os.path.exists(path), "the last touch to be kept")
    return path


def test_who_quits_while_a_timer_runs_is_not_asked_at_the_next_start(program: Program) -> None:
    program.ask("start", "Review", "--ago", "3h")
    program.start()
    program.icon()
    stamp = find_stamp(program)
    program.screen.click(program.icon(), button=3)
    program.choose("Up")
    program.wait_for_end()
    assert not os.path.exists(stamp)
