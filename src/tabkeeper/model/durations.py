"""Durations as people read and type them. Times of day are in `typed_time`."""

import re
import unicodedata
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from tabkeeper.model.refusal import Refused
from tabkeeper.model.text import quoted

DurationForm = Literal["minutes", "seconds", "decimal"]
_LONGEST_TYPED = 60
_HOUR, _MINUTE = 3600, 60
_UNITS = {
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), _HOUR),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), _MINUTE),
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1),
}
_SMALLER = {_HOUR: _MINUTE, _MINUTE: 1}
_CLOCK = re.compile(r"(\d{0,6}):([0-5]\d)(?::([0-5]\d))?")
_DIGITS = re.compile(r"\d{1,4}")
_POINT = re.compile(r"(\d{1,4})\.(\d\d)")
_DECIMAL = re.compile(r"\d{0,4}[.,]\d{1,4}")
_PART = re.compile(r"(\d{1,6}(?:[.,]\d{1,4})?) ?([a-z]*) ?")
_TWO_READINGS = {"25", "50"}  # as often a fraction of an hour as minutes on a clock


def clock(seconds: int) -> str:
    """Return `1:23:45`; `seconds` is not negative."""
    return f"{seconds // _HOUR}:{seconds // _MINUTE % 60:02}:{seconds % 60:02}"


def short(seconds: int) -> str:
    """Return hours and minutes, `1:23`; `seconds` is not negative.

    Seconds are cut, never rounded, so that a minute shows once it is full, as on the running clock. What is
    shown of a sum is the cut sum, which can be more than the sum of what is shown of its parts.
    """
    return f"{seconds // _HOUR}:{seconds // _MINUTE % 60:02}"


def written(seconds: int, form: DurationForm) -> str:
    """Return `1:23`, `1:23:45` or `1.40 h`, as a person has chosen; `seconds` is not negative.

    Hundredths of an hour are rounded, for they are multiplied by a rate and not compared with a clock.
    """
    if form == "decimal":
        hundredths = (200 * seconds + _HOUR) // (2 * _HOUR)
        return f"{hundredths // 100}.{hundredths % 100:02} h"
    return clock(seconds) if form == "seconds" else short(seconds)


def words(seconds: int) -> str:
    """Return `1 h 23 min`, `1 h`, `23 min`, or `45 s` below a minute, for messages; finer is cut."""
    if seconds < _MINUTE:
        return f"{seconds} s"
    hours, minutes = seconds // _HOUR, seconds // _MINUTE % 60
    return " ".join([f"{hours} h"] * (hours > 0) + [f"{minutes} min"] * (minutes > 0))


def parse_duration(text: str, current: int | None = None) -> int:
    """Return the seconds that somebody typed as a duration.

    Where a text could be read in several ways, this is decided:

    - One or two digits are minutes, as other timers have it: `9` is nine minutes, `90` an hour and a half.
      Three or four are hours and minutes, as on a clock without its colon: `930` is 9:30.
    - `9:30` and `:30` are hours and minutes, `0:45:10` has seconds; there are two digits after each colon.
    - `1.5`, `1,5`, `.5` and `1,25` are hours, and so is whatever else stands before or after a comma.
    - A point with two digits is read as on a clock, `9.30` is 9:30, unless no clock shows them, `1.75` is
      1:45; `1.25` and `1.50` are refused, since they are typed for both.
    - `1h20`, `1h 20m`, `1.5h`, `90 min`, `45s`, `5m30`: a last number without a unit counts in the next
      smaller one.
    - `+15m`, `-5m`, `-0:10`, `+5` change `current` (seconds), and are refused without one.

    Digits may be of any script. The result is rounded to whole seconds, and is zero at least. Raises
    `Refused` for anything else.
    """
    change = parse_change(text)
    if change is None:
        return _length(plain(text), text)
    if current is None:
        raise Refused(f"{quoted(text)} changes a duration, and there is none yet. {_EXAMPLES}")
    if current + change < 0:
        raise Refused(f"{quoted(text)} takes away more than there is: {clock(current)}. Type less.")
    return current + change


def parse_change(text: str) -> int | None:
    """Return the signed seconds of a text that begins with `+` or `-`, and None for any other.

    Raises `Refused` where no duration follows the sign.
    """
    typed = plain(text)
    if not typed.startswith(("+", "-")):
        return None
    seconds = _length(typed[1:].strip(), text)
    return -seconds if typed[0] == "-" else seconds


def plain(text: str) -> str:
    """Return typed numbers and words in one form: ASCII digits, small letters, single spaces.

    Whatever is longer than any time somebody would type becomes empty, which nothing accepts.
    """
    text = text.strip()
    if len(text) > _LONGEST_TYPED:
        return ""
    text = unicodedata.normalize("NFKC", text).lower().replace("\N{MINUS SIGN}", "-")
    return " ".join("".join(str(int(c)) if c.isdecimal() else c for c in text).split())


_EXAMPLES = "Type it like 1:30, 1h30, 1.5h, 90m, or 90 for minutes."


def _length(typed: str, text: str) -> int:
    """Return the seconds of `typed`, which has no sign; a refusal repeats `text`."""
    if match := _CLOCK.fullmatch(typed):
        hours, minutes, seconds = (int(part or 0) for part in match.groups())
        return hours * _HOUR + minutes * _MINUTE + seconds
    if _DIGITS.fullmatch(typed):
        return _digits(typed, text)
    if (match := _POINT.fullmatch(typed)) and match[2] < "60":
        if match[2] in _TWO_READINGS:
            raise Refused(f"{quoted(text)} can be read in two ways. Type {match[1]}:{match[2]} or {typed}h.")
        return int(match[1]) * _HOUR + int(match[2]) * _MINUTE
    if _DECIMAL.fullmatch(typed):
        return _rounded(_number(typed) * _HOUR)
    seconds_of_parts = _parts(typed)
    if seconds_of_parts is None:
        raise Refused(f"{quoted(text)} is no duration. {_EXAMPLES}")
    return _rounded(seconds_of_parts)


def _digits(typed: str, text: str) -> int:
    if len(typed) <= 2:
        return int(typed) * _MINUTE
    hours, minutes = int(typed[:-2]), int(typed[-2:])
    if minutes > 59:
        raise Refused(
            f"{quoted(text)} is no duration: an hour has 60 minutes. Type {int(typed)}m for minutes."
        )
    return hours * _HOUR + minutes * _MINUTE


def _parts(typed: str) -> Decimal | None:
    """Return the seconds of `1h 20m 10s` and the like, or None where it is something else."""
    total, position, last = Decimal(0), 0, 0
    while position < len(typed):
        match = _PART.match(typed, position)
        if match is None:
            return None
        number, word = _number(match[1]), match[2]
        unit = _UNITS.get(word, 0)
        if not word and match.end() == len(typed) and match[1].isdigit() and number < 60:
            unit = _SMALLER.get(last, 0)
        if not unit or (last and unit >= last):
            return None
        total, position, last = total + number * unit, match.end(), unit
    return total if typed else None


def _number(typed: str) -> Decimal:
    return Decimal(typed.replace(",", "."))


def _rounded(seconds: Decimal) -> int:
    return int(seconds.quantize(Decimal(1), ROUND_HALF_UP))
