"""Reading what the server has: in parts, all of it, and only what is the person's own."""

import asyncio
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from tests.histories.inline_server import BASE, InlineServer
from tests.histories.world import MONDAY
from tests.sync.rules.place import DAY, HOUR, Place, there

from tabkeeper.model.days import local_day
from tabkeeper.model.entry import Draft
from tabkeeper.model.instants import from_milliseconds, to_milliseconds
from tabkeeper.store import agreement, outbox, sync_state
from tabkeeper.sync import pull, push, windows


async def _track_forty(desk: Place) -> None:
    """Have forty entries on the server, each an hour before the one that was added before it."""
    for number in range(40):
        desk.add(f"e{number}", MONDAY - 8 * DAY - number * HOUR)
    await desk.sync()


async def _begin_to_fetch(laptop: Place) -> None:
    """Start the laptop, and let it have a dozen of the entries at least."""
    laptop.computer.start()
    while len(laptop.shown()) < 12:  # noqa: ASYNC110 - which is no event of the program's
        await asyncio.sleep(0.05)


async def test_the_first_fetch_counts_can_be_cut_off_and_goes_on_where_it_stopped(
    desk: Place, laptop: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "ROWS_A_PAGE", 5)
    monkeypatch.setattr(pull, "STRETCHES_A_ROUND", 2)
    await _track_forty(desk)
    await _begin_to_fetch(laptop)
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


@pytest.mark.parametrize("how", ["file", "server"])
async def test_what_is_read_anew_is_counted_anew(
    desk: Place, laptop: Place, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(windows, "ROWS_A_PAGE", 5)
    await _track_forty(desk)
    await _begin_to_fetch(laptop)
    laptop.computer.stop()
    assert laptop.tracker.sync_status().reading
    if how == "file":
        laptop.computer.back_up()
        assert laptop.computer.restore()
    else:
        with laptop.file() as connection:
            sync_state.note_set_back(connection, 0)
    assert not laptop.tracker.sync_status().reading
    laptop.computer.start()
    counts = set()
    while len(laptop.shown()) < 30:
        await asyncio.sleep(0.05)
        counts.add(laptop.tracker.sync_status().to_read)
    assert counts <= {0, 40}


async def test_the_person_can_stop_the_first_fetch_and_go_on_while_all_else_is_synced(
    desk: Place, laptop: Place, server: InlineServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "ROWS_A_PAGE", 5)
    await _track_forty(desk)
    await _begin_to_fetch(laptop)
    laptop.tracker.fetching.stop()
    await asyncio.sleep(60)
    count = len(laptop.shown())
    laptop.tracker.start(Draft("new here"))
    laptop.computer.wake()
    await asyncio.sleep(60)
    assert 12 <= count == len(laptop.shown()) - 1 < 30
    assert "new here" in there(server)
    status = laptop.tracker.sync_status()
    assert (status.reading, status.stopped, status.to_read) == (False, True, 40)
    laptop.asked.clear()
    laptop.tracker.fetching.go_on()
    laptop.computer.wake()
    await asyncio.sleep(60)
    assert laptop.shown() == there(server)
    assert not laptop.tracker.sync_status().stopped
    pages = [line for line in laptop.requests("GET") if line.endswith("/entries  delivered")]
    assert len(pages) <= 9  # of ten that there are, and the last days come with each look


async def test_what_may_be_on_its_way_is_known_by_its_start_or_by_what_was_sent(laptop: Place) -> None:
    keys = [laptop.add(f"e{number}", MONDAY - number * HOUR) for number in range(6)]
    with laptop.file() as connection:
        for key, at, stop in ((keys[1], 7, None), (keys[1], 5, "2020-01-01T12:00:00Z"), (keys[2], 6, None)):
            start = f"2020-01-01T0{at}:00:00Z"
            body = json.dumps({"start": start, "stop": stop, "description": "sent", "billable": False})
            outbox.begin(connection, "entry", key, "POST", body, at)
        outbox.begin(connection, "entry", keys[0], "PATCH", '{"description": "no create"}', 1)
        for key in keys[2:4]:
            outbox.refuse(connection, "entry", key, "No.", "ValidationError")
        agreement.tie(connection, "entry", keys[4], "there")
        outbox.rebase(connection, "entry", keys[5], {"start": 0})
        starts, sent, begun = pull._on_their_way(connection)
    hours = {from_milliseconds(start) for start in starts}
    assert hours == {MONDAY, MONDAY - HOUR, *(datetime(2020, 1, 1, hour, tzinfo=UTC) for hour in (5, 6, 7))}
    assert (sent, begun) == ({"sent": 5}, 7)


async def test_how_much_waits_to_be_made_costs_no_more_questions(laptop: Place) -> None:
    asked: list[list[str]] = []
    for number in range(2):
        laptop.add(f"e{number}", MONDAY - number * HOUR)
        asked.append([])
        with laptop.file() as connection:
            connection.set_trace_callback(asked[-1].append)
            pull._on_their_way(connection)
            connection.set_trace_callback(None)
    assert asked[0] == asked[1]


async def test_everything_is_fetched_without_waiting_for_the_next_look(
    desk: Place, laptop: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "ROWS_A_PAGE", 5)
    monkeypatch.setattr(pull, "STRETCHES_A_ROUND", 2)
    await _track_forty(desk)
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


async def test_what_is_known_already_is_read_and_not_written_again(desk: Place, laptop: Place) -> None:
    for number in range(3):
        desk.add(f"e{number}", MONDAY - (4 * number + 1) * DAY)
    desk.tracker.start(Draft("runs"))
    for place in (desk, laptop):
        await place.sync()
        with place.file() as connection:
            connection.execute(
                "CREATE TRIGGER written BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'written'); END"
            )
        await place.sync()
        status = place.tracker.sync_status()
        assert (status.trouble, status.waiting) == (None, 0)


def _lists_changed(
    place: Place, monkeypatch: pytest.MonkeyPatch, change: Callable[[list[dict[str, Any]]], object]
) -> None:
    """Let a server's lists of entries reach a place changed."""
    delivered = place.network._deliver

    async def changed(request: httpx.Request, body: bytes) -> httpx.Response:
        answer = await delivered(request, body)
        content = await answer.aread()
        if request.method == "GET" and request.url.path.endswith("/entries"):
            said = json.loads(content)
            change(said["data"])
            content = json.dumps(said).encode()
        stream = httpx.ByteStream(content)
        return httpx.Response(answer.status_code, headers=answer.headers, stream=stream, request=request)

    monkeypatch.setattr(place.network, "_deliver", changed)


async def test_entries_of_other_people_are_passed_over_where_a_server_shows_them_all_the_same(
    desk: Place, laptop: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.add("mine", MONDAY - HOUR)
    desk.add("theirs", MONDAY - 2 * HOUR)
    await desk.sync()
    _lists_changed(laptop, monkeypatch, lambda rows: rows and rows[-1].update(user_id="somebody else"))
    await laptop.sync()
    assert list(laptop.shown()) == ["mine"]


@pytest.mark.parametrize(
    "spoil", [list.reverse, list.clear], ids=["of another order", "that shows less than it counts"]
)
async def test_nothing_is_concluded_from_a_list(
    desk: Place, laptop: Place, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[list[Any]], None]
) -> None:
    desk.add("one", MONDAY - HOUR)
    desk.add("two", MONDAY - 2 * HOUR)
    await desk.sync()
    _lists_changed(laptop, monkeypatch, spoil)
    await laptop.sync()
    assert laptop.shown() == {}
    assert laptop.tracker.sync_status().state == "offline"


@pytest.mark.parametrize(
    ("start", "zone"),
    [
        (datetime(1, 1, 1, tzinfo=UTC), "America/New_York"),
        (datetime(9999, 12, 31, 20, tzinfo=UTC), "Asia/Tokyo"),
    ],
    ids=["first", "last"],
)
async def test_an_entry_at_the_calendars_end_has_a_day_in_every_zone(
    desk: Place, laptop: Place, server: InlineServer, start: datetime, zone: str
) -> None:
    desk.add("at the end", MONDAY - HOUR)
    await desk.sync()
    at = to_milliseconds(start)
    moved = "UPDATE entries SET start = ?, stop = ?, updated_at = updated_at + 1000"
    server.raw.execute(moved, (at, at + 1000))
    for place in (desk, laptop):
        await place.sync()
        [entry] = place.tracker.entries(None, None)
        assert abs(local_day(entry.start, ZoneInfo(zone)).year - start.year) <= 1
        assert place.tracker.sync_status().waiting == 0


async def test_a_list_that_begins_at_the_calendars_very_end_is_none(
    desk: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "ROWS_A_PAGE", 1)
    for hour in (1, 2):
        desk.add(f"e{hour}", MONDAY - hour * HOUR)
    await desk.sync()

    def move(rows: list[Any]) -> None:
        if rows:
            rows[0] |= {"start": "9999-12-31T23:59:59.999Z", "stop": None}

    _lists_changed(desk, monkeypatch, move)
    await desk.sync()
    assert desk.tracker.sync_status().state == "offline"
    assert set(desk.shown()) == {"e1", "e2"}


async def test_a_clock_at_the_calendars_end_stops_nothing(
    desk: Place, server: InlineServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivered = desk.network._deliver

    async def answer(request: httpx.Request, body: bytes) -> httpx.Response:
        answered = await delivered(request, body)
        answered.headers["Date"] = "Fri, 31 Dec 9999 23:59:59 GMT"
        await asyncio.sleep(5)
        return answered

    monkeypatch.setattr(desk.network, "_deliver", answer)
    desk.add("kept", MONDAY - HOUR)
    await desk.sync()
    assert list(there(server)) == ["kept"]


async def test_what_is_changed_here_while_a_round_reads_is_looked_at_before_it_is_sent(
    desk: Place, laptop: Place, server: InlineServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    near = desk.add("near", MONDAY - 10 * DAY)
    far = desk.add("far", MONDAY - 20 * DAY)
    await desk.sync()
    await laptop.sync()
    other = laptop.id_of("far")
    laptop.tracker.edit(other, description="theirs")
    await laptop.sync()
    desk.tracker.edit(near, description="changed")

    def meanwhile(rows: list[dict[str, Any]]) -> None:
        if [row["description"] for row in rows] == ["near"]:
            desk.tracker.edit(far, description="ours")

    _lists_changed(desk, monkeypatch, meanwhile)
    await desk.sync()
    await desk.sync()
    assert set(there(server)) == {"changed", "ours"}
    [record] = desk.computer.overruled()
    assert record.fields == {"description": "theirs"}


async def test_everything_is_read_once_a_day_however_often_the_program_starts(
    desk: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "ROWS_A_PAGE", 5)
    await _track_forty(desk)
    desk.asked.clear()
    desk.computer.start()
    await asyncio.sleep(20)
    assert sum("/entries " in line for line in desk.requests("GET")) == 1
    await asyncio.sleep(DAY.total_seconds())
    desk.asked.clear()
    desk.computer.stop()
    desk.computer.start()
    desk.tracker.start(Draft("wakes it"))
    desk.computer.wake()
    await asyncio.sleep(20)
    assert sum("/entries " in line for line in desk.requests("GET")) < 5


async def test_everything_is_read_after_a_sleep_of_days(desk: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows, "ROWS_A_PAGE", 5)
    await _track_forty(desk)
    desk.computer.start()
    await asyncio.sleep(20)
    desk.asked.clear()
    desk.computer.ahead = 2 * DAY  # as a clock that counts on beside one that stood still
    desk.computer.wake()
    await asyncio.sleep(20)
    assert sum("/entries " in line for line in desk.requests("GET")) > 8


async def test_of_many_places_with_changes_some_are_looked_at_and_their_edits_sent_before_others(
    desk: Place, server: InlineServer
) -> None:
    keys = [desk.add(f"old {number}", MONDAY - 10 * DAY - 2 * number * DAY) for number in range(60)]
    await desk.sync()
    for key in keys:
        desk.tracker.edit(key, billable=False, description="new")
    desk.asked.clear()
    await desk.sync()
    first = next(number for number, line in enumerate(desk.asked) if " PATCH " in line)
    looks = sum(" GET " in line for line in desk.asked[:first])
    assert looks < 30
    assert [row["description"] for row in server.entries()] == ["new"] * 60


async def test_of_very_much_that_waits_a_part_is_sent_and_then_looked_at_what_is_new(
    desk: Place, server: InlineServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(push, "SENT_A_ROUND", 5)
    for number in range(12):
        desk.add(f"waits {number}", MONDAY - DAY - number * HOUR)
    desk.tracker.start(Draft("timer"))
    await desk.sync()
    asked = [line.split()[1:3] for line in desk.asked if " = " not in line]
    rounds = [number for number, line in enumerate(asked) if line == ["GET", "/api/v1/entries"]]
    sent = {sum(line[0] == "POST" for line in asked[:end]) for end in rounds}
    assert sent == {0, 6, 11}
    assert len(there(server)) == 13
