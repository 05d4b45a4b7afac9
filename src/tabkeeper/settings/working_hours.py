"""Days and hours of work, as a person writes them in the settings: `mon-fri`, `09:00`."""

import re
from datetime import time

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""In the order of `date.weekday`."""

_TIME = re.compile(r"([01]?\d|2[0-3])(?::([0-5]\d))?")


def parse_days(text: str) -> frozenset[int]:
    """Return the days that `mon-wed, fri` names, 0 for Monday; raises `ValueError` for what is no day."""
    days: set[int] = set()
    for part in re.split(r"[,\s]+", text.strip()):
        if part:
            first, _, last = part.partition("-")
            begin, end = _day(first), _day(last or first)
            days |= {day % 7 for day in range(begin, end + 1 if end >= begin else end + 8)}
    return frozenset(days)


def spelled_days(text: str) -> str:
    """Return days as they are kept: `mon-fri, sun`."""
    days, parts = sorted(parse_days(text)), []
    while days:
        run = 1
        while run < len(days) and days[run] == days[0] + run:
            run += 1
        first, last = DAYS[days[0]], DAYS[days[run - 1]]
        parts.append(f"{first}-{last}" if run > 2 else ", ".join(DAYS[day] for day in days[:run]))
        days = days[run:]
    return ", ".join(parts)


def parse_time(text: str) -> time:
    """Return the time of day that `9` or `09:00` names; raises `ValueError` for what is none."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        raise ValueError(f'"{text}" is no time of day')
    return time(int(match[1]), int(match[2] or 0))


def spelled_time(text: str) -> str:
    """Return a time of day as it is kept: `09:00`."""
    return f"{parse_time(text):%H:%M}"


def _day(name: str) -> int:
    short = name.strip().lower()[:3]
    if short not in DAYS:
        raise ValueError(f'"{name}" is no day')
    return DAYS.index(short)
