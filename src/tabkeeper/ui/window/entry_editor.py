"""The editor that opens under an entry: every field of it, each saved by itself."""

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from tabkeeper.model.catalogue import EMPTY_CATALOGUE, Catalogue
from tabkeeper.model.entry import Entry
from tabkeeper.model.money import amount, money
from tabkeeper.ui.clockface import Clockface, full_date
from tabkeeper.ui.scene import Scene
from tabkeeper.ui.text_field import TextField
from tabkeeper.ui.theme import Space, Theme
from tabkeeper.ui.window import typed_changes
from tabkeeper.ui.window.binding import Binding, no_reason, planned
from tabkeeper.ui.window.choosing import ProjectChoice, ProjectField, TagsField

_NARROW, _WIDE = 11, 13
_SHORT, _LONG = 4, 6


class EntryEditor(QFrame):
    """Edits one entry at a time; it is closed when `closed` is said."""

    closed = Signal()
    resized = Signal()
    delete_wanted = Signal(object)
    """This `Entry` is to be deleted."""

    def __init__(self, scene: Scene) -> None:
        super().__init__()
        _, theme, self._face, self._clock, self._desk = scene
        self._catalogue: Catalogue = EMPTY_CATALOGUE
        self._entry: Entry | None = None
        self._closing = False
        self.setProperty("surface", "editor")
        self.setAccessibleName("Edit the entry")
        self.description = _field("Description", "What was done?")
        self.project = ProjectField(theme)
        self.tags = TagsField(theme)
        self.start, self.stop = _field("Start"), _field("Stop", "now")
        self.duration, self.date = _field("Duration"), _field("Date")
        self.billable = QCheckBox("Billable")
        self.amount = QLabel()
        self.delete = QPushButton("Delete")
        self.done = QPushButton("Done")
        self._reasons = [no_reason() for _ in range(3)]
        above, middle, times = self._reasons
        self._bindings = [
            Binding(field, reason, self._desk, planned(change))
            for field, reason, change in (
                (self.description, above, typed_changes.describe),
                (self.tags, middle, typed_changes.tag),
                (self.start, times, typed_changes.begin),
                (self.stop, times, typed_changes.end),
                (self.duration, times, typed_changes.last),
                (self.date, times, typed_changes.move),
            )
        ]
        self._build()
        self._connect()

    def open(self, entry: Entry) -> None:
        """Edit an entry."""
        self._entry, self._closing = entry, False
        for binding, text in zip(self._bindings, self._texts(entry), strict=True):
            binding.open(entry.id, text)
        self.project.setModified(False)
        self._show_rest(entry)

    def leave(self) -> None:
        """Edit nothing any more."""
        self._entry = None

    def take_focus(self) -> None:
        """Begin with the description."""
        self.description.setFocus(Qt.FocusReason.OtherFocusReason)
        self.description.selectAll()

    def show_entry(self, entry: Entry) -> None:
        """Show the entry as it is now; what is being typed stays."""
        self._entry = entry
        for binding, text in zip(self._bindings, self._texts(entry), strict=True):
            binding.show(text)
        self._show_rest(entry)

    def show_catalogue(self, catalogue: Catalogue) -> None:
        """Offer these projects and tags from now on."""
        self._catalogue = catalogue
        self.tags.know(catalogue)

    def dress(self, theme: Theme) -> None:
        """Show the same in another theme."""
        self.project.dress(theme)
        self.tags.dress(theme)
        self.resized.emit()

    def show_times_as(self, face: Clockface) -> None:
        """Show times of day otherwise from now on."""
        self._face = face
        if self._entry is not None:
            self.show_entry(self._entry)

    def tick(self) -> None:
        """Show the time that has passed, where the entry runs."""
        if self._entry is not None and self._entry.running:
            self.show_entry(self._entry)

    # Events must not fall through to the list below

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close on Escape; keys that no field wants do nothing."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose nothing below."""
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Edit nothing below."""
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer nothing of what lies below."""
        event.accept()

    def changeEvent(self, event: QEvent) -> None:
        """Ask for another height where the font has changed."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.resized.emit()

    # What is shown

    def _texts(self, entry: Entry) -> tuple[str, ...]:
        seconds = entry.seconds(self._clock())
        return (
            entry.description,
            ", ".join(entry.tags),
            self._face.time(entry.start),
            self._face.time(entry.stop) if entry.stop else "",
            self._face.elapsed(seconds) if entry.running else self._face.duration(seconds),
            full_date(self._face.day(entry.start)),
        )

    def _show_rest(self, entry: Entry) -> None:
        self.project.show_project(entry.project_id, self._catalogue)
        self.billable.setChecked(entry.billable)
        project = self._catalogue.project(entry.project_id)
        text = ""
        if entry.billable and project and project.hourly_rate is not None and project.currency:
            cost = amount(entry.seconds(self._clock()), project.hourly_rate, project.currency)
            text = f"· {money(cost, project.currency)}"
        self.amount.setText(text)

    # What is done

    @Slot()
    def finish(self) -> None:
        """Save what is left to save, and close once all of it is kept."""
        self._closing = True
        for binding in self._bindings:
            binding.save()
        self._close_if_kept()

    @Slot()
    def _close_if_kept(self) -> None:
        self.resized.emit()
        if not self._closing or any(binding.waits for binding in self._bindings):
            return
        self._closing = False
        for binding in self._bindings:
            if binding.refused:
                binding.field.setFocus()
                return
        self.closed.emit()

    @Slot(object)
    def _choose_project(self, choice: ProjectChoice) -> None:
        if self._entry is None:
            return
        entry_id = self._entry.id
        if choice.new_name is not None:
            self._desk.change(lambda tracker: tracker.edit(entry_id, project=choice.new_name))
        else:
            self._desk.change(lambda tracker: tracker.edit(entry_id, project_id=choice.project_id))

    @Slot(bool)
    def _choose_billable(self, billable: bool) -> None:
        if self._entry is not None:
            entry_id = self._entry.id
            self._desk.change(lambda tracker: tracker.edit(entry_id, billable=billable))

    @Slot()
    def _delete(self) -> None:
        if self._entry is not None:
            self.delete_wanted.emit(self._entry)

    def _connect(self) -> None:
        for binding in self._bindings:
            binding.settled.connect(self._close_if_kept)
            binding.finished.connect(self.finish)
        self.project.chosen.connect(self._choose_project)
        self.billable.clicked.connect(self._choose_billable)
        self.delete.clicked.connect(self._delete)
        self.done.clicked.connect(self.finish)

    def _build(self) -> None:
        self.duration.setProperty("weight", "strong")
        self.amount.setProperty("tone", "muted")
        self.done.setProperty("kind", "primary")
        self.delete.setToolTip("Delete this entry; it can be undone")
        self.done.setToolTip("Close (Escape)")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        whole.setSpacing(Space.SMALL)
        above, middle, times = self._reasons
        rows = (
            ((self.description, 1),),
            ((self.project, _WIDE), (self.tags, _NARROW)),
            ((self.start, _SHORT), (self.stop, _SHORT), (self.duration, _SHORT), (self.date, _LONG)),
        )
        for fields, reason in zip(rows, (above, middle, times), strict=True):
            row = QHBoxLayout()
            row.setSpacing(Space.SMALL)
            for field, stretch in fields:
                field.setMinimumWidth(1)
                row.addWidget(field, stretch)
            whole.addLayout(row)
            whole.addWidget(reason)
        last = QHBoxLayout()
        last.setSpacing(Space.SMALL)
        last.addWidget(self.billable)
        last.addWidget(self.amount)
        last.addStretch(1)
        last.addWidget(self.delete)
        last.addWidget(self.done)
        whole.addLayout(last)


def _field(name: str, placeholder: str = "") -> TextField:
    field = TextField()
    field.setAccessibleName(name)
    field.setToolTip(name)
    field.setPlaceholderText(placeholder)
    return field
