"""A day is understood as people type it over another."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tabkeeper.model.refusal import Refused
from tabkeeper.model.typed_day import parse_day

TODAY = date(2026, 11, 24)  # a Tuesday
CURRENT = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("today", TODAY), ("Yesterday", date(2026, 11, 23)), ("tomorrow", date(2026, 11, 25)),
        ("tue", TODAY), ("monday", date(2026, 11, 23)), ("Wed", date(2026, 11, 18)),
        ("2026-11-24", TODAY), ("2026-1-2", date(2026, 1, 2)),
        ("24.11.", date(2026, 11, 24)), ("24.11.2025", date(2025, 11, 24)), ("1. 2. 2025", date(2025, 2, 1)),
        ("24 Nov", TODAY), ("24 nov 2025", date(2025, 11, 24)), ("24. november", TODAY),
        ("Nov 24", TODAY), ("November 24, 2025", date(2025, 11, 24)), ("Tue 24 Nov", TODAY),
        ("Tuesday, 24 Nov 2026", TODAY), ("7", date(2026, 10, 7)), ("7.", date(2026, 10, 7)),
        ("+1", date(2026, 10, 6)), ("-1", date(2026, 10, 4)), ("−5", date(2026, 9, 30)),
        ("٢٤ Nov", TODAY),
    ],
)  # fmt: skip
def test_a_day_is_read(text: str, day: date) -> None:
    assert parse_day(text, CURRENT, TODAY) == day


@pytest.mark.parametrize(
    "text", ["", "soon", "31 Feb", "32", "0", "24 Ju", "24 xyz", "2026-13-01", "11/24/2026", "9:30", "1" * 99]
)
def test_what_is_no_day_is_refused_with_examples(text: str) -> None:
    with pytest.raises(Refused, match="Type it like"):
        parse_day(text, CURRENT, TODAY)


def test_no_day_lies_beyond_the_calendar() -> None:
    with pytest.raises(Refused, match="no day of the calendar"):
        parse_day("+1", date.max, TODAY)


@given(some.dates(min_value=date(1970, 1, 1)))
def test_a_day_is_read_back_as_it_is_shown(day: date) -> None:
    for text in (
        f"{day.day} {day:%b} {day.year:04}",
        day.isoformat(),
        f"{day:%a} {day.day} {day:%B} {day:%Y}",
    ):
        assert parse_day(text, CURRENT, TODAY) == day
