"""Reports on the file, and the entries behind them; what they count is decided in the model."""

import sqlite3
from datetime import datetime, tzinfo

from tabkeeper.model.entry import Entry
from tabkeeper.model.report import Question, Report
from tabkeeper.model.summing import Reading, summed
from tabkeeper.store import queries, reporting
from tabkeeper.store.reporting import Wanted
from tabkeeper.tracker.views import Page, whole_days


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

    def read(start: datetime | None, stop: datetime | None, limit: int | None) -> list[Entry]:
        begin = max(start or question.start, question.start)
        part = question._replace(start=begin, stop=stop or question.stop)
        return reporting.entries_meant(connection, part, catalogue, -1 if limit is None else limit, wanted)

    return whole_days(read, at_least, zone)
