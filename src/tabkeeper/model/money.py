"""Hourly rates and currencies as people type them, and as lists show them."""

import re
from decimal import Decimal

from tabkeeper.model.refusal import Refused
from tabkeeper.model.text import quoted
from tabkeeper.model.totals import sign

HIGHEST_RATE = Decimal(1_000_000)
_GROUPED = re.compile(r"\d{1,3}(?:([ \u00a0\u202f'’.,])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?")
_EITHER = re.compile(r"(\d{1,3})[.,](\d{3})")
_PLAIN = re.compile(r"\d+(?:[.,]\d{0,4})?|[.,]\d{1,4}")


def parse_rate(text: str) -> Decimal | None:
    """Return a rate per hour as it was typed, `175`, `175.50`, `175,50` or `1,250.00`; None for no text.

    Raises `Refused` where it is no number from 0 up to a million.
    """
    typed = text.strip()
    if not typed:
        return None
    if either := _EITHER.fullmatch(typed):
        whole, rest = either.groups()
        raise Refused(f"{quoted(typed)} can be read in two ways. Type {whole}{rest} or {whole}.{rest}0.")
    if _PLAIN.fullmatch(typed):
        return clean_rate(Decimal(typed.replace(",", ".")))
    if _GROUPED.fullmatch(typed):
        whole, _, cents = re.sub(r"[ \u00a0\u202f'’]", "", typed).replace(",", ".").rpartition(".")
        if len(cents) == 3 or not whole:
            return clean_rate(Decimal((whole + cents).replace(".", "")))
        return clean_rate(Decimal(f"{whole.replace('.', '')}.{cents}"))
    raise Refused(f"{quoted(text)} is no hourly rate. Type a number, such as 175 or 175.50.")


def clean_rate(rate: Decimal) -> Decimal:
    """Return a rate as it is kept; raises `Refused` where it is none."""
    if not (rate.is_finite() and 0 <= rate < HIGHEST_RATE):
        raise Refused("An hourly rate is a number from 0 up to a million.")
    return rate


def clean_currency(text: str | None) -> str | None:
    """Return the three letters of a currency (ISO 4217) as they are kept; None for no text."""
    typed = (text or "").strip()
    if not typed:
        return None
    if len(typed) != 3 or not typed.isascii() or not typed.isalpha():
        raise Refused(f"{quoted(typed)} is no currency; write its three letters, such as EUR or USD.")
    return typed.upper()


def rate_text(rate: Decimal) -> str:
    """Return a rate as a field shows it: `175`, `175.50`."""
    if rate % 1 == 0:
        return f"{rate:.0f}"
    return f"{rate:.2f}" if rate == round(rate, 2) else f"{rate:.4f}"


def hourly(rate: Decimal, currency: str | None) -> str:
    """Return a rate as lists and chips show it: `€ 95`, `$ 87.50`, and without a currency `95`."""
    return f"{sign(currency)} {rate_text(rate)}" if currency else rate_text(rate)
