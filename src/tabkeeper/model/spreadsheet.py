"""What spreadsheets take: CSV in which nothing is run, and times as numbers."""

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from types import SimpleNamespace

from tabkeeper.model.text import one_line

BYTE_ORDER_MARK = "\ufeff"
"""What a CSV file begins with, so that Excel reads it as UTF-8."""
# A spreadsheet takes what begins so for a formula, and runs it.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "|", "%")
_HOUR = Decimal(3600)


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Return rows as CSV (RFC 4180)."""
    lines: list[str] = []
    csv.writer(SimpleNamespace(write=lines.append), lineterminator="\r\n").writerows(rows)
    return "".join(lines)


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: one that would be begins with an apostrophe."""
    text = one_line(text)
    return f"'{text}" if text.startswith(_FORMULA) else text


def hours(seconds: int) -> str:
    """Return seconds as hours with as many digits as tell two seconds apart."""
    return format(seconds / _HOUR, ".4f")
