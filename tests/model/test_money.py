"""Rates as people type them, currencies by their letters, amounts, and how money is written."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tabkeeper.model.money import (
    amount,
    clean_currency,
    clean_rate,
    minor_units,
    money,
    parse_rate,
    rate_text,
)
from tabkeeper.model.refusal import Refused


@pytest.mark.parametrize(
    ("typed", "rate"),
    [
        ("175", "175"), ("175.50", "175.50"), ("175,50", "175.50"), (" 175 ", "175"), ("0", "0"),
        (".5", "0.5"), (",5", "0.5"), ("175.", "175"), ("1,250.00", "1250"), ("1.250,00", "1250"),
        ("1 250", "1250"), ("1'250.5", "1250.5"), ("12\u00a0345,67", "12345.67"), ("999999.99", "999999.99"),
        ("33.3333", "33.3333"), ("٣", "3"), ("833,333333", "833.333333"), ("1000000000", "1000000000"),
    ],
)  # fmt: skip
def test_a_rate_is_read_as_people_type_it(typed: str, rate: str) -> None:
    assert parse_rate(typed) == Decimal(rate)


@pytest.mark.parametrize("typed", ["", "  "])
def test_no_text_is_no_rate(typed: str) -> None:
    assert parse_rate(typed) is None


@pytest.mark.parametrize(
    "typed",
    ["abc", "1e5", "-5", "nan", "inf", "1000000001", "1.2345678", "1.2.3", "12,34,56", "$ 175", "1 25"],
)
def test_what_is_no_rate_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        parse_rate(typed)


@pytest.mark.parametrize("typed", ["1.250", "1,250", "33.333"])
def test_what_can_be_read_in_two_ways_is_asked_for_again(typed: str) -> None:
    with pytest.raises(Refused, match=f"{typed[:-4]}{typed[-3:]} or {typed[:-4]}.{typed[-3:]}0"):
        parse_rate(typed)


def test_a_rate_that_is_no_number_is_refused() -> None:
    for rate in ("NaN", "Infinity", "-1", "1000000000.01"):
        with pytest.raises(Refused):
            clean_rate(Decimal(rate))


@pytest.mark.parametrize(("typed", "currency"), [("eur", "EUR"), (" USD", "USD"), ("", None), (None, None)])
def test_a_currency_is_its_three_letters(typed: str | None, currency: str | None) -> None:
    assert clean_currency(typed) == currency


@pytest.mark.parametrize("typed", ["EURO", "€", "E1R", "äöü"])
def test_what_is_no_currency_is_refused(typed: str) -> None:
    with pytest.raises(Refused):
        clean_currency(typed)


@pytest.mark.parametrize(
    ("rate", "text"),
    [
        ("175", "175"),
        ("175.5", "175.50"),
        ("100", "100"),
        ("33.3333", "33.3333"),
        ("0", "0"),
        ("33.333", "33.3330"),
        ("833.333333", "833.333333"),
        ("0.00001", "0.00001"),
    ],
)
def test_a_rate_is_shown_so_that_it_can_be_typed_again(rate: str, text: str) -> None:
    assert rate_text(Decimal(rate)) == text
    assert parse_rate(text) == Decimal(rate)


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
        ("12", "", "12.00"),
    ],
)
def test_money_is_written_with_its_sign_or_code(value: str, currency: str, shown: str) -> None:
    assert money(Decimal(value), currency) == shown
