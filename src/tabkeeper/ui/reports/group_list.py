"""The rows of a report as Qt asks for them: a row for each group, and what is read aloud of it."""

from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from tabkeeper.model.durations import short
from tabkeeper.model.report import Group, Report
from tabkeeper.ui.reports.wording import Written, spoken_group

GROUP = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class GroupList(QAbstractListModel):
    """The groups of one report."""

    def __init__(self) -> None:
        super().__init__()
        self.report: Report | None = None
        self.today = date.min
        self.written: Written = short

    @property
    def groups(self) -> tuple[Group, ...]:
        """Return the groups in their order."""
        return self.report.groups if self.report is not None else ()

    def show(self, report: Report, today: date, written: Written) -> None:
        """Show a report; where its rows are the same ones, they only look different."""
        same = [group.key for group in report.groups] == [group.key for group in self.groups]
        same = same and self.report is not None and self.report.question.by == report.question.by
        if not same:
            self.beginResetModel()
        self.report, self.today, self.written = report, today, written
        if not same:
            self.endResetModel()
        elif report.groups:
            self.dataChanged.emit(self.index(0), self.index(len(report.groups) - 1))

    def clear(self) -> None:
        """Show no report."""
        self.beginResetModel()
        self.report = None
        self.endResetModel()

    def place_of(self, key: str | None) -> QModelIndex:
        """Return where the group of a key is; an invalid index where there is none."""
        keys = [group.key for group in self.groups]
        return self.index(keys.index(key)) if key in keys else QModelIndex()

    def group(self, index: _Index) -> Group | None:
        """Return the group at an index."""
        return self.groups[index.row()] if index.isValid() and index.row() < len(self.groups) else None

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return how many groups there are."""
        return 0 if parent.isValid() else len(self.groups)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the group itself, or what is read aloud of it."""
        group = self.group(index)
        if group is None or self.report is None:
            return None
        if role == GROUP:
            return group
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken_group(self.report, group, self.today, self.written)
        return None
