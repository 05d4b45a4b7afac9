"""Random files for reports, and what they are worth by the plain definition: entry by entry, in fractions.

Nothing here uses what it checks: only values of the model, `Entry.seconds`, and the zone's own clock.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, tzinfo
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from tabkeeper.model.catalogue import Catalogue, Client, Project, Tag
from tabkeeper.model.entry import Entry
from tabkeeper.model.filters import Filter
from tabkeeper.model.report import OF_THIS_COMPUTER, Question

ZONES = [
    ZoneInfo(name)
    for name in (
        "Europe/Berlin",
        "America/New_York",
        "America/Santiago",  # changes its clocks at midnight
        "Australia/Lord_Howe",  # by half an hour
        "Asia/Kathmandu",
        "Pacific/Kiritimati",
        "UTC",
    )
]
DIGITS = {"EUR": 2, "USD": 2, "JPY": 0, "KWD": 3, "": 2}
# Around the days of 23 and 25 hours of 2024, for Berlin and New York among others.
SPRING, AUTUMN = datetime(2024, 3, 31, tzinfo=UTC), datetime(2024, 10, 27, tzinfo=UTC)


class World(NamedTuple):
    """What a file holds, and the moment it is asked at."""

    catalogue: Catalogue
    entries: list[Entry]
    now: datetime


clients = st.sampled_from(["acme", "borg"])
rates = st.none() | st.sampled_from(["0", "0.07", "33.3333", "95", "1001"]).map(Decimal)


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    projects = [
        Project(
            f"p{number}",
            draw(st.sampled_from(["Shop", "shop", "Über", "=1+1", "عربي"])) + f" {number}",
            draw(st.none() | clients),
            draw(st.none() | st.just("#3B82F6")),
            hourly_rate=draw(rates),
            currency=draw(st.sampled_from([None, "EUR", "USD", "JPY", "KWD"])),
            archived=draw(st.booleans()),
        )
        for number in range(draw(st.integers(1, 4)))
    ]
    people = [Client("acme", "Acme"), Client("borg", "Borg", archived=True)]
    tags = [Tag(f"t-{name}", name) for name in ("bug", "call", "schön")]
    return Catalogue(*({thing.id: thing for thing in things} for things in (projects, people, tags)))


@st.composite
def worlds(draw: st.DrawFn, most: int = 25, least: int = 0) -> World:
    """Entries over days with and without a change of the clocks; the last one may run."""
    catalogue = draw(catalogues())
    base = draw(st.sampled_from([SPRING, AUTUMN, datetime(2024, 12, 31, tzinfo=UTC)]))
    start = st.integers(-40 * 24 * 3600, 12 * 24 * 3600).map(
        lambda seconds: base + timedelta(seconds=seconds)
    )
    length = st.integers(0, 40 * 3600_000).map(lambda span: timedelta(milliseconds=span))
    entries = [
        Entry(
            f"{number:08x}-0000-7000-8000-000000000000",
            began := draw(start),
            began + draw(length),
            draw(st.sampled_from(["", "Review", "STRASSE", "straße", "Überprüfung"])),
            draw(st.sampled_from([None, *catalogue.projects])),
            tuple(draw(st.lists(st.sampled_from(["bug", "call", "schön"]), unique=True))),
            draw(st.booleans()),
        )
        for number in range(draw(st.integers(least, most)))
    ]
    now = base + timedelta(seconds=draw(st.integers(-5 * 24 * 3600, 13 * 24 * 3600)))
    if entries and draw(st.booleans()):
        entries[-1] = entries[-1]._replace(stop=None)
    return World(catalogue, entries, now)


@st.composite
def questions(draw: st.DrawFn, world: World) -> Question:
    """Ranges that hold many, few or none of the entries, also such as begin in the middle of a day."""
    about = world.now.replace(hour=0, minute=0, second=0)
    minutes = draw(st.sampled_from([-50, -30, -5, 3])) * 24 * 60 + draw(st.integers(0, 24 * 60))
    start = about + timedelta(minutes=minutes)
    days = draw(st.sampled_from([7, 20, 60, 60, 800, 20 * 366, 0]))
    stop = start + timedelta(minutes=days * 24 * 60 + draw(st.integers(0, 24 * 60)))
    before = (start - timedelta(days=7), start - timedelta(days=draw(st.integers(0, 7))))
    return Question(
        start,
        stop,
        draw(st.sampled_from(OF_THIS_COMPUTER)),
        tuple(draw(st.lists(filters(world.catalogue), max_size=draw(st.sampled_from([0, 1, 2]))))),
        draw(st.integers(0, 6)),
        draw(st.none() | st.just(before)),
        draw(st.sampled_from(["", "EUR"])),
    )


def filters(catalogue: Catalogue) -> st.SearchStrategy[Filter]:
    """Filters of one kind of thing, or of several, which seldom leave much."""
    projects, clients_, tags = (
        st.lists(st.sampled_from(things), max_size=2, unique=True).map(tuple)
        for things in ([None, *catalogue.projects], [None, "acme", "borg"], [None, "bug", "schön"])
    )
    text = st.sampled_from(["review", "STRASSE", "über"])
    alone = (
        st.builds(Filter, projects=projects),
        st.builds(Filter, clients=clients_),
        st.builds(Filter, tags=tags),
        st.builds(Filter, billable=st.booleans()),
        st.builds(Filter, text=text),
    )
    return st.one_of(*alone, st.builds(Filter, projects, clients_, tags, st.none() | st.booleans(), text))


# The definition


def meant(world: World, question: Question) -> list[Entry]:
    """Return the entries that a question is about."""
    return [
        entry
        for entry in world.entries
        if question.start <= entry.start < question.stop
        and all(_lets_through(each, entry, world.catalogue) for each in question.filters)
    ]


def _lets_through(filter_: Filter, entry: Entry, catalogue: Catalogue) -> bool:
    client = catalogue.client_of(entry.project_id)
    return (
        (not filter_.projects or entry.project_id in filter_.projects)
        and (not filter_.clients or (client.id if client else None) in filter_.clients)
        and (not filter_.tags or bool({*filter_.tags} & ({*entry.tags} or {None})))
        and (filter_.billable is None or filter_.billable is entry.billable)
        and filter_.text.strip().casefold() in entry.description.casefold()
    )


def keys(entry: Entry, question: Question, catalogue: Catalogue, zone: tzinfo) -> list[str | None]:
    """Return the groups that an entry is in."""
    day = entry.start.astimezone(zone).date()
    if question.by == "tag":
        return [*entry.tags] or [None]
    client = catalogue.client_of(entry.project_id)
    return [
        {
            "project": entry.project_id,
            "client": client.id if client else None,
            "day": str(day),
            "week": str(week_of(day, question.first_weekday)),
            "billable": str(entry.billable).lower(),
        }[question.by]
    ]


def week_of(day: date, first_weekday: int) -> date:
    while day.weekday() != first_weekday:
        day -= timedelta(days=1)
    return day


def worth(entries: Iterable[Entry], world: World, home: str) -> dict[str, Decimal]:
    """Return what entries cost by currency: exact, and rounded half-even once."""
    exact: dict[str, Fraction] = {}
    for entry in entries:
        project = world.catalogue.project(entry.project_id)
        seconds = entry.seconds(world.now)
        if entry.billable and seconds and project is not None and project.hourly_rate is not None:
            currency = project.currency or home
            exact[currency] = exact.get(currency, Fraction()) + Fraction(project.hourly_rate) * seconds / 3600
    return {
        currency: Decimal(round(amount * 10 ** DIGITS[currency])).scaleb(-DIGITS[currency])
        for currency, amount in exact.items()
    }
