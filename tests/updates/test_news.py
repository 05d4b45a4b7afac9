"""What is known of newer releases: asked for once a day, kept, and told only where it is news."""

import asyncio
import json
import os
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.api.scripted_server import HANG_UP, ScriptedServer, as_json

from tabkeeper import __version__
from tabkeeper.updates import news, releases
from tabkeeper.updates.news import Known, kept_in, look, read

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
NOBODY = "http://nowhere.invalid/"


def at(hours: float) -> datetime:
    return NOON + timedelta(hours=hours)


async def test_it_is_asked_once_a_day_however_often_it_is_looked_for(tmp_path: Path) -> None:
    path = kept_in(tmp_path / "data")
    async with ScriptedServer([as_json({"tag_name": "v99.1.0"})]) as server:
        for hours, asked in ((0, 1), (1, 1), (23.9, 1), (24, 2), (25, 2), (60, 3)):
            known = await asyncio.to_thread(look, path, at(hours), server.address)
            assert (known.newest, len(server.asked)) == ("99.1.0", asked)
    assert os.name == "nt" or stat.S_IMODE(path.stat().st_mode) & 0o077 == 0
    assert set(json.loads(path.read_text())) == {"asked", "newest"}


async def test_a_clock_that_was_set_back_does_not_end_the_looking(tmp_path: Path) -> None:
    async with ScriptedServer([as_json({"tag_name": "v99.1.0"})]) as server:
        for hours in (0, -9_000):
            await asyncio.to_thread(look, kept_in(tmp_path), at(hours), server.address)
        assert len(server.asked) == 2


async def test_without_a_network_it_is_looked_for_again_and_what_was_known_stays(tmp_path: Path) -> None:
    path = kept_in(tmp_path)
    assert look(path, NOON, NOBODY) == Known()
    assert not path.exists()
    async with ScriptedServer([as_json({"tag_name": "v99.1.0"})]) as server:
        await asyncio.to_thread(look, path, at(1), server.address)
    assert look(path, at(48), NOBODY) == Known(at(1), "99.1.0")


async def test_an_answer_that_is_none_is_not_asked_for_again_that_day_and_takes_nothing_away(
    tmp_path: Path,
) -> None:
    path = kept_in(tmp_path)
    async with ScriptedServer([as_json({"tag_name": "v99.1.0"}), HANG_UP]) as server:
        for hours in (0, 24, 25):
            known = await asyncio.to_thread(look, path, at(hours), server.address)
        assert known == Known(at(24), "99.1.0")
        assert len(server.asked) == 2


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b"null", b"\xff", b'{"asked": 5, "newest": "1.0.0"}',
     b'{"asked": "2026-11-25T12:00:00"}',
     b'{"asked": "2026-11-25T12:00:00", "newest": "99.0.0"}', b'{"asked": "noon", "newest": ""}'],
)  # fmt: skip
def test_a_damaged_file_is_nothing_known_and_is_written_anew(tmp_path: Path, damage: bytes) -> None:
    path = kept_in(tmp_path)
    path.write_bytes(damage)
    assert read(path) == Known()
    assert read(path).is_due(NOON)


@pytest.mark.parametrize(
    ("own", "newest", "is_news"),
    [("1.9.0", "1.10.0", True), ("1.10.0", "1.9.0", False), ("1.10.0", "1.10.0", False),
     ("0.9.9", "1.0.0", True), ("1.0.0.dev1", "2.0.0", False), ("1.0.0", "<b>2.0.0</b>", False),
     ("1.0.0", "", False)],
)  # fmt: skip
def test_news_is_what_is_newer_by_its_numbers(
    monkeypatch: pytest.MonkeyPatch, own: str, newest: str, is_news: bool
) -> None:
    monkeypatch.setattr(news, "__version__", own)
    assert Known(NOON, newest).is_news is is_news
    assert (news.news(Known(NOON, newest), {}) is not None) is is_news


def test_news_says_what_is_out_what_is_here_and_how_it_is_upgraded() -> None:
    told = news.news(Known(NOON, "99.1.0"), {"FLATPAK_ID": "app.tabkeeper"})
    assert told is not None
    assert told.line == "Tabkeeper 99.1.0 is out"
    assert told.words == (
        f"Tabkeeper 99.1.0 is out; this is {__version__}. Upgrade with: flatpak update app.tabkeeper"
    )
    assert told.page == releases.PAGE
