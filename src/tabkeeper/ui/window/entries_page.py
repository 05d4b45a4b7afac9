"""The page of entries: reads as many days as are looked at, and opens the editor in the list."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QStackedLayout, QWidget

from tabkeeper.model.days import Day, days
from tabkeeper.model.entry import Entry
from tabkeeper.tracker import Page, Snapshot, Tracker
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.desk import Desk
from tabkeeper.ui.scene import Scene
from tabkeeper.ui.theme import Space, Theme
from tabkeeper.ui.window.entry_actions import EntryActions
from tabkeeper.ui.window.entry_editor import EntryEditor
from tabkeeper.ui.window.entry_list import EntryList, entries_of
from tabkeeper.ui.window.entry_view import EntryView

EMPTY = "Type what you are doing and press Enter."
ONLY_HERE = "\nEverything stays on this computer until you sign in."
FIRST_READ = 60
"""Entries that fill the largest screen; more are read when somebody scrolls."""
_FAR_DOWN = 10 * FIRST_READ
"""Who has scrolled further has no place kept for them while they look elsewhere and something changes."""


class ReadDays(NamedTuple):
    """Days of entries, whether there are older ones, and the moment they were read at."""

    days: Sequence[Day]
    more: bool
    at: datetime


class EntrySource(Protocol):
    """Where a list gets its entries from."""

    empty: str
    """What stands in place of a list without entries."""

    def read(self, at_least: int, show: Callable[[ReadDays], None]) -> None:
        """Read the newest entries in whole days, `at_least` so many where there are, and show them."""


class AllEntries:
    """Everything in the file."""

    empty = EMPTY

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def read(self, at_least: int, show: Callable[[ReadDays], None]) -> None:
        """Read as `EntrySource` says."""
        self._desk.ask("entries", lambda tracker: read_days(tracker, tracker.page(None, at_least)), show)


def read_days(tracker: Tracker, page: Page) -> ReadDays:
    """Return entries as the list shows them, and the moment that they were read at."""
    now = tracker.now()
    return ReadDays(days(page.entries, tracker.zone, now), page.more, now)


class EntriesPage(QWidget):
    """The list of entries by day, or in its place how to begin."""

    typed = Signal(str)
    """Text typed over the list."""

    def __init__(
        self,
        scene: Scene,
        actions: EntryActions,
        source: EntrySource | None = None,
    ) -> None:
        """Everything in the file is shown where no other `source` is given."""
        super().__init__()
        self._source, self._actions, self._clock = source or AllEntries(scene.desk), actions, scene.clock
        self._wanted, self._more = FIRST_READ, False
        self._to_edit: str | None = None
        self.model = EntryList(scene.face, scene.clock)
        self.view = EntryView(self.model, scene.theme)
        self.setFocusProxy(self.view)
        self.editor = EntryEditor(scene)
        self._empty = QLabel()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setProperty("tone", "muted")
        self._empty.setMargin(Space.WIDE)
        self._stack = QStackedLayout(self)
        for part in (self.view, self._empty):
            self._stack.addWidget(part)
        self.view.typed.connect(self.typed)
        self.view.near_end.connect(self._read_more)
        self.view.wanted.connect(self._do)
        self.editor.closed.connect(self.close_editor)
        self.editor.resized.connect(self.view.editor_resized)
        self.editor.delete_wanted.connect(self._delete_edited)
        self.show_snapshot(scene.snapshot)

    @Slot(object)
    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Read the list anew, for something has changed."""
        only_here = isinstance(self._source, AllEntries) and not snapshot.sync.signed_in
        self._empty.setText(self._source.empty + (ONLY_HERE if only_here else ""))
        self.model.show_catalogue(snapshot.catalogue)
        self.editor.show_catalogue(snapshot.catalogue)
        self.view.show_pinned(favourite.draft for favourite in snapshot.favourites)
        self._read_anew()

    def begin_anew(self, snapshot: Snapshot) -> None:
        """Show the newest entries of a source that has others now."""
        if self.model.edited is not None:
            self.close_editor()
        self._more, self._to_edit = False, None
        self.model.show_days((), self._clock())
        self.show_snapshot(snapshot)

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self.view.dress(theme)
        self.editor.dress(theme)

    def show_times_as(self, face: Clockface) -> None:
        """Show times of day otherwise from now on."""
        self.model.face = face
        self.model.repaint_all()
        self.editor.show_times_as(face)

    def tick(self) -> None:
        """Show the time that has passed."""
        self.model.tick()
        self.editor.tick()

    def edit(self, entry_id: str) -> None:
        """Open the editor under an entry; where that is further down than was read, read on first."""
        if not self._edit_shown(entry_id):
            self._to_edit = entry_id
            self._read()

    @Slot()
    def close_editor(self) -> None:
        """Close the editor, and go back to the entry in the list."""
        self.view.show_editor(None)
        self.editor.leave()
        self.model.edit(None)
        self.view.setFocus()

    def _edit_shown(self, entry_id: str) -> bool:
        entry = self._shown_entry(entry_id)
        if entry is None:
            return False
        self._to_edit = None
        self.model.edit(entry_id)
        self.editor.open(entry)
        self.view.show_editor(self.editor)
        self.view.choose(self.model.place_of_entry(entry_id))
        self.editor.take_focus()
        return True

    def _delete_edited(self, entry: Entry) -> None:
        self.close_editor()
        self._actions.delete([entry])

    @Slot(str, list)
    def _do(self, what: str, entries: list[Entry]) -> None:
        if what == "edit":
            self.edit(entries[0].id)
        elif what == "continue":
            self._actions.carry_on(entries[0])
        elif what == "duplicate":
            self._actions.duplicate(entries)
        elif what == "split":
            self._actions.split(entries[0], self.model.face, self._clock(), self)
        elif what == "pin":
            self._actions.pin(entries[0])
        elif what == "delete":
            self._actions.delete(entries)

    # Reading

    @Slot()
    def _read_more(self) -> None:
        if self._more:
            self._more = False
            self._wanted *= 2
            self._read()

    def _read_anew(self) -> None:
        """Read as much as is looked at, and as much again below it to scroll to."""
        left_alone = not self.isVisible() and self.model.edited is None
        if left_alone and self.view.entries_in_use() > _FAR_DOWN:
            self.view.begin_at_top()
        if self._to_edit is None:
            self._wanted = max(FIRST_READ, 2 * self.view.entries_in_use())
        self._read()

    def _read(self) -> None:
        self._source.read(self._wanted, self._show)

    def _show(self, found: ReadDays) -> None:
        found_days, self._more, read_at = found
        with self.view.staying():
            self.model.show_days(found_days, read_at)
        self._stack.setCurrentWidget(self.view if found_days else self._empty)
        if self.model.edited is not None:
            edited = self._shown_entry(self.model.edited)
            if edited is None:
                self.close_editor()
            else:
                self.editor.show_entry(edited)
        if self._to_edit is not None and not self._edit_shown(self._to_edit):
            if found.more:
                self._read_more()
            else:
                self._to_edit = None

    def _shown_entry(self, entry_id: str) -> Entry | None:
        row = self.model.row(self.model.place_of_entry(entry_id))
        return next((entry for entry in entries_of(row) if entry.id == entry_id), None)
