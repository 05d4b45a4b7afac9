"""Days and hours of work are understood as people write them."""

import pytest

from tabkeeper.settings.working_hours import parse_days, spelled_days, spelled_time


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("mon-fri", "mon-fri"), ("Monday, Tuesday", "mon, tue"), ("sat-mon", "mon, sat, sun"), ("", ""),
        ("fri wed thu", "wed-fri"), ("mon-sun", "mon-sun"), ("sun", "sun"),
    ],
)  # fmt: skip
def test_days_are_kept_in_one_spelling(typed: str, kept: str) -> None:
    assert spelled_days(typed) == kept
    assert parse_days(kept) == parse_days(typed)


@pytest.mark.parametrize(("typed", "kept"), [("9", "09:00"), ("17:30", "17:30"), ("0:05", "00:05")])
def test_a_time_of_day_is_kept_in_one_spelling(typed: str, kept: str) -> None:
    assert spelled_time(typed) == kept


@pytest.mark.parametrize("typed", ["24", "9:60", "nine", "", "9:5"])
def test_what_is_no_time_of_day_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=f'"{typed}" is no time of day'):
        spelled_time(typed)


def test_what_is_no_day_is_refused() -> None:
    with pytest.raises(ValueError, match="no day"):
        parse_days("mon-foo")
