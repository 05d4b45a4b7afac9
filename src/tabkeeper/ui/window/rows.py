"""What the list shows as values: a row for each day, line and entry, and the place where one is edited."""

from collections.abc import Iterable, Set
from datetime import date, datetime
from typing import NamedTuple

from tabkeeper.model.catalogue import Catalogue
from tabkeeper.model.days import Day, Line
from tabkeeper.model.entry import Entry


class DayRow(NamedTuple):
    """The heading of a local day. `seconds` are up to the moment that the list was read."""

    date: date
    seconds: int
    running: Entry | None

    @property
    def key(self) -> str:
        """Return what stays the same from one reading of the list to the next."""
        return f"day {self.date}"


class LineRow(NamedTuple):
    """Entries of one day with the same content, or a single one of them where their line is unfolded."""

    line: Line
    part: bool = False
    """Whether this is one of the entries of an unfolded line."""
    unfolded: bool = False

    @property
    def entry(self) -> Entry:
        """Return the newest entry, whose content all of them share."""
        return self.line.entries[0]

    @property
    def number(self) -> int:
        """Return how many entries there are."""
        return len(self.line.entries)

    @property
    def key(self) -> str:
        """Return what stays the same from one reading of the list to the next: who is there longest."""
        return f"{'part' if self.part else 'line'} {self.line.entries[-1].id}"


class EditorRow(NamedTuple):
    """The place under an entry where it is edited."""

    entry: Entry

    @property
    def key(self) -> str:
        """Return what stays the same from one reading of the list to the next."""
        return "editor"


Row = DayRow | LineRow | EditorRow


def rows(days: Iterable[Day], unfolded: Set[str], edited: str | None) -> list[Row]:
    """Return the rows of days: the lines whose key is in `unfolded` with each of their entries below.

    Below the entry whose id is `edited` there is a place to edit it; its line is unfolded for that.
    """
    found: list[Row] = []
    for day in days:
        running = next((line.entries[0] for line in day.lines if line.entries[0].running), None)
        found.append(DayRow(day.date, day.seconds, running))
        for line in sorted(day.lines, key=lambda line: not line.entries[0].running):
            found += _line_rows(line, unfolded, edited)
    return found


def _line_rows(line: Line, unfolded: Set[str], edited: str | None) -> list[Row]:
    row = LineRow(line)
    inside = next((entry for entry in line.entries if entry.id == edited), None)
    if row.number == 1:
        return [row, EditorRow(inside)] if inside else [row]
    if inside is None and row.key not in unfolded:
        return [row]
    found: list[Row] = [row._replace(unfolded=True)]
    for entry in line.entries:
        # One entry of a whole line: its seconds are what is left when the line has no other.
        found.append(LineRow(Line((entry,), _seconds(entry)), part=True))
        if entry is inside:
            found.append(EditorRow(entry))
    return found


def seconds_now(row: DayRow | LineRow, read_at: datetime, now: datetime) -> int:
    """Return the seconds of a row, counting on for what runs since the list was read."""
    running = row.running if isinstance(row, DayRow) else (row.entry if row.entry.running else None)
    if running is None:
        return row.seconds if isinstance(row, DayRow) else row.line.seconds
    counted = row.seconds if isinstance(row, DayRow) else row.line.seconds
    return counted + running.seconds(now) - running.seconds(read_at)


def second_line(project_id: str | None, tags: Iterable[str], catalogue: Catalogue) -> str:
    """Return what stands below a description: `Platform · Acme · code-review`."""
    return " · ".join(part for part in (catalogue.project_label(project_id), *tags) if part)


def _seconds(entry: Entry) -> int:
    # A line of several entries never holds the running one, so this asks no clock.
    assert entry.stop is not None
    return entry.seconds(entry.stop)
