"""Ctrl+C while very many entries are fetched: what has come stays, and the next sync goes on from there."""

import asyncio
import os
import re
import signal
import subprocess
import sys
from contextlib import suppress

import pytest
from tests.cli.conftest import CommandLine
from tests.crowded import fill
from tests.server_process import serving
from tests.sync.proxy import Answer, Asked, delivered, passing

from tabkeeper.api import wire

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="a terminal as POSIX systems have it")

ENTRIES = 6_000
PAGES = ENTRIES // wire.PAGE_MAX


def test_a_first_fetch_says_how_far_it_is_ends_at_ctrl_c_and_goes_on(tabkeeper: CommandLine) -> None:
    pages: list[str] = []
    fetching: list[subprocess.Popen[bytes]] = []

    def handle(asked: Asked) -> Answer:
        if asked.name == "GET /api/v1/entries":
            pages.append(asked.path)
            if fetching and len(pages) == PAGES - 5:
                fetching.pop().send_signal(signal.SIGINT)
        return delivered(server.url, asked)

    with serving(tabkeeper.home.with_name("server")) as server, passing(handle) as address:
        team = server.team()
        asyncio.run(fill(team, 2 * ENTRIES))  # half of them are a colleague's
        desk = tabkeeper._replace(
            environment=tabkeeper.environment
            | {"TABKEEPER_TOKEN": team.owner.token, "TABKEEPER_SERVER": f"{address}/api/v1"}
        )
        assert desk.run("login").returncode == 0
        code, said = _interrupted(desk, fetching)
        assert code == 130
        assert re.search(r"Fetched 3,9\d\d of 6,000 entries", said)
        assert "Stopped. What has come is kept; the next sync goes on from there." in said
        assert "Traceback" not in said
        status = desk.ask("sync", "--status")
        assert 3_900 < status["read"] < ENTRIES
        pages.clear()
        assert desk.ask("sync")["to_read"] == 0
        assert len(desk.ask("list")) == ENTRIES
    assert len(pages) < 12  # of thirty


def _interrupted(desk: CommandLine, fetching: list[subprocess.Popen[bytes]]) -> tuple[int, str]:
    """Sync in a terminal until the other side ends it; returns the exit code and what was said there."""
    ours, terminal = os.openpty()
    words = (sys.executable, "-m", "tabkeeper", "sync")
    with subprocess.Popen(
        words, env=desk.environment, stdout=subprocess.DEVNULL, stderr=terminal, preexec_fn=_hear_ctrl_c
    ) as process:
        os.close(terminal)
        fetching.append(process)
    said = b""
    with os.fdopen(ours, "rb", buffering=0) as screen, suppress(OSError):  # which is how its end is told
        while some := screen.read(65_536):
            said += some
    return process.returncode, said.decode()


def _hear_ctrl_c() -> None:
    """Undo for a new process what a shell does to those in its background, the tests perhaps among them."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
