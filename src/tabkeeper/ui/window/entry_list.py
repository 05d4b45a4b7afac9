"""The list's model: holds the rows, and turns each new reading of the entries into the least change."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from difflib import SequenceMatcher
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from tabkeeper.model.catalogue import EMPTY_CATALOGUE, Catalogue
from tabkeeper.model.days import Day
from tabkeeper.model.entry import Entry
from tabkeeper.ui.clockface import Clockface, day_name
from tabkeeper.ui.window.rows import DayRow, EditorRow, LineRow, Row, rows, second_line, seconds_now

ROW = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_MANY = 2_000


class EntryList(QAbstractListModel):
    """The rows of the days that have been read. It asks nobody and changes no entry."""

    def __init__(self, face: Clockface, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self.catalogue: Catalogue = EMPTY_CATALOGUE
        self.face, self._clock = face, clock
        self._days: Sequence[Day] = ()
        self._read_at = clock()
        self._rows: list[Row] = []
        self._unfolded: set[str] = set()
        self._edited: str | None = None

    @property
    def edited(self) -> str | None:
        """Return the id of the entry under which there is a place to edit it."""
        return self._edited

    def show_days(self, days: Sequence[Day], read_at: datetime) -> None:
        """Show days that were read at an instant."""
        self._days, self._read_at = days, read_at
        self._refresh()

    def show_catalogue(self, catalogue: Catalogue) -> None:
        """Name projects as they are named now."""
        self.catalogue = catalogue
        self.repaint_all()

    def repaint_all(self) -> None:
        """Say that every row looks different."""
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def edit(self, entry_id: str | None) -> None:
        """Make a place under an entry to edit it, or take it away."""
        self._edited = entry_id
        self._refresh()

    def fold(self, row: LineRow, unfolded: bool) -> None:
        """Show each entry of a line, or only their sum."""
        if unfolded:
            self._unfolded.add(row.key)
        else:
            self._unfolded.discard(row.key)
        self._refresh()

    def tick(self) -> None:
        """Say that what runs has run on."""
        for place, row in enumerate(self._rows):
            if isinstance(row, LineRow) and row.entry.running:
                for changed in (place, self._heading(place)):
                    self.dataChanged.emit(self.index(changed), self.index(changed))
                return

    def row(self, index: _Index) -> Row | None:
        """Return the row at an index, or None beyond the list."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def place_of(self, wanted: Callable[[Row], bool]) -> QModelIndex:
        """Return the index of the first row that is wanted; an invalid one where there is none."""
        for place, row in enumerate(self._rows):
            if wanted(row):
                return self.index(place)
        return QModelIndex()

    def place_of_entry(self, entry_id: str) -> QModelIndex:
        """Return where an entry is shown: on its own, else the line that it is folded into."""
        places = [
            self.index(place)
            for place, row in enumerate(self._rows)
            if isinstance(row, LineRow) and any(entry.id == entry_id for entry in row.line.entries)
        ]
        return places[-1] if places else QModelIndex()

    def entries_until(self, place: int) -> int:
        """Return how many entries the rows down to a place stand for."""
        lines = (row for row in self._rows[: place + 1] if isinstance(row, LineRow) and not row.part)
        return sum(row.number for row in lines)

    def seconds(self, row: DayRow | LineRow) -> int:
        """Return the seconds of a row now."""
        return seconds_now(row, self._read_at, self._clock())

    def today(self) -> date:
        """Return the day that it is."""
        return self.face.day(self._clock())

    # What Qt asks

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the row itself, or what is read aloud of it."""
        row = self.row(index)
        if row is None:
            return None
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._spoken(row)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Return that lines can be chosen, and headings not even be stepped on."""
        if isinstance(self.row(index), LineRow):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return Qt.ItemFlag.NoItemFlags

    def _spoken(self, row: Row) -> str:
        if isinstance(row, EditorRow):
            return "Editor"
        if isinstance(row, DayRow):
            return f"{day_name(row.date, self.today())}, {self.face.duration(self.seconds(row))}"
        entry = row.entry
        parts = [
            entry.description or "No description",
            second_line(entry.project_id, entry.tags, self.catalogue),
            f"{row.number} entries" if row.number > 1 else "",
            self.face.duration(self.seconds(row)),
            self.face.times(row.line.entries),
        ]
        return ", ".join(part for part in parts if part)

    def _heading(self, place: int) -> int:
        return next(above for above in range(place, -1, -1) if isinstance(self._rows[above], DayRow))

    # Least changes

    def _refresh(self) -> None:
        new = rows(self._days, self._unfolded, self._edited)
        old_keys = [row.key for row in self._rows]
        new_keys = [row.key for row in new]
        first = _common(old_keys, new_keys)
        last = _common(old_keys[first:][::-1], new_keys[first:][::-1])
        before, after = old_keys[first : len(old_keys) - last], new_keys[first : len(new_keys) - last]
        for begin, end, new_begin, new_end in reversed(_differences(before, after)):
            self._take_out(first + begin, first + end)
            self._put_in(first + begin, new[first + new_begin : first + new_end])
        self._announce(new)

    def _take_out(self, begin: int, end: int) -> None:
        if end > begin:
            self.beginRemoveRows(QModelIndex(), begin, end - 1)
            del self._rows[begin:end]
            self.endRemoveRows()

    def _put_in(self, at: int, new: list[Row]) -> None:
        if new:
            self.beginInsertRows(QModelIndex(), at, at + len(new) - 1)
            self._rows[at:at] = new
            self.endInsertRows()

    def _announce(self, new: list[Row]) -> None:
        """Take over the new values of rows that have stayed where they are."""
        changed = [place for place, row in enumerate(new) if row != self._rows[place]]
        self._rows = new
        if changed:
            self.dataChanged.emit(self.index(changed[0]), self.index(changed[-1]))


def entries_of(row: Row | None) -> tuple[Entry, ...]:
    """Return the entries that a row stands for."""
    return row.line.entries if isinstance(row, LineRow) else ()


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """Return how many keys both begin with."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _differences(before: Sequence[str], after: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Return which parts of one give way to which parts of the other; all of it where it is much."""
    if max(len(before), len(after)) > _MANY:
        return [(0, len(before), 0, len(after))]
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [places for kind, *places in steps if kind != "equal"]  # type: ignore[misc]
