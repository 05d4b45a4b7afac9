"""The tray program looks for newer releases: as the switch says, on a thread of its own, and late."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from tabkeeper.settings import SETTINGS, Settings
from tabkeeper.ui.settings.choices import Choices
from tabkeeper.update_watch import FIRST_LOOK, UpdateWatch
from tabkeeper.updates import releases

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
[SWITCH] = [setting for setting in SETTINGS if setting.key == "updates.check"]


class Feed(ThreadingHTTPServer):
    """A list of releases on loopback; `silent` until it is set otherwise."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.asked = 0
        self.answers = Event()
        self.answers.set()


class _Answer(BaseHTTPRequestHandler):
    server: Feed

    def do_GET(self) -> None:
        self.server.asked += 1
        self.server.answers.wait(30)
        body = json.dumps({"tag_name": "v99.0.0"}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def feed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Feed]:
    with Feed() as server:
        Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        monkeypatch.setattr(releases, "FEED", f"http://127.0.0.1:{server.server_port}/")
        yield server
        server.answers.set()
        server.shutdown()


Made = tuple[UpdateWatch, Choices, list[Any]]


@pytest.fixture
def made(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[bool], Made]]:
    """Make a watch with the switch on or off; what it tells is collected."""
    kept: list[Choices] = []

    def make(wanted: bool) -> Made:
        choices = Choices(Settings(updates_check=wanted), tmp_path / "settings.toml", lambda: NOON)
        watch = UpdateWatch(choices, tmp_path, lambda: NOON)
        told: list[Any] = []
        watch.told.connect(told.append)
        kept.append(choices)
        return watch, choices, told

    yield make
    for choices in kept:
        choices.close()


def test_a_newer_release_is_told_and_the_day_s_second_look_asks_nobody(
    qtbot: QtBot, feed: Feed, made: Callable[[bool], Made]
) -> None:
    watch, _, told = made(True)
    for looks in (1, 2):
        watch.look()
        qtbot.waitUntil(lambda looks=looks: len(told) == looks)
    assert [news.line for news in told] == ["Tabkeeper 99.0.0 is out"] * 2
    assert feed.asked == 1


def test_nobody_is_asked_where_the_person_does_not_want_it(
    qtbot: QtBot, feed: Feed, made: Callable[[bool], Made]
) -> None:
    watch, choices, told = made(False)
    assert not watch._timer.isActive()
    choices.choose(SWITCH, True)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert feed.asked == 1
    assert watch._timer.isActive()
    choices.choose(SWITCH, False)
    assert told[1:] == [None]
    assert not watch._timer.isActive()


def test_what_is_found_after_it_was_switched_off_is_not_told(
    qtbot: QtBot, feed: Feed, made: Callable[[bool], Made]
) -> None:
    watch, choices, told = made(True)
    feed.answers.clear()
    watch.look()  # and returns, though nobody answers
    qtbot.waitUntil(lambda: feed.asked == 1)
    choices.choose(SWITCH, False)
    with qtbot.waitSignal(watch._found):
        feed.answers.set()
    assert told == [None]


def test_it_looks_long_after_the_start_and_loads_nothing_before(
    feed: Feed, made: Callable[[bool], Made]
) -> None:
    watch, _, _ = made(True)
    assert watch._timer.remainingTime() > FIRST_LOOK * 0.8
    program = (
        "import sys, tabkeeper.program; print(*{'tabkeeper.updates', 'urllib.request'} & {*sys.modules})"
    )
    answer = subprocess.run((sys.executable, "-c", program), capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == ""
