"""What a report is grouped by: words side by side, or one word with a menu where they do not fit."""

from collections.abc import Collection

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QActionGroup, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from tabkeeper.model.report import GROUPINGS, OF_THIS_COMPUTER, Grouping
from tabkeeper.model.report_forms import HEADINGS
from tabkeeper.ui.segments import Segments


class Groupings(QWidget):
    """Shows which grouping is chosen, and lets another one be chosen."""

    chosen = Signal(str)
    """The person has chosen this `Grouping`."""

    def __init__(self) -> None:
        super().__init__()
        self.segments = Segments("Group by", [(by, HEADINGS[by]) for by in GROUPINGS], tight=True)
        self.button = QPushButton()
        self.button.setAutoDefault(False)
        self._menu = QMenu(self)
        self._group = QActionGroup(self)
        self._rows: dict[Grouping, QAction] = {}
        for by in GROUPINGS:
            row = self._menu.addAction(HEADINGS[by])
            row.setCheckable(True)
            row.triggered.connect(lambda _, by=by: self.chosen.emit(by))
            self._group.addAction(row)
            self._rows[by] = row
        self.button.setMenu(self._menu)
        self.segments.chosen.connect(self.chosen)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        for part in (self.segments, self.button):
            line.addWidget(part)
        line.addStretch(1)
        self.offer(OF_THIS_COMPUTER)
        self.show_chosen("project")

    def offer(self, groupings: Collection[Grouping]) -> None:
        """Offer these groupings and no others."""
        self.segments.offer(groupings)
        for by, row in self._rows.items():
            row.setVisible(by in groupings)
        self._fit()

    def show_chosen(self, by: Grouping) -> None:
        """Show a grouping as chosen, and say nothing of it."""
        self.segments.show_chosen(by)
        self._rows[by].setChecked(True)
        self.button.setText(f"By {HEADINGS[by].lower()}")
        self.button.setAccessibleName(f"Group by: {HEADINGS[by]}")

    def take_focus(self) -> None:
        """Put the keys on what is chosen."""
        if self.button.isHidden():
            self.segments.take_focus()
        else:
            self.button.setFocus()

    def minimumSizeHint(self) -> QSize:
        """Return that the button alone will do."""
        return self.button.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the words side by side where they fit."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        fits = self.segments.sizeHint().width() <= self.width()
        self.segments.setVisible(fits)
        self.button.setHidden(fits)
