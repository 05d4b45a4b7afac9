"""What the server refuses: a change, a token, a request before its time; and how an engine ends."""

import asyncio
import json
from collections.abc import Container, Iterator
from contextlib import contextmanager

import httpx
import pytest
from tests.histories import fates
from tests.histories.computer import ACCOUNT
from tests.histories.inline_server import InlineServer
from tests.histories.network import Network
from tests.histories.world import MONDAY
from tests.sync.rules.place import DAY, HOUR, MINUTE, Place, there

from tabkeeper.model.entry import Draft
from tabkeeper.store import parked, sync_state
from tabkeeper.store.lease import Taken, lease
from tabkeeper.store.trouble import StoreTrouble
from tabkeeper.sync import push, windows


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


async def test_what_is_longer_than_the_server_takes_is_parked_and_the_rest_goes_on(
    desk: Place, server: InlineServer
) -> None:
    key = desk.add("long", MONDAY - HOUR)
    await desk.sync()
    server.raw.execute("UPDATE entries SET description = ?, updated_at = updated_at + 1000", ("x" * 2001,))
    await desk.sync()
    desk.tracker.split(key, MONDAY - HOUR + 10 * MINUTE)
    desk.add("behind it", MONDAY - 2 * HOUR)
    await desk.sync()
    assert "behind it" in there(server)
    assert desk.tracker.sync_status().refused == 1


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


async def test_a_create_of_a_project_that_is_deleted_again_is_not_kept_for_good(desk: Place) -> None:
    desk.network.doom = "lost"
    desk.add("first", MONDAY - HOUR, project="Website")
    await desk.sync()
    desk.tracker.undo()
    desk.network.online = True
    await desk.sync()
    with desk.file() as connection:
        assert connection.execute("SELECT count(*) FROM request").fetchone()[0] == 0


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
    desk: Place,
) -> None:
    desk.computer.start()
    await asyncio.sleep(5)
    desk.network.trouble, desk.network._seed = 1.0, "limited"
    desk.network._spoken = lambda _fate, request: Network._spoken(desk.network, "429", request)  # type: ignore[method-assign]
    weights = [1.0 if fate == "429" else 0.0 for fate in fates.FATES]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fates, "WEIGHTS", weights)
        await asyncio.sleep(30)
        asked = len(desk.asked)
        desk.computer.stop()
        desk.computer.start()
        desk.computer.wake()
        await asyncio.sleep(10)
        assert len(desk.asked) == asked


async def test_a_pause_that_a_command_was_told_of_is_kept_by_the_engine_too(desk: Place) -> None:
    desk.computer.start()
    await asyncio.sleep(5)
    with desk.file() as connection:
        sync_state.put(connection, "not_before", round((MONDAY + 5 * MINUTE).timestamp() * 1000))
    desk.computer.wake()
    desk.asked.clear()
    await asyncio.sleep(280)
    assert desk.asked == []
    await asyncio.sleep(60)
    assert desk.asked


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


@contextmanager
def answering(
    place: Place, methods: Container[str], status: int, said: bytes, *, about: bytes = b""
) -> Iterator[None]:
    """Let no request of these methods `about` something reach the server, and have each answered so."""
    delivered = place.network._deliver

    async def answer(request: httpx.Request, body: bytes) -> httpx.Response:
        if request.method not in methods or about not in body:
            return await delivered(request, body)
        return httpx.Response(status, stream=httpx.ByteStream(said), request=request)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(place.network, "_deliver", answer)
        yield


def error(code: str, message: str) -> bytes:
    return json.dumps({"error": {"code": code, "message": message}}).encode()


async def test_a_refusal_that_is_not_the_apis_parks_nothing(desk: Place, server: InlineServer) -> None:
    with answering(desk, ("POST", "PATCH", "DELETE"), 403, b"<html>Log in first</html>"):
        desk.add("kept", MONDAY - HOUR)
        await desk.sync()
    with desk.file() as connection:
        status = sync_state.status(connection)
    assert (status.waiting, status.refused) == (1, 0)
    await desk.sync()
    assert list(there(server)) == ["kept"]


@pytest.mark.parametrize(
    ("status", "code", "stays"),
    [
        (423, "locked", True),
        (403, "forbidden", True),
        (400, "validation_error", False),
        (422, "empty", False),
    ],
)
async def test_only_a_refusal_that_bears_out_that_an_entry_is_gone_removes_it_here(
    desk: Place, server: InlineServer, status: int, code: str, stays: bool
) -> None:
    for hour in range(1, 4):
        desk.add(f"e{hour}", MONDAY - hour * HOUR)
    await desk.sync()
    server.raw.execute("DELETE FROM entries WHERE description = 'e2'")
    with answering(desk, ("PATCH",), status, error(code, "The period is locked.")):
        await desk.sync()
    assert ("e2" in desk.shown()) is stays


async def test_a_running_entry_that_waits_for_the_person_lets_nothing_be_read_more_often(
    desk: Place, laptop: Place
) -> None:
    desk.tracker.start(Draft("here"))
    await desk.sync()
    await laptop.sync()
    laptop.tracker.delete([laptop.only()])
    await laptop.sync()
    desk.tracker.edit(desk.only(), description="changed")
    desk.computer.start()
    await asyncio.sleep(310)
    assert desk.tracker.sync_status().refused == 1
    desk.asked.clear()
    await asyncio.sleep(290)
    lists = [line for line in desk.requests("GET") if line.endswith("/entries  delivered")]
    assert len(lists) <= 2  # and nine looks at what runs
    laptop.tracker.start(Draft("there"))
    await laptop.sync()
    await asyncio.sleep(35)
    assert "there" in desk.shown()


async def test_an_edit_that_conflicts_with_what_is_there_can_be_sent_again_and_never_as_a_second_entry(
    desk: Place, server: InlineServer
) -> None:
    key = desk.add("agreed", MONDAY - HOUR)
    await desk.sync()
    with answering(desk, ("PATCH",), 409, error("conflict", "Somebody edits this.")):
        desk.tracker.edit(key, description="changed")
        await desk.sync()
    [change] = desk.tracker.needs.all().parked
    assert not change.can_keep
    desk.tracker.needs.answer(change, "keep")
    await desk.sync()
    assert list(there(server)) == ["changed"]


async def test_a_start_that_comes_late_and_is_refused_for_good_is_parked(desk: Place, laptop: Place) -> None:
    desk.tracker.start(Draft("early"))
    desk.network.doom = "lost"
    await desk.sync()
    await asyncio.sleep(60)
    laptop.tracker.start(Draft("later"))
    await laptop.sync()
    desk.network.online = True
    with answering(desk, ("POST",), 403, error("forbidden", "Your plan has ended.")):
        await desk.sync()
    assert [change.words for change in desk.tracker.needs.all().parked] == ["Your plan has ended."]
    assert desk.tracker.sync_status().trouble is None


async def test_what_is_called_as_a_parked_start_is_shown_when_it_is_made_elsewhere(
    desk: Place, laptop: Place
) -> None:
    desk.tracker.start(Draft("the same"))
    desk.network.doom = "lost"
    await desk.sync()
    await asyncio.sleep(60)
    laptop.tracker.start(Draft("later"))
    await laptop.sync()
    desk.network.online = True
    with answering(desk, ("POST",), 403, error("forbidden", "Your plan has ended.")):
        await desk.sync()
    laptop.add("the same", MONDAY - HOUR)
    await laptop.sync()
    await desk.sync()
    shown = sorted(entry.description for entry in desk.tracker.entries(None, None))
    assert shown == ["later", "the same", "the same"]


async def test_while_another_process_syncs_the_file_nothing_is_asked(desk: Place) -> None:
    desk.add("waits", MONDAY - HOUR)
    with lease(desk.computer._store.path), pytest.raises(Taken):
        await desk.sync()
    assert desk.asked == []


async def test_a_file_that_cannot_be_had_for_the_turn_is_a_trouble_of_its_own(desk: Place) -> None:
    place = desk.computer._store.path.with_name("tabkeeper.db.sync")
    place.mkdir()
    with pytest.raises(StoreTrouble, match=r"tabkeeper\.db\.sync"), lease(desk.computer._store.path):
        pass
    place.rmdir()
    place.write_text("nothing of ours. " * 1000)
    with pytest.raises(StoreTrouble, match="delete it, and sync goes on"), lease(desk.computer._store.path):
        pass


async def test_an_answer_about_another_entry_than_was_changed_changes_nothing_here(
    desk: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = desk.add("agreed", MONDAY - HOUR)
    await desk.sync()
    delivered = desk.network._deliver

    async def about_another(request: httpx.Request, body: bytes) -> httpx.Response:
        answer = await delivered(request, body)
        if request.method != "PATCH":
            return answer
        said = json.loads(await answer.aread()) | {"id": "another", "description": "another's"}
        stream = httpx.ByteStream(json.dumps(said).encode())
        return httpx.Response(answer.status_code, headers=answer.headers, stream=stream, request=request)

    monkeypatch.setattr(desk.network, "_deliver", about_another)
    desk.tracker.edit(key, description="changed")
    await desk.sync()
    assert list(desk.shown()) == ["changed"]
    assert desk.tracker.sync_status().waiting == 1


_LOGIN = b"<html>Log in first</html>"


@pytest.mark.parametrize("many", [3, 8])
async def test_changes_that_no_way_leads_to_the_server_for_stop_no_others(
    desk: Place, laptop: Place, server: InlineServer, many: int
) -> None:
    desk.add("unheard", MONDAY - 2 * HOUR)
    for number in range(many):
        desk.add(f"poison {number}", MONDAY - HOUR)
    desk.network.doom = "unheard"
    await desk.sync()
    desk.network.online = True
    with answering(desk, ("POST",), 403, _LOGIN, about=b"poison"):
        for _ in range(3):
            await desk.sync()
        desk.add("later", MONDAY - HOUR)
        desk.tracker.start(Draft("timer"))
        laptop.add("elsewhere", MONDAY - 3 * HOUR)
        await laptop.sync()
        for _ in range(12):
            await desk.sync()
        assert there(server).keys() == {"unheard", "later", "timer", "elsewhere"}
        assert "elsewhere" in desk.shown()
        assert desk.tracker.sync_status().waiting == many
    await desk.sync()
    assert there(server) == desk.shown()


async def test_edits_that_no_way_leads_to_the_server_for_stop_no_timer(
    desk: Place, server: InlineServer
) -> None:
    keys = [desk.add(f"old {number}", MONDAY - HOUR) for number in range(4)]
    await desk.sync()
    for key in keys:
        desk.tracker.edit(key, description="poison")
    desk.tracker.start(Draft("timer"))
    with answering(desk, ("PATCH",), 403, _LOGIN, about=b"poison"):
        await desk.sync()
        assert "timer" in there(server)


async def test_a_change_that_fails_again_and_again_lets_nothing_be_read_more_often(
    desk: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows, "ROWS_A_PAGE", 5)
    for number in range(40):
        desk.add(f"old {number}", MONDAY - 8 * DAY - number * HOUR)
    await desk.sync()
    desk.asked.clear()
    desk.add("poison", MONDAY - HOUR)
    with answering(desk, ("POST",), 500, b"", about=b"poison"):
        desk.computer.start()
        await asyncio.sleep(3600)
    tried = len(desk.requests("POST"))
    assert tried > 10
    assert sum("/projects" in line for line in desk.requests("GET")) <= 7
    assert sum("/entries " in line for line in desk.requests("GET")) <= tried + 10


async def test_a_role_that_was_changed_is_known_soon(desk: Place, server: InlineServer) -> None:
    desk.computer.start()
    await asyncio.sleep(60)
    assert desk.tracker.sync_status().state == "idle"
    server.raw.execute("UPDATE users SET role = 'member'")
    await asyncio.sleep(700)
    with desk.file() as connection:
        assert not sync_state.may_make_projects(connection)


async def test_what_wanted_the_person_is_over_as_soon_as_the_server_takes_the_token(desk: Place) -> None:
    with desk.file() as connection:
        sync_state.put(connection, "account", list(ACCOUNT))
        sync_state.put(connection, "trouble", "keychain locked")
    delivered = desk.network._deliver

    async def slowly(request: httpx.Request, body: bytes) -> httpx.Response:
        if request.url.path.endswith("/entries"):
            await asyncio.sleep(20)
        return await delivered(request, body)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(desk.network, "_deliver", slowly)
        desk.computer.start()
        await asyncio.sleep(5)
        status = desk.tracker.sync_status()
        assert (status.trouble, status.synced_at) == (None, None)


async def test_one_change_that_fails_keeps_no_others_waiting_however_many_they_are(
    desk: Place, server: InlineServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(push, "SENT_A_ROUND", 5)
    desk.add("poison", MONDAY - HOUR)
    for number in range(12):
        desk.add(f"waits {number}", MONDAY - DAY - number * HOUR)
    with answering(desk, ("POST",), 403, _LOGIN, about=b"poison"):
        await desk.sync()
    assert len(there(server)) == 12
