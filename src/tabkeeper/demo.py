"""Half a year of somebody's believable time, to look at, to draw and to test with; it fills an empty file."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import NamedTuple

from tabkeeper.model.days import from_local, local_day, local_midnight
from tabkeeper.model.entry import Draft
from tabkeeper.tracker import Tracker

HALF_A_YEAR = 182
_MINUTE = timedelta(minutes=1)
_LONGEST_TODAY = timedelta(hours=8)
_HOLIDAYS = {4, 39, *range(73, 78), 131}
_RELEASE_WEEK = range(20, 27)
_THURSDAY = 3

_Planned = tuple[Draft, datetime, datetime]


class _Work(NamedTuple):
    """A project, and what is done on it: descriptions, each with its tags behind `#`."""

    name: str
    client: str | None
    color: str
    rate: str | None
    currency: str | None
    weight: int
    things: tuple[str, ...]
    last_days: tuple[int, int] = (HALF_A_YEAR, 0)
    """From how many days ago to how many it was worked on; one that has ended is archived."""


_WORK = (
    _Work("Policy portal", "Acme Insurance", "#3B82F6", "95", "EUR", 9, (
        "Drafting the renewal #writing", "Claims form: validation", "Review with Ines #review #meeting",
        "Date picker in Safari #bug", "Accessibility audit", "Renewal letters & reminders",
    )),
    _Work("Claims dashboard", "Acme Insurance", "#0891B2", "95", "EUR", 5, (
        "Filters for adjusters", "Charts by region #design", "Export to CSV", "Slow query on claims #bug",
    )),
    _Work("Web shop", "Bluebird Coffee", "#B45309", "80", "EUR", 7, (
        "Checkout flow", "Product photos: crop & upload", "Subscription boxes #design", "Voucher codes #bug",
        "Call with Tomás #call",
    )),
    _Work("Spring campaign", "Bluebird Coffee", "#DB2777", "80", "EUR", 8, (
        "Landing page #design", "Copy for the mailing #writing", "A/B test", "Call with Tomás #call",
    ), (HALF_A_YEAR, 112)),
    _Work("Catalogue search", "City Library", "#16A34A", "70", "EUR", 6, (
        "Search index", "Typing <author> and <title> #design", "Import of old records", "Ranking #review",
        "Workshop with the librarians #meeting",
    )),
    _Work("Reading challenge", "City Library", "#65A30D", "70", "EUR", 4, (
        "Badges for readers #design", "Kids' profiles", "Statistics page", "Texts in two languages #writing",
    ), (HALF_A_YEAR, 31)),
    _Work("Grid monitor", "Nordlicht Energie", "#9333EA", "110", "EUR", 7, (
        "Alarm rules", "Map of substations #design", "Time series storage", "Incident review #review",
        "Dropped packets #bug",
    )),
    _Work("Tariff calculator", "Nordlicht Energie", "#4F46E5", "110", "EUR", 4, (
        "Tariff model", "Form for movers", "Rounding of cents #bug", "Prüfung der Preisblätter #review",
    ), (120, 0)),
    _Work("Brand refresh", "Studio Marigold", "#D97706", "85", "USD", 5, (
        "Moodboard #design", "Logo drafts #design", "Type & colour", "Presentation to Maya #meeting",
    ), (HALF_A_YEAR, 60)),
    _Work("Newsletter", "Studio Marigold", "#DC2626", "85", "USD", 3, (
        "Issue draft #writing", "Template tweaks", "Sending & statistics", "Interview: גילה כהן #call",
    )),
    _Work("Office", None, "#64748B", None, None, 2, (
        "Inbox and planning #admin", "Invoices #admin", "Bookkeeping #admin", "Backups and updates",
    )),
    _Work("Learning", None, "#0D9488", None, None, 2, (
        "Reading: databases", "Exercises in Rust", "Talk for the meetup #writing",
    )),
)  # fmt: skip
_STANDUP = ("Policy portal", "Standup #meeting")
_MORNING = ("Office", "Inbox and planning #admin")
_RUNNING = ("Policy portal", "Drafting the renewal #writing")
_FAVOURITES = (_STANDUP, _MORNING, ("Web shop", "Call with Tomás #call"))


def fill(tracker: Tracker, seed: int = 1) -> int:
    """Fill an empty file up to the tracker's present moment, with a timer that runs; returns the entries.

    The same seed, moment and zone give the same content; only ids differ. All but today is one step of the
    history.
    """
    chance = Random(seed)  # noqa: S311 - nothing here is a secret
    projects = {
        work.name: tracker.names.add_project(
            work.name,
            client=work.client,
            color=work.color,
            hourly_rate=None if work.rate is None else Decimal(work.rate),
            currency=work.currency,
            billable=work.rate is not None,
            archived=work.last_days[1] > 0,
        ).id
        for work in _WORK
    }
    now = tracker.now()
    today = local_day(now, tracker.zone)
    past = [
        planned
        for age in range(HALF_A_YEAR, 0, -1)
        for planned in _day(_Calendar(tracker, chance, projects, today - timedelta(days=age)), age)
    ]
    tracker.add_all(past)
    calendar = _Calendar(tracker, chance, projects, today)
    for pair in _FAVOURITES:
        tracker.pin(calendar.draft(*pair))
    so_far = list(_today(calendar, now))
    for draft, start, stop in reversed(so_far[1:]):
        tracker.add(draft, start, stop)
    running, start, _ = so_far[0]
    tracker.start(running, start)
    return len(past) + len(so_far)


class _Calendar(NamedTuple):
    """A day that is being filled, and what is needed for it."""

    tracker: Tracker
    chance: Random
    projects: Mapping[str, str]
    date: date

    def draft(self, project: str, thing: str) -> Draft:
        """Return what an entry says of a thing done on a project."""
        description, *tags = thing.split(" #")
        rated = next(work.rate for work in _WORK if work.name == project) is not None
        return Draft(description, self.projects[project], tuple(tags), rated)

    def at(self, minutes: float) -> datetime:
        """Return the instant so many minutes after the clocks here show 0:00."""
        return from_local(self.date, timedelta(seconds=round(minutes * 60)), self.tracker.zone)

    def things(self, age: int, count: int) -> list[Draft]:
        """Choose what is done on a day, so many things of what was worked on at that time."""
        current = [work for work in _WORK if work.last_days[1] <= age <= work.last_days[0]]
        works = self.chance.choices(current, [work.weight for work in current], k=count)
        return [self.draft(work.name, self.chance.choice(work.things)) for work in works]


def _day(calendar: _Calendar, age: int) -> Iterator[_Planned]:
    """Yield the entries of a day that has passed, `age` days ago."""
    if age in _HOLIDAYS:
        return
    if calendar.date.weekday() >= 5:
        yield from _weekend(calendar, age)
        return
    chance = calendar.chance
    minute = 8 * 60 + chance.randint(15, 50) + chance.random()
    evening = 17 * 60 + chance.randint(20, 80)
    things = [calendar.draft(*_MORNING), calendar.draft(*_STANDUP), *calendar.things(age, 5)]
    lunch, count = False, 0
    while minute < evening:
        thing = things[count] if count < 2 else chance.choice(things[2:])
        length = chance.uniform(11, 24) if count < 2 else chance.triangular(12, 95, 32)
        yield thing, calendar.at(minute), calendar.at(minute + length)
        minute += length + chance.choice((0, 0, chance.uniform(1, 12)))
        count += 1
        if not lunch and minute > 12 * 60:
            lunch, minute = True, minute + chance.uniform(30, 55)
    if age in _RELEASE_WEEK and calendar.date.weekday() == _THURSDAY:
        night = calendar.draft("Policy portal", "Release 2.4 🎉 #deploy")
        yield night, calendar.at(22 * 60 + 40), calendar.at(24 * 60 + 25)


def _weekend(calendar: _Calendar, age: int) -> Iterator[_Planned]:
    """Yield what was done on a weekend: seldom something."""
    minute = 10 * 60 + calendar.chance.uniform(0, 90)
    for thing in calendar.things(age, calendar.chance.choice((0, 0, 1, 2))):
        length = calendar.chance.uniform(25, 80)
        yield thing, calendar.at(minute), calendar.at(minute + length)
        minute += length + calendar.chance.uniform(5, 30)


def _today(calendar: _Calendar, now: datetime) -> Iterator[_Planned]:
    """Yield today's entries back from now, the running one first, as far as today and a working day reach."""
    midnight = local_midnight(calendar.date, calendar.tracker.zone)
    begin = max(midnight, now - _LONGEST_TODAY)
    start = max(midnight, now - timedelta(hours=1, minutes=23, seconds=45))
    yield calendar.draft(*_RUNNING), start, now
    things = calendar.things(0, 4)
    while True:
        stop = start - calendar.chance.randint(0, 5) * _MINUTE
        start = stop - timedelta(seconds=calendar.chance.randint(14 * 60, 62 * 60))
        if start < begin:
            return
        yield calendar.chance.choice(things), start, stop
