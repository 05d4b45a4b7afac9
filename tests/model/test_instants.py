"""Instants keep their milliseconds through the store and their meaning through JSON."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from tabkeeper.model.instants import (
    from_milliseconds,
    rfc3339,
    to_milliseconds,
    whole_second,
    whole_seconds,
)

instants = st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC))


@given(instants)
def test_milliseconds_are_kept_and_finer_digits_are_cut(instant: datetime) -> None:
    kept = from_milliseconds(to_milliseconds(instant))
    assert kept.tzinfo is UTC
    assert timedelta(0) <= instant - kept < timedelta(milliseconds=1)
    assert to_milliseconds(kept) == to_milliseconds(instant)


@given(instants)
def test_json_text_reads_back_to_the_millisecond(instant: datetime) -> None:
    kept = from_milliseconds(to_milliseconds(instant))
    assert datetime.fromisoformat(rfc3339(kept)) == kept


def test_json_text_is_utc_with_digits_only_where_there_are_any() -> None:
    noon = datetime(2026, 11, 24, 12, tzinfo=timezone(timedelta(hours=1)))
    assert rfc3339(noon) == "2026-11-24T11:00:00Z"
    assert rfc3339(noon.replace(microsecond=500_000)) == "2026-11-24T11:00:00.500Z"


@given(instants, instants)
def test_seconds_are_whole_and_never_negative(start: datetime, stop: datetime) -> None:
    seconds = whole_seconds(start, stop)
    if stop < start:
        assert seconds == 0
    else:
        assert timedelta(0) <= stop - start - timedelta(seconds=seconds) < timedelta(seconds=1)
    assert whole_second(start).microsecond == 0
