"""Times of day and instants as people type and read them. Durations are in `durations`."""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo

from tabkeeper.model.days import from_local, local_day, local_midnight, moved, week_start
from tabkeeper.model.durations import parse_change, parse_duration, plain
from tabkeeper.model.refusal import Refused
from tabkeeper.model.text import quoted

_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})"
    r"(?:[:.,h](?P<minute>[0-5]\d)(?:[:.](?P<second>[0-5]\d))?|(?P<packed>[0-5]\d)|h)?"
    r" ?(?:(?P<half>[ap])(?:\.?m\.?)?)?"
)
_ZONED = re.compile(r"\d{4}-\d\d-\d\d[t ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:z|[+-]\d\d:\d\d)")
_DATED = re.compile(r"(\d{4}-\d\d?-\d\d?)(?:[t ](.+))?")
DAYS_AWAY = {"today": 0, "yesterday": -1, "tomorrow": 1}
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TIME_EXAMPLES = "Type it like 9:30, 930, 9 or 9:30 pm, or +15m and -5m to move it."
_INSTANT_EXAMPLES = "Type it like 9:30, yesterday 16:30, 2026-11-24 09:30, or 10m ago."


def parse_time_of_day(
    text: str, reference: datetime, zone: tzinfo, *, not_before: datetime | None = None
) -> datetime:
    """Return the UTC instant that somebody typed as a time of day, or as a change of `reference`.

    `9`, `930`, `0930`, `9:30`, `9.30`, `9,30`, `9:30:15`, `21h30`, `9am`, `9:30 pm` and `24:00` are on the
    local day of `reference`. `-5m`, `+15m` and whatever else `parse_change` takes move `reference` itself.

    For a stop, give the entry's start as `not_before`: the time is then on the start's local day, and where
    clocks are set back and the time comes twice, it is the second one if the first is before the start. It
    can still be before the start: `edits.with_stop` decides what that means.

    A time that a change of the clocks skips moves forward (2:30 becomes 3:30); of one that comes twice the
    first is meant. Raises `Refused` for anything else.
    """
    change = parse_change(text)
    if change is not None:
        return moved(reference, change)
    clock = _clock(plain(text))
    if clock is None:
        raise Refused(f"{quoted(text)} is no time of day. {_TIME_EXAMPLES}")
    day = local_day(reference if not_before is None else not_before, zone)
    first = from_local(day, clock, zone)
    if not_before is not None and first < not_before:
        second = from_local(day, clock, zone, second=True)
        return second if second >= not_before else first
    return first


def parse_instant(text: str, now: datetime, zone: tzinfo) -> datetime:
    """Return the UTC instant that somebody typed as a word of a command: `--at`, `--from`, `--to`.

    - `now`, `10m ago`, `1h20 ago`, and `-5m` or `+15m` from now.
    - A time of day as `parse_time_of_day` takes it, today, also where that is still to come.
    - `today`, `yesterday`, `tomorrow`, a weekday (`monday`, `mon`: the latest one, today included) or a date
      (`2026-11-24`): the moment it begins, or with a time of day after it (`yesterday 16:30`) that time.
    - RFC 3339 with its zone: `2026-11-24T09:30:00Z`, `2026-11-24 09:30+01:00`.

    Changes of the clocks as in `parse_time_of_day`. Raises `Refused` for anything else.
    """
    typed = plain(text)
    if typed == "now":
        return now
    if typed.endswith("ago"):
        return moved(now, -parse_ago(text))
    if _ZONED.fullmatch(typed):
        return _zoned(typed, text)
    day, rest = _day(typed, local_day(now, zone), text)
    if not rest:
        return local_midnight(day, zone)
    clock = _clock(rest)
    if clock is not None:
        return from_local(day, clock, zone)
    if rest == typed and (change := parse_change(text)) is not None:
        return moved(now, change)
    raise _no_time(text)


def parse_ago(text: str) -> int:
    """Return the seconds of how long ago something was, `10m`, `1h20`, `10m ago`; a bare number is minutes.

    Raises `Refused` for what is no duration, and for one with a sign.
    """
    return parse_duration(plain(text).removesuffix("ago"))


def format_time(instant: datetime, zone: tzinfo, twelve_hour: bool = False) -> str:
    """Return the time of day that clocks in `zone` show, `14:02` or `2:02 PM`; seconds are cut."""
    local = instant.astimezone(zone)
    if twelve_hour:
        return f"{local.hour % 12 or 12}:{local.minute:02} {'AM' if local.hour < 12 else 'PM'}"
    return f"{local.hour:02}:{local.minute:02}"


def day_date(day: date, today: date) -> str:
    """Return `Mon 23 Nov`, with the year where it is another one."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day:%a} {day.day} {day:%b}{year}"


def latest_weekday(word: str, today: date) -> date | None:
    """Return the latest day up to `today` that a word names, `monday` or `mon`; None for another word."""
    for weekday, name in enumerate(_WEEKDAYS):
        if word in (name, name[:3]):
            return week_start(today, weekday)
    return None


def _clock(typed: str) -> timedelta | None:
    """Return what clocks show as the time since 0:00, or None where `typed` is no time of day."""
    match = _CLOCK.fullmatch(typed)
    if match is None:
        return None
    hour = int(match["hour"])
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] == "p" else 0)
    minutes, seconds = int(match["minute"] or match["packed"] or 0), int(match["second"] or 0)
    clock = timedelta(hours=hour, minutes=minutes, seconds=seconds)
    return clock if clock <= timedelta(hours=24) else None


def _day(typed: str, today: date, text: str) -> tuple[date, str]:
    """Return the day that `typed` begins with, else today, and what follows it."""
    if match := _DATED.fullmatch(typed):
        try:
            year, month, day = (int(part) for part in match[1].split("-"))
            return date(year, month, day), match[2] or ""
        except ValueError as error:
            raise Refused(f"{quoted(text)} is no day of the calendar. {_INSTANT_EXAMPLES}") from error
    word, _, rest = typed.partition(" ")
    if word in DAYS_AWAY:
        return today + timedelta(days=DAYS_AWAY[word]), rest
    if (weekday := latest_weekday(word, today)) is not None:
        return weekday, rest
    if not typed:
        raise _no_time(text)
    return today, typed


def _zoned(typed: str, text: str) -> datetime:
    try:
        return datetime.fromisoformat(typed.upper()).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise _no_time(text) from error


def _no_time(text: str) -> Refused:
    return Refused(f"{quoted(text)} is no time that I can read. {_INSTANT_EXAMPLES}")
