"""The small rules that need no server: tokens, ids, zones, currencies, URLs, bodies."""

import hmac
import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tabkeeper_server.clock import from_milliseconds, to_milliseconds
from tabkeeper_server.currencies import is_currency, round_money
from tabkeeper_server.ids import new_id
from tabkeeper_server.settings import SettingsError, database_url
from tabkeeper_server.tokens import digest_of, looks_like_token, matches, new_token
from tabkeeper_server.zones import offset_changes


def test_tokens_are_long_unlike_and_recognised_by_their_digest_alone() -> None:
    one, other = new_token(), new_token()
    assert one.secret != other.secret
    assert looks_like_token(one.secret)
    assert one.secret.startswith(one.prefix)
    assert len(one.prefix) == 12
    assert one.digest == digest_of(one.secret)
    assert matches(one.secret, one.digest)
    assert not matches(other.secret, one.digest)
    assert one.secret not in one.digest


def test_tokens_are_compared_by_the_comparison_that_takes_constant_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    token, compared = new_token(), set()
    constant_time = hmac.compare_digest

    def watched(one: str, other: str) -> bool:
        compared.add((one, other))
        return constant_time(one, other)

    monkeypatch.setattr(hmac, "compare_digest", watched)
    assert matches(token.secret, token.digest)
    assert compared == {(token.digest, token.digest)}


@pytest.mark.parametrize(
    "text", ["", "tta_", "tta_" + "x" * 42, "tta_" + "x" * 44, "abc_" + "x" * 43, "tta_" + "é" * 43]
)
def test_what_cannot_be_a_token_is_not_looked_up(text: str) -> None:
    assert not looks_like_token(text)


def test_ids_are_uuids_of_version_7_in_the_order_of_their_making() -> None:
    ids = [uuid.UUID(new_id()) for _ in range(1000)]
    assert {(each.version, each.variant) for each in ids} == {(7, uuid.RFC_4122)}
    assert len(set(ids)) == 1000
    times = [each.int >> 80 for each in ids]
    assert times == sorted(times)


@given(some.datetimes(timezones=some.just(UTC)))
def test_an_instant_comes_back_from_its_milliseconds(instant: datetime) -> None:
    whole = instant.replace(microsecond=instant.microsecond // 1000 * 1000)
    assert from_milliseconds(to_milliseconds(instant)) == whole


@given(
    some.sampled_from(sorted(available_timezones())),
    some.datetimes(min_value=datetime(1850, 1, 1), max_value=datetime(2100, 1, 1), timezones=some.just(UTC)),
)
def test_the_changes_of_a_zone_tell_its_offset_at_every_instant(name: str, instant: datetime) -> None:
    zone = ZoneInfo(name)
    changes = offset_changes(zone, instant - timedelta(days=400), instant)
    told = [change.offset for change in changes if change.at <= instant][-1]
    assert told == instant.astimezone(zone).utcoffset()


def test_a_zone_changes_at_the_very_second_it_does() -> None:
    changes = offset_changes(
        ZoneInfo("Europe/Zurich"), datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 12, 31, tzinfo=UTC)
    )
    assert [(change.at, change.offset.total_seconds() / 3600) for change in changes] == [
        (datetime(2024, 1, 1, tzinfo=UTC), 1),
        (datetime(2024, 3, 31, 1, tzinfo=UTC), 2),
        (datetime(2024, 10, 27, 1, tzinfo=UTC), 1),
    ]


def test_the_edges_of_the_calendar_have_an_offset_in_every_zone() -> None:
    first, last = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)
    for zone in map(ZoneInfo, ("Pacific/Kiritimati", "America/Adak")):
        assert offset_changes(zone, first, first + timedelta(days=1))
        assert offset_changes(zone, last - timedelta(days=1), last)


@pytest.mark.parametrize(
    ("amount", "currency", "rounded"),
    [
        ("0.125", "USD", "0.12"),
        ("0.135", "USD", "0.14"),
        ("2.5", "JPY", "2"),
        ("1.0005", "KWD", "1.000"),
        ("1", "CLF", "1.0000"),
    ],
)
def test_money_is_rounded_half_even_to_the_minor_unit(amount: str, currency: str, rounded: str) -> None:
    assert str(round_money(Decimal(amount), currency)) == rounded


def test_currencies_are_those_of_iso_4217() -> None:
    assert all(map(is_currency, ("USD", "EUR", "CHF", "JPY", "KWD")))
    assert not any(map(is_currency, ("usd", "QQQ", "", "XXX", "US")))


@pytest.mark.parametrize(
    ("told", "driver"),
    [
        ("sqlite:////srv/x.sqlite", "sqlite+aiosqlite"),
        ("postgresql://me@host/x", "postgresql+asyncpg"),
        ("postgres://me@host/x", "postgresql+asyncpg"),
        ("postgresql+psycopg://me@host/x", "postgresql+asyncpg"),
    ],
)
def test_a_database_url_needs_no_driver(told: str, driver: str) -> None:
    assert database_url(told).drivername == driver


@pytest.mark.parametrize(
    "told",
    [
        "x",
        "mysql://host/x",
        "sqlite://",
        "sqlite:///:memory:",
        "sqlite:////srv/x.sqlite?timeout=1",
        "postgresql://me@host:port/x",
    ],
)
def test_a_database_url_that_makes_no_sense_is_refused(told: str) -> None:
    with pytest.raises(SettingsError):
        database_url(told)


def test_the_default_database_is_a_file_in_the_servers_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TABKEEPER_SERVER_DATABASE", raising=False)
    monkeypatch.setenv("TABKEEPER_SERVER_HOME", str(tmp_path))
    assert database_url().database == str(tmp_path / "server.sqlite")
    monkeypatch.delenv("TABKEEPER_SERVER_HOME")
    assert "tabkeeper-server" in str(database_url().database)
    monkeypatch.setenv("TABKEEPER_SERVER_DATABASE", "postgresql://me@host/x")
    assert database_url().database == "x"
