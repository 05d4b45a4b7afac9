"""When a person wants to be reminded of what: rules over instants and their settings; asks no clock."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal, NamedTuple

from tabkeeper.model.days import from_local, local_day
from tabkeeper.model.entry import Entry
from tabkeeper.settings import Settings
from tabkeeper.settings.working_hours import parse_days, parse_time

Kind = Literal["not_tracking", "long", "end_of_day", "break", "back"]

_FRESH: dict[Kind, timedelta] = {
    "not_tracking": timedelta(hours=12),
    "long": timedelta(days=366),
    "end_of_day": timedelta(hours=1),
    "break": timedelta(minutes=10),
    "back": timedelta(minutes=30),
}
"""For how long after its moment a reminder still says something: who starts late is spared the rest."""

_WEEK = 7


class Reminder(NamedTuple):
    """Something to say at an instant. It is said once: `about` tells it from others of its kind."""

    kind: Kind
    at: datetime
    about: str


class Situation(NamedTuple):
    """What there is to be reminded of."""

    running: Entry | None
    idle_since: datetime
    """Since when no timer runs, where none does."""
    break_since: datetime | None = None
    """Since when there is a break that was proposed and taken."""


def reminders(situation: Situation, settings: Settings, zone: tzinfo, now: datetime) -> list[Reminder]:
    """Return what there is to say, now or in the week to come; the first one first."""
    found = (*_of_running(situation, settings, zone, now), *_of_nothing(situation, settings, zone, now))
    return sorted(
        (reminder for reminder in found if now - reminder.at <= _FRESH[reminder.kind]),
        key=lambda reminder: reminder.at,
    )


def _of_running(situation: Situation, settings: Settings, zone: tzinfo, now: datetime) -> Iterator[Reminder]:
    running = situation.running
    if running is None:
        return
    if settings.remind_long_hours:
        at = running.start + timedelta(hours=settings.remind_long_hours)
        yield Reminder("long", at, running.id)
    if settings.pomodoro_work:
        at = running.start + timedelta(minutes=settings.pomodoro_work)
        yield Reminder("break", at, running.id)
    if settings.remind_end_of_day:
        for day in _days_of_work(local_day(now, zone), settings):
            _, at = _hours_of_work(day, settings, zone)
            if running.start < at:
                yield Reminder("end_of_day", at, f"{day}")


def _of_nothing(situation: Situation, settings: Settings, zone: tzinfo, now: datetime) -> Iterator[Reminder]:
    if situation.running is not None:
        return
    idle_since = situation.idle_since
    if situation.break_since is not None:
        idle_since = situation.break_since + timedelta(minutes=settings.pomodoro_break)
        yield Reminder("back", idle_since, f"{situation.break_since}")
    if not settings.remind_not_tracking:
        return
    for day in _days_of_work(local_day(now, zone), settings):
        begins, ends = _hours_of_work(day, settings, zone)
        since = max(idle_since, begins)
        at = since + timedelta(minutes=settings.remind_not_tracking)
        if at < ends and now < ends:
            yield Reminder("not_tracking", at, f"{since}")


def _days_of_work(today: date, settings: Settings) -> Iterator[date]:
    """Yield yesterday, whose night may go on, today, and those to come, also after a weekend."""
    work_days = parse_days(settings.work_days)
    for ahead in range(-1, _WEEK + 1):
        day = today + timedelta(days=ahead)
        if day.weekday() in work_days:
            yield day


def _hours_of_work(day: date, settings: Settings, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return when work begins on a day, and when it ends: on the next where it takes the night."""
    starts, ends = parse_time(settings.work_starts), parse_time(settings.work_ends)
    last_day = day if starts < ends else day + timedelta(days=1)
    return _moment(day, starts, zone), _moment(last_day, ends, zone)


def _moment(day: date, at: time, zone: tzinfo) -> datetime:
    return from_local(day, timedelta(hours=at.hour, minutes=at.minute), zone)
