"""The times in the typed line: which words are one, and its text; `quick_add` asks what instant that is."""

import re
from collections.abc import Sequence

from tabkeeper.model.durations import parse_duration
from tabkeeper.model.refusal import Refused

_CLEAR_TIME = re.compile(r"\d{1,2}(?:(?::\d\d(?::\d\d)?|h\d\d)(?:[ap]m)?|[ap]m)", re.IGNORECASE)
_HALF_DAY_TIME = re.compile(r"\d{1,2}(?::\d\d)?")
_OTHER_HALF = {"am": "pm", "pm": "am"}
_LONGEST_AGO = 4  # words: 1 h 20 min


def ago(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """Return the words and the seconds of `1h 20m ago`."""
    if not words[at][0].isdecimal():
        return None
    for count in range(_LONGEST_AGO, 0, -1):
        length = words[at : at + count]
        if len(words) > at + count and words[at + count].casefold() == "ago":
            typed = " ".join(length)
            try:
                if any(sign.isalpha() for sign in typed):
                    return count + 1, parse_duration(typed)
            except Refused:
                continue
    return None


def since(words: Sequence[str], at: int) -> tuple[int, str] | None:
    """Return the words and the time of `since 9:30`, `at 9:30 pm`."""
    if words[at].casefold() not in ("since", "at"):
        return None
    count, clock = _clock(words[at + 1 : at + 3])
    return (count + 1, clock) if _CLEAR_TIME.fullmatch(clock) else None


def span(words: Sequence[str], at: int) -> tuple[int, str, str] | None:
    """Return the words and the times of `9:00-9:15`, `9:00 – 9:15 pm`, `9:00 AM – 9:15 AM`."""
    begin, dash, end = words[at].replace("–", "-").partition("-")
    if dash:
        count, end = _clock([end, *words[at + 1 : at + 2]])
    else:
        before, begin = _clock(words[at : at + 2])
        if words[at + before : at + before + 1] not in (["-"], ["–"]):
            return None
        after, end = _clock(words[at + before + 1 : at + before + 3])
        count = before + 1 + after
    if not (_CLEAR_TIME.fullmatch(begin) and _CLEAR_TIME.fullmatch(end)):
        return None
    return count, _in_the_half_of(end, begin), end


def _clock(words: Sequence[str]) -> tuple[int, str]:
    """Return how many words the time takes that they begin with, and the time, `9:30pm` of `9:30 pm`."""
    clock, half = ("".join(words[place : place + 1]) for place in range(2))
    if half.casefold() in _OTHER_HALF and _HALF_DAY_TIME.fullmatch(clock):
        return 2, clock + half
    return 1, clock


def _in_the_half_of(end: str, begin: str) -> str:
    """Return when a range begins, am or pm where only its end says so: `2:00-3:30pm`, `11:00-1:00pm`."""
    half = end[-2:].casefold()
    hour, *minutes = _numbers(begin)
    if half not in _OTHER_HALF or not begin[-1].isdecimal() or not 1 <= hour <= 12:
        return begin
    last_hour, *last_minutes = _numbers(end)
    in_order = [hour % 12, *minutes] < [last_hour % 12, *last_minutes]
    return begin + (half if in_order else _OTHER_HALF[half])


def _numbers(clock: str) -> list[int]:
    return [int(digits) for digits in re.findall(r"\d+", clock)]
