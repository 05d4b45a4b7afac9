"""The list of the page: rows from top to bottom, one tab stop among them, and one editor under its row."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from tabkeeper.ui.overlay_bar import OverlayBar
from tabkeeper.ui.projects.editors import Editor
from tabkeeper.ui.projects.row import ThingRow
from tabkeeper.ui.projects.things import Thing
from tabkeeper.ui.theme import Space, Theme

MOST = 300
"""Rows that are shown; who has more finds the others by typing."""
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class ThingList(QScrollArea):
    """Uses its rows again for other things, so that the list does not flicker while somebody types."""

    opened = Signal(object)
    """The person wants to change this `Thing`."""
    passed_top = Signal()
    """The person goes up from the first row."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[ThingRow] = []
        self._things: Sequence[Thing] = ()
        self._editor: Editor | None = None
        self._edited: str | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        OverlayBar(self)
        inside = QFrame()
        inside.setProperty("surface", "window")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, 0, Space.SMALL)
        self._column.setSpacing(0)
        self._word = QLabel()
        self._word.setTextFormat(Qt.TextFormat.PlainText)
        self._word.setWordWrap(True)
        self._word.setProperty("tone", "muted")
        self._word.setContentsMargins(Space.LARGE, Space.SMALL, Space.LARGE, Space.SMALL)
        self._column.addWidget(self._word)
        self._column.addStretch(1)
        self.setWidget(inside)

    @property
    def rows(self) -> list[ThingRow]:
        """Return the rows that are shown, from top to bottom."""
        return self._rows[: len(self._things)]

    @property
    def editor(self) -> Editor | None:
        """Return the open editor."""
        return self._editor

    @property
    def edited(self) -> Thing | None:
        """Return the thing whose editor is open."""
        return next((thing for thing in self._things if thing.id == self._edited), None)

    @property
    def word(self) -> str:
        """Return what is said below the rows."""
        return self._word.text()

    def show_things(self, things: Sequence[Thing], theme: Theme, empty: str) -> None:
        """Show things; `empty` says what to do where there are none."""
        self._theme = theme
        self._things = things[:MOST]
        for _ in range(len(self._rows), len(self._things)):
            self._add_row(self._things[len(self._rows)])
        for place, row in enumerate(self._rows):
            row.setVisible(place < len(self._things))
            if place < len(self._things):
                thing = self._things[place]
                row.show_thing(thing, theme, opened=thing.id == self._edited)
        more = len(things) - len(self._things)
        self._word.setText(empty if not things else f"And {more} more; type to find them." if more else "")
        self._word.setVisible(bool(self._word.text()))
        self._place_editor()
        self._one_tab_stop()

    def open(self, thing_id: str, editor: Editor) -> None:
        """Open an editor under the row of a thing."""
        self.close_editor()
        self._edited, self._editor = thing_id, editor
        self._place_editor()
        self._focus_the_editor()
        # Its height is known only when it has been laid out.
        QTimer.singleShot(0, self, self._show_all_of_the_editor)

    def close_editor(self) -> None:
        """Take the editor away, and give the keyboard to its row."""
        if self._editor is None:
            return
        edited, self._edited = self._edited, None
        had_keyboard = self._editor.isAncestorOf(self.focusWidget() or self)
        self._editor.hide()
        self._editor.deleteLater()
        self._editor = None
        for row in self.rows:
            row.show_thing(row.thing, self._theme, opened=False)
            if had_keyboard and row.thing.id == edited:
                row.setFocus()

    def focus_first(self) -> None:
        """Give the keyboard to the first row."""
        for row in self.rows[:1]:
            row.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from row to row, and open one with Enter."""
        rows, at = self.rows, self.focusWidget()
        if not isinstance(at, ThingRow) or at not in rows:
            event.ignore()
            return
        place, key = rows.index(at), Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            at.click()
        elif key == Qt.Key.Key_Up and place == 0:
            self.passed_top.emit()
        elif key in _STEPS:
            self._go_to(rows[min(place + _STEPS[key], len(rows) - 1)])
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to(rows[0 if key == Qt.Key.Key_Home else -1])
        else:
            event.ignore()

    @Slot()
    def _focus_the_editor(self) -> None:
        """Give the editor the keyboard, which a press gives to the row."""
        if self._editor is not None:
            self._editor.name.line.setFocus()
            self._editor.name.line.selectAll()

    def _go_to(self, row: ThingRow) -> None:
        row.setFocus()
        self.ensureWidgetVisible(row, 0, 0)
        self._one_tab_stop()

    def _add_row(self, thing: Thing) -> None:
        row = ThingRow(thing, self._theme)
        row.clicked.connect(lambda: self.opened.emit(row.thing))
        row.double_clicked.connect(self._focus_the_editor)
        self._column.insertWidget(self._column.indexOf(self._word), row)
        self._rows.append(row)

    def _one_tab_stop(self) -> None:
        """Let the tab key reach one row only; from there the arrow keys go on."""
        rows, at = self.rows, self.focusWidget()
        stop = at if at in rows else (rows[0] if rows else None)
        for row in rows:
            row.setFocusPolicy(Qt.FocusPolicy.StrongFocus if row is stop else Qt.FocusPolicy.ClickFocus)

    def _place_editor(self) -> None:
        if self._editor is None:
            return
        at = next((row for row in self.rows if row.thing.id == self._edited), None)
        if at is None:
            self.close_editor()
            return
        self._column.removeWidget(self._editor)
        self._column.insertWidget(self._column.indexOf(at) + 1, self._editor)
        self._editor.show()
        for row in self.rows:
            row.show_thing(row.thing, self._theme, opened=row is at)

    def _show_all_of_the_editor(self) -> None:
        row: QWidget | None = next((row for row in self.rows if row.thing.id == self._edited), None)
        for part in (self._editor, row):
            if part is not None:
                self.ensureWidgetVisible(part, 0, 0)
