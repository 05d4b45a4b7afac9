"""Adds entries up for reports, in SQL; what the sums mean and what they are worth is the model's.

SQL groups within one local day, week, month or year after the other, from one midnight to the next: so the
file needs no rule of its own for days of 23 and 25 hours, sorts little at a time, and can be left in between.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache
from itertools import takewhile
from typing import Any

from tabkeeper.model.catalogue import Catalogue
from tabkeeper.model.days import local_day, local_midnight
from tabkeeper.model.entry import Entry
from tabkeeper.model.filters import Filter, holds_text, wanted_projects
from tabkeeper.model.instants import from_milliseconds, to_milliseconds
from tabkeeper.model.periods import Unit, unit_end
from tabkeeper.model.report import Question, Slice
from tabkeeper.model.summing import slice_unit
from tabkeeper.store.rows import entry_value
from tabkeeper.store.trouble import NoLongerWanted

Wanted = Callable[[], bool]
"""Whether somebody still waits for the answer; asked from the thread that reads."""

_NOBODY_WAITS = "Nobody waits for this answer any more."
_STEPS_BETWEEN_LOOKS = 50_000
_DAY = timedelta(days=1)
_SECONDS = "max(0, (coalesce(stop, :now) - start) / 1000)"
_SECONDS_UP_TO_STOP = "max(0, (min(coalesce(stop, :stop), :stop) - start) / 1000)"
# What slices are told apart by beside their project; SQL groups by nothing that the question does not need.
_APART = {"tag": ("tags", "0", ", tags"), "billable": ("'[]'", "billable", ", billable")}
_NOT_APART = ("'[]'", "0", "")


def slices(
    connection: sqlite3.Connection,
    question: Question,
    catalogue: Catalogue,
    zone: tzinfo,
    now: datetime,
    wanted: Wanted,
) -> Iterator[Slice]:
    """Yield what the entries that a question is about add up to; raises `NoLongerWanted`.

    There can be very many, and none of them is kept: collecting such garbage would halt the interface, too.
    """
    meant, words = _meant(question, catalogue)
    tags, billable, apart = _APART.get(question.by, _NOT_APART)
    sql = f"""
        SELECT project_id, {tags}, {billable}, sum({_SECONDS}), sum(billable * {_SECONDS}), count(*),
            max(stop IS NULL)
        FROM entry WHERE {meant} GROUP BY project_id{apart}
    """  # noqa: S608 - made of words of our own
    with _left_when_unwanted(connection, wanted):
        for day, start, stop in takewhile(lambda _: wanted(), _pieces(connection, question, zone)):
            words |= {"start": start, "stop": stop, "now": to_milliseconds(now)}
            for row in connection.execute(sql, words):
                yield _slice(day, row)


def seconds_before(
    connection: sqlite3.Connection, question: Question, catalogue: Catalogue, now: datetime, wanted: Wanted
) -> int | None:
    """Return the time in the range that a question is compared with, as a report on it counts.

    While the question's own range is under way, what is after the end of the other one is not counted.
    """
    if question.before is None:
        return None
    meant, words = _meant(question, catalogue)
    start, stop = question.before
    words |= {"start": to_milliseconds(start), "stop": to_milliseconds(stop), "now": to_milliseconds(now)}
    seconds = _SECONDS_UP_TO_STOP if now < question.stop else _SECONDS
    sql = f"SELECT coalesce(sum({seconds}), 0) FROM entry WHERE {meant}"  # noqa: S608
    with _left_when_unwanted(connection, wanted):
        found: int = connection.execute(sql, words).fetchone()[0]
    return found


def entries_meant(
    connection: sqlite3.Connection, question: Question, catalogue: Catalogue, limit: int, wanted: Wanted
) -> list[Entry]:
    """Return the newest entries that a question is about."""
    meant, words = _meant(question, catalogue)
    words |= {
        "start": to_milliseconds(question.start),
        "stop": to_milliseconds(question.stop),
        "limit": limit,
    }
    sql = f"SELECT * FROM entry WHERE {meant} ORDER BY start DESC, id DESC LIMIT :limit"  # noqa: S608
    with _left_when_unwanted(connection, wanted):
        return [entry_value(row) for row in connection.execute(sql, words)]


def _pieces(
    connection: sqlite3.Connection, question: Question, zone: tzinfo
) -> Iterator[tuple[date, int, int]]:
    """Yield the range in pieces of whole units as far as there are entries: a day, and where it is cut."""
    start, stop = to_milliseconds(question.start), to_milliseconds(question.stop)
    sql = "SELECT {} FROM entry WHERE deleted_at IS NULL AND start >= ? AND start < ?"
    # Each by itself, because SQLite looks up one end in the index, but reads all entries for both at once.
    first, last = (
        connection.execute(sql.format(edge), (start, stop)).fetchone()[0]
        for edge in ("min(start)", "max(start)")
    )
    if first is None:
        return
    unit = slice_unit(question, zone)
    begin, end = max(start, first), min(stop, last + 1)
    while begin < end:
        day = local_day(from_milliseconds(begin), zone)
        until = min(to_milliseconds(_end_of(day, unit, question.first_weekday, zone)), end)
        yield day, begin, until
        begin = until


def _end_of(day: date, unit: Unit, first_weekday: int, zone: tzinfo) -> datetime:
    return local_midnight(unit_end(day, unit, first_weekday) + _DAY, zone)


def _slice(day: date, row: sqlite3.Row) -> Slice:
    project_id, tags, billable, seconds, billable_seconds, entries, running = row
    return Slice(
        day, project_id, _tags(tags), bool(billable), seconds, billable_seconds, entries, bool(running)
    )


@lru_cache(maxsize=4096)
def _tags(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _meant(question: Question, catalogue: Catalogue) -> tuple[str, dict[str, Any]]:
    """Return the condition for the entries a question is about, and the words in it; two are to be added."""
    conditions = ["deleted_at IS NULL", "start >= :start", "start < :stop"]
    words: dict[str, Any] = {}
    projects = wanted_projects(question.filters, catalogue)
    if projects is not None:
        words |= {"projects": json.dumps([each for each in projects if each is not None])}
        condition = "project_id IN (SELECT value FROM json_each(:projects))"
        if None in projects:
            words |= {"known": json.dumps(list(catalogue.projects))}
            unknown = "project_id NOT IN (SELECT value FROM json_each(:known))"
            condition = f"({condition} OR project_id IS NULL OR {unknown})"
        conditions.append(condition)
    for place, each in enumerate(question.filters):
        conditions += _conditions(each, place, words)
    return " AND ".join(conditions), words


def _conditions(filter_: Filter, place: int, words: dict[str, Any]) -> Iterator[str]:
    if filter_.billable is not None:
        yield "billable" if filter_.billable else "NOT billable"
    if filter_.tags:
        words[f"tags{place}"] = json.dumps([tag for tag in filter_.tags if tag is not None])
        these = f"SELECT value FROM json_each(:tags{place})"  # noqa: S608
        has_one = f"EXISTS (SELECT 1 FROM json_each(entry.tags) AS tag WHERE tag.value IN ({these}))"  # noqa: S608
        yield f"({has_one} OR tags = '[]')" if None in filter_.tags else has_one
    if filter_.text:
        words[f"text{place}"] = filter_.text
        yield f"holds_text(description, :text{place})"


@contextmanager
def _left_when_unwanted(connection: sqlite3.Connection, wanted: Wanted) -> Iterator[None]:
    """Leave what is read, in the middle of a statement too, once nobody wants it any more."""
    connection.create_function("holds_text", 2, holds_text, deterministic=True)
    connection.set_progress_handler(lambda: not wanted(), _STEPS_BETWEEN_LOOKS)
    try:
        yield
        if not wanted():
            raise NoLongerWanted(_NOBODY_WAITS)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode == sqlite3.SQLITE_INTERRUPT:
            raise NoLongerWanted(_NOBODY_WAITS) from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
