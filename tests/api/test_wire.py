"""The wire types: what is written is what the contract says, and what is read back is the same."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabkeeper.api import wire

zones = st.integers(-23 * 60, 23 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
instants = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=zones)
AT = datetime(2026, 5, 24, 14, 0, 0, 123456, tzinfo=UTC)


@given(instants)
def test_an_instant_is_written_in_utc_with_at_most_milliseconds_and_read_back(instant: datetime) -> None:
    text = wire.format_instant(instant)
    assert text.endswith("Z")
    assert len(text) in (len("2026-05-24T14:00:00Z"), len("2026-05-24T14:00:00.000Z"))
    assert timedelta(0) <= instant - wire.parse_instant(text) < timedelta(milliseconds=1)


@given(instants, st.text(max_size=50))
def test_instants_in_json_are_written_so_whatever_stands_beside_them(instant: datetime, text: str) -> None:
    entry = wire.EntryCreate(start=instant, stop=instant, description=text)
    written = msgspec.json.decode(wire.to_json(entry))
    assert written["start"] == written["stop"] == wire.format_instant(instant)
    assert msgspec.json.decode(wire.to_json(entry), type=wire.EntryCreate) == entry


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-24T14:00:00.123000Z",
        '","start":"2026-05-24T14:00:00.123000Z"',
        '{"start":"2026-05-24T14:00:00.123000Z"}',
        '\\","start":"2026-05-24T14:00:00.123000Z',
    ],
)
def test_a_text_that_looks_like_an_instant_is_left_alone(text: str) -> None:
    entry = wire.EntryCreate(start=AT, description=text)
    written = msgspec.json.decode(wire.to_json(entry))
    assert written == {"description": text, "start": "2026-05-24T14:00:00.123Z"}


@pytest.mark.parametrize(
    "text", ["2026-05-24", "2026-05-24T14:00:00", "14:00", "", "2026-02-30T00:00:00Z", "x" * 999]
)
def test_what_is_no_instant_is_refused_in_a_short_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="instant") as caught:
        wire.parse_instant(text)
    assert len(str(caught.value)) < 120


def test_a_time_without_a_zone_cannot_be_put_into_a_request() -> None:
    with pytest.raises(ValueError, match="zone"):
        wire.EntryCreate(start=datetime(2026, 5, 24))
    with pytest.raises(ValueError, match="zone"):
        wire.format_instant(datetime(2026, 5, 24))


def test_requests_hold_utc_and_milliseconds() -> None:
    start = AT.astimezone(timezone(timedelta(hours=2)))
    assert wire.EntryCreate(start=start).start == AT.replace(microsecond=123000)
    assert wire.EntryCreate(start=start).start.tzinfo is UTC
    patch = wire.EntryPatch(start=start)
    assert patch.start == AT.replace(microsecond=123000)


def test_a_patch_says_only_what_changes_and_null_for_what_is_cleared() -> None:
    assert wire.to_json(wire.EntryPatch()) == b"{}"
    assert wire.to_json(wire.EntryPatch(project_id=None, stop=None)) == b'{"project_id":null,"stop":null}'
    assert wire.to_json(wire.EntryPatch(tags=(), billable=False)) == b'{"tags":[],"billable":false}'
    assert msgspec.json.decode(b'{"stop":null}', type=wire.EntryPatch).stop is None
    assert msgspec.json.decode(b"{}", type=wire.EntryPatch).stop is msgspec.UNSET


def test_an_amount_is_written_as_a_number_with_its_digits() -> None:
    project = wire.ProjectCreate(name="P", hourly_rate=Decimal("175.10"))
    assert wire.to_json(project) == b'{"name":"P","hourly_rate":175.10}'


@pytest.mark.parametrize(
    "body",
    [
        {"start": "2026-05-24T14:00:00Z", "mood": "good"},
        {"start": "2026-05-24T14:00:00Z", "description": "x" * 2001},
        {"start": "2026-05-24T14:00:00Z", "tags": ["x"] * 51},
        {"start": "2026-05-24T14:00:00Z", "tags": ["x" * 101]},
        {"start": "2026-05-24T14:00:00Z", "tags": [""]},
        {"start": "2026-05-24T14:00:00Z", "idempotency_key": "x" * 201},
        {"start": "2026-05-24T14:00:00Z", "billable": None},
        {"start": "2026-05-24"},
        {"start": "2026-05-24T14:00:00"},
        {},
    ],
)
def test_a_create_beyond_the_contract_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(body, wire.EntryCreate)


@pytest.mark.parametrize(
    "body",
    [
        {"name": ""},
        {"name": "x" * 201},
        {"name": "P", "color": "blue"},
        {"name": "P", "color": "#12345G"},
        {"name": "P", "color": "#123456\n"},
        {"name": "P", "currency": "usd"},
        {"name": "P", "currency": "USD\n"},
        {"name": "P", "hourly_rate": -1},
        {"name": "P", "hourly_rate": "NaN"},
        {"name": "P", "hourly_rate": "1e50"},
    ],
)
def test_a_project_beyond_the_contract_is_refused(body: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(body, wire.ProjectCreate)


def test_each_code_of_the_reference_has_its_status() -> None:
    assert {str(code): wire.status_of(code) for code in wire.ErrorCode} == {
        "unauthorized": 401,
        "forbidden": 403,
        "not_found": 404,
        "validation_error": 400,
        "conflict": 409,
        "rate_limited": 429,
        "feature_gated": 403,
        "internal_error": 500,
    }


def test_what_is_loaded_for_the_wire_types_is_no_http_client() -> None:
    said = "import sys, tabkeeper.api.wire; print({'httpx', 'keyring', 'ssl', 'asyncio'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
