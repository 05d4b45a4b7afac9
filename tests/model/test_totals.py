"""Sums of seconds, amounts and how money is written."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabkeeper.model.entry import Entry
from tabkeeper.model.totals import amount, minor_units, money, total_seconds

NOW = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)


def test_a_total_counts_the_running_entry_up_to_now() -> None:
    stopped = Entry("a", NOW - timedelta(hours=3), NOW - timedelta(hours=2))
    running = Entry("b", NOW - timedelta(minutes=5))
    assert total_seconds([stopped, running], NOW) == 3900
    assert total_seconds([], NOW) == 0


def test_a_clock_set_back_takes_nothing_from_a_total() -> None:
    assert total_seconds([Entry("a", NOW + timedelta(hours=1))], NOW) == 0


@pytest.mark.parametrize(
    ("seconds", "rate", "currency", "cost"),
    [
        (3600, "175", "USD", "175.00"),
        (900, "90.50", "EUR", "22.62"),  # 22.625: half to even
        (2700, "90.50", "EUR", "67.88"),  # 67.875
        (1800, "1001", "JPY", "500"),  # 500.5
        (1800, "1003", "JPY", "502"),  # 501.5
        (1200, "10", "KWD", "3.333"),
        (0, "175", "USD", "0.00"),
        (3600, "0", "USD", "0.00"),
        (3600, "10", "usd", "10.00"),
        (3600, "10", "???", "10.00"),
    ],
)
def test_an_amount_is_rounded_half_even_to_the_minor_unit(
    seconds: int, rate: str, currency: str, cost: str
) -> None:
    found = amount(seconds, Decimal(rate), currency)
    assert str(found) == cost


rates = st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=4)


@given(st.integers(0, 10**10), rates, st.sampled_from(["USD", "JPY", "KWD", "CLF"]))
def test_an_amount_is_the_exact_one_rounded_once(seconds: int, rate: Decimal, currency: str) -> None:
    unit = 10 ** minor_units(currency)
    assert amount(seconds, rate, currency) == Decimal(round(Fraction(rate) * seconds / 3600 * unit)) / unit


@pytest.mark.parametrize(
    ("value", "currency", "shown"),
    [
        ("4310.5", "USD", "$ 4,310.50"),
        ("240", "EUR", "€ 240.00"),
        ("12", "CHF", "CHF 12.00"),
        ("12", "chf", "CHF 12.00"),
        ("1200", "JPY", "¥ 1,200"),
        ("0", "USD", "$ 0.00"),
        ("1.5", "KWD", "KWD 1.500"),
        ("1", "CAD", "CAD 1.00"),
    ],
)
def test_money_is_written_with_its_sign_or_code(value: str, currency: str, shown: str) -> None:
    assert money(Decimal(value), currency) == shown
