"""The numbers, defined once: seconds of entries, what billable time costs, and how money is written."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import ROUND_HALF_EVEN, Context, Decimal

from tabkeeper.model.entry import Entry

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


def total_seconds(entries: Iterable[Entry], now: datetime) -> int:
    """Return the whole seconds tracked in all of them; a running one counts up to `now`."""
    return sum(entry.seconds(now) for entry in entries)


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
    return f"{sign(currency)} {amount:,.{minor_units(currency)}f}"


def sign(currency: str) -> str:
    """Return what stands before an amount: `$`, `€`, or the code where a sign would mean several."""
    code = currency.upper()
    return _SIGNS.get(code, code).lstrip()
