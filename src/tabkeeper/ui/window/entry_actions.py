"""What can be done with entries from the window, each with the sentence that says it was done."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from tabkeeper.model.entry import Entry
from tabkeeper.tracker import Snapshot, Step
from tabkeeper.ui.clockface import Clockface
from tabkeeper.ui.desk import Desk
from tabkeeper.ui.window.split_question import SplitQuestion
from tabkeeper.ui.window.toast import Toast
from tabkeeper.ui.window.wording import done


class EntryActions:
    """Hands changes to the desk, and offers to take back what may have been a slip."""

    def __init__(self, snapshot: Snapshot, desk: Desk, toast: Toast) -> None:
        self._snapshot, self._desk, self._toast = snapshot, desk, toast
        self._offered: int | None = None

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Take notice of how things stand; what is not the last step any more is not offered to be undone."""
        self._snapshot = snapshot
        last = snapshot.undoable.id if snapshot.undoable else None
        if self._offered is not None and last != self._offered:
            self._offered = None
            self._toast.hide()

    def carry_on(self, entry: Entry) -> None:
        """Start the same thing again, unless it runs."""
        if not entry.running:
            self._desk.change(lambda tracker: tracker.continue_entry(entry.id))

    def duplicate(self, entries: Sequence[Entry]) -> None:
        """Add each of them a second time."""
        entry_ids = [entry.id for entry in entries]
        self._desk.change(lambda tracker: tracker.duplicate(entry_ids), lambda _: self._offer_undo())

    def split(self, entry: Entry, face: Clockface, now: datetime, parent: QWidget) -> None:
        """Ask where to cut an entry in two, and do it there."""
        question = SplitQuestion(entry, face, now, self._desk, self._offer_undo, parent)
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.open()

    def pin(self, entry: Entry) -> None:
        """Pin what an entry says above the recent ones in the tray's menu, or unpin it where it is pinned."""
        pinned = (known for known in self._snapshot.favourites if known.draft == entry.draft)
        known = next(pinned, None)
        if known is None:
            self._desk.change(lambda tracker: tracker.pin(entry.draft), lambda _: self._offer_undo())
        else:
            self._desk.change(lambda tracker: tracker.unpin(known.id), lambda _: self._offer_undo())

    def delete(self, entries: Sequence[Entry]) -> None:
        """Delete them, in one step."""
        ids = [entry.id for entry in entries]
        self._desk.change(lambda tracker: tracker.delete(ids), lambda _: self._offer_undo())

    def undo(self) -> None:
        """Take the last step back, and say which it was."""
        self._desk.change(lambda tracker: tracker.undo(), self._say_undone)

    def redo(self) -> None:
        """Do the step again that was taken back last, and say which it was."""
        self._desk.change(lambda tracker: tracker.redo(), self._say_redone)

    def offer_undo_of(self, text: str) -> None:
        """Say what was done last, and offer to take it back."""
        step = self._snapshot.undoable
        if step is not None:
            self._offered = step.id
            self._toast.say(text, "Undo", self.undo)

    def _offer_undo(self) -> None:
        if self._snapshot.undoable is not None:
            words = done(self._snapshot.undoable)
            self.offer_undo_of(words[0].upper() + words[1:])

    def _say_undone(self, step: Step) -> None:
        self._offered = None
        self._toast.say(f"Undone: {done(step)}", "Redo", self.redo)

    def _say_redone(self, step: Step) -> None:
        self._offered = None
        self._toast.say(f"Done again: {done(step)}", "Undo", self.undo)
