"""When a call is made again, how long before, and when it is given up."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.api.conftest import HeldClock
from tests.api.scripted_server import HANG_UP, Reply, ScriptedServer, as_json, reply
from tests.api.test_reader import ENTRY, ME

from tabkeeper.api import (
    Client,
    InternalError,
    NotFound,
    Offline,
    Patience,
    RateLimited,
    Timing,
    UnexpectedAnswer,
    wire,
)
from tabkeeper.api._retry import RETRY_AFTER_MAX, parse_retry_after, pause_seconds

NOW = datetime(2026, 5, 24, 14, 0, tzinfo=UTC)
BUSY = reply(b"", 503)
PAGE = as_json({"data": [], "total": 0, "limit": 50, "offset": 0})
DRAFT = wire.EntryCreate(start=NOW, stop=NOW)
KEYED = wire.EntryCreate(start=NOW, stop=NOW, idempotency_key="k-1")


def limited(retry_after: str, **headers: str) -> Reply:
    body = {"error": {"code": "rate_limited", "message": "Slow down."}}
    return as_json(body, 429, retry_after=retry_after, **headers)


# Retry-After


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0),
        ("7", 7),
        (" 120 ", 120),
        ("901", 900),
        ("9" * 5000, 900),
        ("Sun, 24 May 2026 14:00:10 GMT", 10),
        ("Sun, 24 May 2026 13:00:00 GMT", 0),
        ("Sun, 24 May 2099 14:00:00 GMT", 900),
        ("", 30),
        ("soon", 30),
        ("-5", 30),
        ("1.5", 30),
        ("٣", 30),
        ("nan", 30),
        ("Sun, 99 May 2026 14:00:10 GMT", 30),
    ],
)
def test_retry_after_is_read_in_both_forms_and_nonsense_is_thirty_seconds(text: str, seconds: int) -> None:
    assert parse_retry_after(text, NOW) == timedelta(seconds=seconds)


@given(st.text(max_size=60))
def test_no_retry_after_is_ever_negative_or_over_a_quarter_of_an_hour(text: str) -> None:
    assert timedelta(0) <= parse_retry_after(text, NOW) <= RETRY_AFTER_MAX


def test_the_date_form_is_held_against_the_servers_clock_not_ours() -> None:
    server_now = NOW + timedelta(hours=3)
    assert parse_retry_after("Sun, 24 May 2026 17:00:10 GMT", server_now) == timedelta(seconds=10)


# Jitter


@given(st.integers(1, 40), st.floats(0, 1))
def test_a_pause_is_drawn_from_nothing_up_to_a_growing_bound(tries: int, chance: float) -> None:
    timing = Timing(uniform=lambda low, high: low + (high - low) * chance)
    pause = pause_seconds(Offline("GET /me", ""), tries, timing)
    assert pause == pytest.approx(min(20.0, 0.5 * 2**tries) * chance)


def test_chance_comes_on_top_of_what_the_server_asked_for() -> None:
    failure = RateLimited("GET /me", "", status=429, retry_after=timedelta(seconds=12))
    assert pause_seconds(failure, 1, Timing(uniform=lambda low, high: low)) == 12
    assert pause_seconds(failure, 1, Timing(uniform=lambda low, high: high)) == 13


# Calls


async def test_a_reading_call_is_made_again_until_it_succeeds(
    scripted: ScriptedServer, token: str, clock: HeldClock
) -> None:
    scripted.script = [BUSY, HANG_UP, PAGE]
    async with Client(scripted.address, token, timing=clock.timing) as client:
        assert (await client.entries.list()).data == ()
    assert len(scripted.asked) == 3
    assert clock.slept == [1.0, 2.0]


async def test_a_create_with_its_key_is_sent_again_byte_for_byte(
    scripted: ScriptedServer, token: str, clock: HeldClock
) -> None:
    scripted.script = [BUSY, as_json(ENTRY, 201)]
    async with Client(scripted.address, token, timing=clock.timing) as client:
        await client.entries.create(KEYED)
    assert scripted.asked[0].body == scripted.asked[1].body == wire.to_json(KEYED)


async def test_a_create_from_an_earlier_day_is_sent_again_byte_for_byte(
    scripted: ScriptedServer, token: str, clock: HeldClock
) -> None:
    scripted.script = [as_json(ENTRY, 201)]
    frozen = b'{ "start":"2026-05-24T14:00:00.000Z" , "idempotency_key":"k-1" }'
    async with Client(scripted.address, token, timing=clock.timing) as client:
        await client.entries.create_again(frozen)
    assert scripted.asked[0].body == frozen


async def test_what_cannot_be_repeated_safely_is_sent_once(
    scripted: ScriptedServer, token: str, clock: HeldClock
) -> None:
    scripted.script = [BUSY]
    async with Client(scripted.address, token, timing=clock.timing) as client:
        for call in (
            client.entries.create(DRAFT),
            client.entries.start(wire.EntryStart()),
            client.entries.stop(),
            client.projects.create(wire.ProjectCreate(name="P")),
            client.clients.create(wire.ClientCreate(name="C")),
        ):
            with pytest.raises(InternalError):
                await call
    assert len(scripted.asked) == 5
    assert clock.slept == []


async def test_patch_and_delete_are_repeated(scripted: ScriptedServer, token: str, clock: HeldClock) -> None:
    scripted.script = [BUSY, as_json(ENTRY), BUSY, reply(b"", 204)]
    async with Client(scripted.address, token, timing=clock.timing) as client:
        await client.entries.update("e-1", wire.EntryPatch(billable=False))
        await client.entries.delete("e-1")
    assert [asked.method for asked in scripted.asked] == ["PATCH", "PATCH", "DELETE", "DELETE"]


async def test_a_delete_whose_first_answer_was_lost_is_done_when_nothing_is_left(
    scripted: ScriptedServer, token: str, clock: HeldClock
) -> None:
    scripted.script = [HANG_UP, as_json({"error": {"code": "not_found", "message": "No."}}, 404)]
    async with Client(scripted.address, token, timing=clock.timing) as client:
        await client.entries.delete("e-1")


async def test_a_proxy_that_finds_nothing_has_deleted_nothing(
    scripted: ScriptedServer, token: str, clock: HeldClock
) -> None:
    scripted.script = [HANG_UP, reply(b"404 page not found", 404)]
    async with Client(scripted.address, token, timing=clock.timing) as client:
        with pytest.raises(NotFound):
            await client.entries.delete("e-1")


async def test_a_login_page_has_deleted_nothing(
    scripted: ScriptedServer, token: str, clock: HeldClock
) -> None:
    scripted.script = [reply(b"<html>Sign in to this network</html>", content_type="text/html"), as_json({})]
    async with Client(scripted.address, token, timing=clock.timing) as client:
        with pytest.raises(UnexpectedAnswer, match="a web page"):
            await client.entries.delete("7")
        await client.entries.delete("7")


async def test_a_delete_of_what_never_was_is_not_found(
    scripted: ScriptedServer, token: str, clock: HeldClock
) -> None:
    missing = as_json({"error": {"code": "not_found", "message": "No."}}, 404)
    scripted.script = [limited("1"), missing]
    async with Client(scripted.address, token, timing=clock.timing) as client:
        with pytest.raises(NotFound):
            await client.entries.delete("e-1")


async def test_a_refusal_for_good_is_not_repeated(
    scripted: ScriptedServer, token: str, clock: HeldClock
) -> None:
    scripted.script = [as_json({"error": {"code": "not_found", "message": "No."}}, 404)]
    async with Client(scripted.address, token, timing=clock.timing) as client:
        with pytest.raises(NotFound):
            await client.entries.update("e-1", wire.EntryPatch(billable=False))
    assert len(scripted.asked) == 1


async def test_an_answer_nobody_understands_is_not_repeated(
    scripted: ScriptedServer, token: str, clock: HeldClock
) -> None:
    scripted.script = [reply(b"<html>", content_type="text/html")]
    async with Client(scripted.address, token, timing=clock.timing) as client:
        with pytest.raises(UnexpectedAnswer):
            await client.me()
    assert len(scripted.asked) == 1


async def test_an_answer_that_breaks_off_is_asked_for_again(
    scripted: ScriptedServer, token: str, clock: HeldClock
) -> None:
    scripted.script = [Reply(reply(b"{}", content_length="500").data, after="close"), as_json(ME)]
    async with Client(scripted.address, token, timing=clock.timing) as client:
        assert (await client.me()).user.id == "u-1"


async def test_no_request_goes_out_before_retry_after_has_passed(
    scripted: ScriptedServer, token: str, clock: HeldClock
) -> None:
    scripted.script = [limited("40"), as_json(ME)]
    async with Client(scripted.address, token, timing=clock.timing) as client:
        await client.me()
    assert clock.slept == [41.0]


async def test_a_date_in_retry_after_counts_from_the_servers_date(
    scripted: ScriptedServer, token: str, clock: HeldClock
) -> None:
    late = limited("Sun, 24 May 2026 20:00:10 GMT", date="Sun, 24 May 2026 20:00:00 GMT")
    scripted.script = [late, as_json(ME)]
    async with Client(scripted.address, token, timing=clock.timing) as client:
        await client.me()
    assert clock.slept == [11.0]


async def test_a_wait_longer_than_patience_is_left_to_the_caller(
    scripted: ScriptedServer, token: str, clock: HeldClock
) -> None:
    scripted.script = [limited("600")]
    async with Client(scripted.address, token, timing=clock.timing) as client:
        with pytest.raises(RateLimited) as caught:
            await client.me()
    assert caught.value.retry_after == timedelta(minutes=10)
    assert clock.slept == []


async def test_a_limit_without_retry_after_is_thirty_seconds(
    scripted: ScriptedServer, token: str, clock: HeldClock
) -> None:
    scripted.script = [reply(b"", 429)]
    async with Client(scripted.address, token, patience=Patience(attempts=1), timing=clock.timing) as client:
        with pytest.raises(RateLimited) as caught:
            await client.me()
    assert caught.value.retry_after == timedelta(seconds=30)


async def test_all_tries_together_end_within_patience(
    scripted: ScriptedServer, token: str, clock: HeldClock
) -> None:
    scripted.script = [BUSY]
    patience = Patience(attempts=100, seconds=30.0)
    async with Client(scripted.address, token, patience=patience, timing=clock.timing) as client:
        with pytest.raises(InternalError):
            await client.me()
    assert clock.slept == [1.0, 2.0, 4.0, 8.0]
    assert clock.elapsed < 30.0


async def test_the_number_of_tries_ends_too(scripted: ScriptedServer, token: str, clock: HeldClock) -> None:
    scripted.script = [BUSY]
    async with Client(scripted.address, token, patience=Patience(attempts=3), timing=clock.timing) as client:
        with pytest.raises(InternalError):
            await client.me()
    assert len(scripted.asked) == 3
