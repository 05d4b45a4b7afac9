"""Reports on the file, and the entries behind them; what they count is decided in the model."""

import sqlite3
from datetime import datetime, tzinfo

from tabkeeper.model.days import local_day, local_midnight
from tabkeeper.model.report import Question, Report
from tabkeeper.model.summing import Reading, summed
from tabkeeper.store import queries, reporting
from tabkeeper.store.reporting import Wanted
from tabkeeper.tracker.views import Page


def report(
    connection: sqlite3.Connection, question: Question, zone: tzinfo, now: datetime, wanted: Wanted
) -> Report:
    """Return a report on one moment of the file; raises `NoLongerWanted`."""
    catalogue = queries.catalogue(connection)
    before = reporting.seconds_before(connection, question, catalogue, now, wanted)
    slices = reporting.slices(connection, question, catalogue, zone, now, wanted)
    return summed(question, Reading(slices, before, catalogue, now), zone)


def page(
    connection: sqlite3.Connection, question: Question, at_least: int, zone: tzinfo, wanted: Wanted
) -> Page:
    """Return the newest entries that a report counts: whole days, `at_least` so many where there are."""
    catalogue = queries.catalogue(connection)
    found = reporting.entries_meant(connection, question, catalogue, at_least + 1, wanted)
    if len(found) <= at_least:
        return Page(found, more=False)
    first = local_midnight(local_day(found[-1].start, zone), zone)
    whole = question._replace(start=max(first, question.start))
    older = question._replace(stop=whole.start)
    entries = reporting.entries_meant(connection, whole, catalogue, -1, wanted)
    return Page(entries, more=bool(reporting.entries_meant(connection, older, catalogue, 1, wanted)))
