"""Days as people type them into a field that holds one. Days with a time of day are in `typed_time`."""

import re
from datetime import date, timedelta

from tabkeeper.model.durations import plain
from tabkeeper.model.refusal import Refused
from tabkeeper.model.text import quoted
from tabkeeper.model.typed_time import DAYS_AWAY, latest_weekday

_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_CHANGE = re.compile(r"([+-]) ?(\d{1,3})")
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)")
_POINTS = re.compile(r"(?P<day>\d\d?)\. ?(?P<month>\d\d?)\.(?: ?(?P<year>\d{4}))?")
_NAMED = re.compile(r"(?P<day>\d\d?)\.? (?P<name>[a-z]{3,9})\.?,?(?: (?P<year>\d{4}))?")
_NAME_FIRST = re.compile(r"(?P<name>[a-z]{3,9})\.? (?P<day>\d\d?)(?:,? (?P<year>\d{4}))?")
_DAY = re.compile(r"(?P<day>\d\d?)\.?")
_EXAMPLES = "Type it like 24 Nov, 2026-11-24, yesterday, monday, or -1 for the day before."


def parse_day(text: str, current: date, today: date) -> date:
    """Return the day that somebody typed over `current`.

    - `today`, `yesterday`, `tomorrow`; a weekday is the latest one up to `today`.
    - `24 Nov`, `Nov 24`, `24.11.`, with or without a year, `2026-11-24`; without a year it is that of
      `current`. `24` alone is the day of the month of `current`.
    - `+1` and `-1` are so many days from `current`.

    Raises `Refused` for anything else, and for days that no calendar has.
    """
    typed = plain(text)
    if typed in DAYS_AWAY:
        return _moved(today, DAYS_AWAY[typed], text)
    if (weekday := latest_weekday(typed.removeprefix("last "), today)) is not None:
        return weekday
    if match := _CHANGE.fullmatch(typed):
        return _moved(current, int(match[1] + match[2]), text)
    # A weekday before the date says nothing more: "Tue 24 Nov" is read back as it is shown.
    named = re.sub(r"^(mon|tues?|wed(nes)?|thu(rs)?|fri|sat(ur)?|sun)(day)?,? (?=\d)", "", typed)
    for pattern in (_ISO, _POINTS, _NAMED, _NAME_FIRST, _DAY):
        if match := pattern.fullmatch(named):
            return _day(match.groupdict(), current, text)
    raise Refused(f"{quoted(text)} is no day. {_EXAMPLES}")


def _day(parts: dict[str, str | None], current: date, text: str) -> date:
    month = int(parts.get("month") or current.month)
    if name := parts.get("name"):
        months = [number for number, known in enumerate(_MONTHS, 1) if known.startswith(name)]
        if len(months) != 1:
            raise Refused(f"{quoted(text)} is no day. {_EXAMPLES}")
        month = months[0]
    try:
        return date(int(parts.get("year") or current.year), month, int(parts["day"] or 0))
    except ValueError as error:
        raise Refused(f"{quoted(text)} is no day of the calendar. {_EXAMPLES}") from error


def _moved(day: date, days: int, text: str) -> date:
    try:
        return day + timedelta(days=days)
    except OverflowError as error:
        raise Refused(f"{quoted(text)} is no day of the calendar. {_EXAMPLES}") from error
