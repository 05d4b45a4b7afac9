"""The rules of sync one by one, between two computers, the web and our real server, on a made-up clock."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from tests.histories.computer import Computer
from tests.histories.inline_server import BASE, InlineServer
from tests.histories.network import Network
from tests.histories.virtual_time import VirtualLoop
from tests.histories.world import MONDAY

from tabkeeper.model.entry import Draft
from tabkeeper.store import parked, sync_state
from tabkeeper.sync import absorb, pull, windows

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


class _Virtual(asyncio.DefaultEventLoopPolicy):
    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        return VirtualLoop()


@pytest.fixture(scope="module")
def event_loop_policy() -> asyncio.AbstractEventLoopPolicy:
    return _Virtual()


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InlineServer]:
    with pytest.MonkeyPatch.context() as patch:
        yield InlineServer(tmp_path_factory.mktemp("server"), patch)


@pytest.fixture
async def server(process: InlineServer) -> InlineServer:
    loop = asyncio.get_running_loop()
    process.begin(lambda: MONDAY + timedelta(seconds=loop.time()), 1)
    return process


class Place:
    """A computer, what was asked from it, and the lines that a test reads."""

    def __init__(self, name: str, folder: Path, server: InlineServer) -> None:
        self.asked: list[str] = []
        self.network = Network(server, name, "rules", self.asked.append)
        self.computer = Computer(name, folder, server, self.network, "rules")
        self.tracker = self.computer.tracker

    def add(self, description: str, begin: datetime, **content: str) -> str:
        return self.tracker.add(Draft(description), begin, begin + 30 * MINUTE, **content).id

    async def sync(self) -> None:
        await self.computer.sync_now()

    def shown(self) -> dict[str, tuple[str, str | None]]:
        return {
            fields["description"]: (fields["start"][11:16], fields["stop"] and fields["stop"][11:16])
            for fields in self.computer.view().values()
        }

    @contextmanager
    def file(self) -> Iterator[sqlite3.Connection]:
        store = self.computer._store
        with store.transaction(), store.reading() as connection:
            yield connection

    def requests(self, method: str) -> list[str]:
        return [line for line in self.asked if f" {method} " in line]


@pytest.fixture
async def desk(tmp_path: Path, server: InlineServer) -> AsyncIterator[Place]:
    place = Place("desk", tmp_path, server)
    yield place
    place.computer.close()


@pytest.fixture
async def laptop(tmp_path: Path, server: InlineServer) -> AsyncIterator[Place]:
    place = Place("laptop", tmp_path, server)
    yield place
    place.computer.close()


def there(server: InlineServer) -> dict[str, tuple[str, str | None]]:
    return {
        row["description"]: (row["start"][11:16], row["stop"] and row["stop"][11:16])
        for row in server.entries()
    }


# One timer


async def test_a_stop_made_offline_keeps_its_own_time_and_stops_nothing_else(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    desk.tracker.start(Draft("first"))
    await desk.sync()
    await laptop.sync()
    await asyncio.sleep(600)
    laptop.tracker.stop()
    await asyncio.sleep(1200)
    desk.tracker.start(Draft("second"))
    await desk.sync()
    await laptop.sync()
    await desk.sync()
    assert there(server) == {"first": ("08:00", "08:10"), "second": ("08:30", None)}
    assert desk.shown() == laptop.shown() == there(server)


async def test_a_start_made_offline_ends_where_a_later_one_began_elsewhere(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    desk.tracker.start(Draft("early, offline"))
    await asyncio.sleep(3600)
    laptop.tracker.start(Draft("late"))
    await laptop.sync()
    await asyncio.sleep(60)
    await desk.sync()
    assert there(server) == {"early, offline": ("08:00", "09:00"), "late": ("09:00", None)}
    assert desk.shown() == there(server)


async def test_a_later_start_made_offline_ends_what_still_runs_elsewhere_where_it_began(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    laptop.tracker.start(Draft("early"))
    await laptop.sync()
    await asyncio.sleep(3600)
    desk.tracker.start(Draft("late, offline"))
    await asyncio.sleep(60)
    await desk.sync()
    await laptop.sync()
    assert there(server) == {"early": ("08:00", "09:00"), "late, offline": ("09:00", None)}
    assert laptop.shown() == there(server)


async def test_an_end_that_a_rule_gave_is_weaker_than_one_that_somebody_gave(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    laptop.tracker.start(Draft("early"))
    await laptop.sync()
    await asyncio.sleep(600)
    desk.tracker.start(Draft("late"))
    desk.network.doom = "lost"
    await desk.sync()
    await asyncio.sleep(600)
    laptop.tracker.stop(MONDAY + 5 * MINUTE)
    await laptop.sync()
    desk.network.online = True
    await desk.sync()
    assert there(server)["early"] == ("08:00", "08:05")


# Deleted elsewhere


async def test_what_was_deleted_elsewhere_goes_here_and_leaves_a_record(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    desk.add("gone soon", MONDAY - HOUR)
    await desk.sync()
    await laptop.sync()
    desk.tracker.undo()
    await desk.sync()
    await laptop.sync()
    assert (laptop.shown(), there(server)) == ({}, {})
    [record] = laptop.computer.overruled()
    assert (record.subject, record.reason) == ("gone soon", absorb.DELETED_THERE)


async def test_what_was_changed_here_and_deleted_elsewhere_waits_for_the_person(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    key = desk.add("agreed", MONDAY - HOUR)
    await desk.sync()
    await laptop.sync()
    laptop.tracker.delete([entry.id for entry in laptop.tracker.entries(None, None)])
    await laptop.sync()
    desk.tracker.edit(key, description="changed")
    await desk.sync()
    with desk.file() as connection:
        [change] = parked.parked(connection)
        assert (change.subject, change.words, change.can_keep) == ("changed", absorb.GONE_WORDS, True)
        parked.keep(connection, "entry", key, 0)
    await desk.sync()
    assert list(there(server)) == ["changed"]


async def test_many_that_are_gone_at_once_are_held_until_the_person_has_said_so(
    desk: Place, server: InlineServer
) -> None:
    for number in range(8):
        desk.add(f"e{number}", MONDAY - (number + 1) * HOUR)
    await desk.sync()
    week_old = sqlite3.connect(":memory:")
    server.raw.backup(week_old)
    for number in range(5):
        desk.add(f"later {number}", MONDAY - (number + 20) * HOUR)
    await desk.sync()
    week_old.backup(server.raw)
    await desk.sync()
    assert len(desk.shown()) == 13
    with desk.file() as connection:
        status = sync_state.status(connection)
        assert (status.held, status.needs_you) == (5, 1)
        parked.keep_held(connection, 0)
    await desk.sync()
    assert there(server) == desk.shown()
    assert len(server.entries()) == 13


async def test_after_a_restore_what_the_server_lacks_is_asked_about_and_what_it_has_comes_back(
    desk: Place, server: InlineServer
) -> None:
    desk.add("deleted since", MONDAY - HOUR)
    await desk.sync()
    desk.computer.back_up()
    desk.tracker.undo()
    desk.add("made since", MONDAY - 2 * HOUR)
    await desk.sync()
    assert desk.computer.restore()
    await desk.sync()
    assert set(desk.shown()) == {"deleted since", "made since"}
    with desk.file() as connection:
        assert sync_state.status(connection).held == 1
        assert parked.remove_held(connection, 0) == 1
    assert set(desk.shown()) == set(there(server)) == {"made since"}


async def test_an_older_state_of_the_server_is_no_news(desk: Place, server: InlineServer) -> None:
    key = desk.add("first", MONDAY - HOUR)
    await desk.sync()
    week_old = sqlite3.connect(":memory:")
    server.raw.backup(week_old)
    await asyncio.sleep(60)
    desk.tracker.edit(key, description="second")
    await desk.sync()
    week_old.backup(server.raw)
    await desk.sync()
    assert list(desk.shown()) == list(there(server)) == ["second"]


# Refusals


async def test_what_the_server_refuses_is_parked_with_its_words_and_the_rest_goes_on(
    desk: Place, server: InlineServer
) -> None:
    server.raw.execute("UPDATE users SET role = 'member'")
    desk.add("on a new project", MONDAY - HOUR, project="Secret")
    desk.add("without one", MONDAY - 2 * HOUR)
    await desk.sync()
    assert list(there(server)) == ["without one"]
    with desk.file() as connection:
        [change] = parked.parked(connection)
        assert (change.kind, change.subject) == ("project", "Secret")
        assert change.words == "Only admins and owners of the workspace may create projects."
        assert sync_state.status(connection).waiting == 1
        parked.discard(connection, "project", change.id, 0)
    await desk.sync()
    assert set(there(server)) == {"on a new project", "without one"}


async def test_a_project_whose_create_was_lost_undone_and_redone_is_one_project(
    desk: Place, server: InlineServer
) -> None:
    desk.network.doom = "unheard"
    desk.add("first", MONDAY - HOUR, project="Website")
    await desk.sync()
    desk.tracker.undo()
    desk.network.online = True
    await desk.sync()
    desk.tracker.redo()
    await desk.sync()
    [row] = server.entries()
    assert server.project_name(row["project_id"]) == "Website"
    assert [project.name for project in desk.tracker.catalogue().projects.values()] == ["Website"]


async def test_a_refused_token_is_not_used_again_and_everything_is_kept(
    desk: Place, server: InlineServer
) -> None:
    desk.computer.start()
    await asyncio.sleep(5)
    server.raw.execute("UPDATE tokens SET revoked_at = 1")
    desk.add("kept", MONDAY - HOUR)
    desk.computer.wake()
    await asyncio.sleep(5)
    count = len(desk.asked)
    await asyncio.sleep(3600)
    assert len(desk.asked) == count
    with desk.file() as connection:
        status = sync_state.status(connection)
    assert (status.state, status.waiting) == ("token refused", 1)


async def test_nothing_is_asked_before_the_server_wants_it_not_even_after_a_new_start(
    desk: Place, server: InlineServer
) -> None:
    desk.computer.start()
    await asyncio.sleep(5)
    limit = sqlite3.connect(":memory:")
    server.raw.backup(limit)
    desk.network.trouble, desk.network._seed = 1.0, "limited"
    desk.network._spoken = lambda _fate, request: Network._spoken(desk.network, "429", request)  # type: ignore[method-assign]
    from tests.histories import network

    weights = [1.0 if fate == "429" else 0.0 for fate in network.FATES]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(network, "_WEIGHTS", weights)
        await asyncio.sleep(30)
        asked = len(desk.asked)
        desk.computer.stop()
        desk.computer.start()
        desk.computer.wake()
        await asyncio.sleep(10)
        assert len(desk.asked) == asked


async def test_an_engine_that_waits_out_a_limit_holds_no_file_and_ends_when_it_is_told_to(
    desk: Place, server: InlineServer
) -> None:
    with desk.file() as connection:
        sync_state.put(connection, "not_before", round((MONDAY + 5 * MINUTE).timestamp() * 1000))
    desk.computer.start()
    await asyncio.sleep(10)
    store = desk.computer._engine_store
    assert store is not None
    assert not store.connection.in_transaction
    desk.computer.stop()
    await asyncio.sleep(3600)
    assert desk.asked == []


async def test_the_token_of_somebody_else_sends_and_takes_nothing(desk: Place, server: InlineServer) -> None:
    desk.add("mine", MONDAY - HOUR)
    desk.computer.sign_in_as_somebody_else()
    await asyncio.sleep(600)
    assert desk.asked[0].startswith("desk GET /api/v1/me")
    assert [line for line in desk.asked if " = " not in line] == desk.asked[:1]
    with desk.file() as connection:
        assert sync_state.status(connection).state == "other account"
    assert server.raw.execute("SELECT count(*) FROM entries").fetchone() == (0,)


# Reading


async def test_the_first_fetch_counts_can_be_cut_off_and_goes_on_where_it_stopped(
    desk: Place, laptop: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "ROWS_A_PAGE", 5)
    monkeypatch.setattr(pull, "STRETCHES_A_ROUND", 2)
    for number in range(40):
        desk.add(f"e{number}", MONDAY - 8 * DAY - number * HOUR)
    await desk.sync()
    laptop.computer.start()
    while len(laptop.shown()) < 12:  # noqa: ASYNC110 - which is no event of the program's
        await asyncio.sleep(0.05)
    with laptop.file() as connection:
        status = sync_state.status(connection)
    assert 10 <= status.read < status.to_read <= 41
    laptop.computer.crash()
    await asyncio.sleep(0)
    laptop.asked.clear()
    await laptop.sync()
    assert laptop.shown() == desk.shown()
    pages = [line for line in laptop.requests("GET") if line.endswith("/entries  delivered")]
    assert len(pages) <= 12  # from the beginning it would be ten pages, and one look at the last days for two
    with laptop.file() as connection:
        assert not sync_state.status(connection).reading


async def test_everything_is_fetched_without_waiting_for_the_next_look(
    desk: Place, laptop: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "ROWS_A_PAGE", 5)
    monkeypatch.setattr(pull, "STRETCHES_A_ROUND", 2)
    for number in range(40):
        desk.add(f"e{number}", MONDAY - 8 * DAY - number * HOUR)
    await desk.sync()
    laptop.computer.start()
    await asyncio.sleep(10)
    assert laptop.shown() == desk.shown()


async def test_entries_of_one_instant_that_fill_a_page_are_all_read(
    desk: Place, laptop: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "ROWS_A_PAGE", 3)
    for number in range(8):
        desk.add(f"same {number}", MONDAY - HOUR)
    desk.add("before", MONDAY - 2 * HOUR)
    await desk.sync()
    await laptop.sync()
    assert len(laptop.shown()) == 9


async def test_entries_of_colleagues_are_not_taken_for_ones_own(desk: Place, server: InlineServer) -> None:
    import httpx

    async with httpx.AsyncClient(transport=server.transport()) as http:
        headers = {"Authorization": f"Bearer {server.other_token.secret}"}
        body = {"description": "theirs", "start": "2026-11-02T07:00:00Z", "stop": "2026-11-02T07:30:00Z"}
        assert (await http.post(f"{BASE}/entries", json=body, headers=headers)).status_code == 201
    await desk.sync()
    assert desk.shown() == {}


async def test_a_clock_that_is_an_hour_ahead_is_noticed_and_changes_no_times(
    desk: Place, server: InlineServer
) -> None:
    desk.computer.ahead = HOUR
    desk.tracker.start(Draft("by a wrong clock"))
    await desk.sync()
    with desk.file() as connection:
        status = sync_state.status(connection)
    assert abs(status.clock_ahead_seconds - 3600) <= 1
    assert there(server) == {"by a wrong clock": ("09:00", None)}


async def test_a_sweep_sees_what_was_changed_long_ago_elsewhere(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    desk.add("old", MONDAY - 100 * DAY)
    await desk.sync()
    await laptop.sync()
    server.raw.execute("UPDATE entries SET description = 'old, renamed', updated_at = updated_at + 1000")
    await laptop.sync()
    assert list(laptop.shown()) == ["old, renamed"]


async def test_an_old_entry_is_looked_at_before_it_is_changed(
    desk: Place, laptop: Place, server: InlineServer
) -> None:
    desk.add("old", MONDAY - 100 * DAY)
    await desk.sync()
    await laptop.sync()
    [entry] = laptop.tracker.entries(None, None)
    laptop.computer.start()
    await asyncio.sleep(5)
    server.raw.execute("UPDATE entries SET description = 'there', updated_at = updated_at + 1000")
    laptop.tracker.edit(entry.id, description="here")
    laptop.computer.wake()
    await asyncio.sleep(5)
    assert list(there(server)) == ["here"]
    assert [record.fields for record in laptop.computer.overruled()] == [{"description": "there"}]
