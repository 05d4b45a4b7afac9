"""Money: rates and currencies as people type them, what billable time costs, and how both are written."""

import re
from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Context, Decimal

from tabkeeper.model.refusal import Refused
from tabkeeper.model.text import quoted

HIGHEST_RATE = Decimal(1_000_000_000)
_GROUPED = re.compile(r"\d{1,3}(?:([ \u00a0\u202f'’.,])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?")
_EITHER = re.compile(r"(\d{1,3})[.,](\d{3})")
_PLAIN = re.compile(r"\d+(?:[.,]\d{0,6})?|[.,]\d{1,6}")

# ISO 4217, list one: how many decimals a currency has, where it is not two.
_MINOR_UNITS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF"), 0),
    **dict.fromkeys(("UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
# Only signs that mean one currency to most people; the other dollars, pounds and francs show their code.
_SIGNS = {
    "USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩", "ILS": "₪", "UAH": "₴",
    "TRY": "₺", "VND": "₫", "PHP": "₱", "NGN": "₦",
}  # fmt: skip
# Many more digits than any amount has, so that only the last step rounds.
_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)


def parse_rate(text: str) -> Decimal | None:
    """Return a rate per hour as it was typed, `175`, `175.50`, `175,50` or `1,250.00`; None for no text.

    Raises `Refused` where it is no number from 0 up to a billion.
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
    if not (rate.is_finite() and 0 <= rate <= HIGHEST_RATE):
        raise Refused("An hourly rate is a number from 0 up to a billion.")
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
    """Return a rate as a field shows it, exactly: `175`, `175.50`."""
    for decimals in (0, 2, 4):
        if rate == round(rate, decimals):
            return f"{rate:.{decimals}f}"
    return f"{rate:f}"


def hourly(rate: Decimal, currency: str | None) -> str:
    """Return a rate as lists and chips show it: `€ 95`, `$ 87.50`, and without a currency `95`."""
    return f"{sign(currency)} {rate_text(rate)}" if currency else rate_text(rate)


def minor_units(currency: str) -> int:
    """Return the decimals of an ISO 4217 currency: 2 for USD and for codes not known here, 0 for JPY."""
    return _MINOR_UNITS.get(currency.upper(), 2)


def amount(seconds: int, rate: Decimal, currency: str) -> Decimal:
    """Return what `seconds` cost at an hourly `rate`, rounded half-even to the currency's minor unit.

    Rounding is once per group that is shown: sum the seconds of one rate first, then ask for their amount.
    """
    return amount_of({rate: seconds}, currency)


def amount_of(seconds_by_rate: Mapping[Decimal, int], currency: str) -> Decimal:
    """Return what a group costs in one currency: its seconds at each hourly rate, added up, then rounded."""
    worth = Decimal(0)
    for rate, seconds in seconds_by_rate.items():
        worth = _EXACT.add(worth, _EXACT.multiply(Decimal(seconds), rate))
    exact = _EXACT.divide(worth, Decimal(3600))
    return exact.quantize(Decimal(1).scaleb(-minor_units(currency)), context=_EXACT)


def money(amount: Decimal, currency: str) -> str:
    """Return an amount as it is read: `$ 4,310.50`, `¥ 1,200`, `CHF 12.00`; `12.00` of no currency."""
    return f"{sign(currency)} {amount:,.{minor_units(currency)}f}".lstrip()


def sign(currency: str) -> str:
    """Return what stands before an amount: `$`, `€`, or the code where a sign would mean several."""
    code = currency.upper()
    return _SIGNS.get(code, code).lstrip()
